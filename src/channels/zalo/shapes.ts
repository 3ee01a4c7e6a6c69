// The shapes of Zalo's webhook events that matter, as zod. What an event means is decided in parse.ts.
import { z } from 'zod';
import { idField, looseText, messageIdField, optional, timeField } from '../inbound-fields.js';

const party = z.object({ id: idField });

const messageFields = z.object({
  msg_id: optional(messageIdField),
  message_id: optional(messageIdField),
  text: optional(z.string()),
  quote_msg_id: optional(messageIdField),
  attachments: optional(z.array(z.unknown())),
});

/** `user_send_*` and `oa_send_*`. */
export const chatEvent = z.object({
  sender: party.extend({ admin_id: optional(idField) }),
  recipient: party,
  message: messageFields,
  timestamp: timeField,
});
export type ChatEvent = z.infer<typeof chatEvent>;

/** `follow`, `unfollow`. */
export const followerEvent = z.object({ follower: party, timestamp: timeField });

/** `user_click_chatnow`, `user_withdraw`. */
export const userEvent = z.object({ user_id: idField, timestamp: timeField });

const address = z.object({
  user_address: optional(looseText),
  user_ward: optional(looseText),
  user_district: optional(looseText),
  user_city: optional(looseText),
});

/** `user_submit_info`, in its newer form (`full_address`) and its older one. */
export const infoEvent = z.object({
  sender: party,
  info: z.object({
    name: optional(looseText),
    phone: optional(looseText),
    full_address: optional(address),
    address: optional(looseText),
    ward: optional(looseText),
    district: optional(looseText),
    city: optional(looseText),
  }),
  timestamp: timeField,
});

export const attachmentShape = z.object({
  type: z.string(),
  payload: z
    .object({
      url: optional(z.string()),
      name: optional(z.string()),
      type: optional(z.string()),
      size: optional(looseText),
      text: optional(z.string()),
      coordinates: optional(z.object({ latitude: looseText, longitude: looseText })),
    })
    .nullish()
    .catch(undefined),
});
