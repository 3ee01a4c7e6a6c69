// How a simulated Official Account is set up, and the switches for every point on which Zalo's documents are silent or disagree.
import type { SimulatorClock } from '../platform/clock.js';
import type { ZaloTemplate } from './template-store.js';

export interface ZaloSimulatorOptions {
  appId?: string;
  appSecret?: string;
  /** Key of the webhook signature; not the app secret. */
  oaSecretKey?: string;
  oaId?: string;
  oaName?: string;
  /** The pair that an operator pasted into the bot's settings. */
  accessToken?: string;
  refreshToken?: string;
  /** Where webhooks go; undefined drops them. */
  webhookUrl?: string;
  /** 0 (default) takes a free port; null does not listen at all: only `handle` answers. */
  port?: number | null;
  host?: string;
  /** Path under which `handle` answers. Default `/zalo`. */
  prefix?: string;
  clock?: SimulatorClock;
  behaviour?: Partial<ZaloBehaviour>;
  templates?: ZaloTemplate[];
  /** For load: no phones, no webhook log, no echoes unless asked for, no rate limit unless asked for. */
  lean?: boolean;
  /** Accepted sends that are remembered. Default 10,000; 0 when lean. */
  outboxLimit?: number;
  /** Called for every accepted send, also when the outbox is capped. */
  onSend?: (message: ZaloSentMessage) => void;
  /** Keeps the bytes of an upload and says where they can be seen. */
  shelve?: (bytes: Buffer, type: string) => string;
}

/** One accepted send. */
export interface ZaloSentMessage {
  at: number;
  endpoint: 'cs' | 'transaction' | 'promotion' | 'template-uid' | 'template-phone' | 'anonymous' | 'reaction';
  messageId: string;
  /** User id, anonymous id, or phone number. */
  to: string;
  body: object;
}

/** The flags of the reference's table 9.2. */
export interface ZaloBehaviour {
  oauthBadSecretCode: number;
  oauthBadRefreshCode: number;
  oauthBadCodeCode: number;
  oauthBadVerifierCode: number;
  /** Seconds; Zalo sends a string. */
  expiresIn: string | number;
  /** How long the old access token still works after a refresh. */
  oldAccessGraceMs: number;
  expiredTokenCode: number;
  /** Console toggle "app secret verification". */
  requireProof: boolean;
  longTextCode: number;
  unknownUserCode: number;
  staleUserCode: number;
  /** A wallet pays for messages between 48 h and 7 days. */
  walletLinked: boolean;
  /** Free messages per interaction; null is no limit. */
  freeReplyCap: number | null;
  maxButtons: number;
  maxElements: number;
  allowListV3: boolean;
  /** `/transaction` and `/promotion` refuse everything, as announced for 2026-03-01. */
  businessMessagesStopped: boolean;
  templateNightBlock: boolean;
  strictTemplateData: boolean;
  /** Ids in conversation rows as bare JSON numbers. */
  numericIds: boolean;
  /** `oa_send_*` after each send. */
  echo: boolean;
  echoDelayMs: number;
  echoSameId: boolean;
  /** `user_received_message` after each send. */
  received: boolean;
  receivedSender: 'oa' | 'user';
  /** Calls a minute for the whole app; null lifts the limit. */
  rpm: number | null;
  /** Recipients that nobody created count as people who have just written: for load tests. */
  anyUser: boolean;
  /** Real time the bot has for answering a webhook. */
  webhookDeadlineMs: number;
}

export const ZALO_BEHAVIOUR: ZaloBehaviour = {
  oauthBadSecretCode: -14004,
  oauthBadRefreshCode: -14014,
  oauthBadCodeCode: -118,
  oauthBadVerifierCode: -14010,
  expiresIn: '90000',
  oldAccessGraceMs: 0,
  expiredTokenCode: -216,
  requireProof: false,
  longTextCode: -210,
  unknownUserCode: -213,
  staleUserCode: -230,
  walletLinked: false,
  freeReplyCap: null,
  maxButtons: 5,
  maxElements: 5,
  allowListV3: true,
  businessMessagesStopped: false,
  templateNightBlock: false,
  strictTemplateData: false,
  numericIds: true,
  echo: true,
  echoDelayMs: 50,
  echoSameId: true,
  received: true,
  receivedSender: 'oa',
  rpm: 4000,
  anyUser: false,
  webhookDeadlineMs: 2000,
};

export const LEAN_BEHAVIOUR: Partial<ZaloBehaviour> = { echo: false, received: false, rpm: null, anyUser: true };
