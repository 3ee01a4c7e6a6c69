// GET /agencies and /colleagues: to whom a conversation may go.
import { z } from 'zod';
import type { Agencies } from '../../flows/handover/agencies.js';
import type { Documents } from '../../records/documents.js';
import { DUTY, STAFF_MEMBER, type StaffMember } from '../../records/staff.js';
import { TICKET } from '../../records/ticket.js';
import type { AgencyNames, Colleagues } from '../api.js';
import { can } from '../permissions.js';
import { NOT_FOUND } from '../refusals.js';
import type { DeskRoute } from '../route.js';

/** More than any province has at the desk. */
const MOST_STAFF = 5000;
const STAFF_AT_ONCE = 500;
const MOST_ON_DUTY = 1000;
const MOST_OPEN = 100;

export interface ColleagueParts {
  documents: Pick<Documents, 'find' | 'get' | 'count'>;
  agencies: Agencies;
}

const colleaguesQuery = z.object({ agency: z.string().min(1).max(100) });

export function colleagueRoutes({ documents, agencies }: ColleagueParts): DeskRoute[] {
  return [
    {
      method: 'get',
      path: '/agencies',
      needs: 'tickets.work',
      async handle() {
        const items = agencies.all.map(({ id, name, teams }) => ({ id, name, teams }));
        return { status: 200, json: { items } satisfies AgencyNames };
      },
    },
    {
      method: 'get',
      path: '/colleagues',
      needs: 'tickets.work',
      async handle({ query, who, now }) {
        const { agency } = colleaguesQuery.parse(query);
        if (!can(who.grants, 'tickets.work', agency)) return NOT_FOUND;
        const [members, onDuty] = await Promise.all([workingIn(documents, agency), dutiesIn(documents, agency, now)]);
        const items = await Promise.all(
          members.map(async ({ id, name }) => ({
            id,
            name,
            onDuty: onDuty.has(id),
            open: await documents.count(TICKET, { index: 'mine', under: [id, 'open'] }, MOST_OPEN),
          })),
        );
        return { status: 200, json: { items } satisfies Colleagues };
      },
    },
  ];
}

/** Staff by name who may be given conversations of this agency. */
async function workingIn(documents: Pick<Documents, 'find'>, agency: string): Promise<{ id: string; name: string }[]> {
  const found: { id: string; name: string }[] = [];
  let after: string | undefined;
  for (let read = 0; read < MOST_STAFF; read += STAFF_AT_ONCE) {
    const page = await documents.find(STAFF_MEMBER, {
      index: 'name',
      limit: STAFF_AT_ONCE,
      ...(after === undefined ? {} : { after }),
    });
    for (const { id, body } of page.documents) if (worksIn(body, agency)) found.push({ id, name: body.name });
    after = page.next;
    if (after === undefined) break;
  }
  return found;
}

function worksIn({ disabled, grants }: StaffMember, agency: string): boolean {
  return !disabled && can(grants, 'tickets.work', agency);
}

async function dutiesIn(documents: Pick<Documents, 'find'>, agency: string, now: number): Promise<Set<string>> {
  const found = await documents.find(DUTY, { index: 'until', from: now, limit: MOST_ON_DUTY });
  return new Set(found.documents.filter(({ body }) => body.agencies.includes(agency)).map(({ id }) => id));
}
