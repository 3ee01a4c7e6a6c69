// The rights that docs/operations.md asks for are enough: for a bot at work, a back-up and a restore.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { silentLog } from '../../src/lib/log.js';
import { COPY_SCRIPTS, RedisCopy } from '../../src/storage/backup/redis-copy.js';
import { refuseBots } from '../../src/storage/backup/redis-restore.js';
import { connect, ready } from '../../src/storage/cluster/redis/connection.js';
import { RedisLink } from '../../src/storage/cluster/redis/link.js';
import type { StoredEvent } from '../../src/turns/turn-store.js';
import { describeWithRedis, RedisServer } from './redis-server.js';
import { closeHomes, follow, newEvent, newItem, newLane, openHome, own, turnOf } from './redis-stage.js';
import { newSession } from './sessions-contract.js';
import { removeTemporaryFolders } from './temporary.js';
import { until } from './until.js';

/** The line of the page, as an operator would copy it. */
function documentedRights(): string[] {
  const page = readFileSync(join(__dirname, '../../docs/operations.md'), 'utf8');
  const [, rights] = /^ACL SETUSER mot-cua on >PASSWORD (.+)$/m.exec(page) ?? [];
  if (rights === undefined) throw new Error('the page names no rights');
  return rights.split(' ');
}

describeWithRedis('a user with the documented rights', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  afterAll(async () => {
    closeHomes();
    await redis.kill();
    removeTemporaryFolders();
  });

  it('runs a bot, copies what is there, and sees whether a bot is at work', async () => {
    const admin = redis.client();
    await admin.call('ACL', 'SETUSER', 'mot-cua', 'on', '>geheim', ...documentedRights());
    const url = redis.url.replace('redis://', 'redis://mot-cua:geheim@');
    const { turns, counters, sessions } = await openHome(url);
    const lane = newLane();
    const lease = await own(turns, 'owner');
    const { seen } = follow(turns, lease);
    await turns.accept([newEvent(lane, 'hello')]);
    await until(() => seen.length === 1);
    const reply = newItem(lane, `${lane}#0`);
    const timers = [{ type: 'set', name: 't', generation: 1, dueAt: 1, payload: Buffer.from('x') }] as const;
    expect(await turns.commit(lease, turnOf(seen[0] as StoredEvent, { outbox: [reply], timers }))).toBe('committed');
    const confirmed = [{ lane, key: 'id:1', at: 1 }];
    expect(await turns.settle(lease, { partition: 0, done: [reply], add: [], confirmed })).toBe('committed');
    await turns.noteEchoes([{ lane, keys: ['id:2'], at: 1 }]);
    expect(await turns.takeEcho(lane, ['id:2'], 0)).toBe(true);
    expect(await turns.dueTimers(0, 2, 10)).toHaveLength(1);
    expect((await turns.backlog()).timers).toBe(1);
    expect(await turns.leaseHolders([lease.name])).toEqual(['owner']);
    expect(await counters.take('k', { limit: 1, windowMs: 1000 }, 'h')).toMatchObject({ allowed: true });
    await sessions.create(newSession('officer'));
    expect(await sessions.list('officer')).toHaveLength(1);

    const connection = connect(url, 'backup', silentLog);
    await ready(connection.redis, 5000);
    const link = new RedisLink(connection.redis, { scripts: COPY_SCRIPTS, minReplicas: 0 });
    const copy = await RedisCopy.begin(link);
    const kinds = new Set<unknown>();
    for await (const { head } of copy.entries(() => undefined)) kinds.add(head.type);
    await copy.close();
    expect(kinds).toEqual(new Set(['position', 'timer', 'state', 'string', 'zset', 'hash']));
    await expect(refuseBots(link)).rejects.toMatchObject({ code: 'storage.locked' });
    connection.close();
    admin.disconnect();
  });
});
