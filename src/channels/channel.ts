// The contract of a messaging platform. One folder per platform implements it; nothing outside that folder knows
// the platform's quirks. Parsing and rendering are pure, sending is the only I/O.
import type { ChannelName, EventId, LaneId } from '../lib/ids.js';
import type { JsonObject } from '../lib/json.js';
import type { OutgoingActivity } from './activity.js';

export type HttpHeaders = Readonly<Record<string, string | string[] | undefined>>;

/**
 * The outcome of checking a webhook's signature over the raw bytes.
 * `ok` carries the parsed JSON; `probe` is a harmless request of the platform's console (answer 200, no effect);
 * `unreadable` was signed but is not JSON (answer 200, dead letter); `refused` is answered 401.
 */
export type Verdict =
  | { verdict: 'ok'; body: unknown }
  | { verdict: 'probe' }
  | { verdict: 'unreadable'; reason: string }
  | { verdict: 'refused'; reason: string };

export interface Attachment {
  kind: 'image' | 'audio' | 'video' | 'file' | 'sticker' | 'link' | 'contact' | 'other';
  url?: string;
  name?: string;
  sizeBytes?: number;
  mimeHint?: string;
}

/** What a citizen (or somebody in the platform's own inbox) did. Kept as JSON in the lane. */
export type InboundBody =
  /** Free text, NFC. `replyTo` is the platform's id of the quoted message. */
  | { kind: 'text'; text: string; messageId: string; replyTo?: string }
  /** A button, quick reply or menu item. The payload can be typed by hand: never proof of anything. */
  | { kind: 'tap'; payload: string; title?: string; messageId?: string }
  /** The citizen opened or re-entered the conversation: follow, chat now, Get Started, m.me link. */
  | { kind: 'entry'; source: string; ref?: string }
  /** The citizen unfollowed. */
  | { kind: 'leave' }
  | { kind: 'media'; attachments: Attachment[]; text?: string; messageId: string }
  | { kind: 'location'; latitude: number; longitude: number; messageId: string }
  /** A form the platform showed was filled in. A claim, not verified. */
  | { kind: 'contact-info'; name?: string; phone?: string; address?: string }
  /** The citizen corrected an earlier message. */
  | { kind: 'edit'; text: string; messageId: string }
  /** The citizen withdrew consent at the platform: their chat data must be deleted. */
  | { kind: 'withdrawal' }
  /**
   * An officer wrote from the platform's own inbox (an echo that our app did not send). Without text and attachments: took the
   * conversation over there.
   */
  | { kind: 'staff-message'; text?: string; attachments?: Attachment[]; messageId?: string }
  /** The platform's own inbox gave the conversation back to us. */
  | { kind: 'staff-left' };

/**
 * One event of a webhook. `lane` events are stored and become turns; `echo` confirms a message of ours; `receipt`,
 * `ignored` are known and need nothing; `account` is trouble of the whole account; `unknown` is signed and well-formed
 * but of no kind we know, `malformed` of a known kind but unusable: both end as dead letters.
 */
export type InboundEvent =
  | { type: 'lane'; id: EventId; lane: LaneId; at: number; body: InboundBody }
  | { type: 'echo'; lane: LaneId; at: number; keys: string[] }
  | { type: 'receipt'; name: string }
  | { type: 'ignored'; name: string; reason: string }
  | { type: 'account'; account: string; name: string; trouble: 'revoked' | 'restricted' | 'warning' | 'restored' }
  | { type: 'unknown'; name: string }
  | { type: 'malformed'; name: string; reason: string };

/** One call to the platform: a message of its own shape without the recipient, ready to be stored as JSON. */
export interface ChannelCall {
  /** `message` counts as an answer; others (typing) are never stored. */
  kind: 'message';
  body: JsonObject;
}

export type SendReason = string;

/**
 * What became of a send. Reasons are stable codes such as `zalo.-230` or `messenger.10.2018278`.
 * `retry`: refused for now, the message surely did not arrive. `fix`: send these bodies instead.
 * `give-up`: will never arrive. `pause`: the account (token, permission, rate) cannot send for `afterMs`; the message stays.
 * `unknown`: bytes left and no answer came; it may have arrived.
 */
export type SendResult =
  | { outcome: 'sent'; messageId?: string }
  | { outcome: 'retry'; afterMs: number; reason: SendReason }
  | { outcome: 'fix'; bodies: JsonObject[]; reason: SendReason }
  | { outcome: 'give-up'; reason: SendReason }
  | { outcome: 'pause'; afterMs: number; reason: SendReason }
  | { outcome: 'unknown'; reason: SendReason };

/** Replies go before notices, notices before broadcasts. */
export type SendPriority = 'reply' | 'notice' | 'broadcast';

export interface SendOptions {
  /** Stable id of the outbox item; goes out as the platform's metadata where it has such a field. */
  ref: string;
  priority: SendPriority;
  signal: AbortSignal;
}

/** A platform's limits as data, in the unit the platform counts. */
export interface ChannelLimits {
  textLength: number;
  buttons: number;
  buttonTitle: number;
  quickReplies: number;
  quickReplyTitle: number;
  payload: number;
  cards: number;
  cardTitle: number;
  cardSubtitle: number;
  cardButtons: number;
}

export interface Channel {
  readonly name: ChannelName;
  readonly limits: ChannelLimits;
  /** Accounts (OA ids, Page ids) this channel sends for. */
  readonly accounts: readonly string[];
  verify(headers: HttpHeaders, rawBody: Buffer): Verdict;
  /** Pure; never throws for any JSON. */
  parse(body: unknown): InboundEvent[];
  /** Pure. Cuts nothing: long text is split at sentence ends, too many or too long choices become a numbered list. */
  render(activity: OutgoingActivity): ChannelCall[];
  /** Never throws for what the platform or the network does. */
  send(lane: LaneId, body: JsonObject, options: SendOptions): Promise<SendResult>;
  /** Keys under which the platform's echo of this body would come back (see `echo` events), best first. */
  echoKeys(lane: LaneId, body: JsonObject, ref: string): string[];
  /**
   * The best key of the echo of a message that the platform confirmed under this id. Only where another send's echo could be
   * taken for it, because they are matched by what was said.
   */
  confirmedEchoKey?(messageId: string): string;
  /**
   * Whether this body costs money or may go out once only (template messages): when it is not known whether it arrived, it is
   * never sent again.
   */
  isPaid?(body: JsonObject): boolean;
  /** Shows "typing" where the platform has it; failures are swallowed after counting. */
  showTyping?(lane: LaneId): Promise<void>;
  /** The platform's subscription handshake (GET): the text to echo, or undefined to refuse. */
  handshake?(query: URLSearchParams): string | undefined;
  /** Starts timers (token refresh); resolves when the channel can send or says why it cannot. */
  start(): Promise<void>;
  stop(): Promise<void>;
}
