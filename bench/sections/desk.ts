// The desk beside a hundred thousand tickets and a million turns of conversation, on both homes: how soon its pages are answered, and
// how soon two hundred open desks learn of a change.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { GivenPassword } from '../../src/desk/api.js';
import { systemClock } from '../../src/lib/clock.js';
import { Sealer } from '../../src/lib/sealing.js';
import { openCluster } from '../../src/storage/cluster/open.js';
import { openEmbedded } from '../../src/storage/embedded/open.js';
import { type ClusterServers, NoServers } from '../cluster-servers.js';
import { DeskClient } from '../desk-client.js';
import { agencyId, FREQUENT, fillDesk, RARE, ticketId } from '../desk-fill.js';
import { type BenchHome, clusterHome, embeddedHome, type HomeName } from '../homes.js';
import { median, percentile } from '../load-run.js';
import type { Row } from '../report.js';
import { startBotProcess, startSink } from '../stage.js';
import { folderOnDisk } from '../temporary.js';
import { until } from '../waiting.js';
import { webhookRequest } from '../webhook-bodies.js';

const SECTION = 'desk: 100,000 tickets and 1,000,000 turns stored';
const TICKETS = 100_000;
const TURNS_EACH = 10;
const ASKED = 100;
const DESKS = 200;
/** As many as one member may have open. */
const STREAMS_EACH = 20;
const CHANGES = 10;
const AIM_MS = 100;
const LIVE_AIM_MS = 1000;
const ADMIN = { username: 'bench', first: 'first-password-of-the-bench', next: 'second-password-of-the-bench' };
/** A citizen without a ticket so far. */
const NEWCOMER = 5_000_000;

export async function deskSection(servers: ClusterServers, tickets = TICKETS): Promise<Row[]> {
  const rows: Row[] = [];
  for (const name of ['embedded', 'cluster'] as const) {
    try {
      rows.push(...(await measured(await filled(name, servers, tickets), tickets)));
    } catch (error) {
      if (!(error instanceof NoServers)) throw error;
      rows.push({ section: SECTION, what: 'the cluster home', figures: {}, missing: error.message });
    }
  }
  return rows;
}

interface Stored {
  home: BenchHome;
  seconds: number;
}

async function filled(name: HomeName, servers: ClusterServers, tickets: number): Promise<Stored> {
  const common = { clock: systemClock, owner: 'filler' };
  const began = performance.now();
  const since = () => (performance.now() - began) / 1000;
  if (name === 'embedded') {
    const [dataDir, key] = [folderOnDisk(), randomBytes(32)];
    const open = await openEmbedded({ dataDir, sealer: new Sealer([key]), ...common });
    await fillDesk(open, tickets, TURNS_EACH).finally(() => open.close());
    const home = embeddedHome(dataDir);
    return { home: { ...home, env: { ...home.env, DATA_KEY: key.toString('base64') } }, seconds: since() };
  }
  const home = await clusterHome(servers);
  const { REDIS_URL: redisUrl = '', MONGODB_URI: mongoUri = '', DATA_KEY: dataKey = '' } = home.env;
  const sealer = new Sealer([Buffer.from(dataKey, 'base64')]);
  const open = await openCluster({ redisUrl, mongoUri, minReplicas: 0, sealer, ...common });
  await fillDesk(open, tickets, TURNS_EACH).finally(() => open.close());
  return { home, seconds: since() };
}

async function measured({ home, seconds }: Stored, tickets: number): Promise<Row[]> {
  const sink = await startSink();
  const agencies = join(folderOnDisk(), 'agencies.yaml');
  writeFileSync(agencies, agenciesFile());
  const bot = await startBotProcess({
    env: {
      ...home.env,
      ZALO_API_URL: `http://127.0.0.1:${sink.ready.port}`,
      AGENCIES_FILE: agencies,
      DESK_ADMIN_USERNAME: ADMIN.username,
      DESK_ADMIN_PASSWORD: ADMIN.first,
    },
  });
  const { port } = bot.ready;
  const desk = new DeskClient(port);
  await desk.signIn(ADMIN.username, ADMIN.first, ADMIN.next);
  const of = (path: string) => timed(desk, () => path);
  const search = (q: string) => timed(desk, () => '/search', { agency: agencyId(2), q });
  const pages: [string, number[]][] = [
    ['the queue, all agencies', await of('/queue?view=waiting')],
    ['the queue of one agency', await of('/queue?agency=mot-cua&view=waiting')],
    ['closed tickets, first page', await of('/queue?agency=mot-cua&view=closed')],
    ['closed tickets, page by page', await pageByPage(desk)],
    ['a ticket', await timed(desk, (i) => `/tickets/${ticketId((i * 9973) % tickets)}`)],
    ['its conversation', await timed(desk, (i) => `/tickets/${ticketId((i * 9973) % tickets)}/entries`)],
    ['search: words in one ticket of a thousand', await search(RARE)],
    ['search: words in every third', await search(FREQUENT)],
  ];
  const live = await liveUpdates(port, await colleagues(port, desk));
  desk.close();
  await Promise.all([bot.stop(), sink.stop()]);
  await home.end();
  return [
    ...pages.map(([what, ms]) => ({
      section: SECTION,
      what: `${what}, ${home.name}`,
      figures: { 'p50 ms': median(ms), 'p95 ms': p95(ms) },
      aim: { text: `p95 under ${AIM_MS} ms`, met: p95(ms) < AIM_MS },
    })),
    {
      section: SECTION,
      what: `a change on ${DESKS} open desks, ${home.name}`,
      figures: { 'first ms': median(live.first), 'last ms': median(live.last), 'slowest ms': Math.max(...live.last) },
      aim: { text: `all within ${LIVE_AIM_MS} ms`, met: Math.max(...live.last) < LIVE_AIM_MS },
    },
    { section: SECTION, what: `filling it, ${home.name}`, figures: { seconds } },
  ];
}

async function timed(desk: DeskClient, path: (index: number) => string, body?: object): Promise<number[]> {
  for (let i = 0; i < 5; i += 1) await desk.get(path(ASKED + i), body);
  const ms: number[] = [];
  for (let i = 0; i < ASKED; i += 1) ms.push((await desk.get(path(i), body)).ms);
  return ms;
}

/** Each page from the mark of the one before. */
async function pageByPage(desk: DeskClient): Promise<number[]> {
  const ms: number[] = [];
  for (let after: string | undefined; ms.length < ASKED; ) {
    const mark = after === undefined ? '' : `&after=${encodeURIComponent(after)}`;
    const page = await desk.get(`/queue?agency=mot-cua&view=closed${mark}`);
    ms.push(page.ms);
    after = (JSON.parse(page.body) as { next?: string }).next;
    if (after === undefined) break;
  }
  return ms;
}

/** Members enough for all desks: each has as many streams as one may. */
async function colleagues(port: number, admin: DeskClient): Promise<DeskClient[]> {
  const clients: DeskClient[] = [];
  for (let n = 0; n < DESKS / STREAMS_EACH; n += 1) {
    const username = `can-bo-${n}`;
    const grants = [{ agency: '*', role: 'officer' }];
    const given = await admin.must('POST', '/staff', { username, name: `Cán bộ ${n}`, grants });
    const client = new DeskClient(port);
    await client.signIn(username, (JSON.parse(given.body) as GivenPassword).password, ADMIN.next);
    clients.push(client);
  }
  return clients;
}

/** From the citizen's webhook to the event in each browser. */
async function liveUpdates(port: number, members: readonly DeskClient[]): Promise<{ first: number[]; last: number[] }> {
  let heard: number[] = [];
  const told = Array.from({ length: DESKS }, () => false);
  const closing: (() => void)[] = [];
  for (let index = 0; index < DESKS; index += 1) {
    const member = members[Math.floor(index / STREAMS_EACH)];
    if (member === undefined) throw new Error('too few members');
    closing.push(
      await member.listen((name) => {
        if (name !== 'ticket' || told[index] === true) return;
        told[index] = true;
        heard.push(performance.now());
      }),
    );
  }
  const [first, last]: [number[], number[]] = [[], []];
  for (let change = 0; change < CHANGES; change += 1) {
    heard = [];
    told.fill(false);
    const began = performance.now();
    await post(
      port,
      webhookRequest({
        user: NEWCOMER + change,
        text: 'gặp cán bộ',
        messageId: `desk-${change}-${Math.floor(began)}`,
        at: Date.now(),
      }),
    );
    await until(
      () => heard.length === DESKS,
      () => `${DESKS - heard.length} desks`,
      20_000,
      5,
    );
    first.push(Math.min(...heard) - began);
    last.push(Math.max(...heard) - began);
  }
  for (const close of closing) close();
  for (const member of members) member.close();
  return { first, last };
}

/** Resolves when the webhook is answered. */
function post(port: number, request: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.once('data', (bytes) => {
      socket.destroy();
      if (bytes.toString('latin1', 0, 12).endsWith('200')) resolve();
      else reject(new Error('the bot did not take the message'));
    });
    socket.once('error', reject);
  });
}

function p95(ms: readonly number[]): number {
  return percentile(
    [...ms].sort((a, b) => a - b),
    0.95,
  );
}

/** Always open, so that the hour of the run makes no difference. */
function agenciesFile(): string {
  const hours = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
    .map((day) => `    ${day}: ["00:00-24:00"]`)
    .join('\n');
  const target = '{ firstAnswer: 20, nextAnswer: 30, resolution: 480 }';
  return Array.from(
    { length: 5 },
    (_, number) => `- id: ${agencyId(number)}
  name: Cơ quan ${number}
  hours:
${hours}
  targets: { urgent: ${target}, high: ${target}, normal: ${target}, low: ${target} }
  handBackAfterMinutes: 30
  reopenWithinMinutes: 1440
`,
  ).join('');
}
