// REDIS_MIN_REPLICAS=1 on a real primary and replica: what was acknowledged survives the primary, and a replica that does
// not keep up is told to the caller. Sentinel leads to the new primary.
import { describeWithRedis, freePort, RedisServer } from './redis-server.js';
import {
  acceptInTheEnd,
  closeHomes,
  follow,
  newEvent,
  newItem,
  newLane,
  openHome,
  own,
  turnOf,
} from './redis-stage.js';
import { removeTemporaryFolders } from './temporary.js';
import { until } from './until.js';

describeWithRedis('Redis with a replica', () => {
  let primary: RedisServer;
  let replica: RedisServer;

  beforeEach(async () => {
    primary = await RedisServer.start();
    replica = await RedisServer.start({ replicaof: `127.0.0.1 ${primary.port}` });
    const client = primary.client();
    await until(async () => {
      await client.set('{deployment}:test', 'x');
      return (await client.wait(1, 100)) === 1;
    }, 'the replica to follow');
    client.disconnect();
  });

  afterEach(async () => {
    closeHomes();
    await Promise.all([primary.kill(), replica.kill()]);
  });

  afterAll(removeTemporaryFolders);

  it('acknowledges nothing that the replica does not have, duplicates and repeats included', async () => {
    const { turns } = await openHome(primary.url, { minReplicas: 1 });
    const careless = await openHome(primary.url);
    const lane = newLane();
    const lease = await own(turns, 'owner');
    const { seen } = follow(turns, lease);
    await turns.accept([newEvent(lane, 'early')]);
    await until(() => seen.length === 1);
    replica.freeze();
    const event = newEvent(lane, 'late');
    const lacking = { name: 'StorageUnavailable', code: 'redis.too-few-replicas' };
    expect(await careless.turns.accept([event])).toEqual(['accepted']);
    // Written by another process: this connection finds it there and has written nothing itself.
    await expect(turns.accept([event])).rejects.toMatchObject(lacking);
    const [first] = seen;
    if (first === undefined) throw new Error('no event');
    const reply = newItem(lane, `${first.id}#0`);
    const commit = turnOf(first, { outbox: [reply] });
    await expect(turns.commit(lease, commit)).rejects.toMatchObject(lacking);
    await expect(turns.commit(lease, commit)).rejects.toMatchObject(lacking);
    await expect(turns.settle(lease, { partition: 0, done: [reply], add: [] })).rejects.toMatchObject(lacking);
    expect(await turns.renew(lease, 60_000)).toBe(true);
    expect(await turns.readState(lane)).toBeDefined();
    replica.thaw();
    await acceptInTheEnd(turns, event);
    expect(await turns.accept([event])).toEqual(['duplicate']);
    expect(await turns.commit(lease, commit)).toBe('committed');
  });

  it('takes a lease after all when the answer to the first attempt was lost, and tells of the dead holder before', async () => {
    const { turns } = await openHome(primary.url, { minReplicas: 1 });
    const careless = (await openHome(primary.url)).turns;
    await own(turns, 'dead', 1);
    replica.freeze();
    await until(() =>
      turns.acquire('partition:0', 'me', 60_000).then(
        () => false,
        () => true,
      ),
    );
    expect(await careless.leaseHolders(['partition:0'])).toEqual(['me']);
    replica.thaw();
    expect(await own(turns, 'me')).toMatchObject({ owner: 'me', clean: false });
    expect(await turns.acquire('partition:0', 'me', 60_000)).toBeUndefined();
  });

  it('loses nothing that was acknowledged when the primary is lost behind a replica that stalled', async () => {
    const { turns } = await openHome(primary.url, { minReplicas: 1 });
    const lane = newLane();
    const accepted = async (count: number) => {
      const events = Array.from({ length: count }, (_, index) => newEvent(lane, `${count}.${index}`));
      const outcomes = await Promise.allSettled(events.map((event) => turns.accept([event])));
      return events.filter((_, index) => outcomes[index]?.status === 'fulfilled');
    };
    const acknowledged = await accepted(40);
    replica.freeze();
    expect(await accepted(20)).toEqual([]);
    await primary.kill();
    replica.thaw();
    const survivor = replica.client();
    await survivor.replicaof('NO', 'ONE');
    survivor.disconnect();
    const after = await openHome(replica.url);
    const { seen, texts } = follow(after.turns, await own(after.turns, 'new owner'));
    await until(() => seen.length >= 40, 'what was acknowledged');
    expect(acknowledged).toHaveLength(40);
    expect(texts().slice(0, 40)).toEqual(acknowledged.map(({ payload }) => payload.toString()));
  });

  it('goes on at the new primary that Sentinel names, with every event once', async () => {
    const sentinel = await RedisServer.sentinel(primary);
    try {
      const url = `redis+sentinel://127.0.0.1:${sentinel.port}/shop`;
      const { turns } = await openHome(url, { minReplicas: 0 });
      const lane = newLane();
      const lease = await own(turns, 'owner');
      const { seen, texts } = follow(turns, lease);
      await turns.accept([newEvent(lane, 'before')]);
      await until(() => seen.length === 1);
      const looking = replica.client();
      await until(async () => (await looking.xlen('{p:0}:events')) === 1, 'the replica to have it');
      looking.disconnect();
      await primary.kill();
      await acceptInTheEnd(turns, newEvent(lane, 'after'));
      await until(() => texts().includes('after'), 'the feed to find the new primary');
      expect(texts()).toEqual(['before', 'after']);
      for (const event of seen) expect(await turns.commit(lease, turnOf(event))).toBe('committed');
    } finally {
      closeHomes();
      await sentinel.kill();
    }
  });

  it('does not work for a replica that is asked to write', async () => {
    await expect(openHome(replica.url)).rejects.toMatchObject({ name: 'StorageUnavailable', code: 'redis.readonly' });
    await expect(openHome(`redis://127.0.0.1:${await freePort()}`, { connectWithinMs: 200 })).rejects.toMatchObject({
      name: 'StorageUnavailable',
      code: 'redis.down',
    });
  });
});
