// The list of agencies: what it says, and what is refused at the start.

import { readAgencies } from '../../src/flows/handover/agencies.js';
import { HOUR, MINUTE } from '../../src/lib/clock.js';
import { agencies, workingDays } from './town.js';

const targets = 'urgent: &t { firstAnswer: 5, nextAnswer: 10, resolution: 60 }, high: *t, normal: *t, low: *t';
const entry = (id: string, more = '') => `
- id: ${id}
  name: Cơ quan ${id}
  hours: { mon: ["07:30-11:30"] }
  targets: { ${targets} }
  handBackAfterMinutes: 30
  reopenWithinMinutes: 60
  ${more}`;
const read = (yaml: string) => readAgencies(yaml, workingDays);

describe('agencies', () => {
  it('stand in the example with their teams and times', () => {
    const [first] = agencies.all;
    expect(first).toMatchObject({ id: 'mot-cua', handBackAfter: 30 * MINUTE, reopenWithin: 24 * HOUR });
    expect(first?.teams.map(({ name }) => name)).toContain('Phản ánh, kiến nghị');
    expect(first?.targets[0].firstAnswer).toBe(5 * MINUTE);
  });

  it('have the accounts they name; the first has all others', () => {
    const all = read(entry('a') + entry('b', 'accounts: ["zalo:1", "messenger:2"]'));
    expect(all.ofAccount('zalo', '1').id).toBe('b');
    expect(all.ofAccount('messenger', '2').id).toBe('b');
    expect(all.ofAccount('messenger', '1').id).toBe('a');
    expect(all.get('b')?.name).toBe('Cơ quan b');
    expect(all.get('c')).toBeUndefined();
  });

  it.each([
    ['the same twice', entry('a') + entry('a'), 'twice'],
    ['an account of two', entry('a', 'accounts: ["zalo:1"]') + entry('b', 'accounts: ["zalo:1"]'), 'two agencies'],
    ['an id with spaces', entry('"a b"'), 'small letters'],
    ['an unknown setting', entry('a', 'phone: "1022"'), 'phone'],
    ['none', '[]', ''],
  ])('are refused: %s', (_what, yaml, why) => {
    expect(() => read(yaml)).toThrow(why);
  });
});
