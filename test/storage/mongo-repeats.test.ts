// Effects reach MongoDB at least once: a batch is repeated after a crash, and a paused owner may send an old one much later.
// Whatever is repeated, and whenever, the documents end as if each write had been applied once.
import fc from 'fast-check';
import { startMongo, type TestMongo } from '../../scripts/mongo-engine/engine.mjs';
import type { LaneId } from '../../src/lib/ids.js';
import type { RecordChange, RecordWrite } from '../../src/records/records.js';
import type { MongoHalf } from '../../src/storage/cluster/mongo/open.js';
import { dropDatabases, freshDatabase, openHalf } from './mongo-server.js';

const LANES = ['one', 'two'];
const LETTERS = ['event:a', 'event:b'];

let server: TestMongo;
let half: MongoHalf;
let worlds = 0;

beforeAll(async () => {
  server = await startMongo();
  half = await openHalf(freshDatabase(server.uri));
}, 120_000);

afterAll(async () => {
  await half.close();
  await dropDatabases();
  await server.stop();
});

interface Step {
  lane: string;
  change: RecordChange;
}

const contactSet = fc.record(
  { noticeVersion: fc.constantFrom('1', '2'), noticeAt: fc.nat(9), following: fc.boolean() },
  { requiredKeys: [] },
);

const change: fc.Arbitrary<RecordChange> = fc.oneof(
  { weight: 4, arbitrary: contactSet.map((set) => ({ type: 'contact', set }) as const) },
  { weight: 1, arbitrary: fc.constant({ type: 'contact-forget' } as const) },
  {
    weight: 2,
    arbitrary: fc.record({ id: fc.constantFrom(...LETTERS), at: fc.nat(3) }).map(({ id, at }) => {
      const letter = { id, source: 'event', reason: 'x', at, payload: 'eA==' } as const;
      return { type: 'dead-letter', letter } as const;
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('dead-letter-status' as const),
      id: fc.constantFrom(...LETTERS),
      status: fc.constantFrom('replayed' as const, 'dropped' as const),
    }),
  },
);

/** Staff change a letter that they have seen: its status never comes before it. */
const steps = fc.array(fc.record({ lane: fc.constantFrom(...LANES), change }), { maxLength: 14 }).map(possible);

function possible(wanted: Step[]): Step[] {
  const there = new Set<string>();
  return wanted.filter(({ change: wish }) => {
    if (wish.type === 'dead-letter') there.add(wish.letter.id);
    return wish.type !== 'dead-letter-status' || there.has(wish.id);
  });
}

/** After each write: which earlier ones come again, whether the batch ends there, and whether it is sent by two owners at once. */
const disturbances = fc.array(
  fc.record({ again: fc.array(fc.nat(20), { maxLength: 3 }), cut: fc.boolean(), twice: fc.boolean() }),
  { minLength: 14, maxLength: 14 },
);

function inWorld(world: string, name: string): string {
  return `zalo:${world}:${name}`;
}

function toWrites(world: string, wanted: readonly Step[]): RecordWrite[] {
  return wanted.map(({ lane, change: wish }, index) => {
    const own = (id: string) => inWorld(world, id);
    const moved: RecordChange =
      wish.type === 'dead-letter'
        ? { ...wish, letter: { ...wish.letter, id: own(wish.letter.id) } }
        : wish.type === 'dead-letter-status'
          ? { ...wish, id: own(wish.id) }
          : wish;
    return { id: `${world}#${index}`, lane: own(lane) as LaneId, laneSeq: index + 1, change: moved };
  });
}

async function everythingIn(world: string) {
  const contacts = LANES.map(async (lane) => {
    const { lane: _own, ...body } = (await half.records.contact(inWorld(world, lane) as LaneId)) ?? { lane: undefined };
    return body;
  });
  const letters = LETTERS.map(async (id) => {
    const { id: _own, ...letter } = (await half.records.deadLetter(inWorld(world, id))) ?? { id: undefined };
    return letter;
  });
  return { contacts: await Promise.all(contacts), letters: await Promise.all(letters) };
}

describe('writes that come again', () => {
  it('end in the same documents as once in order, whatever is repeated when', async () => {
    await fc.assert(
      fc.asyncProperty(steps, disturbances, async (wanted, disturbed) => {
        worlds += 1;
        const calm = `calm${worlds}`;
        const wild = `wild${worlds}`;
        for (const write of toWrites(calm, wanted)) await half.records.apply([write]);

        const writes = toWrites(wild, wanted);
        let batch: RecordWrite[] = [];
        const send = async (twice: boolean) => {
          const sent = batch;
          batch = [];
          if (sent.length > 0)
            await Promise.all(
              twice ? [half.records.apply(sent), half.records.apply(sent)] : [half.records.apply(sent)],
            );
        };
        for (const [index, write] of writes.entries()) {
          const { again, cut, twice } = disturbed[index] ?? { again: [], cut: false, twice: false };
          batch.push(write, ...again.flatMap((back) => writes.slice(Math.max(0, index - back)).slice(0, 1)));
          if (cut) await send(twice);
        }
        await send(true);

        expect(await everythingIn(wild)).toEqual(await everythingIn(calm));
      }),
      { numRuns: 60 },
    );
  });
});
