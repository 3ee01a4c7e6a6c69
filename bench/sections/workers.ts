// Two workers beside one on the cluster home, with a portal that takes 50 ms and few turns at once per worker: turns then wait
// for the portal and not for a core, and twice the workers should do twice as much. Two deployments, rounds in turn.
import { type ClusterServers, NoServers } from '../cluster-servers.js';
import { clusterHome } from '../homes.js';
import { type LoadResult, median } from '../load-run.js';
import type { Row } from '../report.js';
import { dossierCodes, SlowPortal } from '../slow-portal.js';
import {
  type BotProcess,
  type LoadProcess,
  simulatedSettings,
  startBotProcess,
  startLoad,
  startSink,
  type TappedProcess,
} from '../stage.js';
import { until } from '../waiting.js';
import { metric } from '../watch.js';

const PORTAL_MS = 50;
/** Few enough that two workers leave the two cores time to spare. */
const TURNS_AT_ONCE = 8;
const SECTION = `workers: cluster home, portal slowed to ${PORTAL_MS} ms, ${TURNS_AT_ONCE} turns at once per worker`;
const ROUNDS = 5;
const SECONDS_A_ROUND = 4;
const USERS = 2_000;
const AIM = 1.8;

interface Contender {
  workers: number;
  run(name: string): Promise<LoadResult>;
  rounds: LoadResult[];
  end(): Promise<void>;
}

export async function workersSection(servers: ClusterServers): Promise<Row[]> {
  const portal = new SlowPortal(PORTAL_MS);
  await portal.start();
  const [load, sink] = [await startLoad(), await startSink()];
  const contenders: Contender[] = [];
  try {
    for (const workers of [1, 2]) contenders.push(await contender({ servers, portal, load, sink }, workers));
    for (const { run } of contenders) await run('warm');
    const toldBefore = portal.told;
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const { run, rounds } of contenders) rounds.push(await run(`r${round}`));
    }
    return rowsOf(contenders, portal.told - toldBefore);
  } catch (error) {
    if (!(error instanceof NoServers)) throw error;
    return [{ section: SECTION, what: 'the cluster home', figures: {}, missing: error.message }];
  } finally {
    for (const { end } of contenders) await end();
    await Promise.all([load.stop(), sink.stop()]);
    portal.stop();
  }
}

interface Stage {
  servers: ClusterServers;
  portal: SlowPortal;
  load: LoadProcess;
  sink: TappedProcess;
}

async function contender({ servers, portal, load, sink }: Stage, workers: number): Promise<Contender> {
  const home = await clusterHome(servers);
  const start = (role: string) =>
    startBotProcess({
      env: {
        ...simulatedSettings('http://127.0.0.1:9'),
        ...home.env,
        ROLE: role,
        PORTAL_URL: portal.url,
        ZALO_API_URL: `http://127.0.0.1:${sink.ready.port}`,
      },
      turnsAtOnce: TURNS_AT_ONCE,
    });
  const bots = await Promise.all([...Array<string>(workers).fill('worker'), 'web'].map(start));
  const web = bots[workers] as BotProcess;
  const owned = () => Promise.all(bots.map(({ ready }) => metric(ready.port, 'mot_cua_partitions_owned')));
  const shared = async () => (await owned()).every((count, index) => count === (index < workers ? 16 / workers : 0));
  await until(shared, 'the workers to share the partitions');
  const count = Math.round(((workers * TURNS_AT_ONCE * 1000) / PORTAL_MS) * SECONDS_A_ROUND);
  let asked = 0;
  const run = (name: string) => {
    const texts = dossierCodes(asked, count);
    asked += count;
    return load.ask<LoadResult>('run', {
      port: web.ready.port,
      tapPort: sink.ready.tapPort,
      name: `workers-${workers}-${name}`,
      count,
      users: USERS,
      texts,
      until: 'answered',
      atOnce: 96,
    });
  };
  return {
    workers,
    run,
    rounds: [],
    async end() {
      await Promise.all(bots.map((bot) => bot.stop()));
      await home.end();
    },
  };
}

function rowsOf(contenders: readonly Contender[], told: number): Row[] {
  const [one, two] = contenders;
  const ratios = (two?.rounds ?? []).map(({ perSecond }, round) => perSecond / (one?.rounds[round]?.perSecond ?? 1));
  const ratio = median(ratios);
  const turns = contenders.flatMap(({ rounds }) => rounds).reduce((sum, { done }) => sum + done, 0);
  return contenders.map((contender): Row => {
    const of = (read: (result: LoadResult) => number) => median(contender.rounds.map(read));
    const row: Row = {
      section: SECTION,
      what: contender.workers === 1 ? 'dossier questions, 1 worker' : `dossier questions, ${contender.workers} workers`,
      figures: {
        'per s': of(({ perSecond }) => perSecond),
        'p50 ms': of(({ p50 }) => p50),
        'p95 ms': of(({ p95 }) => p95),
        unanswered: contender.rounds.reduce((sum, { refused, silent }) => sum + refused + silent, 0),
      },
    };
    if (contender !== two) return row;
    Object.assign(row.figures, {
      'of one worker': ratio,
      'lowest round': Math.min(...ratios),
      'highest round': Math.max(...ratios),
      'portal calls each': told / turns,
    });
    return { ...row, aim: { text: `at least ${AIM} times one worker`, met: ratio >= AIM } };
  });
}
