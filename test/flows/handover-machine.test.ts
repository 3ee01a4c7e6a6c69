// The ticket machine: what staff and citizens may do to a ticket, and what no order of events can bring about.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Agency, readAgencies } from '../../src/flows/handover/agencies.js';
import { type Changed, SYSTEM, type TicketEvent } from '../../src/flows/handover/events.js';
import { changeTicket } from '../../src/flows/handover/machine.js';
import { openTicket } from '../../src/flows/handover/opening.js';
import { DAY, HOUR, MINUTE } from '../../src/lib/clock.js';
import { MOST_HISTORY, nextDue, TICKET, type Ticket } from '../../src/records/ticket.js';
import { NOW, workingDays } from './town.js';

const yaml = readFileSync(join(__dirname, '..', '..', 'agencies', 'default.yaml'), 'utf8');
const [ours] = readAgencies(yaml, workingDays).all;
if (ours === undefined) throw new Error('no agency');
const here: Agency = ours;
const there: Agency = { ...here, id: 'so-xay-dung' };
const agencyOf = (id: string) => (id === there.id ? there : here);

const opened = (reason: Ticket['reason'] = 'asked', now = NOW): Ticket =>
  openTicket({ agency: here, reason, at: now, now });

const step = (ticket: Ticket, event: TicketEvent, now = NOW + MINUTE): Ticket => {
  const result = changeTicket(ticket, event, agencyOf(ticket.agency), now);
  if ('refused' in result) throw new Error(result.refused);
  return result.ticket;
};
const refusal = (result: Changed) => ('refused' in result ? result.refused : undefined);
const refused = (ticket: Ticket, event: TicketEvent, now = NOW + MINUTE) =>
  refusal(changeTicket(ticket, event, agencyOf(ticket.agency), now));

describe('a new ticket', () => {
  it('waits, with times counted in working time from the priority that its reason has', () => {
    // 16:50 on a Monday: ten minutes are left of the day.
    const late = opened('asked', NOW + 6 * HOUR + 50 * MINUTE);
    expect(late).toMatchObject({ status: 'waiting', priority: 2, unanswered: 1, revision: 1 });
    expect(new Date(late.targets.firstAnswer.dueAt).toISOString()).toBe('2026-11-10T00:40:00.000Z');
    expect(opened('anger').priority).toBeLessThan(opened('asked').priority);
  });

  it('of the platform’s own inbox is in hand and answered from the beginning', () => {
    expect(opened('platform')).toMatchObject({ status: 'open', unanswered: 0, firstAnsweredAt: NOW });
    expect(opened('platform').assignee).toBeUndefined();
  });
});

describe('who has a ticket', () => {
  it('is decided by the first claim; the same officer may claim again', () => {
    const claimed = step(opened(), { type: 'claimed', by: 'a' });
    expect(claimed).toMatchObject({ status: 'open', assignee: 'a' });
    expect(step(claimed, { type: 'claimed', by: 'a' })).toBe(claimed);
    expect(refused(claimed, { type: 'claimed', by: 'b' })).toBe('ticket.taken');
  });

  it('may give it to a colleague, another only as supervisor, the assigner only out of the queue', () => {
    const claimed = step(opened(), { type: 'claimed', by: 'a' });
    const assign = (by: string, supervise = false): TicketEvent => ({ type: 'assigned', by, to: 'c', supervise });
    expect(step(claimed, assign('a'))).toMatchObject({ assignee: 'c' });
    expect(refused(claimed, assign('b'))).toBe('ticket.not-yours');
    expect(step(claimed, assign('b', true))).toMatchObject({ assignee: 'c' });
    expect(step(opened(), assign(SYSTEM))).toMatchObject({ assignee: 'c', status: 'open' });
    expect(refused(claimed, assign(SYSTEM, true))).toBe('ticket.taken');
  });

  it('alone may reply', () => {
    const claimed = step(opened(), { type: 'claimed', by: 'a' });
    expect(refused(claimed, { type: 'replied', by: 'b' })).toBe('ticket.not-yours');
    expect(refused(opened(), { type: 'replied', by: 'a' })).toBe('ticket.not-yours');
    expect(step(claimed, { type: 'replied', by: 'a' })).toMatchObject({
      unanswered: 0,
      firstAnsweredAt: NOW + MINUTE,
    });
  });

  it('gives it back to the queue, where the citizen keeps their place', () => {
    const claimed = step(opened(), { type: 'claimed', by: 'a' });
    const released = step(claimed, { type: 'released', by: 'a', supervise: false }, NOW + HOUR);
    expect(released).toMatchObject({ status: 'waiting', waitingSince: NOW });
    expect(released.assignee).toBeUndefined();
  });

  it('loses it by a transfer, which counts by the other agency’s time', () => {
    const slow: Agency = { ...there, targets: { ...there.targets, 2: { ...there.targets[2], firstAnswer: HOUR } } };
    const moved = step(opened(), { type: 'transferred', by: 'a', agency: slow, team: 't', supervise: false });
    expect(moved).toMatchObject({ agency: 'so-xay-dung', team: 't', status: 'waiting' });
    expect(moved.targets.firstAnswer.dueAt).toBe(NOW + HOUR);
    expect(moved.history.at(-1)).toMatchObject({ action: 'transferred', by: 'a', to: 'so-xay-dung/t' });
  });
});

describe('what the citizen says', () => {
  const answered = () => step(step(opened(), { type: 'claimed', by: 'a' }), { type: 'replied', by: 'a' });

  it('is owed an answer, the next one counted from the first message of several', () => {
    const once = step(answered(), { type: 'said', at: NOW + HOUR, asks: true }, NOW + HOUR);
    const twice = step(once, { type: 'said', at: NOW + 2 * HOUR, asks: true }, NOW + 2 * HOUR);
    expect(twice).toMatchObject({ unanswered: 2, waitingSince: NOW + HOUR, lastCitizenAt: NOW + 2 * HOUR });
    expect(twice.targets.nextAnswer).toEqual({ dueAt: NOW + HOUR + 30 * MINUTE });
    expect(step(twice, { type: 'replied', by: 'a' }, NOW + 2 * HOUR).targets.nextAnswer).toBeUndefined();
  });

  it('is owed none when it is thanks', () => {
    const thanked = step(answered(), { type: 'said', at: NOW + HOUR, asks: false });
    expect(thanked).toMatchObject({ unanswered: 0, lastCitizenAt: NOW + HOUR });
    expect(thanked.targets.nextAnswer).toBeUndefined();
  });

  it('opens a closed ticket again within the agency’s time, and not after it', () => {
    const closed = step(answered(), { type: 'closed', by: 'a', resolution: 'answered', supervise: false });
    const again = step(closed, { type: 'reopened', at: NOW + HOUR }, NOW + HOUR);
    expect(again).toMatchObject({ status: 'waiting', reopened: 1, unanswered: 1, waitingSince: NOW + HOUR });
    expect(again.resolution).toBeUndefined();
    expect(again.targets.nextAnswer).toEqual({ dueAt: NOW + HOUR + 30 * MINUTE });
    expect(refused(closed, { type: 'reopened', at: NOW }, NOW + DAY + 2 * MINUTE)).toBe('ticket.reopening-over');
  });
});

describe('silence', () => {
  const claimed = () => step(opened(), { type: 'claimed', by: 'a' });

  it('gives an answered conversation back to the bot', () => {
    const silent = step(step(claimed(), { type: 'replied', by: 'a' }), { type: 'fell-silent' });
    expect(silent).toMatchObject({ status: 'closed', resolution: 'hand-back' });
  });

  it('puts one that still waits for its answer back into the queue', () => {
    const silent = step(claimed(), { type: 'fell-silent' });
    expect(silent).toMatchObject({ status: 'waiting', waitingSince: NOW });
    expect(silent.history.at(-1)).toMatchObject({ action: 'released', by: SYSTEM });
  });
});

describe('other changes', () => {
  it('to the priority move what is due and not met', () => {
    const urgent = step(opened(), { type: 'prioritised', by: 'a', priority: 0, supervise: false });
    expect(urgent.targets.firstAnswer).toEqual({ dueAt: NOW + 5 * MINUTE });
    expect(nextDue(urgent)).toBe(NOW + 5 * MINUTE);
  });

  it('to tags are cleaned and bounded', () => {
    const tagged = step(opened(), { type: 'tagged', by: 'a', tags: [' đất đai ', 'đất đai', ''] });
    expect(tagged.tags).toEqual(['đất đai']);
    expect(step(tagged, { type: 'tagged', by: 'a', tags: ['đất đai'] })).toBe(tagged);
    expect(refused(tagged, { type: 'tagged', by: 'a', tags: ['x'.repeat(41)] })).toBe('ticket.bad-tags');
  });
});

describe('whatever happens', () => {
  const who = fc.constantFrom('a', 'b', 'c');
  const supervise = fc.boolean();
  const at = fc.constant(0);
  const event: fc.Arbitrary<TicketEvent> = fc.oneof(
    fc.record({ type: fc.constant('said' as const), at, asks: fc.boolean() }),
    fc.record({ type: fc.constant('acted' as const), at }),
    fc.record({ type: fc.constant('left-message' as const), at }),
    fc.record({ type: fc.constant('reopened' as const), at }),
    fc.record({ type: fc.constant('claimed' as const), by: who }),
    fc.record({ type: fc.constant('assigned' as const), by: fc.oneof(who, fc.constant(SYSTEM)), to: who, supervise }),
    fc.record({
      type: fc.constant('transferred' as const),
      by: who,
      agency: fc.constantFrom(here, there),
      supervise,
    }),
    fc.record({ type: fc.constant('released' as const), by: who, supervise }),
    fc.record({ type: fc.constant('replied' as const), by: who }),
    fc.record({ type: fc.constant('tagged' as const), by: who, tags: fc.array(fc.string(), { maxLength: 3 }) }),
    fc.record({ type: fc.constant('prioritised' as const), by: who, priority: fc.constantFrom(0, 1, 2, 3), supervise }),
    fc.record({
      type: fc.constant('closed' as const),
      by: who,
      resolution: fc.constantFrom('answered', 'spam', 'no-answer'),
      supervise,
    }),
    fc.record({ type: fc.constant('taken-there' as const), wrote: fc.boolean() }),
    fc.constantFrom<TicketEvent>({ type: 'gave-up' }, { type: 'fell-silent' }),
  );

  it('a ticket has one officer or none, a closed one none, no message is lost from the count, each change counts once', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Ticket['reason']>('asked', 'anger', 'platform'),
        fc.array(fc.tuple(event, fc.integer({ min: 0, max: 5 * HOUR })), { maxLength: 80 }),
        (reason, events) => {
          let now = NOW;
          let ticket = opened(reason);
          let owed = ticket.unanswered;
          for (const [one, later] of events) {
            now += later;
            const stamped = 'at' in one ? { ...one, at: now } : one;
            const result = changeTicket(ticket, stamped, agencyOf(ticket.agency), now);
            if ('refused' in result) continue;
            const before = ticket;
            ticket = result.ticket;
            if (ticket === before) continue;
            const asks = (one.type === 'said' && one.asks) || one.type === 'left-message' || one.type === 'reopened';
            const answered = one.type === 'replied' || (one.type === 'taken-there' && one.wrote);
            owed = answered ? 0 : owed + (asks ? 1 : 0);
            expect(ticket.unanswered).toBe(owed);
            expect(ticket.revision).toBe(before.revision + 1);
            expect(ticket.changedAt).toBeGreaterThanOrEqual(before.changedAt);
            // Who has it changes hands only by a claim of what nobody had, or by an assignment.
            if (before.assignee !== undefined && ticket.assignee !== before.assignee && ticket.assignee !== undefined)
              expect(one.type).toBe('assigned');
            if (ticket.status === 'waiting') expect(ticket.assignee).toBeUndefined();
            if (ticket.status === 'closed') {
              expect(ticket.assignee).toBeUndefined();
              expect([ticket.closedAt, ticket.resolution]).not.toContain(undefined);
            } else expect([ticket.closedAt, ticket.resolution]).toEqual([undefined, undefined]);
            expect(ticket.history.length).toBeLessThanOrEqual(MOST_HISTORY);
            expect(JSON.parse(JSON.stringify(TICKET.body.parse(ticket)))).toEqual(JSON.parse(JSON.stringify(ticket)));
          }
        },
      ),
    );
  });
});
