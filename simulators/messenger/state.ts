// What the simulated Messenger remembers: the Page, its people, their threads, uploads and sent messages. No HTTP here.
import type { SimulatorClock } from '../platform/clock.js';
import { digits, urlSafe } from '../platform/ids.js';
import type { JsonObject } from '../platform/json.js';
import { PhoneThread } from '../platform/phone-thread.js';
import type { MessengerBehaviour, MessengerSentMessage, MessengerSimulatorOptions } from './options.js';

/** The Page inbox counts as an app with this id. */
export const INBOX_APP_ID = '263902037430900';

/** Something of a shown message that can be tapped. */
export type MessengerTap =
  | { kind: 'postback'; title: string; payload: string }
  | { kind: 'quickReply'; title: string; payload: string }
  | { kind: 'open' };

/** A rating form: answered once, while it is open. */
export interface FeedbackForm {
  questionId: string;
  type: string;
  lowest: number;
  highest: number;
  expiresAt: number;
  submitted: boolean;
}

export interface MessengerOwn {
  taps: MessengerTap[];
  feedback?: FeedbackForm;
  edits: number;
}

export interface MessengerUser {
  /** PSID. */
  id: string;
  firstName: string;
  lastName: string;
  /** A role on the app, which counts in development mode. */
  hasRole: boolean;
  /** Does the Page see the profile? */
  profileVisible: boolean;
  phone: string;
  /** Last thing the person did that opens the 24 h window; undefined: never. */
  lastAction?: number;
  blocked: boolean;
  /** Deleted the chat or the account. */
  gone: boolean;
  /** App that holds the thread under conversation routing. */
  owner?: { appId: string; expiresAt: number };
  conversationId: string;
  thread: PhoneThread<MessengerOwn>;
}

export type TokenState = 'valid' | 'expired' | 'revoked';

const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
const ALL_FIELDS =
  'messages messaging_postbacks messaging_optins messaging_referrals message_deliveries message_reads message_echoes message_edits ' +
  'message_reactions messaging_handovers standby messaging_feedback response_feedback messaging_account_linking messaging_policy_enforcement';

export class MessengerState {
  readonly app: { id: string; secret: string; verifyToken: string };
  readonly page: { id: string; name: string };
  readonly tokens = new Map<string, TokenState>();
  readonly users = new Map<string, MessengerUser>();
  readonly attachments = new Map<string, { type: string; expiresAt: number; name?: string; url?: string }>();
  /** Keeps the bytes of an upload and says where they can be seen. */
  readonly shelve: MessengerSimulatorOptions['shelve'];
  readonly personas = new Map<string, { name: string; profile_picture_url: string }>();
  readonly utilityTemplates = new Map<string, { id: string; name: string; language: string; status: string }>();
  /** Properties of the Messenger profile, as the bot set them. */
  profile: JsonObject = {};
  subscribedFields = new Set(ALL_FIELDS.split(' '));
  outbox: MessengerSentMessage[] = [];
  readonly lean: boolean;
  readonly #outboxLimit: number;
  readonly #onSend: ((message: MessengerSentMessage) => void) | undefined;

  constructor(
    readonly clock: SimulatorClock,
    readonly behaviour: MessengerBehaviour,
    options: MessengerSimulatorOptions,
  ) {
    this.app = {
      id: options.appId ?? '4444444444',
      secret: options.appSecret ?? 'test_app_secret_123',
      verifyToken: options.verifyToken ?? 'verify-token-for-tests',
    };
    this.page = { id: options.pageId ?? '1111111111', name: options.pageName ?? 'Sở Thử nghiệm' };
    this.tokens.set(options.pageAccessToken ?? 'EAATESTTOKEN', 'valid');
    this.lean = options.lean ?? false;
    this.#outboxLimit = options.outboxLimit ?? (this.lean ? 0 : 10_000);
    this.#onSend = options.onSend;
    this.shelve = options.shelve;
  }

  addUser(details: {
    id?: string;
    firstName?: string;
    lastName?: string;
    hasRole?: boolean;
    phone?: string;
  }): MessengerUser {
    const user: MessengerUser = {
      id: details.id ?? digits(17),
      firstName: details.firstName ?? 'An',
      lastName: details.lastName ?? 'Nguyễn',
      hasRole: details.hasRole ?? false,
      profileVisible: true,
      phone: details.phone ?? '+84901234567',
      blocked: false,
      gone: false,
      conversationId: `t_${digits(16)}`,
      thread: new PhoneThread(this.lean ? 1 : 500),
    };
    this.users.set(user.id, user);
    return user;
  }

  /** The person did something that opens the 24 h window. */
  acted(user: MessengerUser): void {
    user.lastAction = this.clock.now();
    user.gone = false;
    user.thread.setState('open');
  }

  user(psid: string): MessengerUser | undefined {
    const user = this.users.get(psid);
    if (user || !this.behaviour.anyUser) return user;
    const stranger = this.addUser({ id: psid });
    stranger.lastAction = this.clock.now();
    return stranger;
  }

  /** Id of the app that holds the thread; undefined when it is idle or nobody routes. */
  ownerOf(user: MessengerUser): string | undefined {
    return user.owner && user.owner.expiresAt > this.clock.now() ? user.owner.appId : undefined;
  }

  /** Does an app other than ours hold the thread? */
  ownedByOther(user: MessengerUser): boolean {
    const owner = this.ownerOf(user);
    return owner !== undefined && owner !== this.app.id;
  }

  record(message: MessengerSentMessage): void {
    this.#onSend?.(message);
    if (this.#outboxLimit === 0) return;
    this.outbox.push(message);
    if (this.outbox.length > this.#outboxLimit * 2) this.outbox.splice(0, this.outbox.length - this.#outboxLimit);
  }

  reset(): void {
    for (const user of this.users.values()) user.thread.closeStreams();
    this.users.clear();
    this.attachments.clear();
    this.personas.clear();
    this.utilityTemplates.clear();
    this.profile = {};
    this.outbox = [];
  }
}

/** Message ids: `m_` and 80 characters. */
export function newMid(): string {
  return `m_${urlSafe(80)}`;
}
