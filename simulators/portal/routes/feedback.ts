// POST /feedback, GET /feedback/{code} and its reopening. How feedback moves on is a control matter (portal.ts).
import { z } from 'zod';
import { addWorkingDays, compactDate, DAY, isoTime } from '../calendar.js';
import { idempotencyKey, jsonBody, ok, parseJson, type Route } from '../http.js';
import type { Portal } from '../portal.js';
import { notFound, Problem } from '../problem.js';
import { feedbackSchema } from '../schemas.js';
import type { FeedbackRecord } from '../state.js';

/** The portal's own assumptions: an answer within ten working days, reopening within fifteen days after it. */
const ANSWER_WORKING_DAYS = 10;
const REOPEN_WITHIN = 15 * DAY;
const reopenable = new Set(['answered', 'published', 'closed']);

export function feedbackRoutes(portal: Portal): Route[] {
  const find = (code: string): FeedbackRecord => {
    const record = portal.state.feedback.get(code);
    if (record === undefined) throw notFound('This feedback');
    return record;
  };
  return [
    {
      method: 'POST',
      path: '/feedback',
      body: jsonBody,
      handle(request) {
        const key = idempotencyKey(request);
        const { state } = portal;
        const known = state.keys.feedback.recall(key, request.body);
        if (known !== undefined) return ok(find(known).status);
        const feedback = parseJson(request.body, feedbackSchema);
        const lost = (feedback.photoIds ?? []).find((id) => !state.files.has(id));
        if (lost !== undefined) throw new Problem(422, 'unknown-photo', 'A photoId was not given out by POST /files');
        if ([...state.feedback.values()].some((record) => record.feedback.clientCode === feedback.clientCode)) {
          throw new Problem(409, 'client-code-taken', 'This clientCode belongs to another feedback');
        }
        const now = portal.clock.now();
        const code = `PAKN-${compactDate(now)}-${String(state.feedback.size + 1).padStart(4, '0')}`;
        const agency = portal.sample.agencies[0]?.name;
        const record: FeedbackRecord = {
          feedback,
          status: {
            code,
            status: 'received',
            ...(agency === undefined ? {} : { agency }),
            dueAt: isoTime(addWorkingDays(now, ANSWER_WORKING_DAYS)),
            updatedAt: isoTime(now),
          },
        };
        state.feedback.set(code, record);
        state.keys.feedback.remember(key, request.body, code);
        return { status: 201, body: record.status };
      },
    },
    { method: 'GET', path: '/feedback/{code}', handle: (request) => ok(find(request.param('code')).status) },
    {
      method: 'POST',
      path: '/feedback/{code}/reopen',
      body: { ...jsonBody, optional: true },
      handle(request) {
        const code = request.param('code');
        const key = `${code} ${idempotencyKey(request)}`;
        const known = portal.state.keys.reopen.recall(key, request.body);
        if (known !== undefined) return ok(known);
        parseJson(request.body, z.looseObject({})); // the contract gives it no fields
        const record = find(code);
        if (!reopenable.has(record.status.status) || record.answeredAt === undefined) {
          throw new Problem(409, 'not-answered', 'Only answered feedback can be reopened');
        }
        const now = portal.clock.now();
        if (now > record.answeredAt + REOPEN_WITHIN) {
          throw new Problem(409, 'reopening-window-passed', 'The time for reopening has passed');
        }
        record.status = {
          ...record.status,
          status: 'reopened',
          dueAt: isoTime(addWorkingDays(now, ANSWER_WORKING_DAYS)),
          updatedAt: isoTime(now),
        };
        portal.state.keys.reopen.remember(key, request.body, record.status);
        return ok(record.status);
      },
    },
  ];
}
