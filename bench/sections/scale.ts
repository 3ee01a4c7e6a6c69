// What a turn costs and a conversation takes up when ten times as many conversations are stored: both homes, each filled twice, and
// echo turns against conversations that are in nobody's memory. Rounds go round all four.
import { randomBytes } from 'node:crypto';
import { systemClock } from '../../src/lib/clock.js';
import { localDataKey } from '../../src/lib/data-key.js';
import { Sealer } from '../../src/lib/sealing.js';
import { openCluster } from '../../src/storage/cluster/open.js';
import { openEmbedded } from '../../src/storage/embedded/open.js';
import type { Home } from '../../src/storage/home.js';
import { Codec } from '../../src/turns/codec.js';
import { type ClusterServers, NoServers } from '../cluster-servers.js';
import { fill, laneOf } from '../fill.js';
import { type BenchHome, clusterHome, embeddedHome, type HomeName } from '../homes.js';
import { median } from '../load-run.js';
import { QUESTIONS } from '../questions.js';
import type { Row } from '../report.js';
import {
  type BotProcess,
  type LoadProcess,
  measure,
  simulatedSettings,
  startBotProcess,
  startLoad,
  startSimulated,
  startSink,
  type TappedProcess,
} from '../stage.js';
import { embeddedBytes, redisBytes } from '../stored-bytes.js';
import { syncedFolder } from '../synced-folder.js';
import { folderOnDisk } from '../temporary.js';

const SECTION = 'scale: turns beside stored conversations';
const ROUNDS = 6;
const AIM = 1.15;
/** Another one than the store was filled with. */
const STEP = 7_368_787;
/** Citizens whose real conversations lend their states, and their questions. */
const MODELS = 300;
const QUESTIONS_EACH = 4;

interface Stored {
  home: BenchHome;
  conversations: number;
  bytesEach: number;
  sealedBytes: number;
}

interface Contender extends Stored {
  bot: BotProcess;
  run(name: string, webhooks: number): Promise<Cost>;
  rounds: Cost[];
}

interface Cost {
  /** Milliseconds a turn, of the bot and of its servers. */
  bot: number;
  servers: number;
  perSecond: number;
  unanswered: number;
}

export async function scaleSection(servers: ClusterServers, sizes: readonly [number, number]): Promise<Row[]> {
  const states = await statesOfRealConversations();
  const rows: Row[] = [];
  const stored: Stored[] = [];
  try {
    for (const size of sizes) stored.push(await filled('embedded', servers, states, size));
    for (const size of sizes) stored.push(await filled('cluster', servers, states, size));
  } catch (error) {
    if (!(error instanceof NoServers)) throw error;
    rows.push({ section: SECTION, what: 'the cluster home', figures: {}, missing: error.message });
  }
  const [load, sink] = [await startLoad(), await startSink()];
  const contenders: Contender[] = [];
  for (const one of stored) contenders.push(await contender(one, load, sink));
  // No conversation comes twice, not even in the store with the fewest.
  const each = Math.min(8_000, Math.floor(sizes[0] / (ROUNDS + 1)));
  for (const { run } of contenders) await run('warm', each);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { run, rounds } of contenders) rounds.push(await run(`r${round}`, each));
  }
  await Promise.all([...contenders.map(({ bot }) => bot), load, sink].map((process) => process.stop()));
  for (const { home } of contenders) await home.end();
  return [...pairs(contenders).flatMap(rowsOf), ...rows];
}

/** JSON texts, as the real bot left them after a few questions. */
async function statesOfRealConversations(): Promise<string[]> {
  const [load, sink, simulated] = [await startLoad(), await startSink(), await startSimulated()];
  const dataDir = await syncedFolder(simulated);
  const bot = await startBotProcess({
    dataDir,
    env: {
      ...simulatedSettings(simulated.ready.url),
      ZALO_API_URL: `http://127.0.0.1:${sink.ready.port}`,
    },
  });
  await measure(bot, load, {
    port: bot.ready.port,
    tapPort: sink.ready.tapPort,
    name: 'models',
    count: MODELS * QUESTIONS_EACH,
    users: MODELS,
    texts: QUESTIONS,
    until: 'answered',
    atOnce: 32,
  });
  await Promise.all([bot, load, sink, simulated].map((process) => process.stop()));
  const sealer = new Sealer([localDataKey(dataDir).key]);
  const codec = new Codec(sealer);
  const home = await openEmbedded({ dataDir, sealer, clock: systemClock, owner: 'reader' });
  const states: string[] = [];
  for (let user = 0; user < MODELS; user += 1) {
    const sealed = await home.turns.readState(laneOf(user));
    if (sealed !== undefined) states.push(JSON.stringify(codec.openState(laneOf(user), sealed)));
  }
  await home.close();
  if (states.length === 0) throw new Error('the real conversations left no states');
  return states;
}

async function filled(name: HomeName, servers: ClusterServers, states: readonly string[], conversations: number) {
  const put = (home: Home, sealer: Sealer) => fill(home, new Codec(sealer), states, conversations);
  const common = { clock: systemClock, owner: 'filler' };
  if (name === 'embedded') {
    const [dataDir, key] = [folderOnDisk(), randomBytes(32)];
    const sealer = new Sealer([key]);
    const open = await openEmbedded({ dataDir, sealer, ...common });
    const sealedBytes = await put(open, sealer).finally(() => open.close());
    const home = embeddedHome(dataDir);
    return {
      home: { ...home, env: { ...home.env, DATA_KEY: key.toString('base64') } },
      conversations,
      bytesEach: embeddedBytes(dataDir) / conversations,
      sealedBytes,
    };
  }
  const home = await clusterHome(servers);
  const { REDIS_URL: redisUrl = '', MONGODB_URI: mongoUri = '', DATA_KEY: dataKey = '' } = home.env;
  const sealer = new Sealer([Buffer.from(dataKey, 'base64')]);
  const before = await redisBytes(redisUrl);
  const open = await openCluster({ redisUrl, mongoUri, minReplicas: 0, sealer, ...common });
  const sealedBytes = await put(open, sealer).finally(() => open.close());
  return { home, conversations, bytesEach: ((await redisBytes(redisUrl)) - before) / conversations, sealedBytes };
}

async function contender(stored: Stored, load: LoadProcess, sink: TappedProcess): Promise<Contender> {
  const { home, conversations } = stored;
  const bot = await startBotProcess({
    kinds: ['echo'],
    env: { ...home.env, ZALO_API_URL: `http://127.0.0.1:${sink.ready.port}` },
  });
  let met = 0;
  const serversCpu = () => Object.values(home.serversCpuMs()).reduce((sum, ms) => sum + ms, 0);
  const run = async (name: string, webhooks: number): Promise<Cost> => {
    const before = serversCpu();
    const result = await measure(bot, load, {
      port: bot.ready.port,
      tapPort: sink.ready.tapPort,
      name: `scale-${name}`,
      count: webhooks,
      users: conversations,
      walk: { from: met, step: STEP },
      texts: QUESTIONS,
      until: 'answered',
      atOnce: 96,
    });
    met += webhooks;
    return {
      bot: result.bot.cpuMs / result.done,
      servers: (serversCpu() - before) / result.done,
      perSecond: result.perSecond,
      unanswered: result.refused + result.silent,
    };
  };
  return { ...stored, bot, run, rounds: [] };
}

function pairs(contenders: readonly Contender[]): [Contender, Contender][] {
  return contenders.flatMap((few, index) => {
    const many = contenders[index + 1];
    return index % 2 === 0 && many !== undefined ? [[few, many] as [Contender, Contender]] : [];
  });
}

function rowsOf([few, many]: [Contender, Contender]): Row[] {
  const ratios = many.rounds.map((round, index) => costOf(round) / costOf(few.rounds[index] ?? round));
  const [cpuRatio, bytesRatio] = [median(ratios), many.bytesEach / few.bytesEach];
  const row = rowOf(many);
  Object.assign(row.figures, {
    'CPU of fewer': cpuRatio,
    'lowest round': Math.min(...ratios),
    'highest round': Math.max(...ratios),
    'bytes of fewer': bytesRatio,
  });
  const aim = { text: `CPU and bytes at most ${AIM} times`, met: cpuRatio <= AIM && bytesRatio <= AIM };
  return [rowOf(few), { ...row, aim }];
}

const costOf = ({ bot, servers }: Cost) => bot + servers;

function rowOf({ home, conversations, bytesEach, sealedBytes, rounds }: Contender): Row {
  const of = (read: (cost: Cost) => number) => median(rounds.map(read));
  return {
    section: SECTION,
    what: `${conversations.toLocaleString('en-US')} conversations, ${home.name}`,
    figures: {
      'bytes each': bytesEach,
      'sealed state': sealedBytes,
      'CPU ms a turn': of(costOf),
      'of it servers': of(({ servers }) => servers),
      'turns per s': of(({ perSecond }) => perSecond),
      unanswered: rounds.reduce((sum, { unanswered }) => sum + unanswered, 0),
    },
  };
}
