// GET /data-requests: what citizens asked about their own data. `view=open`, which is usual: what is still to be done, the most
// urgent first; `view=all`: newest first.
import { DATA_REQUEST, type DataRequest } from '../../records/data-request.js';
import type { DocumentQuery, StoredDocument } from '../../records/documents.js';
import type { DataRequestView } from '../api.js';
import { BAD_REQUEST, NOT_FOUND } from '../refusals.js';
import type { DeskRoute } from '../route.js';
import { inAgencies } from './filtered.js';
import type { OfficeParts } from './office.js';
import { agenciesAsked, agencyOf } from './scope.js';

export function dataRequestRoutes({ documents, agencies }: OfficeParts): DeskRoute[] {
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
        const json = await inAgencies<StoredDocument<DataRequest>, DataRequestView>({
          after,
          read: async (mark, limit) => {
            const page = await documents.find(DATA_REQUEST, {
              ...range,
              limit,
              ...(mark === undefined ? {} : { after: mark }),
            });
            return { items: page.documents, next: page.next };
          },
          view: async ({ id, lane, body }) => {
            const agency = agencyOf(lane, agencies);
            return agency === undefined || !of.includes(agency) ? undefined : { id, agency, ...body };
          },
        });
        return { status: 200, json };
      },
    },
  ];
}
