// What citizens asked about their own data, and what staff carried out of it. `view=open`, which is usual: what is still to be done,
// the most urgent first; `view=all`: newest first.
import type { LaneId } from '../../lib/ids.js';
import { DATA_REQUEST, type DataRequest } from '../../records/data-request.js';
import type { DocumentQuery, Documents, StoredDocument } from '../../records/documents.js';
import { FEEDBACK } from '../../records/feedback.js';
import type { DataRequestView } from '../api.js';
import { can } from '../permissions.js';
import { BAD_REQUEST, FORBIDDEN, NOT_FOUND } from '../refusals.js';
import type { DeskRoute } from '../route.js';
import { inAgencies } from './filtered.js';
import type { OfficeParts } from './office.js';
import { answerOf } from './performed.js';
import { agenciesAsked, agencyOf } from './scope.js';

const MOST_REPORTS = 50;

type Stored = StoredDocument<DataRequest>;

export function dataRequestRoutes({ documents, agencies, actions }: OfficeParts): DeskRoute[] {
  return [
    {
      method: 'get',
      path: '/data-requests',
      needs: 'data-requests.read',
      async handle(request) {
        const of = agenciesAsked(request, agencies, 'data-requests.read');
        if (of === undefined) return NOT_FOUND;
        const { after, view = 'open' } = request.query;
        if (view !== 'open' && view !== 'all') return BAD_REQUEST;
        const range: Pick<DocumentQuery, 'index' | 'order'> =
          view === 'open' ? { index: 'open' } : { index: 'time', order: 'down' };
        const json = await inAgencies<Stored, DataRequestView>({
          after,
          read: async (mark, limit) => {
            const page = await documents.find(DATA_REQUEST, {
              ...range,
              limit,
              ...(mark === undefined ? {} : { after: mark }),
            });
            return { items: page.documents, next: page.next };
          },
          view: async (found) => {
            const agency = agencyOf(found.lane, agencies);
            return agency === undefined || !of.includes(agency) ? undefined : shown(documents, found, agency);
          },
        });
        return { status: 200, json };
      },
    },
    {
      method: 'post',
      path: '/data-requests/:id/done',
      needs: 'data-requests.work',
      async handle({ params, who }) {
        const found = await documents.get(DATA_REQUEST, params.id ?? '');
        const of = agencyOf(found?.lane, agencies);
        if (found === undefined || of === undefined || !can(who.grants, 'data-requests.read', of)) return NOT_FOUND;
        if (!can(who.grants, 'data-requests.work', of)) return FORBIDDEN;
        const by = { user: who.id, name: who.name };
        const performed = await actions.perform(found.lane, 'data-request.done', by, { id: found.id, of });
        const after = (await documents.get(DATA_REQUEST, found.id)) ?? found;
        const view = await shown(documents, after, of);
        return answerOf(performed, () => view);
      },
    },
  ];
}

async function shown(documents: Documents, { id, lane, body }: Stored, agency: string): Promise<DataRequestView> {
  const { doneAt, purpose } = body;
  const reports = doneAt === undefined && purpose === 'publish-feedback' ? await atPortal(documents, lane) : undefined;
  return { id, agency, ...body, ...(reports === undefined ? {} : { reports }) };
}

/** The reports of this citizen that the portal has, and may show. */
async function atPortal(documents: Documents, lane: LaneId): Promise<string[]> {
  const page = await documents.find(FEEDBACK, { index: 'lane', under: [lane], order: 'down', limit: MOST_REPORTS });
  return page.documents.flatMap(({ id, body }) => (body.delivery === 'sent' ? [id] : []));
}
