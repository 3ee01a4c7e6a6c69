// Into which view of the queue a changed conversation belongs, and in which order.
import fc from 'fast-check';
import type { TicketRow } from '../../src/desk/api.js';
import { QUEUE_VIEWS } from '../../src/desk/api.js';
import { belongs, compare } from '../../web/src/api/queue-order.js';

const row = (more: Partial<TicketRow>): TicketRow => ({
  id: 'HT-1',
  agency: 'a',
  channel: 'zalo',
  reason: 'asked',
  person: 'k7f2',
  priority: 2,
  status: 'waiting',
  tags: [],
  openedAt: 0,
  waitingSince: 0,
  changedAt: 0,
  unanswered: 1,
  reopened: 0,
  revision: 1,
  ...more,
});
const viewsOf = (one: TicketRow) => QUEUE_VIEWS.filter((view) => belongs(one, view, 'lan', 100));

it.each([
  ['waiting', row({}), ['waiting']],
  ['past its target', row({ dueAt: 99 }), ['waiting', 'breached']],
  ['of this officer', row({ status: 'open', assignee: { id: 'lan', name: 'Lan' } }), ['mine', 'open']],
  ['of another', row({ status: 'open', assignee: { id: 'minh', name: 'Minh' }, dueAt: 101 }), ['open']],
  ['closed, however late', row({ status: 'closed', dueAt: 1 }), ['closed']],
])('a conversation that is %s belongs there', (_what, one, views) => {
  expect(viewsOf(one)).toEqual(views);
});

it('puts the most urgent and longest waiting first, what was closed last on top', () => {
  const rows = [
    row({ id: 'late', waitingSince: 9 }),
    row({ id: 'early', waitingSince: 3 }),
    row({ id: 'urgent', priority: 0, waitingSince: 20 }),
  ];
  expect(rows.toSorted(compare('waiting')).map(({ id }) => id)).toEqual(['urgent', 'early', 'late']);
  const closed = [row({ id: 'old', changedAt: 1 }), row({ id: 'new', changedAt: 2 })];
  expect(closed.toSorted(compare('closed')).map(({ id }) => id)).toEqual(['new', 'old']);
});

it('orders the same whatever order it is given', () => {
  const rows = fc.array(
    fc.record({ priority: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const), waitingSince: fc.nat(50) }),
  );
  fc.assert(
    fc.property(rows, (some) => {
      const keys = (all: TicketRow[]) => all.toSorted(compare('open')).map((one) => [one.priority, one.waitingSince]);
      const all = some.map((one) => row(one));
      expect(keys(all)).toEqual(keys(all.toReversed()));
    }),
  );
});
