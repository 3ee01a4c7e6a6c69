// Tells the portal a citizen's report: its photos first, one a run, then the report with their ids. Our code is the key of all.
import { z } from 'zod';
import type { JsonObject } from '../../lib/json.js';
import type { FeedbackStatus } from '../../portal/portal.js';
import { noticeTo } from './notice.js';
import { portalTask, type TaskOutcome, type TaskRun } from './task.js';

const data = z.object({
  code: z.string().min(1).max(40),
  /** The citizen's lane. */
  lane: z.string().min(1).max(300),
  /** Ids of blobs. */
  photos: z.array(z.string().max(200)).max(10),
  report: z.object({
    category: z.string(),
    content: z.string(),
    place: z
      .object({ text: z.string().optional(), latitude: z.number().optional(), longitude: z.number().optional() })
      .optional(),
    contact: z.object({ name: z.string().optional(), phone: z.string().optional() }).optional(),
    publishConsent: z.boolean(),
    createdAt: z.number(),
  }),
});
export type SendFeedbackData = z.infer<typeof data>;

/** Photos done so far: the id the portal gave, or null where it or we have none. */
const sent = z.object({ photoIds: z.array(z.string().nullable()).default([]) });

async function run(task: TaskRun<SendFeedbackData>): Promise<TaskOutcome> {
  const { photoIds } = sent.parse(task.progress);
  const next = task.data.photos[photoIds.length];
  return next === undefined ? sendReport(task, photoIds) : sendPhoto(task, photoIds, next);
}

async function sendPhoto(
  { data: { code }, services, signal }: TaskRun<SendFeedbackData>,
  photoIds: (string | null)[],
  blobId: string,
): Promise<TaskOutcome> {
  const blob = await services.blobs.get(blobId);
  // Deleted meanwhile, on request or by age.
  if (blob === undefined) return { result: 'more', progress: { photoIds: [...photoIds, null] } };
  const answer = await services.reports.sendPhoto(blob.bytes, `${code}:photo:${photoIds.length + 1}`, signal);
  if (answer.result === 'accepted') return { result: 'more', progress: { photoIds: [...photoIds, answer.value.id] } };
  // The report is worth more than its picture.
  if (answer.result === 'rejected') return { result: 'more', progress: { photoIds: [...photoIds, null] } };
  return { result: 'again', cause: answer, progress: { photoIds } };
}

async function sendReport(
  { data: { code, lane, report }, services, signal, now }: TaskRun<SendFeedbackData>,
  photoIds: (string | null)[],
): Promise<TaskOutcome> {
  const { place, contact, ...rest } = report;
  const taken = photoIds.filter((id) => id !== null);
  const answer = await services.reports.sendFeedback(
    {
      clientCode: code,
      ...rest,
      ...(place === undefined ? {} : { place: placeOf(place) }),
      ...(contact === undefined ? {} : { contact: contactOf(contact) }),
      ...(taken.length === 0 ? {} : { photoIds: taken }),
    },
    code,
    signal,
  );
  if (answer.result === 'accepted')
    return {
      result: 'done',
      effects: [noticeTo(lane, now, 'feedback.accepted', { code, ...statusData(answer.value) })],
    };
  if (answer.result === 'rejected')
    return { result: 'done', effects: [noticeTo(lane, now, 'feedback.rejected', { code, reason: answer.code })] };
  return { result: 'again', cause: answer, progress: { photoIds } };
}

/** A portal's state of a report as a notice carries it. */
export function statusData({ code, ...status }: FeedbackStatus): JsonObject {
  return { status: { code, ...status } as JsonObject };
}

function placeOf({ text, latitude, longitude }: NonNullable<SendFeedbackData['report']['place']>) {
  return {
    ...(text === undefined ? {} : { text }),
    ...(latitude === undefined || longitude === undefined ? {} : { latitude, longitude }),
  };
}

function contactOf({ name, phone }: NonNullable<SendFeedbackData['report']['contact']>) {
  return { ...(name === undefined ? {} : { name }), ...(phone === undefined ? {} : { phone }) };
}

export const sendFeedback = portalTask<SendFeedbackData>({
  name: 'send-feedback',
  data,
  run,
  givenUp: ({ code, lane }, now) => [noticeTo(lane, now, 'feedback.undelivered', { code })],
});
