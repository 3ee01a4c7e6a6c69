// The longest time the bot's main thread did not turn: under full load, at an everyday pace, and while a catalogue of 6,300
// procedures is fetched, stored, indexed and swapped in. A process that does nothing watches beside it: what it sees is the
// machine's doing.
import type { Usage } from '../bot.js';
import type { LoadResult, LoadRun } from '../load-run.js';
import { BenchProcess } from '../processes.js';
import { QUESTIONS } from '../questions.js';
import type { Row } from '../report.js';
import { type BotProcess, simulatedSettings, startBotProcess, startLoad, startSimulated, startSink } from '../stage.js';
import { syncedFolder } from '../synced-folder.js';
import { announceChange, PROCEDURES, SyntheticPortal } from '../synthetic-portal.js';
import { until } from '../waiting.js';
import { catalogueSize } from '../watch.js';

const SECTION = 'loop: longest time the main thread was blocked';
const AIM_MS = 20;

type Watcher = BenchProcess<Record<string, never>>;

export async function loopSection(): Promise<Row[]> {
  const watcher: Watcher = await BenchProcess.start('idle');
  const simulated = await startSimulated();
  const sink = await startSink();
  const load = await startLoad();
  const platform = { ZALO_API_URL: `http://127.0.0.1:${sink.ready.port}` };
  const ask = (bot: BotProcess, run: Pick<LoadRun, 'name' | 'count' | 'until'>) =>
    load.ask<LoadResult>('run', {
      port: bot.ready.port,
      tapPort: sink.ready.tapPort,
      users: 2_000,
      texts: QUESTIONS,
      atOnce: 96,
      ...run,
    });

  const bot = await startBotProcess({
    kinds: ['watched'],
    dataDir: await syncedFolder(simulated),
    env: { ...simulatedSettings(simulated.ready.url), ...platform },
  });
  const rows: Row[] = [];
  await ask(bot, { name: 'warm', count: 4_000, until: 'answered' });
  rows.push(
    await watched(bot, watcher, 'procedure questions at full speed', () =>
      ask(bot, { name: 'full', count: 6_000, until: 'answered' }),
    ),
    await watched(bot, watcher, 'procedure questions, 50 a second', () =>
      ask(bot, { name: 'paced', count: 300, until: { perSecond: 50 } }),
    ),
  );
  await bot.stop();

  const portal = new SyntheticPortal();
  await portal.start();
  const large = await startBotProcess({
    kinds: ['watched'],
    env: { ...simulatedSettings(simulated.ready.url), ...platform, PORTAL_URL: portal.url },
  });
  await ask(large, { name: 'warm-large', count: 2_000, until: 'answered' });
  portal.filled = true;
  await announceChange(large.ready.port);
  rows.push(
    await watched(
      large,
      watcher,
      `rebuild of ${PROCEDURES.toLocaleString('en-US')} procedures, 50 questions a second`,
      async () => {
        const asking = ask(large, { name: 'rebuild', count: 400, until: { perSecond: 50 } });
        // Each look costs the bot some milliseconds.
        await until(async () => (await catalogueSize(large.ready.port)) === PROCEDURES, 'the rebuild', 60_000, 500);
        await asking;
      },
    ),
  );
  portal.stop();
  await Promise.all([large, watcher, simulated, sink, load].map((process) => process.stop()));
  return rows;
}

async function watched(bot: BotProcess, watcher: Watcher, what: string, work: () => Promise<unknown>): Promise<Row> {
  await Promise.all([bot.ask('usage'), watcher.ask('blockedMs')]);
  await work();
  const [{ blocked }, machineMs] = await Promise.all([bot.ask<Usage>('usage'), watcher.ask<number>('blockedMs')]);
  if (blocked === undefined) throw new Error('the main thread was not watched');
  const { longestMs, ownMs, collectorMs } = blocked;
  return {
    section: SECTION,
    what,
    figures: {
      ...(ownMs === undefined ? {} : { 'own CPU ms': ownMs }),
      'by the clock ms': longestMs,
      'collector pause ms': collectorMs,
      'idle process ms': machineMs,
    },
    // By the clock the two cores' other programs count as well; what the bot can help is its own time.
    aim: { text: `never over ${AIM_MS} ms of its own`, met: (ownMs ?? longestMs) <= AIM_MS },
  };
}
