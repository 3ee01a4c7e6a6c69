// Full disks and deadly messages: what cannot be stored is not acknowledged, what cannot be processed is put aside.
import { removeTemporaryFolders } from '../storage/temporary.js';
import { until } from '../storage/until.js';
import { Arena } from './arena.js';

jest.setTimeout(120_000);

afterAll(removeTemporaryFolders);

describe('a full disk', () => {
  it('answers 503, loses nothing that was answered 200, and goes on when there is room', async () => {
    const arena = await Arena.open();
    try {
      await arena.start({ fileLimitBytes: 2000 * 1024 });
      const user = '3000400050006001111';
      const statuses: (number | undefined)[] = [];
      let accepted = 0;
      for (let index = 0; index < 2000 && statuses.filter((status) => status === 503).length < 3; index += 1) {
        const status = await arena.post(user, `m${accepted} ${'x'.repeat(1500)}`, `${user}-${accepted}`);
        statuses.push(status);
        if (status === 200) accepted += 1;
      }
      expect(statuses).toContain(503);
      expect(statuses.every((status) => status === 200 || status === 503)).toBe(true);
      expect(arena.isAlive()).toBe(true);
      expect(accepted).toBeGreaterThan(10);
      await arena.kill();
      await arena.start();
      await arena.settled();
      const numbers = [...new Set(arena.heard(user).map((text) => text.split(' ').slice(0, 2).join(' ')))];
      expect(numbers.slice(0, accepted)).toEqual(
        Array.from({ length: accepted }, (_, index) => `${index + 1} m${index}`),
      );
      expect(await arena.post(user, 'room again', 'last')).toBe(200);
    } finally {
      await arena.close();
    }
  });
});

describe('a message that kills the process every time', () => {
  it('ends in the dead letters; its citizen hears an apology, and everybody is served', async () => {
    const arena = await Arena.open();
    try {
      const victim = '3000400050006002000';
      const others = Array.from({ length: 5 }, (_, index) => `300040005000600300${index}`);
      await arena.start();
      await arena.deliver(victim, 'before');
      await arena.settled();
      const isBuried = async () =>
        (await arena.accounts().catch(() => undefined))?.dead.some(({ reason }) => reason === 'event.process-deaths') ??
        false;
      // The death may come before the 200 is out: the platform would send it again, and so does this.
      const deadly = arena.deliver(victim, 'die');
      for (const user of others) void arena.deliver(user, 'hello');
      for (let deaths = 0; ; deaths += 1) {
        expect(deaths).toBeLessThan(15);
        const outcome = await Promise.race([
          arena.ended().then(() => 'died'),
          until(isBuried, 'the dead letter', 10_000).then(() => 'buried'),
        ]).catch(() => 'died');
        if (outcome === 'buried') break;
        await arena.start();
      }
      await deadly;
      await arena.deliver(victim, 'after');
      const { dead } = await arena.settled();
      expect(dead.filter(({ id }) => id.startsWith('event:'))).toMatchObject([{ reason: 'event.process-deaths' }]);
      expect([...new Set(arena.heard(victim))]).toEqual(['1 before', 'SORRY', '2 after']);
      for (const user of others) {
        // A reply that two deaths in a row left in doubt is not sent a third time: it waits for staff.
        const inDoubt = dead.some(({ id, reason }) => id.includes(user) && reason === 'reply.unknown-outcome');
        expect([...new Set(arena.heard(user))]).toEqual(inDoubt && arena.heard(user).length === 0 ? [] : ['1 hello']);
      }
      expect(arena.starts).toBeGreaterThanOrEqual(10);
    } finally {
      await arena.close();
    }
  });
});

describe('a graceful stop', () => {
  it('leaves nothing behind that a restart would have to repeat', async () => {
    const arena = await Arena.open();
    try {
      await arena.start();
      const users = Array.from({ length: 20 }, (_, index) => `30004000500060040${10 + index}`);
      await Promise.all(users.map((user) => arena.deliver(user, 'hello')));
      await arena.kill('SIGTERM');
      await arena.start();
      await arena.settled();
      for (const user of users) expect(arena.heard(user)).toEqual(['1 hello']);
    } finally {
      await arena.close();
    }
  });
});
