// A MongoDB that is killed, gone or silent: nothing that was acknowledged is lost, callers hear StorageUnavailable in time,
// and everything goes on by itself when the server is back.
import { startMongo, type TestMongo } from '../../scripts/mongo-engine/engine.mjs';
import { StorageUnavailable } from '../../src/lib/errors.js';
import type { LaneId } from '../../src/lib/ids.js';
import type { RecordWrite } from '../../src/records/records.js';
import type { MongoHalf } from '../../src/storage/cluster/mongo/open.js';
import { freshDatabase, openHalf } from './mongo-server.js';
import { until } from './until.js';

const WRITERS = 8;
/** The engine's disk may be busy with others. */
const PATIENCE_MS = 40_000;

let server: TestMongo;
let half: MongoHalf;

beforeAll(async () => {
  server = await startMongo({ own: true });
  half = await openHalf(freshDatabase(server.uri), { answerWithinMs: 1000 });
}, 120_000);

afterAll(async () => {
  await half.close();
  await server.stop();
});

const laneOf = (writer: number) => `zalo:1:writer-${writer}` as LaneId;
const letterId = (writer: number, seq: number) => `event:${writer}-${seq}`;

/** Writes for ever: each lane its next effects, the same ones again until they are acknowledged. */
class Writers {
  /** The last acknowledged number of each lane; before it none is missing. */
  readonly acknowledged = Array.from({ length: WRITERS }, () => 0);
  readonly refused: unknown[] = [];
  #stopping = false;
  readonly #work = this.acknowledged.map((_, writer) => this.#write(writer));

  total(): number {
    return this.acknowledged.reduce((sum, count) => sum + count, 0);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#work);
  }

  async #write(writer: number): Promise<void> {
    for (let seq = 1; !this.#stopping; ) {
      try {
        await half.records.apply(effects(writer, seq));
        this.acknowledged[writer] = seq;
        seq += 1;
      } catch (error) {
        this.refused.push(error);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
  }
}

function effects(writer: number, seq: number): RecordWrite[] {
  const lane = laneOf(writer);
  const letter = { id: letterId(writer, seq), lane, source: 'event', reason: 'x', at: seq, payload: 'eA==' } as const;
  return [
    { id: `${writer}-${seq}a`, lane, laneSeq: seq * 2, change: { type: 'contact', set: { noticeAt: seq } } },
    { id: `${writer}-${seq}b`, lane, laneSeq: seq * 2 + 1, change: { type: 'dead-letter', letter } },
  ];
}

async function allLetters(): Promise<Set<string>> {
  const kept = new Set<string>();
  let page = await half.records.deadLetters({ limit: 500 });
  for (const { id } of page.letters) kept.add(id);
  while (page.next !== undefined) {
    page = await half.records.deadLetters({ limit: 500, after: page.next });
    for (const { id } of page.letters) kept.add(id);
  }
  return kept;
}

describe('a MongoDB that is killed with -9', () => {
  it('keeps everything that was acknowledged, and the same calls work again after its restart', async () => {
    const writers = new Writers();
    const { acknowledged, refused } = writers;
    try {
      for (const round of [1, 2, 3]) {
        const before = writers.total();
        await until(() => writers.total() > before + WRITERS * 10, `writes in round ${round}`, PATIENCE_MS);
        const heard = refused.length;
        await server.kill();
        await until(() => refused.length > heard, `a refusal in round ${round}`, PATIENCE_MS);
        await server.restart();
      }
      const before = writers.total();
      await until(() => writers.total() > before + WRITERS * 5, 'writes after the last restart', PATIENCE_MS);
    } finally {
      await writers.stop();
    }

    expect(refused.filter((error) => !(error instanceof StorageUnavailable))).toEqual([]);
    const kept = await allLetters();
    const lost: string[] = [];
    for (const [writer, count] of acknowledged.entries()) {
      const { noticeAt = 0 } = (await half.records.contact(laneOf(writer))) ?? {};
      if (noticeAt < count) lost.push(`contact of ${writer}: ${noticeAt} < ${count}`);
      for (let seq = 1; seq <= count; seq += 1) if (!kept.has(letterId(writer, seq))) lost.push(letterId(writer, seq));
    }
    expect(lost).toEqual([]);
  }, 180_000);

  it('lets every kind of call end with StorageUnavailable while it is away', async () => {
    await server.kill();
    const lane = laneOf(0);
    const pair = { accessToken: 'a', refreshToken: 'r', expiresAt: 1 };
    const calls: (() => Promise<unknown>)[] = [
      () => half.records.apply([{ id: 'x', lane, laneSeq: 1e9, change: { type: 'contact-forget' } }]),
      () => half.records.contact(lane),
      () => half.records.deadLetter('event:0-1'),
      () => half.records.deadLetters({ limit: 1 }),
      () => half.records.procedures(),
      () => half.records.changeProcedures({ items: [], removed: ['1.000001'], sync: {} }),
      () => half.blobs.put({ id: 'b', lane, mimeType: 'image/png', createdAt: 1 }, Buffer.alloc(10)),
      () => half.blobs.get('b'),
      () => half.blobs.delete('b'),
      () => half.blobs.deleteLane(lane),
      () => half.tokens.load('zalo:1'),
      () => half.tokens.save('zalo:1', pair, 0),
      () => half.tokens.save('zalo:1', pair, 1),
    ];
    const ends = await Promise.allSettled(calls.map((call) => call()));
    expect(ends.map((end) => (end.status === 'rejected' ? end.reason : 'fulfilled'))).toEqual(
      calls.map(() => expect.any(StorageUnavailable)),
    );
    await server.restart();
    await until(async () => (await half.records.contact(lane).catch(() => undefined)) !== undefined, 'the server');
    expect(await half.tokens.save('zalo:1', pair, 0)).toBe(true);
  }, 60_000);
});

describe('a MongoDB that is silent', () => {
  it('is given up in time, and used again when it speaks', async () => {
    const pid = server.pid() ?? Number.NaN;
    const lane = laneOf(1);
    process.kill(pid, 'SIGSTOP');
    try {
      await expect(half.records.contact(lane)).rejects.toBeInstanceOf(StorageUnavailable);
      await expect(half.records.procedures()).rejects.toBeInstanceOf(StorageUnavailable);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await until(async () => (await half.records.contact(lane).catch(() => undefined)) !== undefined, 'the server');
  }, 60_000);
});
