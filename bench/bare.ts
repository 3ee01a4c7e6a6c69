// What acceptance is compared with: a bare node:http handler and an express one that check the same signature and write each
// webhook durably under its id before they answer 200. Nothing else: no parsing of what came, no sealing, no metrics, no time limit.
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import express from 'express';
import { demoAccounts } from '../simulators/accounts.js';
import type { BareRow } from './bare-writer.js';
import { listenLocally, serveParent } from './child.js';

const [kind = 'node', folder = '.'] = process.argv.slice(2);
const { appId, oaSecretKey } = demoAccounts.zalo;

const writer = new Worker(new URL('./bare-writer.js', import.meta.url), { workerData: join(folder, 'bare.db') });
let waiting: BareRow[] = [];
let waiters: (() => void)[] = [];
let busy = false;

/** All that wait share one commit. */
function write(row: BareRow): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(row);
    waiters.push(resolve);
    if (!busy) flush();
  });
}

function flush(): void {
  busy = true;
  const done = waiters;
  writer.postMessage(waiting);
  waiting = [];
  waiters = [];
  writer.once('message', () => {
    busy = false;
    if (waiting.length > 0) flush();
    for (const resolve of done) resolve();
  });
}

interface Webhook {
  timestamp: string;
  sender: { id: string };
  message: { msg_id: string };
}

/** The webhook if its signature is right. */
function verified(signature: unknown, body: Buffer): Webhook | undefined {
  const event = JSON.parse(body.toString('utf8')) as Webhook;
  const hash = createHash('sha256').update(appId).update(body).update(event.timestamp).update(oaSecretKey);
  const given = Buffer.from(String(signature).replace('mac=', ''), 'hex');
  const expected = hash.digest();
  return given.length === expected.length && timingSafeEqual(given, expected) ? event : undefined;
}

async function status(signature: unknown, body: Buffer): Promise<number> {
  const event = verified(signature, body);
  if (event === undefined) return 401;
  await write({ id: event.message.msg_id, user: event.sender.id, body: Uint8Array.from(body) });
  return 200;
}

function bareServer(): Server {
  return createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      response.statusCode = await status(request.headers['x-zevent-signature'], Buffer.concat(chunks));
      response.end('OK');
    });
  });
}

function expressServer(): Server {
  const app = express();
  app.post('/webhooks/zalo', express.raw({ type: '*/*' }), async (request, response) => {
    response.status(await status(request.headers['x-zevent-signature'], request.body as Buffer)).send('OK');
  });
  return createServer(app);
}

const server = kind === 'express' ? expressServer() : bareServer();
let cpu = process.cpuUsage();
serveParent(
  { port: await listenLocally(server) },
  {
    cpuMs: async () => {
      const used = process.cpuUsage(cpu);
      cpu = process.cpuUsage();
      return (used.user + used.system) / 1000;
    },
  },
);
