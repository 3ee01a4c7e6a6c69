// Messenger's webhook notifications → our events. Pure; never throws for any JSON; loops over everything a batch holds.
import { citizenLane, eventId } from '../../lib/ids.js';
import type { InboundBody, InboundEvent } from '../channel.js';
import { boundedPayload, boundedText, brokenField, digest, isObject, safeName, timeField } from '../inbound-fields.js';
import { contentOf } from './content.js';
import { ENVELOPE, HANDLED, type HandledName, IGNORED } from './event-names.js';
import { newHolder, ownEchoKeys, staffMessage } from './page-side.js';
import {
  editPart,
  elementEnvelope,
  type MessagePart,
  messagePart,
  optinPart,
  policyPart,
  postbackPart,
  referralPart,
} from './shapes.js';

export interface MessengerIdentity {
  appId: string;
  pages: ReadonlySet<string>;
}

/** The payload of the Get Started button that our Messenger profile sets. */
export const GET_STARTED = 'GET_STARTED';

/** Whose element it is; the time may be its entry's. */
interface Element {
  page: string;
  user: string | undefined;
  at: number | undefined;
  standby: boolean;
}

export function parseMessenger(body: unknown, identity: MessengerIdentity): InboundEvent[] {
  if (!isObject(body)) return [{ type: 'malformed', name: 'webhook', reason: 'not-an-object' }];
  if (body.object !== 'page') {
    if (typeof body.object !== 'string') return [{ type: 'malformed', name: 'webhook', reason: 'object' }];
    return [{ type: 'ignored', name: safeName(body.object), reason: 'not-a-page' }];
  }
  if (!Array.isArray(body.entry)) return [{ type: 'malformed', name: 'webhook', reason: 'entry' }];
  const entries: unknown[] = body.entry;
  const events = entries.flatMap((entry) => parseEntry(entry, identity));
  return events.length > 1 ? withoutTapDoubles(events) : events;
}

function parseEntry(entry: unknown, identity: MessengerIdentity): InboundEvent[] {
  if (!isObject(entry)) return [{ type: 'malformed', name: 'entry', reason: 'not-an-object' }];
  const events: InboundEvent[] = [];
  for (const [list, standby] of [
    [entry.messaging, false],
    [entry.standby, true],
  ] as const) {
    if (list === undefined || list === null) continue;
    if (!Array.isArray(list)) {
      events.push({ type: 'malformed', name: standby ? 'standby' : 'messaging', reason: 'not-an-array' });
      continue;
    }
    for (const event of list as unknown[])
      events.push(...heldElsewhere(parseElement(event, entry, standby, identity), standby));
  }
  if (Array.isArray(entry.changes)) {
    for (const change of entry.changes as unknown[]) {
      const field = isObject(change) ? change.field : undefined;
      events.push({ type: 'ignored', name: `changes.${safeName(field)}`, reason: 'page-field' });
    }
  }
  return events;
}

/**
 * What a citizen writes while another app (Meta's inbox, a call centre) holds the thread is read, and not the bot's to answer: staff
 * have it, said by an event of its own before it, since the lane may never have heard of the other app.
 */
function heldElsewhere(event: InboundEvent, standby: boolean): InboundEvent[] {
  if (!standby || event.type !== 'lane' || event.body.kind === 'staff-message') return [event];
  return [{ ...event, id: eventId(`${event.id}:held`), body: { kind: 'staff-message' } }, event];
}

function parseElement(
  event: unknown,
  entry: Record<string, unknown>,
  standby: boolean,
  identity: MessengerIdentity,
): InboundEvent {
  if (!isObject(event)) return { type: 'malformed', name: 'messaging', reason: 'not-an-object' };
  const handled = HANDLED.find((name) => event[name] !== undefined);
  if (handled === 'delivery' || handled === 'read') return { type: 'receipt', name: handled };
  if (handled === undefined) return leftAlone(event);

  const envelope = elementEnvelope.safeParse(event);
  if (!envelope.success) return { type: 'malformed', name: handled, reason: brokenField(envelope.error) };
  const { sender, recipient, timestamp } = envelope.data;
  const part = event[handled];
  const isEcho = handled === 'message' && isObject(part) && part.is_echo === true;
  const [page, user] = isEcho ? [sender?.id, recipient?.id] : [recipient?.id, sender?.id];
  const entryPage = typeof entry.id === 'string' || typeof entry.id === 'number' ? String(entry.id) : undefined;
  const account = page ?? entryPage;
  if (account === undefined) return { type: 'malformed', name: handled, reason: 'page-missing' };
  if (!identity.pages.has(account)) return { type: 'ignored', name: handled, reason: 'account-not-configured' };
  const at = timestamp ?? timeField.safeParse(entry.time).data;
  return parseHandled(handled, part, { page: account, user, at, standby }, identity);
}

function leftAlone(event: Record<string, unknown>): InboundEvent {
  for (const [name, reason] of IGNORED) {
    if (event[name] !== undefined) return { type: 'ignored', name, reason };
  }
  const kind = Object.keys(event).find((key) => !ENVELOPE.has(key));
  return { type: 'unknown', name: safeName(kind) };
}

function parseHandled(
  name: Exclude<HandledName, 'delivery' | 'read'>,
  part: unknown,
  element: Element,
  identity: MessengerIdentity,
): InboundEvent {
  if (name === 'policy_enforcement') return policy(part, element);
  if (element.user === undefined) {
    return name === 'optin'
      ? { type: 'ignored', name, reason: 'no-thread-yet' }
      : { type: 'malformed', name, reason: 'user-missing' };
  }
  if (element.at === undefined) return { type: 'malformed', name, reason: 'timestamp' };
  const known: Known = { ...element, user: element.user, at: element.at };
  switch (name) {
    case 'message':
      return message(part, known, identity);
    case 'postback':
      return postback(part, known);
    case 'message_edit':
      return edit(part, known);
    case 'referral':
      return referral(part, known);
    case 'optin':
      return optin(part, known);
    case 'pass_thread_control':
    case 'take_thread_control':
      return threadControl(name, part, known, identity);
  }
}

interface Known extends Element {
  user: string;
  at: number;
}

function message(part: unknown, element: Known, identity: MessengerIdentity): InboundEvent {
  const read = messagePart.safeParse(part);
  if (!read.success) return { type: 'malformed', name: 'message', reason: brokenField(read.error) };
  if (read.data.is_echo) return echo(read.data, element, identity);
  if (read.data.is_deleted) return { type: 'ignored', name: 'message', reason: 'deleted' };
  const content = contentOf(read.data);
  if (content === undefined) return { type: 'malformed', name: 'message', reason: 'message-empty' };
  return lane(element, `m:${read.data.mid}`, content);
}

/** A message that left the Page: ours, or somebody's who answers from Meta's inbox or another app. */
function echo(part: MessagePart, element: Known, identity: MessengerIdentity): InboundEvent {
  const keys = ownEchoKeys(part, identity.appId);
  if (keys === undefined) return lane(element, `e:${part.mid}`, staffMessage(part));
  const to = citizenLane({ channel: 'messenger', account: element.page, user: element.user });
  return { type: 'echo', lane: to, at: element.at, keys };
}

function threadControl(name: string, part: unknown, element: Known, identity: MessengerIdentity): InboundEvent {
  const body = newHolder(part, identity.appId);
  if (body === undefined) return { type: 'ignored', name, reason: 'thread-control' };
  return lane(element, `t:${digest(element.user)}:${element.at}:${body.kind}`, body);
}

function postback(part: unknown, element: Known): InboundEvent {
  const read = postbackPart.safeParse(part);
  if (!read.success) return { type: 'malformed', name: 'postback', reason: brokenField(read.error) };
  const { mid, title, payload, referral } = read.data;
  // The tap's bubble has the same id as the tap: should it come as a message too, the durable insert keeps one of them.
  const key =
    mid === undefined ? `p:${digest(element.user)}:${element.at}:${digest(payload ?? title ?? '')}` : `m:${mid}`;
  const label = title === undefined ? '' : boundedText(title);
  // On standby a tap comes without its payload: its title is what the citizen said.
  if (payload?.toUpperCase() === GET_STARTED) {
    const ref = referral?.ref;
    return lane(element, key, { kind: 'entry', source: 'get-started', ...(ref && { ref: boundedPayload(ref) }) });
  }
  if (payload === undefined || payload === '') {
    if (label === '') return { type: 'malformed', name: 'postback', reason: 'payload' };
    return lane(element, key, { kind: 'text', text: label, messageId: mid ?? key });
  }
  return lane(element, key, {
    kind: 'tap',
    payload: boundedPayload(payload),
    ...(label !== '' && { title: label }),
    ...(mid !== undefined && { messageId: mid }),
  });
}

function edit(part: unknown, element: Known): InboundEvent {
  const read = editPart.safeParse(part);
  if (!read.success) return { type: 'malformed', name: 'message_edit', reason: brokenField(read.error) };
  const { mid, text, num_edit: number } = read.data;
  return lane(element, `edit:${mid}:${number}`, { kind: 'edit', text: boundedText(text), messageId: mid });
}

function referral(part: unknown, element: Known): InboundEvent {
  const read = referralPart.safeParse(part);
  if (!read.success) return { type: 'malformed', name: 'referral', reason: brokenField(read.error) };
  if (element.standby) return standbyEvent('referral');
  return entry(element, read.data.source === 'ADS' ? 'ad' : 'm.me', read.data.ref, 'r');
}

/** The send-to-Messenger plugin opens a conversation; marketing subscriptions are a feature Meta has retired. */
function optin(part: unknown, element: Known): InboundEvent {
  const read = optinPart.safeParse(part);
  if (!read.success) return { type: 'malformed', name: 'optin', reason: brokenField(read.error) };
  if (element.standby) return standbyEvent('optin');
  if (read.data.type !== undefined) return { type: 'ignored', name: 'optin', reason: 'feature-not-used' };
  return entry(element, 'plugin', read.data.ref, 'o');
}

function entry(element: Known, source: string, ref: string | undefined, prefix: string): InboundEvent {
  const key = `${prefix}:${digest(element.user)}:${element.at}:${digest(ref ?? '')}`;
  return lane(element, key, { kind: 'entry', source, ...(ref && { ref: boundedPayload(ref) }) });
}

function policy(part: unknown, element: Element): InboundEvent {
  const name = 'policy_enforcement';
  const read = policyPart.safeParse(part);
  if (!read.success) return { type: 'malformed', name, reason: brokenField(read.error) };
  const trouble = { warning: 'warning', block: 'restricted', unblock: 'restored' } as const;
  return { type: 'account', account: element.page, name, trouble: trouble[read.data.action] };
}

function standbyEvent(name: string): InboundEvent {
  return { type: 'ignored', name, reason: 'another-app-owns-the-thread' };
}

function lane({ page, user, at }: Known, key: string, body: InboundBody): InboundEvent {
  const id = eventId(`messenger:${page}:${key}`);
  return { type: 'lane', id, lane: citizenLane({ channel: 'messenger', account: page, user }), at, body };
}

/** Where a tap and its own text bubble arrived together, only the tap counts. */
function withoutTapDoubles(events: InboundEvent[]): InboundEvent[] {
  const taps = new Set<string>();
  for (const event of events) {
    if (event.type === 'lane' && (event.body.kind === 'tap' || event.body.kind === 'entry')) taps.add(event.id);
  }
  if (taps.size === 0) return events;
  return events.filter((event) => event.type !== 'lane' || event.body.kind !== 'text' || !taps.has(event.id));
}
