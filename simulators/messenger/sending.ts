// POST /{page}/messages: the checks in Meta's order, and what follows a send (phone, echo, delivery).
import type { ApiReply } from '../platform/exchange.js';
import { digits } from '../platform/ids.js';
import { asId, asObject, asString, type JsonObject } from '../platform/json.js';
import type { FormPart } from '../platform/multipart.js';
import type { GraphCall } from './access.js';
import { readAttachment, readMessage } from './content.js';
import { type Emit, type MessengerEvent, pageEvent, personEvent } from './events.js';
import { errorReply, type GraphRefusal, invalidParam, isRefusal, ok, RATE_LIMITED, refuse } from './graph-error.js';
import { showFromPage } from './phone.js';
import { checkPolicy } from './policy.js';
import type { RateCounter } from './rate.js';
import type { Lookups, ShownMessage } from './shown.js';
import { DAY_MS, type MessengerState, type MessengerUser, newMid } from './state.js';
import { passAfterSend } from './thread-control.js';

const ACTIONS = ['typing_on', 'typing_off', 'mark_seen', 'react', 'unreact'];
const ACTION_FIELDS = new Set([
  'recipient',
  'sender_action',
  'payload',
  'persona_id',
  'access_token',
  'appsecret_proof',
]);
const TYPING_MS = 20_000;
const ECHO_DELAY_MS = 30;
const ATTACHMENT_LIFE_MS = 90 * DAY_MS;

export function sendMessage(state: MessengerState, emit: Emit, rate: RateCounter, call: GraphCall): ApiReply {
  const body = call.fields;
  const recipient = asObject(body?.recipient);
  if (!body || !recipient) return errorReply(refuse(100, 'The parameter recipient is required'));
  const message = asObject(body.message);
  const action = asString(body.sender_action);
  if (body.message !== undefined && body.sender_action !== undefined) {
    return errorReply(refuse(100, 'message and sender_action must not be sent together', 2018014));
  }
  if (!message && action === undefined) return errorReply(refuse(100, 'The parameter message is required'));
  const limited = checkLimits(state, rate);
  if (limited) return limited;
  const user = findRecipient(state, recipient);
  if ('refused' in user) return errorReply(user);
  if (action !== undefined) return senderAction(state, user, action, body);
  const shown = readMessage(message ?? {}, call.file !== undefined, lookupsFor(state, user.phone));
  if (isRefusal(shown)) return errorReply(shown);
  const refusal = checkEnvelope(state, user, body) ?? checkPolicy(state, user, body, shown);
  if (refusal) return errorReply(refusal);
  if (shown.heavy && !rate.takeMedia()) return tooMany(state);
  return accept(state, emit, user, body, shown);
}

/** POST /{page}/message_attachments */
export function uploadAttachment(state: MessengerState, call: GraphCall): ApiReply {
  const attachment = asObject(asObject(call.fields?.message)?.attachment);
  if (!attachment) return errorReply(refuse(100, 'The parameter message is required'));
  const shown = readAttachment(attachment, call.file !== undefined, lookupsFor(state, ''));
  if (isRefusal(shown)) return errorReply(shown);
  if (shown.reusable === undefined) return errorReply(invalidParam('message[attachment][payload][is_reusable]'));
  if (call.file && shown.reusable !== 'file' && !call.file.contentType?.startsWith(`${shown.reusable}/`)) {
    return errorReply(refuse(100, 'Attachment type mismatch', 2018047));
  }
  return ok({ attachment_id: keepAttachment(state, shown.reusable, call.file) });
}

function keepAttachment(state: MessengerState, type: string, file?: FormPart): string {
  const id = digits(16);
  const url = file && state.shelve?.(file.data, file.contentType ?? '');
  const name = file?.filename;
  state.attachments.set(id, {
    type,
    expiresAt: state.clock.now() + ATTACHMENT_LIFE_MS,
    ...(name === undefined ? {} : { name }),
    ...(url === undefined ? {} : { url }),
  });
  return id;
}

function lookupsFor(state: MessengerState, phone: string): Lookups {
  return {
    behaviour: state.behaviour,
    attachment: (id) => {
      const known = state.attachments.get(id);
      return known && known.expiresAt > state.clock.now() ? known : undefined;
    },
    utilityTemplate: (name) =>
      [...state.utilityTemplates.values()].some((template) => template.name === name && template.status === 'APPROVED'),
    phone,
  };
}

function checkLimits(state: MessengerState, rate: RateCounter): ApiReply | undefined {
  if (state.behaviour.restricted)
    return errorReply(refuse(10, 'The Page is temporarily restricted from messaging', 1893063));
  return rate.takeSend() ? undefined : tooMany(state);
}

function tooMany(state: MessengerState): ApiReply {
  const usage = {
    type: 'messenger',
    call_count: 100,
    total_cputime: 20,
    total_time: 25,
    estimated_time_to_regain_access: 1,
  };
  return {
    ...errorReply(RATE_LIMITED),
    headers: { 'X-Business-Use-Case-Usage': JSON.stringify({ [state.page.id]: [usage] }) },
  };
}

function findRecipient(state: MessengerState, recipient: JsonObject): MessengerUser | GraphRefusal {
  const id = asId(recipient.id);
  if (id === undefined || Object.keys(recipient).length !== 1) return invalidParam('recipient');
  const user = state.user(id);
  if (!user || user.gone) return refuse(100, 'No matching user found', 2018001);
  if (state.behaviour.devMode && !user.hasRole) {
    return refuse(200, 'Cannot message users who are not admins, developers or testers of the app', 2018028);
  }
  if (user.blocked) return refuse(551, "This person isn't available right now.", 1545041);
  if (state.ownedByOther(user))
    return refuse(state.behaviour.threadOwnedCode, 'Another app is controlling this thread now.', 2018300);
  return user;
}

function checkEnvelope(state: MessengerState, user: MessengerUser, body: JsonObject): GraphRefusal | undefined {
  const notification = body.notification_type;
  if (notification !== undefined && !['REGULAR', 'SILENT_PUSH', 'NO_PUSH'].includes(String(notification))) {
    return invalidParam('notification_type');
  }
  if (body.persona_id !== undefined && !state.personas.has(asId(body.persona_id) ?? ''))
    return invalidParam('persona_id');
  const quoted = asString(asObject(body.reply_to)?.mid);
  if (body.reply_to !== undefined && (quoted === undefined || (!state.lean && !user.thread.find(quoted))))
    return invalidParam('reply_to[mid]');
  return undefined;
}

function senderAction(state: MessengerState, user: MessengerUser, action: string, body: JsonObject): ApiReply {
  if (!ACTIONS.includes(action)) return errorReply(invalidParam('sender_action'));
  const extra = Object.keys(body).find((name) => !ACTION_FIELDS.has(name));
  if (extra !== undefined) return errorReply(invalidParam(extra));
  if (action === 'react' || action === 'unreact') {
    const payload = asObject(body.payload);
    const mid = asString(payload?.message_id) ?? '';
    if (!state.lean && !user.thread.find(mid)) return errorReply(invalidParam('payload[message_id]'));
    user.thread.change(mid, { reaction: action === 'react' ? (asString(payload?.reaction) ?? '👍') : '' });
  }
  state.record({ at: state.clock.now(), to: user.id, body });
  if (!state.lean && (action === 'typing_on' || action === 'typing_off')) {
    user.thread.setTyping(action === 'typing_on');
    if (action === 'typing_on') state.clock.after(TYPING_MS, () => user.thread.setTyping(false));
  }
  return ok({ recipient_id: user.id });
}

function accept(
  state: MessengerState,
  emit: Emit,
  user: MessengerUser,
  body: JsonObject,
  shown: ShownMessage,
): ApiReply {
  const { behaviour, clock } = state;
  const mid = newMid();
  const now = clock.now();
  state.record({ at: now, messageId: mid, to: user.id, body });
  if (!state.lean) showFromPage(user, mid, now, shown, 'bot');
  const echo = () =>
    behaviour.echo
      ? emit(echoOf(state, user, mid, asObject(body.message) ?? {}, state.app.id), user)
      : Promise.resolve();
  const delivered = () => {
    if (behaviour.deliveries) void emit(personEvent(state, user, { delivery: { mids: [mid], watermark: now } }), user);
  };
  passAfterSend(state, user, asObject(body.thread_control));
  const answer = { recipient_id: user.id, message_id: mid };
  const reply = ok(
    shown.reusable === undefined ? answer : { ...answer, attachment_id: keepAttachment(state, shown.reusable) },
  );
  if (behaviour.echoBeforeAnswer) return { ...reply, waitFor: echo().then(delivered) };
  if (behaviour.echo || behaviour.deliveries) clock.after(ECHO_DELAY_MS, () => void echo().then(delivered));
  return reply;
}

/** What the Page's own message looks like on its webhook. `appId` is that of the inbox when an officer wrote. */
export function echoOf(
  state: MessengerState,
  user: MessengerUser,
  mid: string,
  message: JsonObject,
  appId: string,
): MessengerEvent {
  const numeric = Number.isSafeInteger(Number(appId)) ? Number(appId) : appId;
  const attachments = message.attachment === undefined ? message.attachments : [message.attachment];
  return pageEvent(state, user, {
    message: {
      is_echo: true,
      app_id: numeric,
      ...(message.metadata === undefined ? {} : { metadata: message.metadata }),
      mid,
      ...(message.text === undefined ? {} : { text: message.text }),
      ...(attachments === undefined ? {} : { attachments }),
    },
  });
}
