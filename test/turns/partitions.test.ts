// The hash that places lanes: even, and the same for ever.
import { citizenLane } from '../../src/lib/ids.js';
import { partitionOf } from '../../src/turns/partitions.js';

const lane = (user: string) => citizenLane({ channel: 'zalo', account: '2000300040005000600', user });

it('spreads ids that differ in their last digits alone evenly', () => {
  const counts = new Map<number, number>();
  for (let index = 0; index < 16_000; index += 1) {
    const partition = partitionOf(lane(String(3_000_400_050_000_000 + index)), 16);
    counts.set(partition, (counts.get(partition) ?? 0) + 1);
  }
  expect(counts.size).toBe(16);
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
});

it('never moves a lane: stored data depends on it', () => {
  expect([1, 2, 3, 4, 5].map((user) => partitionOf(lane(String(user)), 16))).toMatchInlineSnapshot(`
[
  6,
  14,
  13,
  11,
  4,
]
`);
});
