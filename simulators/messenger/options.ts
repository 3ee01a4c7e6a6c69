// How a simulated Facebook Page with Messenger is set up, and the switches for what Meta's documents leave open.
import type { SimulatorClock } from '../platform/clock.js';

export interface MessengerSimulatorOptions {
  appId?: string;
  appSecret?: string;
  pageId?: string;
  pageName?: string;
  pageAccessToken?: string;
  verifyToken?: string;
  /** Where webhooks go; undefined drops them. */
  webhookUrl?: string;
  /** 0 (default) takes a free port; null does not listen at all: only `handle` answers. */
  port?: number | null;
  host?: string;
  /** Path under which `handle` answers. Default `/messenger`. */
  prefix?: string;
  clock?: SimulatorClock;
  behaviour?: Partial<MessengerBehaviour>;
  /** For load: no phones, no webhook log, no echoes unless asked for, no rate limit unless asked for. */
  lean?: boolean;
  /** Accepted sends that are remembered. Default 10,000; 0 when lean. */
  outboxLimit?: number;
  /** Called for every accepted send, also when the outbox is capped. */
  onSend?: (message: MessengerSentMessage) => void;
  /** Keeps the bytes of an upload and says where they can be seen. */
  shelve?: (bytes: Buffer, type: string) => string;
}

/** One accepted send or sender action. */
export interface MessengerSentMessage {
  at: number;
  /** Absent for sender actions. */
  messageId?: string;
  /** PSID. */
  to: string;
  body: object;
}

export interface MessengerBehaviour {
  /** Console switch "Require App Secret". A wrong proof is refused in any case. */
  requireProof: boolean;
  /** The echo reaches the bot before the answer of the send does. */
  echoBeforeAnswer: boolean;
  /** `message_echoes`, if subscribed. */
  echo: boolean;
  /** `message_deliveries`, if subscribed. */
  deliveries: boolean;
  /** Only people with a role on the app can be written to. */
  devMode: boolean;
  humanAgentGranted: boolean;
  /** The tag CUSTOMER_FEEDBACK still opens seven days. */
  feedbackTagAlive: boolean;
  /** Meta has restricted the Page. */
  restricted: boolean;
  /** Text, links, reactions; null lifts the limit. */
  sendsPerSecond: number | null;
  /** Audio and video; null lifts the limit. */
  mediaSendsPerSecond: number | null;
  /** Messenger profile calls in ten minutes; null lifts the limit. */
  profileCallsPer10Min: number | null;
  /** Titles of quick replies over 20 characters are refused or cut. */
  longQuickReplyTitle: 'refuse' | 'cut';
  /** Our app is the default app of conversation routing: the inbox takes a thread when an officer writes there. */
  routing: boolean;
  /** `code` beside subcode 2018300. */
  threadOwnedCode: number;
  /** PSIDs that nobody created count as people who have just written: for load tests. */
  anyUser: boolean;
  /** Real time the bot has for answering a webhook. */
  webhookDeadlineMs: number;
}

export const MESSENGER_BEHAVIOUR: MessengerBehaviour = {
  requireProof: false,
  echoBeforeAnswer: false,
  echo: true,
  deliveries: true,
  devMode: false,
  humanAgentGranted: true,
  feedbackTagAlive: true,
  restricted: false,
  sendsPerSecond: 300,
  mediaSendsPerSecond: 10,
  profileCallsPer10Min: 10,
  longQuickReplyTitle: 'refuse',
  routing: false,
  threadOwnedCode: 10,
  anyUser: false,
  webhookDeadlineMs: 5000,
};

export const LEAN_BEHAVIOUR: Partial<MessengerBehaviour> = {
  echo: false,
  deliveries: false,
  sendsPerSecond: null,
  mediaSendsPerSecond: null,
  anyUser: true,
};
