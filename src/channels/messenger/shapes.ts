// The shapes of Messenger's webhook events that matter, as zod. What an event means is decided in parse.ts.
import { z } from 'zod';
import { idField, messageIdField, optional, timeField } from '../inbound-fields.js';

const party = z
  .object({ id: optional(idField) })
  .nullish()
  .catch(undefined);

/** One element of `messaging` or `standby`, without its own part. Sender and time may be missing. */
export const elementEnvelope = z.object({
  sender: party,
  recipient: party,
  timestamp: optional(timeField),
});

export const messagePart = z.object({
  mid: messageIdField,
  text: optional(z.string()),
  quick_reply: optional(z.object({ payload: z.string() })),
  reply_to: optional(z.object({ mid: messageIdField })),
  attachments: optional(z.array(z.unknown())),
  is_echo: optional(z.boolean()),
  is_deleted: optional(z.boolean()),
  app_id: optional(z.union([z.string(), z.number()]).transform(String)),
  metadata: optional(z.string()),
});
export type MessagePart = z.infer<typeof messagePart>;

export const referralPart = z.object({
  ref: optional(z.string()),
  source: optional(z.string()),
});

export const postbackPart = z.object({
  mid: optional(messageIdField),
  title: optional(z.string()),
  payload: optional(z.string()),
  referral: optional(referralPart),
});

export const editPart = z.object({
  mid: messageIdField,
  text: z.string(),
  num_edit: z.union([z.string().regex(/^\d{1,6}$/), z.number()]).transform(String),
});

export const policyPart = z.object({ action: z.enum(['warning', 'block', 'unblock']) });

export const optinPart = z.object({
  type: optional(z.string()),
  ref: optional(z.string()),
});

export const attachmentShape = z.object({
  type: z.string(),
  title: optional(z.string()),
  url: optional(z.string()),
  payload: z
    .object({
      url: optional(z.string()),
      title: optional(z.string()),
      sticker_id: optional(z.union([z.string(), z.number()]).transform(String)),
      coordinates: optional(z.object({ lat: z.coerce.number(), long: z.coerce.number() })),
    })
    .nullish()
    .catch(undefined),
});
