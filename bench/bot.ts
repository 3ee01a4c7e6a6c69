// The bot under load, as a bench process: the real startBot, with an echo in place of the citizens' flows and without turns where
// a section asks for that. Says what it cost.
import { createEchoHandler } from '../src/bot/echo.js';
import { readConfig } from '../src/config.js';
import { type BotParts, startBot } from '../src/main.js';
import { serveParent } from './child.js';
import { type Blocked, MainThreadWatch } from './main-thread.js';

/**
 * `echo`, `paused`, `own-rate` (Zalo's own limit of calls stays), `watched` (the main thread is), `turns-at-once=N` may stand
 * among the arguments.
 */
const args = new Set(process.argv.slice(2));
const turnsAtOnce = Number([...args].find((argument) => argument.startsWith('turns-at-once='))?.split('=')[1] ?? 0);

export interface Usage {
  /** Of all threads since the last question. */
  cpuMs: number;
  /** Where the main thread is watched; watching costs a little itself. */
  blocked?: Blocked;
  rssMb: number;
}

const parts: BotParts = {
  ...(args.has('echo') ? { handler: createEchoHandler() } : {}),
  ...(args.has('paused') ? { works: false } : {}),
  ...(turnsAtOnce > 0 ? { turnsAtOnce } : {}),
  ...(args.has('own-rate') ? {} : { zaloRate: { calls: 1_000_000, perMs: 60_000 } }),
};
const bot = await startBot(readConfig(process.env), parts);

const watch = args.has('watched') ? new MainThreadWatch() : undefined;
let cpu = process.cpuUsage();

async function usage(): Promise<Usage> {
  const used = process.cpuUsage(cpu);
  cpu = process.cpuUsage();
  return {
    cpuMs: (used.user + used.system) / 1000,
    rssMb: process.memoryUsage.rss() / 2 ** 20,
    ...(watch === undefined ? {} : { blocked: watch.take() }),
  };
}

serveParent({ port: bot.port }, { usage });
