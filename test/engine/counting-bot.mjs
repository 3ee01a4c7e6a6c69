// A bot that counts: engine, embedded home, Zalo channel and webhook front of the product, with a handler that answers
// every text by "<how many turns this lane had> <text>". Killed, starved and restarted by the tests beside it and by
// bench/chaos/.
import { Governor } from '../../dist/src/channels/governor.js';
import { createZaloChannel } from '../../dist/src/channels/zalo/zalo.js';
import { Metrics } from '../../dist/src/http/metrics.js';
import { PortalWebhook } from '../../dist/src/http/portal-webhook.js';
import { listen } from '../../dist/src/http/server.js';
import { webhookHandlers } from '../../dist/src/http/webhooks.js';
import { createLog } from '../../dist/src/lib/log.js';
import { Sealer } from '../../dist/src/lib/sealing.js';
import { openCluster } from '../../dist/src/storage/cluster/open.js';
import { openEmbedded } from '../../dist/src/storage/embedded/open.js';
import { Engine } from '../../dist/src/turns/engine.js';

const {
  dataDir,
  home: where,
  port,
  simulatorUrl,
  zalo,
  echoWaitMs,
  sendTimeoutMs,
} = JSON.parse(process.env.COUNTING_BOT);
process.on('SIGXFSZ', () => undefined);
// The one who started us is gone: nobody else would end us.
process.on('disconnect', () => process.exit(1));

const log = createLog('error');
let clockOffsetMs = 0;
const clock = () => Date.now() + clockOffsetMs;
process.on('message', (wish) => {
  clockOffsetMs = wish.clockOffsetMs ?? clockOffsetMs;
});
const sealer = new Sealer([Buffer.alloc(32, 7)]);
const metrics = new Metrics();
const owner = `bot-${process.pid}`;
const cluster = where.kind === 'cluster';
const minReplicas = where.minReplicas ?? 0;
const home = cluster
  ? await openCluster({ redisUrl: where.redisUrl, mongoUri: where.mongoUri, minReplicas, sealer, clock, owner })
  : await openEmbedded({ dataDir, sealer, clock, owner });
const channel = createZaloChannel({
  app: { id: zalo.appId, secret: zalo.appSecret },
  accounts: [{ oaId: zalo.oaId, oaSecretKeys: [zalo.oaSecretKey] }],
  urls: { api: `${simulatorUrl}/openapi`, oauth: `${simulatorUrl}/oauth` },
  tokens: home.tokens,
  seedTokens: { [zalo.oaId]: { accessToken: zalo.accessToken, refreshToken: zalo.refreshToken } },
  clock,
  governor: new Governor(),
  ...(sendTimeoutMs === undefined ? {} : { timeoutMs: sendTimeoutMs }),
  log,
});

async function handler({ event, mode, data, now }) {
  if (event.body.kind !== 'text') return { mode, data, replies: [], effects: [], timers: [] };
  const { text } = event.body;
  // A message that takes the whole process down, every time.
  if (text.startsWith('die')) process.kill(process.pid, 'SIGKILL');
  const count = Number(data.count ?? 0) + 1;
  const effects = [{ type: 'record', change: { type: 'contact', set: { noticeVersion: String(count) } } }];
  const replies = [{ type: 'message', text: `${count} ${text}` }];
  return { mode, data: { count }, replies, effects, timers: [{ type: 'set', name: 'later', dueAt: now + 50 }] };
}

const engine = new Engine({
  store: home.turns,
  records: home.records,
  sealer,
  partitions: home.partitions,
  handler,
  channels: [channel],
  texts: { turnFailed: { type: 'message', text: 'SORRY' }, repliesTooOld: { type: 'message', text: 'TOO LATE' } },
  clock,
  observer: metrics.engine,
  log,
  owner,
  works: true,
  // Short, so that the tests need not wait long for what a dead process held.
  ...(cluster ? { leaseMs: where.leaseMs, renewMs: where.leaseMs / 5 } : {}),
  tuning: { echoWaitMs, timerPollMs: 50 },
});
await channel.start();
await engine.start();

const webhooks = webhookHandlers({
  channels: [channel],
  acceptor: engine.acceptor,
  portal: new PortalWebhook([], engine.acceptor),
  metrics,
  log,
});

/** What the tests ask: what still waits, what ended in the dead letters, and what the effects left of the named citizens. */
async function app(request, response) {
  const { pathname, searchParams } = new URL(request.url, 'http://bot');
  const answer = async () => {
    if (pathname === '/backlog') return home.turns.backlog();
    if (pathname === '/turns') return Promise.all(searchParams.getAll('user').map(turnsOnRecord));
    return { backlog: await home.turns.backlog(), dead: await deadLetters() };
  };
  try {
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(await answer()));
  } catch {
    // The storage is away.
    response.writeHead(503).end();
  }
}

async function deadLetters() {
  const dead = [];
  for (let after; ; ) {
    const { letters, next } = await home.records.deadLetters({ limit: 500, ...(after === undefined ? {} : { after }) });
    dead.push(...letters.map(({ id, reason }) => ({ id, reason })));
    if (next === undefined) return dead;
    after = next;
  }
}

async function turnsOnRecord(user) {
  const contact = await home.records.contact(`zalo:${zalo.oaId}:${user}`);
  return Number(contact?.noticeVersion ?? 0);
}

const front = await listen(port, webhooks, app);
process.send?.({ port: front.port });
process.on('SIGTERM', async () => {
  await front.close();
  await engine.stop();
  await channel.stop();
  await home.close();
  process.exit(0);
});
