// How the queue of an agency stands, counted in the tickets and the duties. What moves slowly is remembered for half a minute.
import { SECOND } from '../../lib/clock.js';
import type { Documents } from '../../records/documents.js';
import { DUTY } from '../../records/staff.js';
import { TICKET } from '../../records/ticket.js';
import type { Agencies } from './agencies.js';
import { type HandoverServices, MOST_AHEAD, type QueuePlace, type QueueState } from './services.js';

const REMEMBERED_FOR = 30 * SECOND;
const CLOSED_LOOKED_AT = 20;
/** Fewer say nothing about what is usual. */
const FEWEST = 5;
const MOST_DUTIES = 500;

export function createHandoverServices(
  agencies: Agencies,
  documents: Pick<Documents, 'find' | 'count'>,
): HandoverServices {
  const waits = new Map<string, { wait: number | undefined; until: number }>();

  async function ahead(agency: string, { priority, waitingSince }: QueuePlace): Promise<number> {
    const under = [agency, 'waiting'];
    const [urgent, longer] = await Promise.all([
      documents.count(TICKET, { index: 'queue', under, from: 0, to: priority }, MOST_AHEAD),
      documents.count(TICKET, { index: 'queue', under: [...under, priority], from: 0, to: waitingSince }, MOST_AHEAD),
    ]);
    return Math.min(MOST_AHEAD, urgent + longer);
  }

  async function onDuty(agency: string, now: number): Promise<number> {
    const page = await documents.find(DUTY, { index: 'until', from: now, limit: MOST_DUTIES });
    return page.documents.filter(({ body }) => body.agencies.includes(agency)).length;
  }

  async function usualWait(agency: string, now: number): Promise<number | undefined> {
    const known = waits.get(agency);
    if (known !== undefined && now < known.until) return known.wait;
    const hours = agencies.get(agency)?.hours;
    const query = { index: 'latest', under: [agency, 'closed'], order: 'down', limit: CLOSED_LOOKED_AT } as const;
    const { documents: closed } = await documents.find(TICKET, query);
    const answered = closed.flatMap(({ body: { openedAt, firstAnsweredAt, reason } }) =>
      // Nobody waited for an officer who wrote first.
      hours === undefined || firstAnsweredAt === undefined || reason === 'platform'
        ? []
        : [hours.between(openedAt, firstAnsweredAt)],
    );
    const wait = answered.length < FEWEST ? undefined : median(answered);
    waits.set(agency, { wait, until: now + REMEMBERED_FOR });
    return wait;
  }

  return {
    agencies,
    async queue(agency, place, now): Promise<QueueState> {
      const [before, present, usual] = await Promise.all([
        ahead(agency, place),
        onDuty(agency, now),
        usualWait(agency, now),
      ]);
      return { ahead: before, onDuty: present, ...(usual === undefined ? {} : { usualWait: usual }) };
    },
  };
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
