// Makes the engine's turn handler out of the flows. The adapter and the bot live as long as the process, their state in the turn.
import { flows } from '../flows/flows.js';
import type { TurnHandler } from '../turns/turn.js';
import type { BotServices } from './citizen-bot.js';
import { CitizenBot } from './citizen-bot.js';
import { TurnAdapter } from './turn-adapter.js';

export function createTurnHandler(services: BotServices): TurnHandler {
  const adapter = new TurnAdapter();
  const bot = new CitizenBot(services, flows);
  return (request) => adapter.run(request, (context) => bot.run(context));
}
