// Whole turns, from the webhook to the message at the platform: an echo and a procedure question at full speed, and a procedure
// question at 50 messages a second on the full simulators.
import { median } from '../load-run.js';
import { QUESTIONS } from '../questions.js';
import type { Row } from '../report.js';
import {
  type LoadProcess,
  type Measured,
  measure,
  type SimulatedProcess,
  simulatedSettings,
  startBotProcess,
  startLoad,
  startSimulated,
  startSink,
} from '../stage.js';
import { syncedFolder } from '../synced-folder.js';

const SECTION = 'turns: webhook to message at the platform';
const ROUNDS = 3;
const USERS = 4_000;

export async function turnsSection(): Promise<Row[]> {
  const load = await startLoad();
  const simulated = await startSimulated();
  const rows = [
    await fullSpeed(load, simulated, { what: 'echo', echo: true, count: 8_000, perSecond: 2_500, cpuMs: 0.4 }),
    await fullSpeed(load, simulated, { what: 'procedure question', echo: false, count: 4_000, perSecond: 1_200 }),
    await paced(load, simulated),
  ];
  await Promise.all([load.stop(), simulated.stop()]);
  return rows;
}

interface FullSpeed {
  what: string;
  echo: boolean;
  count: number;
  /** The aims. */
  perSecond: number;
  cpuMs?: number;
}

async function fullSpeed(load: LoadProcess, simulated: SimulatedProcess, plan: FullSpeed): Promise<Row> {
  const { what, echo, count, perSecond, cpuMs } = plan;
  const sink = await startSink();
  const bot = await startBotProcess({
    kinds: echo ? ['echo'] : [],
    ...(echo ? {} : { dataDir: await syncedFolder(simulated) }),
    env: {
      ...(echo ? {} : simulatedSettings(simulated.ready.url)),
      ZALO_API_URL: `http://127.0.0.1:${sink.ready.port}`,
    },
  });
  const run = (name: string, webhooks: number) =>
    measure(bot, load, {
      port: bot.ready.port,
      tapPort: sink.ready.tapPort,
      name: `${what}-${name}`,
      count: webhooks,
      users: USERS,
      texts: QUESTIONS,
      until: 'answered',
      atOnce: 96,
    });
  // Every citizen's first message, with the notice that comes once; and time for the compiler.
  await run('warm', USERS * 2);
  const before = await sink.ask<number>('messages');
  const rounds: Measured[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await run(`r${round}`, count));
  const messages = (await sink.ask<number>('messages')) - before;
  await Promise.all([bot.stop(), sink.stop()]);
  const of = (read: (result: Measured) => number) => median(rounds.map(read));
  const rate = of((round) => round.perSecond);
  const cost = of(({ bot: used, done }) => used.cpuMs / done);
  return {
    section: SECTION,
    what: `${what}, full speed`,
    figures: {
      'per s': rate,
      'p50 ms': of(({ p50 }) => p50),
      'p99 ms': of(({ p99 }) => p99),
      'CPU ms each': cost,
      'messages each': messages / (count * ROUNDS),
      unanswered: rounds.reduce((sum, { refused, silent }) => sum + refused + silent, 0),
    },
    aim: {
      text: `${perSecond}/s${cpuMs === undefined ? '' : ` at ${cpuMs} ms of CPU each`}`,
      met: rate >= perSecond && (cpuMs === undefined || cost <= cpuMs),
    },
  };
}

const PACE = 50;
const PACED_SECONDS = 12;

async function paced(load: LoadProcess, simulated: SimulatedProcess): Promise<Row> {
  const bot = await startBotProcess({
    kinds: ['own-rate'],
    dataDir: await syncedFolder(simulated),
    env: simulatedSettings(simulated.ready.url),
  });
  const run = (name: string, seconds: number) =>
    measure(bot, load, {
      port: bot.ready.port,
      tapPort: simulated.ready.tapPort,
      name: `paced-${name}`,
      count: PACE * seconds,
      users: 100,
      texts: QUESTIONS,
      until: { perSecond: PACE },
      atOnce: 1,
    });
  await run('warm', 4);
  const result = await run('measured', PACED_SECONDS);
  await bot.stop();
  return {
    section: SECTION,
    what: `procedure question, ${PACE} a second, full simulator`,
    figures: {
      'p50 ms': result.p50,
      'p95 ms': result.p95,
      'p99 ms': result.p99,
      unanswered: result.refused + result.silent,
    },
    aim: { text: 'p95 under 20 ms', met: result.p95 < 20 && result.silent + result.refused === 0 },
  };
}
