// What every home must do for documents of any kind.
import fc from 'fast-check';
import { z } from 'zod';
import type { LaneId } from '../../src/lib/ids.js';
import { type DocumentKind, type DocumentQuery, putDocument, removeDocument } from '../../src/records/documents.js';
import type { RecordChange, RecordWrite } from '../../src/records/records.js';
import type { Home } from '../../src/storage/home.js';

type Note = { state: string; at: number; text: string; hidden?: boolean };

const body: z.ZodType<Note> = z.strictObject({
  state: z.string().max(40),
  at: z.number(),
  text: z.string().max(2000).default(''),
  hidden: z.boolean().optional(),
}) as z.ZodType<Note>;

export const NOTE: DocumentKind<Note> = {
  name: 'test-note',
  body,
  indexes: {
    state: ({ state, at, hidden }) => (hidden ? undefined : [state, at]),
    lane: ({ at }, { lane }) => [lane, at],
  },
  searched: { words: ({ text }) => [text], scope: ({ state }) => state, at: ({ at }) => at },
};
const PAPER: DocumentKind<Note> = { ...NOTE, name: 'test-paper', staysWhenForgotten: true };

/** What the homes under test are opened with. */
export const TEST_KINDS: readonly DocumentKind[] = [NOTE, PAPER];

let lanes = 0;

export function documentsContract(open: () => Promise<Pick<Home, 'records' | 'documents'>>): void {
  let home: Pick<Home, 'records' | 'documents'>;
  let lane: LaneId;
  let seq: number;
  beforeAll(async () => {
    home = await open();
  });
  beforeEach(() => {
    lane = `zalo:9:documents-${lanes++}` as LaneId;
    seq = 0;
  });

  const write = (change: RecordChange, of = lane, laneSeq = ++seq): RecordWrite => ({
    id: `${of}#${laneSeq}`,
    lane: of,
    laneSeq,
    change,
  });
  const put = (id: string, note: Partial<Note> = {}, kind = NOTE) =>
    write(putDocument(kind, id, { state: 'open', at: 1, text: 'a', ...note }));
  /** States are the index's first value: one of its own keeps the tests apart. */
  const mine = (query: Partial<DocumentQuery> = {}) =>
    home.documents.find(NOTE, { index: 'lane', under: [lane], limit: 50, ...query });
  const idsOf = async (query?: Partial<DocumentQuery>) => (await mine(query)).documents.map(({ id }) => id);

  it('keeps what was put, whole, and the newest of it', async () => {
    await home.records.apply([put(`${lane}/1`, { text: 'một' }), put(`${lane}/1`, { text: 'hai' })]);
    expect(await home.documents.get(NOTE, `${lane}/1`)).toEqual({
      id: `${lane}/1`,
      lane,
      body: { state: 'open', at: 1, text: 'hai' },
    });
    expect(await home.documents.get(PAPER, `${lane}/1`)).toBeUndefined();
  });

  it('is not moved by repeats, whole batches or late single writes', async () => {
    const writes = [
      put('r', { text: '1' }),
      put('r', { text: '2' }),
      write(removeDocument(NOTE, 'r')),
      put('r', { text: '4' }),
    ];
    await home.records.apply(writes);
    await home.records.apply(writes);
    for (const old of writes.slice(0, 3)) await home.records.apply([old]);
    expect((await home.documents.get(NOTE, 'r'))?.body.text).toBe('4');
  });

  it('does not bring back what was removed', async () => {
    const first = put(`${lane}/gone`);
    await home.records.apply([first, write(removeDocument(NOTE, `${lane}/gone`))]);
    await home.records.apply([first]);
    expect(await home.documents.get(NOTE, `${lane}/gone`)).toBeUndefined();
    expect(await idsOf()).toEqual([]);
  });

  it('belongs to the lane that wrote it first', async () => {
    await home.records.apply([put(`${lane}/own`, { text: 'mine' })]);
    const other = `${lane}-other` as LaneId;
    const theirs = putDocument(NOTE, `${lane}/own`, { state: 'open', at: 1, text: 'theirs' });
    await home.records.apply([write(theirs, other, 99)]);
    expect(await home.documents.get(NOTE, `${lane}/own`)).toMatchObject({ lane, body: { text: 'mine' } });
  });

  it('is found by its keys as they are now, in their order', async () => {
    const [one, two, three] = [`${lane}/a`, `${lane}/b`, `${lane}/c`];
    await home.records.apply([put(one, { at: 30 }), put(two, { at: -5 }), put(three, { at: 7.5 })]);
    expect(await idsOf()).toEqual([two, three, one]);
    expect(await idsOf({ order: 'down' })).toEqual([one, three, two]);
    expect(await idsOf({ from: -5, to: 30 })).toEqual([two, three]);
    await home.records.apply([put(two, { at: 100 })]);
    expect(await idsOf()).toEqual([three, one, two]);
    const state = `s-${lane}`;
    await home.records.apply([put(one, { state }), put(two, { state, hidden: true })]);
    const found = await home.documents.find(NOTE, { index: 'state', under: [state], limit: 9 });
    expect(found.documents.map(({ id }) => id)).toEqual([one]);
    expect(await home.documents.count(NOTE, { index: 'state', under: [state] }, 10)).toBe(1);
  });

  it('does not mix values that begin alike', async () => {
    await home.records.apply([put('x1', { state: `${lane}` }), put('x2', { state: `${lane}0` })]);
    const under = async (state: string) =>
      (await home.documents.find(NOTE, { index: 'state', under: [state], limit: 9 })).documents.map(({ id }) => id);
    expect(await under(lane)).toEqual(['x1']);
    expect(await under(`${lane}0`)).toEqual(['x2']);
  });

  it('comes in pages that stay where they are when something new comes in', async () => {
    for (let at = 0; at < 7; at++) await home.records.apply([put(`${lane}/${at}`, { at })]);
    const first = await mine({ limit: 3, order: 'down' });
    await home.records.apply([put(`${lane}/new`, { at: 99 })]);
    const second = await mine({ limit: 3, order: 'down', ...(first.next === undefined ? {} : { after: first.next }) });
    const third = await mine({ limit: 3, order: 'down', ...(second.next === undefined ? {} : { after: second.next }) });
    const ids = [first, second, third].flatMap(({ documents }) => documents.map(({ body: { at } }) => at));
    expect(ids).toEqual([6, 5, 4, 3, 2, 1, 0]);
    expect(third.next).toBeUndefined();
    expect(await home.documents.count(NOTE, { index: 'lane', under: [lane] }, 5)).toBe(5);
  });

  it.each(['', 'nonsense', Buffer.from('szalo').toString('base64url')])('refuses %j as a page mark', async (after) => {
    await expect(mine({ after })).rejects.toMatchObject({ code: 'records.bad-page' });
  });

  it('refuses what does not fit, and writes nothing of that batch before it', async () => {
    const bad = write({ type: 'document', kind: NOTE.name, id: `${lane}/bad`, body: { state: 'SECRET', at: 'x' } });
    const refused = home.records.apply([put(`${lane}/good`), bad]);
    await expect(refused).rejects.toMatchObject({ code: 'records.bad-document' });
    await expect(refused).rejects.not.toThrow(/SECRET/);
    expect(await home.documents.get(NOTE, `${lane}/good`)).toBeUndefined();
    const unknown = write({ type: 'document', kind: 'no-such-kind', id: 'x', body: {} });
    await expect(home.records.apply([unknown])).rejects.toMatchObject({ code: 'records.unknown-kind' });
  });

  it('goes with the citizen, but for the kinds that stay', async () => {
    const [a, b] = [`${lane}/a`, `${lane}/b`];
    const writes = [put(a), put(b, {}, PAPER), write({ type: 'contact-forget' })];
    await home.records.apply(writes);
    await home.records.apply(writes.slice(0, 2));
    expect(await home.documents.get(NOTE, a)).toBeUndefined();
    expect(await idsOf()).toEqual([]);
    expect(await home.documents.get(PAPER, b)).toMatchObject({ lane });
    await home.records.apply([put(a, { text: 'later' })]);
    expect(await home.documents.get(NOTE, a)).toMatchObject({ body: { text: 'later' } });
  });

  it('is searched by whole words without diacritics, within a scope, the latest first', async () => {
    const [state, other] = [`scope-${lane}`, `other-${lane}`];
    await home.records.apply([
      put(`${lane}/1`, { state, at: 1, text: 'Đèn đường hỏng, hẻm 12' }),
      put(`${lane}/2`, { state, at: 3, text: 'den duong con hong' }),
      put(`${lane}/3`, { state, at: 2, text: 'đường ngập' }),
      put(`${lane}/4`, { state: other, at: 4, text: 'đèn đường' }),
    ]);
    const found = async (text: string, scope: string | string[] = state) =>
      (await home.documents.search(NOTE, { text, scope, limit: 9 })).documents.map(({ id }) => id.slice(-1));
    expect(await found('ĐÈN đường')).toEqual(['2', '1']);
    expect(await found('duong')).toEqual(['2', '3', '1']);
    expect(await found('hem 12')).toEqual(['1']);
    expect(await found('duo')).toEqual([]);
    expect(await found(' . ')).toEqual([]);
    expect(await found('den', other)).toEqual(['4']);
    expect(await found('den duong', [state, other])).toEqual(['4', '2', '1']);
    expect(await found('den', [])).toEqual([]);
    await home.records.apply([
      put(`${lane}/2`, { state, at: 3, text: 'đã sửa' }),
      write(removeDocument(NOTE, `${lane}/1`)),
    ]);
    expect(await found('den duong')).toEqual([]);
    expect(await found('sua')).toEqual(['2']);
    await home.records.apply([write({ type: 'contact-forget' })]);
    expect(await found('ngap')).toEqual([]);
  });

  it('is found in pages of a search, each once, also where many have the same time', async () => {
    const state = `pages-${lane}`;
    await home.records.apply(
      Array.from({ length: 25 }, (_, i) =>
        put(`${lane}/p${i}`, { state, at: 1000 + Math.floor(i / 10), text: 'trang' }),
      ),
    );
    const seen: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await home.documents.search(NOTE, {
        text: 'trang',
        scope: state,
        limit: 4,
        ...(after === undefined ? {} : { after }),
      });
      seen.push(...page.documents.map(({ id }) => id));
      after = page.next;
      if (after === undefined) break;
    }
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
    const search = home.documents.search(NOTE, { text: 'trang', scope: state, limit: 4, after: 'nonsense' });
    await expect(search).rejects.toMatchObject({ code: 'records.bad-page' });
  });

  it('finds what a plain list would find, whatever was put, moved and removed', async () => {
    const id = fc.constantFrom('a', 'b', 'ă', 'đ', 'z', '0', '\u{1F600}', 'x y');
    const step = fc.record({ id, at: fc.double({ noNaN: true, noDefaultInfinity: true }), remove: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.integer({ min: 1, max: 4 }), async (steps, limit) => {
        lane = `zalo:9:documents-${lanes++}` as LaneId;
        seq = 0;
        const model = new Map<string, number>();
        const writes = steps.map((one) => {
          if (one.remove) model.delete(one.id);
          else model.set(one.id, one.at === 0 ? 0 : one.at);
          const name = `${lane}/${one.id}`;
          return one.remove ? write(removeDocument(NOTE, name)) : put(name, { at: one.at });
        });
        await home.records.apply(writes);
        const found: [string, number][] = [];
        for (let after: string | undefined; ; ) {
          const page = await mine({ limit, ...(after === undefined ? {} : { after }) });
          for (const one of page.documents)
            found.push([one.id.slice(lane.length + 1), one.body.at === 0 ? 0 : one.body.at]);
          after = page.next;
          if (after === undefined) break;
        }
        const bytes = (text: string) => Buffer.from(text);
        const expected = [...model].sort(([a, x], [b, y]) => x - y || Buffer.compare(bytes(a), bytes(b)));
        expect(found).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
}
