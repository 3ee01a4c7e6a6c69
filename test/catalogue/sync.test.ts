import { CatalogueSync } from '../../src/catalogue/sync.js';
import { createNoPortal } from '../../src/portal/client.js';
import type { Portal, PortalUnavailable, ProcedurePage } from '../../src/portal/portal.js';
import type { Procedure } from '../../src/records/procedure.js';
import type { ProcedureChanges, SyncState } from '../../src/records/records.js';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-20T08:00:00Z');

function procedure(code: string, name = 'Thủ tục'): Procedure {
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

type Answer = ProcedurePage | PortalUnavailable;
const page = (items: Procedure[], nextCursor?: string, removed: string[] = []): ProcedurePage =>
  nextCursor === undefined ? { result: 'ok', items, removed } : { result: 'ok', items, removed, nextCursor };

/** A world of a scripted portal, records in memory, and pauses that the test ends. */
function world(stored: Procedure[] = [], storedSync: SyncState = {}) {
  const rows = new Map(stored.map((item) => [item.code, item]));
  const state = { sync: storedSync, now: START };
  const asked: { updatedSince?: string; cursor?: string; limit?: number }[] = [];
  const answers: Answer[] = [];
  const writes: ProcedureChanges[] = [];
  const loads: string[][] = [];
  const pauses: { ms: number; end: () => void }[] = [];
  const watchers: (() => void)[] = [];
  const changed = () => {
    for (const watch of watchers.splice(0)) watch();
  };
  const failing = { writes: false, load: false };

  const portal: Portal = {
    ...createNoPortal(),
    configured: true,
    async procedures(query, signal) {
      asked.push(query);
      if (signal.aborted) return { result: 'unavailable', reason: 'timeout' };
      return answers.shift() ?? page([]);
    },
  };
  const records = {
    procedures: async () => ({ items: [...rows.values()], sync: state.sync }),
    async changeProcedures(changes: ProcedureChanges) {
      if (failing.writes) throw new Error('disk full');
      writes.push(changes);
      for (const item of changes.items) rows.set(item.code, item);
      for (const code of changes.removed) rows.delete(code);
      state.sync = changes.sync;
    },
    syncState: async () => state.sync,
  };
  const catalogue = {
    async load(procedures: Iterable<Procedure>) {
      if (failing.load) throw new Error('worker died');
      loads.push([...procedures].map(({ code }) => code));
    },
  };
  const pause = (ms: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (signal.aborted) return resolve();
      const entry = {
        ms,
        end: () => {
          pauses.splice(pauses.indexOf(entry), 1);
          resolve();
        },
      };
      pauses.push(entry);
      signal.addEventListener('abort', entry.end, { once: true });
      changed();
    });
  const sync = new CatalogueSync({ portal, records, catalogue, clock: () => state.now, pause });
  /** Resolves when the sync rests, and gives the pause. */
  const rest = async () => {
    while (pauses.length === 0) await new Promise<void>((resolve) => watchers.push(resolve));
    const [first] = pauses;
    if (first === undefined) throw new Error('no pause');
    return first;
  };
  return { sync, portal, records, catalogue, answers, asked, writes, loads, rows, state, failing, rest };
}

describe('the catalogue sync', () => {
  it('fetches page by page, stores each with its position, and loads once at the end', async () => {
    const { sync, answers, asked, writes, loads, rest } = world();
    answers.push(
      page([procedure('1.000001')], 'c1'),
      page([procedure('1.000002')], 'c2'),
      page([procedure('1.000003')]),
    );
    await sync.start();
    await rest();
    expect(asked).toEqual([{ limit: 50 }, { cursor: 'c1', limit: 50 }, { cursor: 'c2', limit: 50 }]);
    expect(writes.map(({ items, sync: at }) => [items.map(({ code }) => code), at])).toEqual([
      [['1.000001'], { cursor: 'c1', changedAt: START }],
      [['1.000002'], { cursor: 'c2', changedAt: START }],
      [['1.000003'], { updatedSince: new Date(START - HOUR).toISOString(), finishedAt: START, changedAt: START }],
    ]);
    expect(loads).toEqual([[], ['1.000001', '1.000002', '1.000003']]);
    await sync.stop();
  });

  it('shows the stored catalogue before the portal is asked', async () => {
    const { sync, loads, asked } = world([procedure('1.000001')]);
    const started = sync.start();
    expect(asked).toEqual([]);
    await started;
    expect(loads[0]).toEqual(['1.000001']);
    await sync.stop();
  });

  it('is ready only with what the portal has where nothing is stored yet', async () => {
    const { sync, answers, loads } = world();
    answers.push(page([procedure('1.000001')]));
    await sync.start();
    expect(loads.at(-1)).toEqual(['1.000001']);
    await sync.stop();
  });

  it('goes on where a crash interrupted it', async () => {
    const before = new Date(START - 5 * HOUR).toISOString();
    const { sync, answers, asked, state, rest } = world([procedure('1.000001')], {
      updatedSince: before,
      cursor: 'c7',
      finishedAt: START - 3 * HOUR,
    });
    answers.push(page([procedure('1.000002')]));
    await sync.start();
    await rest();
    expect(asked).toEqual([{ updatedSince: before, cursor: 'c7', limit: 50 }]);
    // When the interrupted run began is not known: the next one asks from the run before it.
    expect(state.sync).toEqual({
      updatedSince: new Date(START - 4 * HOUR).toISOString(),
      finishedAt: START,
      changedAt: START,
    });
    await sync.stop();
  });

  it('begins anew when the portal no longer knows the cursor', async () => {
    const { sync, answers, asked, state, rest } = world([], { cursor: 'old' });
    answers.push({ result: 'unavailable', reason: 'refused' }, page([procedure('1.000001')]));
    await sync.start();
    (await rest()).end();
    expect(state.sync.cursor).toBeUndefined();
    await rest();
    expect(asked).toEqual([{ cursor: 'old', limit: 50 }, { limit: 50 }]);
    await sync.stop();
  });

  it('removes what the portal removed, and neither writes nor loads what did not change', async () => {
    const { sync, answers, writes, loads, rows, rest } = world([procedure('1.000001'), procedure('1.000002')]);
    answers.push(page([procedure('1.000001')], undefined, ['1.000002', '9.999999']), page([procedure('1.000001')]));
    await sync.start();
    (await rest()).end();
    await rest();
    expect(writes.map(({ items, removed }) => [items.length, removed])).toEqual([
      [0, ['1.000002']],
      [0, []],
    ]);
    expect([...rows.keys()]).toEqual(['1.000001']);
    expect(loads).toEqual([['1.000001', '1.000002'], ['1.000001']]);
    await sync.stop();
  });

  it('asks again every 15 minutes or so, and only for what is new', async () => {
    const { sync, asked, rest } = world();
    await sync.start();
    const { ms, end } = await rest();
    expect(ms).toBeGreaterThanOrEqual(11 * 60_000);
    expect(ms).toBeLessThanOrEqual(19 * 60_000);
    end();
    await rest();
    expect(asked[1]).toEqual({ updatedSince: new Date(START - HOUR).toISOString(), limit: 50 });
    await sync.stop();
  });

  it('waits longer after each failure and goes on with the page that failed', async () => {
    const { sync, answers, asked, rest } = world();
    const down: Answer = { result: 'unavailable', reason: 'network' };
    answers.push(page([procedure('1.000001')], 'c1'), down, down, down, page([]));
    await sync.start();
    const waits: number[] = [];
    for (let i = 0; i < 3; i++) {
      const { ms, end } = await rest();
      waits.push(ms);
      end();
    }
    await rest();
    expect(waits[0]).toBeLessThan(7_000);
    expect(waits[2]).toBeGreaterThan(waits[0] ?? 0);
    expect(asked.slice(1).map(({ cursor }) => cursor)).toEqual(['c1', 'c1', 'c1', 'c1']);
    await sync.stop();
  });

  it('shows what it has got when the portal fails in the middle', async () => {
    const { sync, answers, loads, rest } = world();
    answers.push(page([procedure('1.000001')], 'c1'), { result: 'unavailable', reason: 'timeout' });
    await sync.start();
    await rest();
    expect(loads).toEqual([[], ['1.000001']]);
    await sync.stop();
  });

  it('tries again when storing or loading failed, and loses nothing', async () => {
    const { sync, answers, loads, failing, rest } = world();
    answers.push(page([procedure('1.000001')]), page([procedure('1.000001')]));
    failing.writes = true;
    await sync.start();
    const first = await rest();
    failing.writes = false;
    failing.load = true;
    first.end();
    const second = await rest();
    failing.load = false;
    second.end();
    await rest();
    expect(loads).toEqual([[], ['1.000001']]);
    await sync.stop();
  });

  it('runs soon after the portal announced a change, once for a burst', async () => {
    const { sync, asked, rest } = world();
    await sync.start();
    await rest();
    for (let i = 0; i < 5; i++) sync.requestSync();
    const settle = await rest();
    expect(settle.ms).toBeLessThan(10_000);
    settle.end();
    expect((await rest()).ms).toBeGreaterThan(60_000);
    expect(asked).toHaveLength(2);
    await sync.stop();
  });

  it('does not follow a cursor in circles', async () => {
    const { sync, answers, asked, state, rest } = world();
    answers.push(page([], 'c1'), page([], 'c1'));
    await sync.start();
    await rest();
    expect(asked).toHaveLength(2);
    expect(state.sync.cursor).toBeUndefined();
    await sync.stop();
  });

  it('only shows the stored catalogue when there is no portal', async () => {
    const { records, catalogue, loads, asked } = world([procedure('1.000001')]);
    const sync = new CatalogueSync({ portal: createNoPortal(), records, catalogue });
    await sync.start();
    sync.requestSync();
    await sync.stop();
    expect(loads).toEqual([['1.000001']]);
    expect(asked).toEqual([]);
  });

  it('takes what another process stored while that one is asking the portal', async () => {
    const { portal, records, catalogue, state, rows, asked, loads } = world([procedure('1.000001')]);
    let busy = true;
    const exclusively = async <T>(work: () => Promise<T>): Promise<T | undefined> => (busy ? undefined : work());
    const waits: (() => void)[] = [];
    const pause = (_ms: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        waits.push(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    const sync = new CatalogueSync({ portal, records, catalogue, exclusively, pause, clock: () => state.now });
    await sync.start();
    rows.set('1.000002', procedure('1.000002'));
    state.sync = { finishedAt: START, changedAt: START + 1 };
    while (waits.length === 0) await new Promise((resolve) => setImmediate(resolve));
    waits.shift()?.();
    while (loads.at(-1)?.length !== 2) await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toEqual([]);
    busy = false;
    await sync.stop();
  });
});
