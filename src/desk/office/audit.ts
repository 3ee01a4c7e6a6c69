// GET /audit: what was done at the desk, newest first. Whether the chain holds is checked by `npm run audit`.
import type { Agencies } from '../../flows/handover/agencies.js';
import { present } from '../../portal/present.js';
import { AUDIT } from '../../records/audit.js';
import { ALL_AGENCIES } from '../../records/staff.js';
import type { AuditView, Page } from '../api.js';
import { can } from '../permissions.js';
import { NOT_FOUND } from '../refusals.js';
import type { DeskRequest, DeskRoute } from '../route.js';
import type { OfficeParts } from './office.js';
import { agenciesAsked, PAGE_ROWS } from './scope.js';

export function auditRoutes({ documents, agencies, staff }: OfficeParts): DeskRoute[] {
  return [
    {
      method: 'get',
      path: '/audit',
      needs: 'audit.read',
      async handle(request) {
        const agency = chainOf(request, agencies);
        if (agency === undefined) return NOT_FOUND;
        const { after } = request.query;
        const page = await documents.find(AUDIT, {
          index: 'line',
          under: [agency],
          order: 'down',
          limit: PAGE_ROWS,
          ...(after === undefined ? {} : { after }),
        });
        const items: AuditView[] = await Promise.all(
          page.documents.map(async ({ body: { seq, at, by, action, object, detail } }) =>
            present({ seq, at, by, byName: await staff.nameOf(by), action, object, detail }),
          ),
        );
        return { status: 200, json: present({ items, next: page.next }) satisfies Page<AuditView> };
      },
    },
  ];
}

/**
 * A chain is of one agency, or `*` for what was done to no agency in particular. Without a name it is the first that may be read.
 */
function chainOf(request: DeskRequest, agencies: Agencies): string | undefined {
  const { who, query } = request;
  if (query.agency === ALL_AGENCIES) return can(who.grants, 'audit.read', ALL_AGENCIES) ? ALL_AGENCIES : undefined;
  return agenciesAsked(request, agencies, 'audit.read')?.[0];
}
