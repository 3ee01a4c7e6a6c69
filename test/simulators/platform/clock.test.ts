// The simulators' two clocks: timers fall due in order, and a jump waits for what it set off.
import { ManualClock, RunningClock, type SimulatorClock } from '../../../simulators/platform/clock.js';

it.each<[string, () => SimulatorClock]>([
  ['a clock that stands still', () => new ManualClock(1_000_000)],
  ['a clock that runs', () => new RunningClock()],
])('%s can jump over timers that set others', async (_what, make) => {
  const clock = make();
  const start = clock.now();
  const rang: string[] = [];
  clock.after(60_000, () => {
    rang.push('second');
    // Work on the wire: the next timer is only known once it is done.
    clock.track(
      new Promise<void>((resolve) => setImmediate(resolve)).then(() => clock.after(60_000, () => rang.push('third'))),
    );
  });
  clock.after(30_000, () => rang.push('first'));
  const cancel = clock.after(40_000, () => rang.push('never'));
  clock.after(500_000, () => rang.push('later'));
  cancel();

  await clock.advance(200_000);

  expect(rang).toEqual(['first', 'second', 'third']);
  expect(clock.now() - start).toBeGreaterThanOrEqual(200_000);
});
