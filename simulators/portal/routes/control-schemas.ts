// What the control routes under /__sim/ accept. The routes themselves are in control.ts, the contract's in ../schemas.ts.
import { z } from 'zod';
import { feedbackStates, newsItemSchema, procedureSchema } from '../schemas.js';

const dateTime = z.iso.datetime({ offset: true });
const status = z.int().min(1).max(10);
/** Whether the bot is told by webhook; yes when left out. */
const notify = z.boolean().optional();

export const statusRequest = z.strictObject({
  status,
  statusLabel: z.string().min(1).max(200).optional(),
  statusReason: z.string().max(1000).optional(),
  missingDocuments: z.array(z.string().max(500)).max(20).optional(),
  fee: z.strictObject({ amount: z.int().min(0), paid: z.boolean() }).optional(),
  dueAt: dateTime.optional(),
  collectAt: z.string().max(500).optional(),
  note: z.string().max(1000).optional(),
  notify,
});

export const feedbackRequest = z.strictObject({
  status: z.enum(feedbackStates),
  answer: z.string().max(10_000).optional(),
  agency: z.string().max(200).optional(),
  notify,
});

/** Fields to change, or a whole new procedure; `remove` takes it away. */
export const procedureRequest = z.strictObject({
  ...procedureSchema.omit({ code: true, updatedAt: true }).partial().shape,
  remove: z.boolean().optional(),
  notify,
});

export const newsRequest = z.strictObject({ ...newsItemSchema.omit({ publishedAt: true }).shape, notify });

export const webhookRequest = z.union([
  /** An event once more under its id: the last one, or the one named. */
  z.strictObject({ duplicate: z.literal(true), id: z.string().optional(), times: z.int().min(1).max(20).optional() }),
  /** Several states of one dossier in this order, told in the opposite one. */
  z.strictObject({ reorder: z.literal(true), code: z.string(), statuses: z.array(status).min(2).max(10) }),
  /** An event signed with another secret: the last one, or the one named. */
  z.strictObject({ badSignature: z.literal(true), id: z.string().optional() }),
]);

export const clockRequest = z.union([
  z.strictObject({ advanceMs: z.int() }),
  z.strictObject({ set: dateTime }),
  z.strictObject({ reset: z.literal(true) }),
]);
