import type { RefreshOutcome } from '../../../src/channels/zalo/oauth.js';
import { ZaloTokens, type ZaloTokensOptions } from '../../../src/channels/zalo/tokens.js';
import { silentLog } from '../../../src/lib/log.js';
import { MemoryTokens } from '../memory-tokens.js';

const OA = '2000300040005000600';
const KEY = `zalo:${OA}`;
const HOUR = 3_600_000;

/** Zalo's side: every refresh token works once. */
class Grants {
  live = 'RT-1';
  count = 1;
  now = 1_767_225_600_000;
  readonly spent: string[] = [];

  readonly refresh = async (refreshToken: string): Promise<RefreshOutcome> => {
    await new Promise((resolve) => setImmediate(resolve));
    this.spent.push(refreshToken);
    if (refreshToken !== this.live) return { kind: 'refused', reason: 'zalo.oauth.-14014' };
    this.count += 1;
    this.live = `RT-${this.count}`;
    const tokens = { accessToken: `AT-${this.count}`, refreshToken: this.live, expiresAt: this.now + 25 * HOUR };
    return { kind: 'tokens', tokens };
  };
}

function setUp(change: Partial<ZaloTokensOptions> = {}) {
  const grants = new Grants();
  const store = new MemoryTokens();
  const create = (more: Partial<ZaloTokensOptions> = {}) =>
    new ZaloTokens({
      store,
      seeds: { [OA]: { accessToken: 'AT-1', refreshToken: 'RT-1' } },
      refresh: grants.refresh,
      clock: () => grants.now,
      log: silentLog,
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      ...change,
      ...more,
    });
  return { grants, store, create, tokens: create() };
}

describe("Zalo's tokens", () => {
  it('start with the pair of the environment, stored once', async () => {
    const { tokens, store, create } = setUp();
    expect(await tokens.get(OA)).toEqual({ status: 'ready', accessToken: 'AT-1' });
    const other = create({ seeds: { [OA]: { accessToken: 'AT-env', refreshToken: 'RT-env' } } });
    expect(await other.get(OA)).toEqual({ status: 'ready', accessToken: 'AT-1' });
    expect(store.writes).toHaveLength(1);
  });

  it('fetch the first access token when only a refresh token is given', async () => {
    const { tokens } = setUp({ seeds: { [OA]: { accessToken: '', refreshToken: 'RT-1' } } });
    expect(await tokens.get(OA)).toEqual({ status: 'ready', accessToken: 'AT-2' });
  });

  it('are not asked for with nothing: no seed at all, or an access token alone', async () => {
    const nothing = setUp({ seeds: { [OA]: { accessToken: '', refreshToken: '' } } });
    expect(await nothing.tokens.get(OA)).toMatchObject({ status: 'unavailable', reason: 'zalo.no-token' });
    const accessOnly = setUp({ seeds: { [OA]: { accessToken: 'AT-1', refreshToken: '' } } });
    expect(await accessOnly.tokens.get(OA)).toEqual({ status: 'ready', accessToken: 'AT-1' });
    expect(await accessOnly.tokens.replace(OA, 'AT-1')).toMatchObject({ reason: 'zalo.no-refresh-token' });
    expect([...nothing.grants.spent, ...accessOnly.grants.spent]).toEqual([]);
  });

  it('are renewed when less than four hours remain, not before', async () => {
    const { tokens, grants } = setUp();
    await tokens.keepFresh(OA);
    expect(grants.spent).toEqual([]);
    grants.now += HOUR;
    expect(await tokens.keepFresh(OA)).toEqual({ status: 'ready', accessToken: 'AT-2' });
    grants.now += 20 * HOUR;
    await tokens.keepFresh(OA);
    expect(grants.spent).toEqual(['RT-1']);
    grants.now += HOUR;
    expect(await tokens.keepFresh(OA)).toEqual({ status: 'ready', accessToken: 'AT-3' });
  });

  it('are stored before they are used', async () => {
    const { tokens, store } = setUp();
    const result = await tokens.replace(OA, 'AT-1');
    expect(result).toEqual({ status: 'ready', accessToken: 'AT-2' });
    expect(store.stored.get(KEY)?.tokens).toMatchObject({ accessToken: 'AT-2', refreshToken: 'RT-2' });
  });

  it('are not used while they cannot be stored, and not lost either', async () => {
    const { tokens, store, grants } = setUp();
    await tokens.get(OA);
    store.failingSaves = 4;
    expect(await tokens.replace(OA, 'AT-1')).toMatchObject({ status: 'unavailable', reason: 'zalo.token-not-stored' });
    expect(tokens.peek(OA)).not.toBe('AT-2');
    expect(await tokens.replace(OA, 'AT-1')).toEqual({ status: 'ready', accessToken: 'AT-2' });
    expect(grants.spent).toEqual(['RT-1']);
  });

  it('are renewed once when several ask at a time', async () => {
    const { tokens, grants } = setUp();
    const results = await Promise.all([1, 2, 3, 4].map(() => tokens.replace(OA, 'AT-1')));
    expect(results).toEqual(Array(4).fill({ status: 'ready', accessToken: 'AT-2' }));
    expect(grants.spent).toEqual(['RT-1']);
  });

  it('are renewed by one of several processes; the others take what it stored', async () => {
    const { tokens, create, grants } = setUp();
    const processes = [tokens, create(), create(), create()];
    await Promise.all(processes.map((one) => one.get(OA)));
    const results = await Promise.all(processes.map((one) => one.replace(OA, 'AT-1')));
    expect(results).toEqual(Array(4).fill({ status: 'ready', accessToken: 'AT-2' }));
    expect(grants.spent).toEqual(['RT-1']);
  });

  it('stay usable to the end of their life when an early renewal fails', async () => {
    const { tokens, grants } = setUp({ refresh: async () => ({ kind: 'refused', reason: 'zalo.oauth.-118' }) });
    await tokens.get(OA);
    grants.now += 2 * HOUR;
    expect(await tokens.keepFresh(OA)).toEqual({ status: 'ready', accessToken: 'AT-1' });
    grants.now += 4 * HOUR;
    expect(await tokens.get(OA)).toMatchObject({ status: 'unavailable', reason: 'zalo.oauth.-118' });
  });

  it('try the same refresh token once more when the first answer was lost', async () => {
    const { grants, create } = setUp();
    let asked = 0;
    const tokens = create({
      refresh: (refreshToken) => {
        asked += 1;
        return asked === 1
          ? Promise.resolve({ kind: 'unclear', reason: 'zalo.oauth.network.timeout' })
          : grants.refresh(refreshToken);
      },
    });
    expect(await tokens.replace(OA, 'AT-1')).toEqual({ status: 'ready', accessToken: 'AT-2' });
  });

  it('are given up when the lost answer had spent the refresh token', async () => {
    const { grants, create } = setUp();
    let asked = 0;
    const tokens = create({
      refresh: async (refreshToken) => {
        const outcome = await grants.refresh(refreshToken);
        asked += 1;
        return asked === 1 ? { kind: 'unclear', reason: 'zalo.oauth.network.timeout' } : outcome;
      },
    });
    expect(await tokens.replace(OA, 'AT-1')).toMatchObject({ status: 'unavailable', reason: 'zalo.oauth.-14014' });
    expect(grants.spent).toEqual(['RT-1', 'RT-1']);
    expect(await tokens.replace(OA, 'AT-1')).toMatchObject({ status: 'unavailable' });
    expect(grants.spent).toHaveLength(2);
  });

  it('come back by a new consent: stored by somebody, or given in the environment', async () => {
    const { store, grants, create, tokens } = setUp();
    await tokens.get(OA);
    grants.live = 'RT-new';
    expect(await tokens.replace(OA, 'AT-1')).toMatchObject({ status: 'unavailable' });
    await store.save(KEY, { accessToken: 'AT-desk', refreshToken: 'RT-desk', expiresAt: grants.now + 25 * HOUR }, 1);
    expect(await tokens.replace(OA, 'AT-1')).toEqual({ status: 'ready', accessToken: 'AT-desk' });
    const restarted = create({ seeds: { [OA]: { accessToken: '', refreshToken: 'RT-new' } } });
    expect(await restarted.replace(OA, 'AT-desk')).toEqual({ status: 'ready', accessToken: 'AT-2' });
    expect(store.stored.get(KEY)?.tokens.refreshToken).toBe('RT-2');
  });

  it('yield to a grant that was stored while they were fetched', async () => {
    const { store, create, grants } = setUp();
    const tokens = create({
      refresh: async (refreshToken) => {
        const outcome = await grants.refresh(refreshToken);
        await store.save(KEY, { accessToken: 'AT-desk', refreshToken: 'RT-desk', expiresAt: grants.now + HOUR }, 1);
        return outcome;
      },
    });
    expect(await tokens.replace(OA, 'AT-1')).toEqual({ status: 'ready', accessToken: 'AT-desk' });
    expect(store.stored.get(KEY)?.tokens.accessToken).toBe('AT-desk');
  });

  it('say so when the storage fails, and recover', async () => {
    const { store, tokens } = setUp();
    store.failingSaves = 1;
    expect(await tokens.get(OA)).toMatchObject({ status: 'unavailable', reason: 'zalo.token-store' });
    expect(await tokens.get(OA)).toEqual({ status: 'ready', accessToken: 'AT-1' });
  });
});
