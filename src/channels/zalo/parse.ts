// Zalo's webhook events → our events. Pure; never throws for any JSON.
import type { z } from 'zod';
import { citizenLane, eventId } from '../../lib/ids.js';
import type { Attachment, InboundBody, InboundEvent } from '../channel.js';
import {
  boundedPayload,
  boundedText,
  brokenField,
  digest,
  isObject,
  MAX_ATTACHMENTS,
  safeName,
  webAddress,
} from '../inbound-fields.js';
import { accountOf, namesAccount } from './account-of.js';
import { contentKey, messageKey } from './echo-keys.js';
import { ignoreReason, RECEIPTS } from './event-names.js';
import { decodePayload } from './payload.js';
import { attachmentShape, type ChatEvent, chatEvent, followerEvent, infoEvent, userEvent } from './shapes.js';

const MEDIA: Readonly<Record<string, Attachment['kind']>> = {
  user_send_image: 'image',
  user_send_gif: 'image',
  user_send_audio: 'audio',
  user_send_video: 'video',
  user_send_sticker: 'sticker',
  user_send_file: 'file',
  user_send_link: 'link',
  user_send_business_card: 'contact',
};

/** What an officer sends, by the attachment's own type. */
const SENT: Readonly<Record<string, Attachment['kind']>> = {
  image: 'image',
  gif: 'image',
  photo: 'image',
  sticker: 'sticker',
  file: 'file',
  link: 'link',
  audio: 'audio',
  video: 'video',
};

export function parseZalo(body: unknown, accounts: ReadonlySet<string>): InboundEvent[] {
  if (!isObject(body)) return [{ type: 'malformed', name: 'webhook', reason: 'not-an-object' }];
  if (typeof body.event_name !== 'string') return [{ type: 'malformed', name: 'webhook', reason: 'event_name' }];
  return [parseEvent(body, safeName(body.event_name), accounts)];
}

function parseEvent(body: Record<string, unknown>, name: string, accounts: ReadonlySet<string>): InboundEvent {
  if (RECEIPTS.has(name)) return { type: 'receipt', name };
  const reason = ignoreReason(name);
  if (reason !== undefined) return { type: 'ignored', name, reason };
  if (!isHandled(name)) return { type: 'unknown', name };
  const account = accountOf(body, accounts);
  if (account === undefined) {
    return namesAccount(body, name)
      ? { type: 'ignored', name, reason: 'account-not-configured' }
      : { type: 'malformed', name, reason: 'account-missing' };
  }
  if (name === 'permission_revoked') return { type: 'account', account, name, trouble: 'revoked' };
  if (name.startsWith('oa_send_')) return echo(body, name, account);
  if (name.startsWith('user_send_')) return message(body, name, account);
  return state(body, name, account);
}

function isHandled(name: string): boolean {
  return MESSAGES.has(name) || STATES.has(name);
}

const MESSAGES: ReadonlySet<string> = new Set([
  ...Object.keys(MEDIA),
  'user_send_text',
  'user_send_location',
  'oa_send_text',
  'oa_send_image',
  'oa_send_gif',
  'oa_send_list',
  'oa_send_file',
  'oa_send_sticker',
  'oa_send_template',
]);

const STATES: ReadonlySet<string> = new Set([
  'follow',
  'unfollow',
  'user_click_chatnow',
  'user_withdraw',
  'user_submit_info',
  'permission_revoked',
]);

/** What a citizen sent. */
function message(body: Record<string, unknown>, name: string, account: string): InboundEvent {
  const read = chatEvent.safeParse(body);
  if (!read.success) return malformed(name, read.error);
  const event = read.data;
  const id = messageIdOf(event);
  if (id === undefined) return { type: 'malformed', name, reason: 'message.msg_id' };
  const content = contentOf(event, name, id);
  if (typeof content === 'string') return { type: 'malformed', name, reason: content };
  return lane(account, event.sender.id, `${name}:${id}`, event.timestamp, content);
}

/** The content, or which field makes it unusable. */
function contentOf({ message }: ChatEvent, name: string, messageId: string): InboundBody | string {
  if (name === 'user_send_text') {
    if (message.text === undefined || message.text === '') return 'message.text';
    const payload = decodePayload(message.text);
    if (payload !== undefined) return { kind: 'tap', payload: boundedPayload(payload), messageId };
    const text = boundedText(message.text);
    const replyTo = message.quote_msg_id;
    return { kind: 'text', text, messageId, ...(replyTo !== undefined && { replyTo }) };
  }
  const read = readAttachments(message.attachments);
  if (read.length === 0) return 'message.attachments';
  if (name === 'user_send_location') {
    const place = read[0]?.payload?.coordinates;
    const [latitude, longitude] = [degrees(place?.latitude, 90), degrees(place?.longitude, 180)];
    if (latitude === undefined || longitude === undefined) return 'message.attachments.coordinates';
    return { kind: 'location', latitude, longitude, messageId };
  }
  const kind = MEDIA[name] ?? 'other';
  const attachments = read.map((attachment) => toAttachment(attachment, kind));
  const text = boundedText(message.text ?? '');
  return { kind: 'media', attachments, messageId, ...(text !== '' && { text }) };
}

/** A message that left the OA: by an officer on the OA's chat screen (`admin_id`), or by the API. */
function echo(body: Record<string, unknown>, name: string, account: string): InboundEvent {
  const read = chatEvent.safeParse(body);
  if (!read.success) return malformed(name, read.error);
  const { sender, recipient, message, timestamp } = read.data;
  const id = messageIdOf(read.data);
  const said = message.text ?? readAttachments(message.attachments)[0]?.payload?.text;
  if (sender.admin_id === undefined) {
    const keys = id === undefined ? [] : [messageKey(id)];
    if (said !== undefined) keys.push(contentKey(said));
    const to = citizenLane({ channel: 'zalo', account, user: recipient.id });
    return { type: 'echo', lane: to, at: timestamp, keys };
  }
  const sent = readAttachments(message.attachments).map((attachment) =>
    toAttachment(attachment, SENT[attachment.type] ?? 'other'),
  );
  const key = id ?? `${timestamp}:${digest(recipient.id, said ?? '')}`;
  return lane(account, recipient.id, `${name}:${key}`, timestamp, {
    kind: 'staff-message',
    ...(said !== undefined && said !== '' && { text: boundedText(said) }),
    ...(sent.length > 0 && { attachments: sent }),
    ...(id !== undefined && { messageId: id }),
  });
}

/** What a citizen did apart from writing. Without a message id the platform's own time tells two apart: a repeat carries the same bytes. */
function state(body: Record<string, unknown>, name: string, account: string): InboundEvent {
  if (name === 'follow' || name === 'unfollow') {
    const read = followerEvent.safeParse(body);
    if (!read.success) return malformed(name, read.error);
    const { follower, timestamp } = read.data;
    const content: InboundBody = name === 'follow' ? { kind: 'entry', source: 'follow' } : { kind: 'leave' };
    return lane(account, follower.id, `${name}:${timestamp}:${digest(follower.id)}`, timestamp, content);
  }
  if (name === 'user_submit_info') {
    const read = infoEvent.safeParse(body);
    if (!read.success) return malformed(name, read.error);
    const { sender, info, timestamp } = read.data;
    return lane(account, sender.id, `${name}:${timestamp}:${digest(sender.id)}`, timestamp, contactInfo(info));
  }
  const read = userEvent.safeParse(body);
  if (!read.success) return malformed(name, read.error);
  const { user_id: user, timestamp } = read.data;
  const content: InboundBody =
    name === 'user_withdraw' ? { kind: 'withdrawal' } : { kind: 'entry', source: 'chat-now' };
  return lane(account, user, `${name}:${timestamp}:${digest(user)}`, timestamp, content);
}

function contactInfo(info: z.infer<typeof infoEvent>['info']): InboundBody {
  const full = info.full_address;
  const address = [
    full?.user_address ?? info.address,
    full?.user_ward ?? info.ward,
    full?.user_district ?? info.district,
    full?.user_city ?? info.city,
  ]
    .filter(Boolean)
    .join(', ');
  return {
    kind: 'contact-info',
    ...(info.name && { name: boundedText(info.name, 200) }),
    ...(info.phone && { phone: boundedText(info.phone, 30) }),
    ...(address && { address: boundedText(address, 500) }),
  };
}

type ReadAttachment = z.infer<typeof attachmentShape>;

function readAttachments(attachments: readonly unknown[] | undefined): ReadAttachment[] {
  const found: ReadAttachment[] = [];
  for (const attachment of (attachments ?? []).slice(0, MAX_ATTACHMENTS)) {
    const read = attachmentShape.safeParse(attachment);
    if (read.success) found.push(read.data);
  }
  return found;
}

function toAttachment({ payload }: ReadAttachment, kind: Attachment['kind']): Attachment {
  const url = webAddress(payload?.url);
  const size = Number(payload?.size);
  return {
    kind,
    ...(url !== undefined && { url }),
    ...(payload?.name && { name: boundedText(payload.name, 300) }),
    ...(size > 0 && Number.isSafeInteger(size) && { sizeBytes: size }),
    ...(payload?.type && { mimeHint: boundedText(payload.type, 60) }),
  };
}

function messageIdOf({ message }: ChatEvent): string | undefined {
  return message.msg_id ?? message.message_id;
}

function degrees(text: string | undefined, limit: number): number | undefined {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  return Math.abs(value) <= limit ? value : undefined;
}

function lane(account: string, user: string, key: string, at: number, body: InboundBody): InboundEvent {
  const id = eventId(`zalo:${account}:${key}`);
  return { type: 'lane', id, lane: citizenLane({ channel: 'zalo', account, user }), at, body };
}

function malformed(name: string, error: z.ZodError): InboundEvent {
  return { type: 'malformed', name, reason: brokenField(error) };
}
