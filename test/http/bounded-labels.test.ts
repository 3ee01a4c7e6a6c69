import { BoundedLabels, OTHER } from '../../src/http/bounded-labels.js';
import { Metrics } from '../../src/http/metrics.js';

it('keeps the first hundred values of a label, and calls the rest by one name', () => {
  const labels = new BoundedLabels();
  const names = Array.from({ length: 300 }, (_, index) => labels.of(`name-${index}`));
  expect(new Set(names).size).toBe(101);
  expect(names.slice(100).every((name) => name === OTHER)).toBe(true);
  expect(labels.of('name-7')).toBe('name-7');
  expect(labels.of('x'.repeat(100))).toBe(OTHER);
});

it('lets no reason from outside make more and more time series', async () => {
  const metrics = new Metrics();
  for (let count = 0; count < 1000; count += 1) {
    metrics.engine.deadLetter('webhook', `unknown.event-${count}`);
    metrics.engine.sent('zalo', 'give-up', `zalo.-${count}`, 1);
    metrics.platformCall('zalo', 'typing', 'retry', `zalo.-${count}`);
  }
  const text = await metrics.registry.metrics();
  const series = (name: string) => text.split('\n').filter((line) => line.startsWith(`${name}{`)).length;
  expect(series('mot_cua_dead_letters_total')).toBe(101);
  expect(series('mot_cua_sends_total')).toBe(101);
  expect(series('mot_cua_platform_calls_total')).toBe(101);
});
