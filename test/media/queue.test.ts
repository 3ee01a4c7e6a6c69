import fc from 'fast-check';
import { JobQueue } from '../../src/media/queue.js';

const patient = new AbortController().signal;

describe('JobQueue', () => {
  it('runs no more at once than it may, and every job in the order it came', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 4 }), fc.nat(12), async (scheduler, atOnce, jobs) => {
        const queue = new JobQueue(atOnce, 100);
        const begun: number[] = [];
        let running = 0;
        const all = Array.from({ length: jobs }, (_, i) =>
          queue
            .run(patient, async () => {
              begun.push(i);
              running += 1;
              expect(running).toBeLessThanOrEqual(atOnce);
              await scheduler.schedule(Promise.resolve());
              running -= 1;
              if (i % 3 === 0) throw new Error('a job that fails');
              return i;
            })
            .catch(() => i),
        );
        await scheduler.waitFor(Promise.all(all));
        expect(await Promise.all(all)).toEqual(all.map((_, i) => i));
        expect(begun).toEqual(all.map((_, i) => i));
      }),
    );
  });

  it('turns away what would wait behind too many, and forgets who gave up', async () => {
    const queue = new JobQueue(1, 1);
    let end = (): void => undefined;
    const first = queue.run(
      patient,
      () =>
        new Promise<string>((resolve) => {
          end = () => resolve('first');
        }),
    );
    const caller = new AbortController();
    const leaves = queue.run(caller.signal, async () => 'left');
    expect(await queue.run(patient, async () => 'too many')).toBeUndefined();
    caller.abort();
    expect(await leaves).toBeUndefined();
    const next = queue.run(patient, async () => 'next');
    end();
    expect(await Promise.all([first, next])).toEqual(['first', 'next']);
    expect(await queue.run(AbortSignal.abort(), async () => 'never')).toBeUndefined();
  });
});
