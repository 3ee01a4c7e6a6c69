// One connection to Redis for commands. Calls of one tick leave together; every call ends in time, with its answer or with
// StorageUnavailable. What the commands mean is not known here.
import type { Redis } from 'ioredis';
import { StorageUnavailable } from '../../../lib/errors.js';
import { reconnect } from './connection.js';
import { failureOf, replyCode } from './failure.js';
import { REPLICATION_MARK_KEY } from './keys.js';
import type { LuaScript } from './lua/script.js';
import { numberOf, type Reply } from './reply.js';

export type Argument = string | number | Buffer;

export interface LinkOptions {
  scripts: readonly LuaScript[];
  /** Writes count only after this many replicas have them. 0: the primary's word is enough. */
  minReplicas: number;
  /** A round trip that takes longer is given up, with the connection. A call waits for at most two of them. */
  roundTripMs?: number;
}

/** A webhook has 1.5 s for its answer: a call may wait for the round trip before its own. */
const ROUND_TRIP_MS = 700;
const REPLICAS_WITHIN_MS = 400;
/** More than this in one pipeline would hold the next ones up. */
const MAX_BATCH = 512;
/** Callers beyond this get an answer at once instead of a place in an endless line. */
const MAX_WAITING = 50_000;
const MAX_IN_FLIGHT = 2;

interface Call {
  name: string;
  args: readonly Argument[];
  resolve: (reply: Reply) => void;
  reject: (error: Error) => void;
}

export class RedisLink {
  private waiting: Call[] = [];
  private inFlight = 0;
  private scheduled = false;
  private ready = false;
  private readonly readyListeners: (() => void)[] = [];

  constructor(
    private readonly redis: Redis,
    private readonly options: LinkOptions,
  ) {
    redis.on('ready', () => this.begin());
    redis.on('close', () => {
      this.ready = false;
    });
    if (redis.status === 'ready') this.begin();
  }

  /** Called after each connection, also the first. */
  onReady(listener: () => void): void {
    this.readyListeners.push(listener);
    if (this.ready) listener();
  }

  run(script: LuaScript, keys: readonly string[], args: readonly Argument[]): Promise<Reply> {
    return this.command('EVALSHA', script.sha, keys.length, ...keys, ...args);
  }

  command(name: string, ...args: readonly Argument[]): Promise<Reply> {
    if (!this.ready) return Promise.reject(new StorageUnavailable('redis.down'));
    if (this.waiting.length >= MAX_WAITING) return Promise.reject(new StorageUnavailable('redis.overloaded'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ name, args, resolve, reject });
      this.schedule();
    });
  }

  private begin(): void {
    // Commands of a connection run in order: whatever follows finds the scripts there.
    for (const { source } of this.options.scripts) {
      this.redis.script('LOAD', source).catch(() => reconnect(this.redis));
    }
    this.ready = true;
    for (const listener of this.readyListeners) listener();
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    // After the current round of I/O callbacks: whatever arrived together travels together.
    setImmediate(() => {
      this.scheduled = false;
      this.send();
    });
  }

  private send(): void {
    // Behind a WAIT the connection stands still anyway.
    const atOnce = this.options.minReplicas > 0 ? 1 : MAX_IN_FLIGHT;
    if (this.waiting.length === 0 || this.inFlight >= atOnce) return;
    const batch = this.waiting.splice(0, MAX_BATCH);
    this.inFlight += 1;
    void this.exchange(batch).finally(() => {
      this.inFlight -= 1;
      this.send();
    });
  }

  private async exchange(batch: readonly Call[]): Promise<void> {
    const { minReplicas, roundTripMs = ROUND_TRIP_MS } = this.options;
    const pipeline = this.redis.pipeline();
    for (const { name, args } of batch) pipeline.callBuffer(name, [...args]);
    if (minReplicas > 0) {
      // A write of our own in between: WAIT then covers all that the server had before it, also what another process wrote
      // and our calls only found there (a duplicate).
      pipeline.set(REPLICATION_MARK_KEY, '');
      pipeline.wait(minReplicas, REPLICAS_WITHIN_MS);
    }
    const results = await within(roundTripMs, pipeline.exec());
    if (!results) {
      // A connection that answers nothing may never do so again; a new one finds out sooner than TCP.
      this.ready = false;
      reconnect(this.redis);
      const late = new StorageUnavailable('redis.too-slow');
      for (const call of [...batch, ...this.waiting.splice(0)]) call.reject(late);
      return;
    }
    const replicated = minReplicas === 0 || enough(results.at(-1), minReplicas);
    for (const [index, call] of batch.entries()) this.answer(call, results[index], replicated);
  }

  private answer(call: Call, result: readonly [Error | null, unknown] | undefined, replicated: boolean): void {
    const [error, reply] = result ?? [new Error('no reply'), undefined];
    if (error !== null) {
      const code = error.name === 'ReplyError' ? replyCode(error) : '';
      // NOSCRIPT: somebody flushed the scripts. READONLY: this is no longer the primary. A new connection mends both.
      if (code === 'NOSCRIPT' || code === 'READONLY') reconnect(this.redis);
      call.reject(failureOf(error));
    } else if (!replicated) call.reject(new StorageUnavailable('redis.too-few-replicas'));
    else call.resolve(reply as Reply);
  }
}

function enough(result: readonly [Error | null, unknown] | undefined, minReplicas: number): boolean {
  return result !== undefined && result[0] === null && numberOf(result[1] as Reply) >= minReplicas;
}

/** Undefined when it took longer. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
