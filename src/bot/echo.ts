// The smallest bot: says what it hears. For measuring the engine through the same adapter as the real one.
import { ActivityHandler } from 'botbuilder';
import type { TurnHandler } from '../turns/turn.js';
import { TurnAdapter } from './turn-adapter.js';

export function createEchoHandler(): TurnHandler {
  const adapter = new TurnAdapter();
  const bot = new ActivityHandler();
  bot.onMessage(async (context, next) => {
    await context.sendActivity({ type: 'message', text: context.activity.text ?? '' });
    await next();
  });
  return (request) => adapter.run(request, (context) => bot.run(context));
}
