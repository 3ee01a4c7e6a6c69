// Answers kept ready: read by those who answer, written by those who edit content. Each belongs to one agency; the lane
// `desk:canned:<id>` writes it.
import { z } from 'zod';
import { cleanLine, cleanText } from '../../lib/clean-text.js';
import { CANNED_ANSWER, type CannedAnswer } from '../../records/desk-records.js';
import type { StoredDocument } from '../../records/documents.js';
import type { Canned, Page } from '../api.js';
import { can } from '../permissions.js';
import { FORBIDDEN, NOT_FOUND } from '../refusals.js';
import type { DeskRequest, DeskRoute } from '../route.js';
import { cannedLane } from '../staff-ids.js';
import { holdsMasked, MASKED_TEXT } from '../tickets/written.js';
import type { OfficeParts } from './office.js';
import { answerOf } from './performed.js';
import { agenciesAsked } from './scope.js';

/** Of one agency; an officer looks through them with "/". */
const MOST_LISTED = 500;

const id = z.string().regex(/^[A-Za-z0-9-]{1,60}$/);
const written = z.strictObject({
  agency: z.string().min(1).max(100),
  title: z.string().transform(cleanLine).pipe(z.string().min(1).max(100)),
  text: z.string().transform(cleanText).pipe(z.string().min(1).max(2000)),
});

export function cannedRoutes({ documents, agencies, actions }: OfficeParts): DeskRoute[] {
  const edits = ({ who }: DeskRequest, agency: string) => can(who.grants, 'content.edit', agency);

  return [
    {
      method: 'get',
      path: '/canned',
      needs: 'signed-in',
      async handle(request) {
        const asked = (query: DeskRequest['query']) =>
          agenciesAsked({ ...request, query }, agencies, 'tickets.work', 'content.edit');
        if (asked({}) === undefined) return FORBIDDEN;
        const of = asked(request.query);
        if (of === undefined) return NOT_FOUND;
        const each = await Promise.all(
          of.map((agency) => documents.find(CANNED_ANSWER, { index: 'title', under: [agency], limit: MOST_LISTED })),
        );
        const items = each.flatMap((page) => page.documents.map(shown));
        return { status: 200, json: { items } satisfies Page<Canned> };
      },
    },
    {
      method: 'put',
      path: '/canned/:id',
      needs: 'content.edit',
      async handle(request) {
        const { who } = request;
        const name = id.parse(request.params.id);
        const body = written.parse(request.body);
        if (holdsMasked(body.title, body.text)) return { status: 400, error: MASKED_TEXT };
        const before = await documents.get(CANNED_ANSWER, name);
        if (!edits(request, body.agency) || agencies.get(body.agency) === undefined) return NOT_FOUND;
        if (before !== undefined && !edits(request, before.body.agency)) return NOT_FOUND;
        const by = { user: who.id, name: who.name };
        const was = before?.body.agency ?? body.agency;
        const performed = await actions.perform(cannedLane(name), 'canned.put', by, { ...body, was });
        return answerOf(performed, () => ({ id: name, ...body }) satisfies Canned);
      },
    },
    {
      method: 'delete',
      path: '/canned/:id',
      needs: 'content.edit',
      async handle(request) {
        const { who } = request;
        const name = id.parse(request.params.id);
        const before = await documents.get(CANNED_ANSWER, name);
        if (before === undefined || !edits(request, before.body.agency)) return NOT_FOUND;
        const { agency } = before.body;
        const by = { user: who.id, name: who.name };
        return answerOf(await actions.perform(cannedLane(name), 'canned.remove', by, { agency }), () => ({}));
      },
    },
  ];
}

function shown({ id: name, body: { agency, title, text } }: StoredDocument<CannedAnswer>): Canned {
  return { id: name, agency, title, text };
}
