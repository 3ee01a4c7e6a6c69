// The send endpoints of openapi.zalo.me: who may be written to, what is accepted, and what follows a send (phone, echo, receipt).
import type { ApiReply } from '../platform/exchange.js';
import { hex } from '../platform/ids.js';
import { asId, asObject, asString, type JsonObject } from '../platform/json.js';
import { readBusinessMessage } from './business-message.js';
import { readConsultation, type ShownMessage } from './consultation.js';
import { chatEvent, type ZaloEvent } from './events.js';
import type { ZaloSentMessage } from './options.js';
import { showFromOa } from './phone.js';
import { invalid, type Refusal, refused, replyTo, success } from './replies.js';
import { HOUR_MS, isNight, vietnameseDate, type ZaloState, type ZaloUser } from './state.js';

export type Emit = (event: ZaloEvent, lane: string, server?: string) => void;

const REACTIONS = new Set(['/-strong', '/-heart', ':>', ':o', ':-((', ':-h', '--b', '/-remove']);

/** POST /v3.0/oa/message/cs */
export function sendConsultation(state: ZaloState, emit: Emit, body: JsonObject): ApiReply {
  const to = asId(asObject(body.recipient)?.user_id);
  const message = asObject(body.message);
  if (to === undefined) return replyTo(invalid('recipient.user_id'));
  if (!message) return replyTo(invalid('message'));
  const shown = readConsultation(message, {
    behaviour: state.behaviour,
    upload: (id, kind) => state.upload(id, kind),
    fileName: (token) => state.uploads.get(token)?.name ?? token,
    address: (id) => state.uploads.get(id)?.url,
    quotable: (id) => state.lean || state.users.get(to)?.thread.find(id) !== undefined,
  });
  if ('code' in shown) return replyTo(shown);
  const user = state.recipient(to);
  if ('code' in user) return replyTo(user);
  const refusal = state.spendReply(user);
  if (refusal) return replyTo(refusal);
  return accepted(state, emit, 'cs', user, shown, body, replyQuota(state, user));
}

/** POST /v3.0/oa/message/transaction and /promotion */
export function sendBusiness(
  state: ZaloState,
  emit: Emit,
  endpoint: 'transaction' | 'promotion',
  body: JsonObject,
): ApiReply {
  if (state.behaviour.businessMessagesStopped) return refused(-233);
  const to = asId(asObject(body.recipient)?.user_id);
  const message = asObject(body.message);
  if (to === undefined) return replyTo(invalid('recipient.user_id'));
  if (!message) return replyTo(invalid('message'));
  const shown = readBusinessMessage(message, endpoint, (id, kind) => state.upload(id, kind));
  if ('code' in shown) return replyTo(shown);
  const user = state.recipient(to);
  if ('code' in user) return replyTo(user);
  const refusal = endpoint === 'promotion' ? spendPromotion(state, user) : undefined;
  if (refusal) return replyTo(refusal);
  return accepted(state, emit, endpoint, user, shown, body, undefined);
}

/** POST /v2.0/oa/message: anonymous visitors and reactions; its old use is refused. */
export function sendVersion2(state: ZaloState, emit: Emit, body: JsonObject): ApiReply {
  const recipient = asObject(body.recipient);
  const anonymous = asId(recipient?.anonymous_id);
  if (anonymous !== undefined) return sendAnonymous(state, anonymous, recipient?.conversation_id, body);
  const to = asId(recipient?.user_id);
  if (to === undefined) return replyTo(invalid('recipient'));
  const action = asObject(body.sender_action);
  if (!action) return refused(-240);
  const icon = asString(action.react_icon);
  const messageId = asString(action.react_message_id);
  if (icon === undefined || !REACTIONS.has(icon)) return replyTo(invalid('react_icon'));
  const user = state.recipient(to);
  if ('code' in user) return replyTo(user);
  if (messageId === undefined || (!state.lean && !user.thread.find(messageId)))
    return replyTo(invalid('react_message_id'));
  user.thread.change(messageId, { reaction: icon === '/-remove' ? '' : icon });
  record(state, 'reaction', messageId, to, body);
  emit(
    chatEvent(state, user, 'oa_reacted_message', { message: { msg_id: messageId, react_icon: icon } }, 'oa'),
    user.id,
  );
  return success({ message_id: messageId, user_id: to });
}

/** Puts an accepted message of the OA on the phone and lets its events follow. */
export function publish(state: ZaloState, emit: Emit, user: ZaloUser, messageId: string, shown: ShownMessage): void {
  const { clock, behaviour } = state;
  if (!state.lean) showFromOa(user, messageId, clock.now(), shown, 'bot');
  if (behaviour.echo) {
    const id = behaviour.echoSameId ? messageId : hex(20);
    clock.after(behaviour.echoDelayMs, () => emit(echoOf(state, user, id, shown, 'oa'), user.id));
  }
  if (behaviour.received) {
    const from = behaviour.receivedSender;
    clock.after(behaviour.echoDelayMs, () =>
      emit(chatEvent(state, user, 'user_received_message', { message: { msg_id: messageId } }, from), user.id),
    );
  }
}

/** `oa_send_*` for a message of the bot or of an officer. */
export function echoOf(
  state: ZaloState,
  user: ZaloUser,
  id: string,
  shown: ShownMessage,
  from: 'oa' | { admin: string },
): ZaloEvent {
  const content: Record<string, unknown> = {};
  if (shown.text !== undefined) content.text = shown.text;
  content.msg_id = id;
  if (shown.image !== undefined) {
    const type = shown.echo === 'oa_send_gif' ? 'gif' : shown.echo === 'oa_send_sticker' ? 'sticker' : 'image';
    content.attachments = [{ type, payload: { url: shown.image, thumbnail: shown.image } }];
  }
  if (shown.file) content.attachments = [{ type: 'file', payload: { name: shown.file.name, type: 'pdf' } }];
  if (shown.rows) {
    content.attachments = shown.rows.map(({ card }) => ({
      type: 'link',
      payload: { title: card.title, url: '', description: card.subtitle ?? '' },
    }));
  }
  return chatEvent(state, user, shown.echo, { message: content }, from);
}

export function record(
  state: ZaloState,
  endpoint: ZaloSentMessage['endpoint'],
  messageId: string,
  to: string,
  body: object,
): void {
  state.record({ at: state.clock.now(), endpoint, messageId, to, body });
}

function accepted(
  state: ZaloState,
  emit: Emit,
  endpoint: ZaloSentMessage['endpoint'],
  user: ZaloUser,
  shown: ShownMessage,
  body: JsonObject,
  quota: object | undefined,
): ApiReply {
  const messageId = hex(20);
  record(state, endpoint, messageId, user.id, body);
  publish(state, emit, user, messageId, shown);
  return success({ message_id: messageId, user_id: user.id, ...(quota ? { quota } : {}) });
}

function sendAnonymous(state: ZaloState, anonymousId: string, conversation: unknown, body: JsonObject): ApiReply {
  const conversationId = asString(conversation);
  const message = asObject(body.message);
  if (conversationId === undefined) return replyTo(invalid('recipient.conversation_id'));
  if (!message) return replyTo(invalid('message'));
  const shown = readConsultation(message, {
    behaviour: state.behaviour,
    upload: (id, kind) => state.upload(id, kind),
    fileName: (token) => token,
    address: () => undefined,
    quotable: () => true,
  });
  if ('code' in shown) return replyTo(shown);
  const messageId = hex(20);
  record(state, 'anonymous', messageId, anonymousId, body);
  return success({ message_id: messageId, anonymous_id: anonymousId, conversation_id: conversationId });
}

/** Numbers as strings, as Zalo sends them. The count goes down but blocks only under `freeReplyCap`. */
function replyQuota(state: ZaloState, user: ZaloUser): object {
  const total = state.behaviour.freeReplyCap ?? 8;
  const end = (user.lastInteraction ?? state.clock.now()) + 48 * HOUR_MS;
  return {
    quota_type: 'reply',
    remain: String(Math.max(0, total - user.freeUsed)),
    total: String(total),
    expired_date: vietnameseDate(end),
    owner_type: 'OA',
    owner_id: state.oa.id,
  };
}

/** One promotion a day for each person, and none at night. */
function spendPromotion(state: ZaloState, user: ZaloUser): Refusal | undefined {
  const now = state.clock.now();
  if (isNight(now)) return { code: -234 };
  const month = user.promotions.filter((at) => now - at < 30 * 24 * HOUR_MS);
  if (month.some((at) => now - at < 24 * HOUR_MS) || month.length >= 6) return { code: -218 };
  user.promotions = [...month, now];
  return undefined;
}
