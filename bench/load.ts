// The load generator's process: keep-alive connections on bare sockets, requests signed beforehand, no pipelining.
import { connect, type Socket } from 'node:net';
import { serveParent } from './child.js';
import { type LoadResult, type LoadRun, percentile, userOf } from './load-run.js';
import { watchTap } from './tap.js';
import { webhookRequest } from './webhook-bodies.js';
import { sharedNow, WireReader } from './wire.js';

/** How long a citizen waits for a message before it counts as not come. */
const PATIENCE_MS = 10_000;
const CONNECTIONS = 64;

class Connections {
  private readonly free: Connection[] = [];
  private readonly all: Connection[] = [];
  private readonly waiting: (() => void)[] = [];

  async open(port: number, count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) this.all.push(await Connection.open(port));
    this.free.push(...this.all);
  }

  /** Writes on a free connection; `onStatus` when its answer is there. */
  send(bytes: Buffer, onStatus: (status: number) => void, onSent: () => void): void {
    const connection = this.free.pop();
    if (connection === undefined) {
      this.waiting.push(() => this.send(bytes, onStatus, onSent));
      return;
    }
    onSent();
    connection.send(bytes, (status) => {
      this.free.push(connection);
      this.waiting.shift()?.();
      onStatus(status);
    });
  }

  close(): void {
    for (const connection of this.all) connection.close();
  }
}

class Connection {
  private onStatus: (status: number) => void = () => undefined;

  private constructor(private readonly socket: Socket) {
    const reader = new WireReader(({ head }) => this.onStatus(Number(head.slice(9, 12))));
    socket.setNoDelay(true);
    socket.on('data', (bytes) => reader.push(bytes));
    socket.on('close', () => this.onStatus(0));
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new Connection(socket)));
      socket.once('error', reject);
    });
  }

  send(bytes: Buffer, onStatus: (status: number) => void): void {
    this.onStatus = onStatus;
    this.socket.write(bytes);
  }

  close(): void {
    this.onStatus = () => undefined;
    this.socket.destroy();
  }
}

async function run(plan: LoadRun): Promise<LoadResult> {
  const { until, count, atOnce } = plan;
  const requests = prepare(plan);
  const connections = new Connections();
  await connections.open(plan.port, until === 'accepted' ? Math.min(atOnce, CONNECTIONS) : CONNECTIONS);
  const times: number[] = [];
  let [started, ended, refused] = [0, 0, 0];
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  /** User → when their question left. */
  const asked = new Map<number, number>();
  const end = (): void => {
    ended += 1;
    if (ended === count) finish();
    else if (typeof until === 'string') begin();
  };
  const begin = (): void => {
    const number = started;
    const request = requests[number];
    if (request === undefined) return;
    started += 1;
    const user = userOf(plan, number);
    let sentAt = 0;
    const onSent = () => {
      sentAt = sharedNow();
      if (until !== 'accepted') asked.set(user, sentAt);
    };
    const onStatus = (status: number) => {
      if (status !== 200) {
        refused += 1;
        asked.delete(user);
        end();
      } else if (until === 'accepted') {
        times.push(sharedNow() - sentAt);
        end();
      }
    };
    connections.send(request, onStatus, onSent);
  };
  const tap =
    plan.tapPort === undefined
      ? undefined
      : await watchTap(plan.tapPort, (user, at) => {
          const since = asked.get(user);
          // A second message of the same answer, or one of an earlier run.
          if (since === undefined || at < since) return;
          asked.delete(user);
          times.push(at - since);
          end();
        });

  const cpuBefore = process.cpuUsage();
  const beganAt = sharedNow();
  const stopPacing = typeof until === 'string' ? fill(begin, atOnce) : pace(begin, count, until.perSecond);
  await Promise.race([finished, stalled(() => ended)]);
  const took = sharedNow() - beganAt;
  const cpu = process.cpuUsage(cpuBefore);
  stopPacing();
  connections.close();
  tap?.destroy();
  times.sort((a, b) => a - b);
  return {
    done: times.length,
    refused,
    silent: asked.size,
    perSecond: times.length / (took / 1000),
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    p99: percentile(times, 0.99),
    slow: times.filter((ms) => ms > 50).length,
    max: times.at(-1) ?? 0,
    cpuMs: (cpu.user + cpu.system) / 1000,
  };
}

function prepare(plan: LoadRun): Buffer[] {
  const { name, count, users, texts } = plan;
  const now = Date.now();
  return Array.from({ length: count }, (_, index) =>
    webhookRequest({
      user: userOf(plan, index),
      text: texts[index % texts.length] ?? '',
      messageId: `${name}-${index}`,
      at: now + Math.floor(index / users),
    }),
  );
}

function fill(begin: () => void, atOnce: number): () => void {
  for (let index = 0; index < atOnce; index += 1) begin();
  return () => undefined;
}

function pace(begin: () => void, count: number, perSecond: number): () => void {
  const beganAt = performance.now();
  let begun = 0;
  const timer = setInterval(() => {
    const due = Math.min(count, Math.floor(((performance.now() - beganAt) / 1000) * perSecond));
    for (; begun < due; begun += 1) begin();
    if (begun >= count) clearInterval(timer);
  }, 2);
  return () => clearInterval(timer);
}

/** Resolves when nothing has ended for the time of a citizen's patience. */
function stalled(ended: () => number): Promise<void> {
  return new Promise((resolve) => {
    let [before, since] = [-1, performance.now()];
    const timer = setInterval(() => {
      if (ended() !== before) [before, since] = [ended(), performance.now()];
      else if (performance.now() - since > PATIENCE_MS) {
        clearInterval(timer);
        resolve();
      }
    }, 500);
    timer.unref();
  });
}

serveParent({}, { run });
