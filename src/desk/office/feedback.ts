// Reports of citizens at the desk: lists, one report with its photos, and what staff do with it. What becomes of an action is decided
// by the lane of the citizen who wrote (flows/feedback).
import { Readable } from 'node:stream';
import { z } from 'zod';
import { LONGEST_FEEDBACK_ANSWER } from '../../flows/feedback/staff-actions.js';
import type { JsonObject } from '../../lib/json.js';
import { FEEDBACK } from '../../records/feedback.js';
import type { FeedbackCategories, FeedbackView, Page } from '../api.js';
import { can, type Permission } from '../permissions.js';
import { FORBIDDEN, NOT_FOUND } from '../refusals.js';
import type { DeskAnswer, DeskRequest, DeskRoute } from '../route.js';
import { mergedPage } from '../tickets/merged-pages.js';
import { holdsMasked, MASKED_TEXT } from '../tickets/written.js';
import { agencyOfReport, reportView, type StoredReport } from './feedback-view.js';
import type { OfficeParts } from './office.js';
import { answerOf } from './performed.js';
import { agenciesAsked, PAGE_ROWS } from './scope.js';

/** What was encoded by us; anything else is only ever saved. */
const SHOWN_IN_PLACE = 'image/jpeg';

const listQuery = z.object({ status: z.string().max(40).optional(), after: z.string().max(500).optional() });
const classify = z.strictObject({ category: z.string().max(60) });
const forward = z.strictObject({ agency: z.string().min(1).max(100) });
const answer = z.strictObject({ key: z.uuid(), text: z.string().trim().min(1).max(LONGEST_FEEDBACK_ANSWER) });

/** What the request asks for; a key makes the same be done once. */
type Act = { action: string; data?: JsonObject; key?: string };

export function feedbackRoutes(parts: OfficeParts): DeskRoute[] {
  const { documents, agencies, categories, blobs } = parts;

  async function seen({ params, who }: DeskRequest, permission: Permission): Promise<StoredReport | DeskAnswer> {
    const report = await documents.get(FEEDBACK, params.code ?? '');
    const agency = report === undefined ? undefined : agencyOfReport(report, agencies);
    if (report === undefined || agency === undefined || !can(who.grants, 'feedback.read', agency)) return NOT_FOUND;
    return can(who.grants, permission, agency) ? report : FORBIDDEN;
  }

  const acting = (name: string, actOf: (request: DeskRequest) => Act | DeskAnswer): DeskRoute => ({
    method: 'post',
    path: `/feedback/:code/${name}`,
    needs: 'feedback.work',
    async handle(request) {
      const act = actOf(request);
      if ('status' in act) return act;
      const report = await seen(request, 'feedback.work');
      if ('status' in report) return report;
      return perform(parts, request, report, act);
    },
  });

  return [
    {
      method: 'get',
      path: '/feedback',
      needs: 'feedback.read',
      async handle(request) {
        const of = agenciesAsked(request, agencies, 'feedback.read');
        if (of === undefined) return NOT_FOUND;
        const { status, after } = listQuery.parse(request.query);
        const lists = {
          kind: FEEDBACK,
          index: status === undefined ? 'latest' : 'desk',
          order: 'down' as const,
          under: of.map((agency) => (status === undefined ? [agency] : [agency, status])),
          numbersOf: ({ changedAt }: StoredReport['body']) => [changedAt],
        };
        const page = await mergedPage(documents, lists, PAGE_ROWS, after);
        const items = page.documents.map((report) => reportView(report, parts));
        const json: Page<FeedbackView> = { items, ...(page.next === undefined ? {} : { next: page.next }) };
        return { status: 200, json };
      },
    },
    {
      method: 'get',
      path: '/feedback/categories',
      needs: 'feedback.read',
      async handle() {
        const items = categories.map(({ id, name }) => ({ id, name }));
        return { status: 200, json: { items } satisfies FeedbackCategories };
      },
    },
    {
      method: 'get',
      path: '/feedback/:code',
      needs: 'feedback.read',
      async handle(request) {
        const report = await seen(request, 'feedback.read');
        return 'status' in report ? report : { status: 200, json: reportView(report, parts) };
      },
    },
    {
      method: 'get',
      path: '/feedback/:code/photos/:blob',
      needs: 'feedback.read',
      async handle(request) {
        const report = await seen(request, 'feedback.read');
        if ('status' in report) return report;
        const blob = report.body.photos.find((photo) => photo === request.params.blob);
        const kept = blob === undefined ? undefined : await blobs.get(blob);
        if (kept === undefined || kept.info.lane !== report.lane) return NOT_FOUND;
        const { mimeType } = kept.info;
        const download = mimeType === SHOWN_IN_PLACE ? {} : { filename: 'anh' };
        return { status: 200, stream: Readable.from([kept.bytes]), type: mimeType, ...download };
      },
    },
    acting('classify', ({ body }) => {
      const { category } = classify.parse(body);
      if (!categories.some(({ id }) => id === category)) return { status: 400, error: 'feedback.bad-category' };
      return { action: 'feedback.classify', data: { category } };
    }),
    acting('forward', ({ body }) => {
      const { agency } = forward.parse(body);
      if (agencies.get(agency) === undefined) return { status: 400, error: 'agency.unknown' };
      return { action: 'feedback.forward', data: { agency } };
    }),
    acting('answer', ({ body }) => {
      const { key, text } = answer.parse(body);
      if (holdsMasked(text)) return { status: 400, error: MASKED_TEXT };
      return { action: 'feedback.answer', data: { text }, key };
    }),
    acting('publish', () => ({ action: 'feedback.publish' })),
  ];
}

async function perform(
  parts: OfficeParts,
  { who }: DeskRequest,
  report: StoredReport,
  { action, data = {}, key }: Act,
): Promise<DeskAnswer> {
  const { id: code, lane } = report;
  const of = agencyOfReport(report, parts.agencies) ?? '';
  const by = { user: who.id, name: who.name };
  const named = key === undefined ? undefined : `${code}:${key}`;
  const performed = await parts.actions.perform(lane, action, by, { code, of, ...data }, named);
  // After a forward it may be another agency's: what is answered is the report that they just had.
  const after = (await parts.documents.get(FEEDBACK, code)) ?? report;
  return answerOf(performed, () => reportView(after, parts));
}
