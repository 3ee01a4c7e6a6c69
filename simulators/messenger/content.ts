// The `message` object of a send: text, attachments, quick replies, stickers, and every limit on them (reference 2.2, 2.4, 2.5).
// Lengths are counted in UTF-16 units, the stricter reading.
import { asArray, asId, asObject, asString, isHttpUrl, type JsonObject } from '../platform/json.js';
import { type GraphRefusal, invalidParam, isRefusal, refuse, tooLong } from './graph-error.js';
import type { Lookups, ShownMessage } from './shown.js';
import type { MessengerTap } from './state.js';
import { readTemplate } from './templates.js';

const TEXT_LIMIT = 2000;
const CONTENTS = ['text', 'attachment', 'attachments', 'sticker_id', 'template'] as const;

export function readMessage(message: JsonObject, hasFile: boolean, lookups: Lookups): ShownMessage | GraphRefusal {
  const given = CONTENTS.filter((name) => message[name] !== undefined);
  if (given.length === 0) return refuse(100, 'Empty message: no text, attachment or template', 2018034);
  if (given.length > 1) return refuse(100, `Only one of ${given.join(', ')} may be given`, 2018032);
  const metadata = message.metadata;
  if (metadata !== undefined && typeof metadata !== 'string') return invalidParam('message[metadata]');
  if (typeof metadata === 'string' && metadata.length >= 1000) return tooLong('message[metadata]', 999);
  const content = readContent(message, hasFile, lookups);
  if (isRefusal(content) || message.quick_replies === undefined) return content;
  if (content.text === undefined && message.attachment === undefined) return invalidParam('message[quick_replies]');
  const quickReplies = readQuickReplies(message.quick_replies, lookups);
  return 'refused' in quickReplies ? quickReplies : { ...content, quickReplies };
}

function readContent(message: JsonObject, hasFile: boolean, lookups: Lookups): ShownMessage | GraphRefusal {
  if (message.text !== undefined) {
    const text = asString(message.text);
    if (text === undefined) return invalidParam('message[text]');
    if (text.trim() === '') return refuse(100, 'Empty text', 2018034);
    return text.length > TEXT_LIMIT ? tooLong('message[text]', TEXT_LIMIT) : { text };
  }
  if (message.sticker_id !== undefined) {
    const id = asId(message.sticker_id);
    return id !== undefined && /^\d+$/.test(id)
      ? { image: `https://cdn.example/sticker/${id}.png` }
      : invalidParam('message[sticker_id]');
  }
  if (message.attachments !== undefined) return readImageStack(message.attachments, lookups);
  if (message.template !== undefined) {
    const name = asString(asObject(message.template)?.name);
    if (name === undefined || !lookups.utilityTemplate(name)) return invalidParam('message[template][name]');
    return { text: `[${name}]`, utilityTemplate: name };
  }
  const attachment = asObject(message.attachment);
  if (!attachment) return invalidParam('message[attachment]');
  if (attachment.type === 'template') return readTemplate(asObject(attachment.payload), lookups);
  return readAttachment(attachment, hasFile, lookups);
}

function readImageStack(value: unknown, lookups: Lookups): ShownMessage | GraphRefusal {
  const list = asArray(value);
  if (!list || list.length === 0) return invalidParam('message[attachments]');
  if (list.length > 30) return refuse(100, 'Too many images: at most 30');
  let first: ShownMessage | undefined;
  for (const item of list) {
    const fields = asObject(item);
    if (fields?.type !== 'image') return invalidParam('message[attachments][type]');
    const shown = readAttachment(fields, false, lookups);
    if (isRefusal(shown)) return shown;
    first ??= shown;
  }
  return first ?? invalidParam('message[attachments]');
}

export function readAttachment(
  attachment: JsonObject,
  hasFile: boolean,
  lookups: Lookups,
): ShownMessage | GraphRefusal {
  const type = asString(attachment.type) ?? '';
  if (!['image', 'audio', 'video', 'file'].includes(type)) return invalidParam('message[attachment][type]');
  const payload = asObject(attachment.payload) ?? {};
  const id = asId(payload.attachment_id);
  const url = payload.url;
  const known = id === undefined ? undefined : lookups.attachment(id);
  if (id !== undefined) {
    if (known === undefined) return refuse(100, 'Cannot find attachment', 2018074);
    if (known.type !== type) return refuse(100, 'Attachment type mismatch', 2018047);
  } else if (!hasFile && !isHttpUrl(url)) {
    return refuse(100, 'Failed to fetch the file from the url', 2018008);
  }
  const where = isHttpUrl(url) ? url : (known?.url ?? `https://cdn.example/${id ?? 'upload'}`);
  const name = known?.name ?? where.split('/').at(-1) ?? type;
  return {
    ...(type === 'image' ? { image: where } : { file: { name, url: where } }),
    ...(type === 'audio' || type === 'video' ? { heavy: true } : {}),
    ...(payload.is_reusable === true || payload.is_reusable === 'true' ? { reusable: type } : {}),
  };
}

function readQuickReplies(value: unknown, lookups: Lookups): NonNullable<ShownMessage['quickReplies']> | GraphRefusal {
  const list = asArray(value);
  if (!list || list.length === 0) return invalidParam('message[quick_replies]');
  if (list.length > 13) return refuse(100, 'Too many quick replies: at most 13');
  const replies: NonNullable<ShownMessage['quickReplies']> = [];
  for (const item of list) {
    const reply = readQuickReply(asObject(item) ?? {}, lookups);
    if ('refused' in reply) return reply;
    replies.push(reply);
  }
  return replies;
}

function readQuickReply(fields: JsonObject, lookups: Lookups): { title: string; tap: MessengerTap } | GraphRefusal {
  const param = 'message[quick_replies]';
  if (fields.content_type === 'user_phone_number' || fields.content_type === 'user_email') {
    const value = fields.content_type === 'user_email' ? 'an@example.vn' : lookups.phone;
    return { title: value, tap: { kind: 'quickReply', title: value, payload: value } };
  }
  if (fields.content_type !== 'text') return invalidParam(`${param}[content_type]`);
  if (fields.image_url !== undefined && !isHttpUrl(fields.image_url)) return invalidParam(`${param}[image_url]`);
  let title = asString(fields.title) ?? '';
  if (title === '' && fields.image_url === undefined) return invalidParam(`${param}[title]`);
  if (title.length > 20) {
    if (lookups.behaviour.longQuickReplyTitle === 'refuse') return tooLong(`${param}[title]`, 20);
    title = title.slice(0, 20);
  }
  const payload = asId(fields.payload) ?? '';
  if (payload === '' && fields.image_url === undefined) return invalidParam(`${param}[payload]`);
  if (payload.length > 1000) return tooLong(`${param}[payload]`, 1000);
  return { title, tap: { kind: 'quickReply', title, payload } };
}
