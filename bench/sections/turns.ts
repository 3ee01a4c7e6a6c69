// Whole turns on both homes, from the webhook to the message at the platform: an echo and a procedure question at full speed, in
// rounds that take turns between the homes, and a procedure question at 50 messages a second on the full simulators.
import { type ClusterServers, NoServers } from '../cluster-servers.js';
import { type BenchHome, clusterHome, embeddedHome, type HomeName } from '../homes.js';
import { median } from '../load-run.js';
import { QUESTIONS } from '../questions.js';
import type { Row } from '../report.js';
import {
  type BotProcess,
  type LoadProcess,
  type Measured,
  measure,
  type SimulatedProcess,
  simulatedSettings,
  startBotProcess,
  startLoad,
  startSimulated,
  startSink,
  type TappedProcess,
} from '../stage.js';
import { syncedFolder } from '../synced-folder.js';
import { folderOnDisk } from '../temporary.js';
import { learned } from '../watch.js';

const SECTION = 'turns: webhook to message at the platform';
const ROUNDS = 3;
const USERS = 4_000;

interface Aim {
  perSecond: number;
  /** Of the bot, an answer. */
  cpuMs?: number;
  p95?: number;
}

interface FullSpeed {
  what: string;
  echo: boolean;
  /** Webhooks a round. */
  count: number;
  aims: Record<HomeName, Aim>;
}

const ECHO: FullSpeed = {
  what: 'echo',
  echo: true,
  count: 8_000,
  aims: { embedded: { perSecond: 2_500, cpuMs: 0.4 }, cluster: { perSecond: 1_200, p95: 100 } },
};
const QUESTION: FullSpeed = {
  what: 'procedure question',
  echo: false,
  count: 4_000,
  aims: { embedded: { perSecond: 1_200 }, cluster: { perSecond: 700 } },
};

export async function turnsSection(servers: ClusterServers): Promise<Row[]> {
  const [load, simulated] = [await startLoad(), await startSimulated()];
  const stage = { load, simulated, servers };
  const { homes, missing } = await homesThere(servers);
  const rows = [...(await fullSpeed(stage, homes, ECHO)), ...(await fullSpeed(stage, homes, QUESTION)), ...missing];
  for (const name of homes) rows.push(await paced(stage, name));
  await Promise.all([load.stop(), simulated.stop()]);
  return rows;
}

interface Stage {
  load: LoadProcess;
  simulated: SimulatedProcess;
  servers: ClusterServers;
}

async function homesThere(servers: ClusterServers): Promise<{ homes: HomeName[]; missing: Row[] }> {
  try {
    await (await servers.deploy()).end();
    return { homes: ['embedded', 'cluster'], missing: [] };
  } catch (error) {
    if (!(error instanceof NoServers)) throw error;
    const row = { section: SECTION, what: 'the cluster home', figures: {}, missing: error.message };
    return { homes: ['embedded'], missing: [row] };
  }
}

/** One bot on one home, with a platform of its own to write to. */
interface Contender {
  home: BenchHome;
  bot: BotProcess;
  sink: TappedProcess;
  rounds: (Measured & { serversCpuMs: Record<string, number> })[];
  run(name: string, webhooks: number): Promise<Measured>;
}

async function contender({ load, simulated, servers }: Stage, name: HomeName, plan: FullSpeed): Promise<Contender> {
  const { what, echo } = plan;
  const home = await homeFor(name, echo ? undefined : simulated, servers);
  const sink = await startSink();
  const bot = await startBotProcess({
    kinds: echo ? ['echo'] : [],
    env: {
      ...(echo ? {} : simulatedSettings(simulated.ready.url)),
      ...home.env,
      ZALO_API_URL: `http://127.0.0.1:${sink.ready.port}`,
    },
  });
  if (!echo) await learned(bot.ready.port);
  const run = (round: string, webhooks: number) =>
    measure(bot, load, {
      port: bot.ready.port,
      tapPort: sink.ready.tapPort,
      name: `${what}-${name}-${round}`,
      count: webhooks,
      users: USERS,
      texts: QUESTIONS,
      until: 'answered',
      atOnce: 96,
    });
  return { home, bot, sink, rounds: [], run };
}

/** With `simulated` the bot's start is not its first: the embedded home has the catalogue already. */
async function homeFor(name: HomeName, simulated: SimulatedProcess | undefined, servers: ClusterServers) {
  if (name === 'cluster') return clusterHome(servers);
  return embeddedHome(simulated === undefined ? folderOnDisk() : await syncedFolder(simulated));
}

async function fullSpeed(stage: Stage, homes: readonly HomeName[], plan: FullSpeed): Promise<Row[]> {
  const contenders: Contender[] = [];
  for (const name of homes) contenders.push(await contender(stage, name, plan));
  // Every citizen's first message, with the notice that comes once; and time for the compiler.
  for (const { run } of contenders) await run('warm', USERS * 2);
  const messagesAt = (sink: TappedProcess) => sink.ask<number>('messages');
  const before = await Promise.all(contenders.map(({ sink }) => messagesAt(sink)));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { home, run, rounds } of contenders) {
      const cpuBefore = home.serversCpuMs();
      const result = await run(`r${round}`, plan.count);
      const used = Object.entries(home.serversCpuMs()).map(([server, ms]) => [server, ms - (cpuBefore[server] ?? 0)]);
      rounds.push({ ...result, serversCpuMs: Object.fromEntries(used) });
    }
  }
  const rows: Row[] = [];
  for (const [index, { home, bot, sink, rounds }] of contenders.entries()) {
    const messages = (await messagesAt(sink)) - (before[index] ?? 0);
    rows.push(fullSpeedRow(plan, home, rounds, messages));
    await Promise.all([bot.stop(), sink.stop()]);
    await home.end();
  }
  return rows;
}

function fullSpeedRow(plan: FullSpeed, home: BenchHome, rounds: Contender['rounds'], messages: number): Row {
  const of = (read: (result: Contender['rounds'][number]) => number) => median(rounds.map(read));
  const [rate, p95] = [of(({ perSecond }) => perSecond), of((round) => round.p95)];
  const cost = of(({ bot: used, done }) => used.cpuMs / done);
  const servers = Object.keys(home.serversCpuMs()).map((server) => [
    `${server} CPU ms each`,
    of(({ serversCpuMs, done }) => (serversCpuMs[server] ?? 0) / done),
  ]);
  const aim = plan.aims[home.name];
  return {
    section: SECTION,
    what: `${plan.what}, full speed, ${home.name}`,
    figures: {
      'per s': rate,
      'p50 ms': of(({ p50 }) => p50),
      'p95 ms': p95,
      'p99 ms': of(({ p99 }) => p99),
      'CPU ms each': cost,
      ...Object.fromEntries(servers),
      'messages each': messages / (plan.count * ROUNDS),
      unanswered: rounds.reduce((sum, { refused, silent }) => sum + refused + silent, 0),
    },
    aim: {
      text: `${aim.perSecond}/s${aim.cpuMs === undefined ? '' : ` at ${aim.cpuMs} ms of CPU each`}${aim.p95 === undefined ? '' : `, p95 under ${aim.p95} ms`}`,
      met: rate >= aim.perSecond && cost <= (aim.cpuMs ?? cost) && p95 <= (aim.p95 ?? p95),
    },
  };
}

const PACE = 50;
const PACED_SECONDS = 12;
const PACED_P95: Record<HomeName, number> = { embedded: 20, cluster: 100 };

async function paced({ load, simulated, servers }: Stage, name: HomeName): Promise<Row> {
  const home = await homeFor(name, simulated, servers);
  const bot = await startBotProcess({
    kinds: ['own-rate'],
    env: { ...simulatedSettings(simulated.ready.url), ...home.env },
  });
  await learned(bot.ready.port);
  const run = (round: string, seconds: number) =>
    measure(bot, load, {
      port: bot.ready.port,
      tapPort: simulated.ready.tapPort,
      name: `paced-${name}-${round}`,
      count: PACE * seconds,
      users: 100,
      texts: QUESTIONS,
      until: { perSecond: PACE },
      atOnce: 1,
    });
  await run('warm', 4);
  const result = await run('measured', PACED_SECONDS);
  await bot.stop();
  await home.end();
  const most = PACED_P95[name];
  return {
    section: SECTION,
    what: `procedure question, ${PACE} a second, full simulator, ${name}`,
    figures: {
      'p50 ms': result.p50,
      'p95 ms': result.p95,
      'p99 ms': result.p99,
      unanswered: result.refused + result.silent,
    },
    aim: { text: `p95 under ${most} ms`, met: result.p95 < most && result.silent + result.refused === 0 },
  };
}
