// Messenger's webhook envelope, its peculiar JSON, and both signatures (reference 1.2 to 1.5). When events happen is decided elsewhere.
import { createHmac } from 'node:crypto';
import type { JsonObject } from '../platform/json.js';
import { spellJson, type Twists } from '../platform/twists.js';
import type { WebhookCall } from '../platform/webhook-sender.js';
import type { MessengerState, MessengerUser } from './state.js';

/** One element of `messaging` or `standby`. */
export type MessengerEvent = JsonObject;

/** Sends an event to the bot's webhook if the app subscribed to its kind. */
export type Emit = (event: MessengerEvent, user?: MessengerUser) => Promise<unknown>;

interface Part {
  channel: 'messaging' | 'standby';
  event: MessengerEvent;
}

export interface HubSignatures {
  sha256: string;
  sha1: string;
}

/** Values of `X-Hub-Signature-256` and `X-Hub-Signature`: HMAC of the raw body under the app secret. */
export function hubSignatures(rawBody: Buffer, appSecret: string): HubSignatures {
  return {
    sha256: `sha256=${createHmac('sha256', appSecret).update(rawBody).digest('hex')}`,
    sha1: `sha1=${createHmac('sha1', appSecret).update(rawBody).digest('hex')}`,
  };
}

/** An event of the person; `content` holds the one key that tells its kind. */
export function personEvent(state: MessengerState, user: MessengerUser, content: JsonObject): MessengerEvent {
  return { sender: { id: user.id }, recipient: { id: state.page.id }, timestamp: state.clock.now(), ...content };
}

/** An event of the Page: sender and recipient swapped. */
export function pageEvent(state: MessengerState, user: MessengerUser, content: JsonObject): MessengerEvent {
  return { sender: { id: state.page.id }, recipient: { id: user.id }, timestamp: state.clock.now(), ...content };
}

const FIELD_OF: Record<string, string> = {
  message: 'messages',
  postback: 'messaging_postbacks',
  referral: 'messaging_referrals',
  delivery: 'message_deliveries',
  read: 'message_reads',
  reaction: 'message_reactions',
  message_edit: 'message_edits',
  messaging_feedback: 'messaging_feedback',
  response_feedback: 'response_feedback',
  optin: 'messaging_optins',
  account_linking: 'messaging_account_linking',
  policy_enforcement: 'messaging_policy_enforcement',
  pass_thread_control: 'messaging_handovers',
  take_thread_control: 'messaging_handovers',
  request_thread_control: 'messaging_handovers',
  app_roles: 'messaging_handovers',
};

/** Subscription field of an event; undefined for kinds that nobody knows, which always arrive. */
export function fieldOf(event: MessengerEvent): string | undefined {
  const message = event.message as JsonObject | undefined;
  if (message?.is_echo === true) return 'message_echoes';
  return FIELD_OF[Object.keys(FIELD_OF).find((key) => key in event) ?? ''];
}

/** A delivery of one event. A redelivery has a new `entry.time` and with it new bytes and signatures. */
export function webhookCall(
  state: MessengerState,
  event: MessengerEvent,
  lane: string,
  channel: Part['channel'] = 'messaging',
): WebhookCall {
  return callOf(state, [{ channel, event }], lane);
}

/** Several deliveries as one POST: two events in an entry, as many entries as it takes. */
export function batchCalls(state: MessengerState, calls: WebhookCall[]): WebhookCall {
  return callOf(
    state,
    calls.flatMap((call) => (call.parts ?? []) as Part[]),
    'batch',
  );
}

function callOf(state: MessengerState, parts: Part[], lane: string): WebhookCall {
  const first = parts[0]?.event ?? {};
  return {
    lane,
    kind: parts.length > 1 ? 'batch' : (fieldOf(first) ?? 'unknown'),
    parts,
    render: (_attempt, twists) => sign(state, parts, twists),
  };
}

function sign(state: MessengerState, parts: Part[], twists: Twists): { body: Buffer; headers: Record<string, string> } {
  const entry: object[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    const messaging = parts.slice(at, at + 2).filter(({ channel }) => channel === 'messaging');
    const standby = parts.slice(at, at + 2).filter(({ channel }) => channel === 'standby');
    entry.push({
      id: state.page.id,
      time: state.clock.now(),
      ...(messaging.length === 0 ? {} : { messaging: messaging.map(({ event }) => spelled(event, twists)) }),
      ...(standby.length === 0 ? {} : { standby: standby.map(({ event }) => spelled(event, twists)) }),
    });
  }
  const body = Buffer.from(spellJson({ object: 'page', entry }, twists.json === 'platform' ? 'escaped' : twists.json));
  const headers: Record<string, string> = { 'Content-Type': 'application/json', 'User-Agent': 'facebookexternalua' };
  if (!twists.unsigned) {
    const signatures = hubSignatures(body, twists.badSignature ? `${state.app.secret}-wrong` : state.app.secret);
    headers['X-Hub-Signature'] = signatures.sha1;
    headers['X-Hub-Signature-256'] = signatures.sha256;
  }
  return { body, headers };
}

function spelled(event: MessengerEvent, twists: Twists): MessengerEvent {
  return twists.oddTimestamp && 'timestamp' in event ? { ...event, timestamp: String(event.timestamp) } : event;
}
