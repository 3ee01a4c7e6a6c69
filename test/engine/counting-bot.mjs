// A bot that counts: engine, embedded home, Zalo channel and webhook front of the product, with a handler that answers
// every text by "<how many turns this lane had> <text>". Killed, starved and restarted by the tests beside it.
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

const { dataDir, home: where, port, simulatorUrl, zalo, echoWaitMs } = JSON.parse(process.env.COUNTING_BOT);
process.on('SIGXFSZ', () => undefined);

const log = createLog('error');
const clock = Date.now;
const sealer = new Sealer([Buffer.alloc(32, 7)]);
const metrics = new Metrics();
const owner = `bot-${process.pid}`;
const cluster = where.kind === 'cluster';
const home = cluster
  ? await openCluster({ redisUrl: where.redisUrl, mongoUri: where.mongoUri, minReplicas: 0, sealer, clock, owner })
  : await openEmbedded({ dataDir, sealer, clock, owner });
const channel = createZaloChannel({
  app: { id: zalo.appId, secret: zalo.appSecret },
  accounts: [{ oaId: zalo.oaId, oaSecretKeys: [zalo.oaSecretKey] }],
  urls: { api: `${simulatorUrl}/openapi`, oauth: `${simulatorUrl}/oauth` },
  tokens: home.tokens,
  seedTokens: { [zalo.oaId]: { accessToken: zalo.accessToken, refreshToken: zalo.refreshToken } },
  clock,
  governor: new Governor(),
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

/** What the tests ask: what still waits, and what ended in the dead letters. */
async function app(_request, response) {
  const backlog = await home.turns.backlog();
  const { letters } = await home.records.deadLetters({ limit: 1000 });
  const dead = letters.map(({ id, reason }) => ({ id, reason }));
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ backlog, dead }));
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
