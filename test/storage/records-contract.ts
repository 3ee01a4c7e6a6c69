// What every home must do for records, counters, blobs and tokens.
import { randomBytes } from 'node:crypto';
import type { LaneId } from '../../src/lib/ids.js';
import type { Counters } from '../../src/records/counters.js';
import type { Procedure } from '../../src/records/procedure.js';
import type { RecordChange, RecordWrite } from '../../src/records/records.js';
import type { Home } from '../../src/storage/home.js';

const lane = (name: string) => `messenger:7:${name}` as LaneId;

function write(of: LaneId, laneSeq: number, change: RecordChange): RecordWrite {
  return { id: `${of}#${laneSeq}`, lane: of, laneSeq, change };
}

function letter(id: string, about?: LaneId): RecordChange {
  const payload = Buffer.from(`sealed ${id}`).toString('base64');
  return {
    type: 'dead-letter',
    letter: { id, ...(about ? { lane: about } : {}), source: 'event', reason: 'turn.Error', at: 5, payload },
  };
}

function procedure(code: string, name: string): Procedure {
  return {
    code,
    name,
    field: 'Hộ tịch',
    levels: ['commune'],
    onlineLevel: 'full',
    methods: [],
    cases: [],
    results: [],
    legalBasis: [],
    updatedAt: '2026-01-01T00:00:00Z',
  };
}

/** Moves the home's clock on, or waits where it has one of its own. */
export type PassTime = (ms: number) => void | Promise<void>;

/** The parts of the contract that a home may keep in different places. */
export type RecordParts = Pick<Home, 'records' | 'blobs' | 'tokens'>;

export function recordsContract(open: () => Promise<Home>, passTime: PassTime): void {
  storedRecordsContract(open);
  countersContract(async () => (await open()).counters, passTime);
}

export function countersContract(open: () => Promise<Counters>, passTime: PassTime): void {
  let counters: Counters;
  beforeAll(async () => {
    counters = await open();
  });

  describe('counters', () => {
    const rule = { limit: 3, windowMs: 2000 };

    it('allows up to the limit in a sliding window and says when to come back', async () => {
      const results = [];
      for (const hit of ['a', 'b', 'c', 'd']) results.push(await counters.take('k1', rule, hit));
      expect(results.map(({ allowed, left }) => [allowed, left])).toEqual([
        [true, 2],
        [true, 1],
        [true, 0],
        [false, 0],
      ]);
      expect(results[3]?.retryAt).toBeGreaterThan(0);
      await passTime(rule.windowMs + 1);
      expect(await counters.take('k1', rule, 'e')).toMatchObject({ allowed: true, left: 2 });
    });

    it('counts a repeated hit once', async () => {
      await counters.take('k2', rule, 'same');
      await counters.take('k2', rule, 'same');
      expect(await counters.peek('k2', rule)).toMatchObject({ allowed: true, left: 2 });
    });

    it('gives a hit back', async () => {
      for (const hit of ['a', 'b', 'c']) await counters.take('k3', rule, hit);
      await counters.giveBack('k3', 'b');
      expect(await counters.take('k3', rule, 'd')).toMatchObject({ allowed: true, left: 0 });
    });

    it('never lets simultaneous hits pass the limit', async () => {
      const results = await Promise.all(
        Array.from({ length: 30 }, (_, index) => counters.take('k4', rule, `h${index}`)),
      );
      expect(results.filter(({ allowed }) => allowed)).toHaveLength(3);
    });
  });
}

/** Everything but the counters. */
export function storedRecordsContract(open: () => Promise<RecordParts>): void {
  let home: RecordParts;
  beforeAll(async () => {
    home = await open();
  });

  describe('contacts', () => {
    it('merges what is set and skips a write that is not newer', async () => {
      const citizen = lane('merge');
      await home.records.apply([write(citizen, 5, { type: 'contact', set: { noticeVersion: '1', noticeAt: 9 } })]);
      await home.records.apply([write(citizen, 7, { type: 'contact', set: { following: true } })]);
      await home.records.apply([write(citizen, 6, { type: 'contact', set: { following: false } })]);
      await home.records.apply([write(citizen, 7, { type: 'contact', set: { noticeVersion: '0' } })]);
      expect(await home.records.contact(citizen)).toEqual({
        lane: citizen,
        noticeVersion: '1',
        noticeAt: 9,
        following: true,
      });
    });

    it('forgets a contact, also against a repeated older write', async () => {
      const citizen = lane('forget');
      await home.records.apply([write(citizen, 1, { type: 'contact', set: { noticeVersion: '1' } })]);
      await home.records.apply([write(citizen, 2, { type: 'contact-forget' })]);
      await home.records.apply([write(citizen, 1, { type: 'contact', set: { noticeVersion: '1' } })]);
      expect(await home.records.contact(citizen)).toEqual({ lane: citizen });
    });

    it('knows nobody who never wrote', async () => {
      expect(await home.records.contact(lane('nobody'))).toBeUndefined();
    });
  });

  describe('dead letters', () => {
    it('keeps a letter once, pages through them and changes their status', async () => {
      const about = lane('dead');
      for (let index = 0; index < 5; index += 1)
        await home.records.apply([write(about, index, letter(`event:d${index}`, about))]);
      await home.records.apply([write(about, 0, letter('event:d0', about))]);
      const first = await home.records.deadLetters({ status: 'open', limit: 3 });
      const second = await home.records.deadLetters({
        status: 'open',
        limit: 3,
        ...(first.next ? { after: first.next } : {}),
      });
      expect([...first.letters, ...second.letters].map(({ id }) => id)).toEqual([
        'event:d0',
        'event:d1',
        'event:d2',
        'event:d3',
        'event:d4',
      ]);
      expect(second.next).toBeUndefined();
      await home.records.apply([write(about, 9, { type: 'dead-letter-status', id: 'event:d1', status: 'dropped' })]);
      const found = await home.records.deadLetter('event:d1');
      expect(found).toMatchObject({ status: 'dropped', lane: about, reason: 'turn.Error', source: 'event' });
      expect(found?.payload.toString()).toBe('sealed event:d1');
    });

    it('is not taken back to an older status by a write that comes again', async () => {
      const about = lane('again');
      const id = 'event:again';
      const replayed = write(about, 1, { type: 'dead-letter-status', id, status: 'replayed' });
      const dropped = write(about, 2, { type: 'dead-letter-status', id, status: 'dropped' });
      await home.records.apply([write(about, 0, letter(id, about)), replayed, dropped]);
      await home.records.apply([replayed]);
      expect(await home.records.deadLetter(id)).toMatchObject({ status: 'dropped' });
      await home.records.apply([write(about, 0, letter(id, about)), replayed, dropped]);
      expect(await home.records.deadLetter(id)).toMatchObject({ status: 'dropped' });
    });

    it('refuses a page mark that is not its own', async () => {
      await expect(home.records.deadLetters({ after: 'nonsense', limit: 1 })).rejects.toMatchObject({
        code: 'records.bad-page',
      });
    });
  });

  describe('messages not understood', () => {
    const misread = (id: string, keepUntil: number): RecordChange => ({
      type: 'not-understood',
      record: {
        id,
        at: Number(id.at(-1)),
        keepUntil,
        what: { text: `câu ${id}`, guesses: [{ intent: 'none', confidence: 0.4 }], offered: ['proc.ask', 'talk.none'] },
      },
    });

    it('keeps each once, with the first choice that followed, and hides those whose time is over', async () => {
      const citizen = lane('misread');
      for (let index = 0; index < 4; index += 1)
        await home.records.apply([write(citizen, index, misread(`m${index}`, index === 3 ? 40 : 100))]);
      await home.records.apply([
        write(citizen, 4, { type: 'not-understood-choice', id: 'm1', chosen: 'proc.ask' }),
        write(citizen, 5, { type: 'not-understood-choice', id: 'm1', chosen: 'talk.none' }),
        write(citizen, 0, misread('m0', 100)),
      ]);
      const first = await home.records.notUnderstood({ now: 50, limit: 2 });
      const second = await home.records.notUnderstood({
        now: 50,
        limit: 2,
        ...(first.next === undefined ? {} : { after: first.next }),
      });
      const all = [...first.records, ...second.records];
      expect(all.map(({ id, chosen }) => [id, chosen])).toEqual([
        ['m0', undefined],
        ['m1', 'proc.ask'],
        ['m2', undefined],
      ]);
      expect(all[0]).toMatchObject({ lane: citizen, at: 0, keepUntil: 100, what: { text: 'câu m0' } });
      expect(second.next).toBeUndefined();
      expect(await home.records.notUnderstoodRecord('m1')).toEqual(all[1]);
      expect(await home.records.notUnderstoodRecord('m9')).toBeUndefined();
    });

    it('goes with everything else of a lane that is forgotten', async () => {
      const [one, other] = [lane('misread-gone'), lane('misread-stays')];
      await home.records.apply([write(one, 1, misread('g1', 900)), write(other, 1, misread('g2', 900))]);
      await home.records.apply([write(one, 2, { type: 'contact-forget' })]);
      const { records } = await home.records.notUnderstood({ now: 500, limit: 9 });
      expect(records.map(({ id }) => id)).toEqual(['g2']);
    });

    it('refuses a page mark that is not its own', async () => {
      await expect(home.records.notUnderstood({ now: 0, after: 'nonsense', limit: 1 })).rejects.toMatchObject({
        code: 'records.bad-page',
      });
    });
  });

  describe('procedures', () => {
    it('changes rows and the sync position together', async () => {
      expect((await home.records.procedures()).sync).toEqual({});
      await home.records.changeProcedures({
        items: [procedure('1.000001', 'a'), procedure('1.000002', 'b')],
        removed: [],
        sync: { cursor: 'x' },
      });
      await home.records.changeProcedures({
        items: [procedure('1.000002', 'B')],
        removed: ['1.000001', '9.999999'],
        sync: { finishedAt: 3 },
      });
      const { items, sync } = await home.records.procedures();
      expect(items).toEqual([procedure('1.000002', 'B')]);
      expect(sync).toEqual({ finishedAt: 3 });
      expect(await home.records.syncState()).toEqual(sync);
    });
  });

  describe('blobs', () => {
    it('keeps bytes and their facts, and forgets all of a lane', async () => {
      const bytes = randomBytes(100_000);
      const about = { lane: 'zalo:1:b', mimeType: 'image/jpeg', createdAt: 5 };
      await home.blobs.put({ id: '../../etc/passwd', ...about }, bytes);
      await home.blobs.put({ id: 'two', ...about }, Buffer.from('2'));
      const found = await home.blobs.get('../../etc/passwd');
      expect(found?.bytes.equals(bytes)).toBe(true);
      expect(found?.info).toEqual({ id: '../../etc/passwd', ...about, sizeBytes: 100_000 });
      expect(await home.blobs.deleteLane('zalo:1:b')).toBe(2);
      expect(await home.blobs.get('two')).toBeUndefined();
    });
  });

  it('forgets a lane whole: its blobs, its dead letters but for their heads, what was not understood', async () => {
    const [citizen, other] = [lane('forget-all'), lane('forget-none')];
    const what = { text: 'x', guesses: [], offered: [] };
    for (const one of [citizen, other]) {
      const about = { lane: one, mimeType: 'image/jpeg' };
      await home.blobs.put({ id: `${one}/old`, ...about, createdAt: 5 }, Buffer.from('1'));
      await home.blobs.put({ id: `${one}/new`, ...about, createdAt: 50 }, Buffer.from('2'));
      await home.records.apply([
        write(one, 1, letter(`event:${one}`, one)),
        write(one, 2, { type: 'not-understood', record: { id: `${one}/m`, at: 1, keepUntil: 9e12, what } }),
      ]);
    }
    expect(await home.records.notUnderstoodOf(citizen)).toBe(1);
    const forget = write(citizen, 3, { type: 'contact-forget', at: 10 });
    await home.records.apply([forget]);
    await home.records.apply([forget]);
    expect(await home.records.notUnderstoodOf(citizen)).toBe(0);
    expect(await home.records.notUnderstoodOf(other)).toBe(1);
    expect(await home.blobs.get(`${citizen}/old`)).toBeUndefined();
    expect((await home.blobs.get(`${citizen}/new`))?.bytes.toString()).toBe('2');
    expect((await home.blobs.get(`${other}/old`))?.bytes.toString()).toBe('1');
    expect(await home.records.deadLetter(`event:${citizen}`)).toMatchObject({ status: 'dropped', lane: citizen });
    expect((await home.records.deadLetter(`event:${citizen}`))?.payload.length).toBe(0);
    expect((await home.records.deadLetter(`event:${other}`))?.payload.length).toBeGreaterThan(0);
  });

  describe('account tokens', () => {
    const pair = (name: string) => ({ accessToken: `${name}-a`, refreshToken: `${name}-r`, expiresAt: 9 });

    it('saves only over the version it was given', async () => {
      expect(await home.tokens.load('zalo:1')).toBeUndefined();
      expect(await home.tokens.save('zalo:1', pair('one'), 0)).toBe(true);
      expect(await home.tokens.save('zalo:1', pair('late'), 0)).toBe(false);
      expect(await home.tokens.save('zalo:1', pair('two'), 1)).toBe(true);
      expect(await home.tokens.load('zalo:1')).toEqual({ tokens: pair('two'), version: 2 });
    });

    it('runs one exclusive piece of work at a time', async () => {
      let running = 0;
      const work = async () => {
        running += 1;
        expect(running).toBe(1);
        await home.tokens.load('zalo:2');
        running -= 1;
        return 'done';
      };
      const results = await Promise.all(Array.from({ length: 5 }, () => home.tokens.exclusively('zalo:2', work)));
      expect(results.filter((result) => result === 'done').length).toBeGreaterThanOrEqual(1);
      expect(await home.tokens.exclusively('zalo:2', work)).toBe('done');
    });
  });
}
