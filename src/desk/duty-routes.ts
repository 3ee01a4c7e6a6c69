// Being on duty: the page says so once a minute, and conversations are offered to who says it.
import { z } from 'zod';
import type { Agencies } from '../flows/handover/agencies.js';
import type { Documents } from '../records/documents.js';
import { DUTY } from '../records/staff.js';
import { byOf } from './access-routes.js';
import type { DeskActions } from './actions.js';
import { MOST_ROOM } from './lanes/duty.js';
import { agenciesWhere } from './permissions.js';
import type { DeskRoute } from './route.js';
import { dutyLane } from './staff-ids.js';

/** Conversations at once, for who has not said. */
const USUAL_ROOM = 5;

const setDuty = z.strictObject({ onDuty: z.boolean(), room: z.number().int().min(1).max(MOST_ROOM).optional() });

export interface DutyRouteServices {
  actions: DeskActions;
  documents: Pick<Documents, 'get'>;
  agencies: Agencies;
}

/** PUT /duty answers `{ duty }` as in Me, without it when off. */
export function dutyRoutes({ actions, documents, agencies }: DutyRouteServices): DeskRoute[] {
  return [
    {
      method: 'put',
      path: '/duty',
      needs: 'tickets.work',
      async handle({ body, who }) {
        const { onDuty, room: wanted } = setDuty.parse(body);
        const all = agencies.all.map(({ id }) => id);
        const working = agenciesWhere(who.grants, 'tickets.work', all).slice(0, 50);
        if (onDuty && working.length === 0) return { status: 403, error: 'forbidden' };
        const room = wanted ?? (await documents.get(DUTY, who.id))?.body.room ?? USUAL_ROOM;
        const data = { agencies: working, name: who.name, room };
        const performed = await actions.perform(
          dutyLane(who.id),
          onDuty ? 'duty.on' : 'duty.off',
          byOf(who),
          onDuty ? data : {},
        );
        if (performed === 'slow') return { status: 503, error: 'desk.slow' };
        if (performed.outcome !== 'done') return { status: 409, error: performed.outcome };
        const { detail } = performed;
        return { status: 200, json: detail === undefined ? {} : { duty: { room: detail.room, until: detail.until } } };
      },
    },
  ];
}
