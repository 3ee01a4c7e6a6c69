// What the simulated Zalo remembers: the app with its tokens, the people, uploads and sent messages. No HTTP here.
import type { SimulatorClock } from '../platform/clock.js';
import { digits } from '../platform/ids.js';
import { PhoneThread } from '../platform/phone-thread.js';
import type { ZaloBehaviour, ZaloSentMessage, ZaloSimulatorOptions } from './options.js';
import type { Refusal } from './replies.js';
import { SAMPLE_TEMPLATES, type ZaloTemplate } from './template-store.js';
import { ZaloTokens } from './tokens.js';

/** Something of a shown message that can be tapped. */
export type ZaloTap = { kind: 'query'; payload: string; hidden: boolean } | { kind: 'open' };

/** What the history API tells about a message, and what its buttons do. */
export interface ZaloOwn {
  taps: ZaloTap[];
  type: 'text' | 'voice' | 'photo' | 'GIF' | 'link' | 'links' | 'sticker' | 'location';
  asksInfo: boolean;
}

export interface ZaloUser {
  id: string;
  byApp: string;
  name: string;
  follower: boolean;
  /** Last thing the person did that counts as interaction; undefined: never. */
  lastInteraction?: number;
  banned: boolean;
  /** Refuses messages of this OA. */
  blocked: boolean;
  phone?: string;
  sharedInfo?: Record<string, unknown>;
  tags: Set<string>;
  freeUsed: number;
  promotions: number[];
  thread: PhoneThread<ZaloOwn>;
}

export type UploadKind = 'image' | 'gif' | 'file';

export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export class ZaloState {
  readonly app: { id: string; secret: string; oaSecretKey: string; active: boolean };
  readonly oa: { id: string; name: string; canSend: boolean };
  readonly tokens: ZaloTokens;
  readonly users = new Map<string, ZaloUser>();
  readonly uploads = new Map<string, { kind: UploadKind; name: string; expiresAt: number; url?: string }>();
  /** Keeps the bytes of an upload and says where they can be seen. */
  readonly shelve: ZaloSimulatorOptions['shelve'];
  readonly tagNames = new Set<string>();
  readonly templates = new Map<string, ZaloTemplate>();
  readonly templateMessages = new Map<string, { delivered: boolean }>();
  /** Numbers without a Zalo account, and the daily quota of template messages. */
  readonly noZalo = new Set<string>();
  readonly templateAdmins = new Set<string>();
  templateQuota = 500;
  outbox: ZaloSentMessage[] = [];
  readonly lean: boolean;
  readonly #outboxLimit: number;
  readonly #onSend: ((message: ZaloSentMessage) => void) | undefined;

  constructor(
    readonly clock: SimulatorClock,
    readonly behaviour: ZaloBehaviour,
    options: ZaloSimulatorOptions,
  ) {
    this.app = {
      id: options.appId ?? '1000200030004000500',
      secret: options.appSecret ?? 'app-secret-for-tests',
      oaSecretKey: options.oaSecretKey ?? 'oa-secret-for-tests',
      active: true,
    };
    this.oa = { id: options.oaId ?? '2000300040005000600', name: options.oaName ?? 'Sở Thử nghiệm', canSend: true };
    this.tokens = new ZaloTokens(clock, behaviour, options.accessToken ?? 'AT-0001', options.refreshToken ?? 'RT-0001');
    this.lean = options.lean ?? false;
    this.#outboxLimit = options.outboxLimit ?? (this.lean ? 0 : 10_000);
    this.#onSend = options.onSend;
    this.shelve = options.shelve;
    for (const template of options.templates ?? SAMPLE_TEMPLATES) this.templates.set(template.id, template);
  }

  addUser(details: { id?: string; name?: string; phone?: string }): ZaloUser {
    const user: ZaloUser = {
      id: details.id ?? digits(19),
      byApp: digits(19),
      name: details.name ?? 'Nguyễn Văn A',
      follower: false,
      banned: false,
      blocked: false,
      ...(details.phone === undefined ? {} : { phone: details.phone }),
      tags: new Set(),
      freeUsed: 0,
      promotions: [],
      thread: new PhoneThread(this.lean ? 1 : 500),
    };
    this.users.set(user.id, user);
    return user;
  }

  /** The person did something that opens the 48 h window. */
  interacted(user: ZaloUser): void {
    user.lastInteraction = this.clock.now();
    user.freeUsed = 0;
  }

  /** The recipient of a send, or why it cannot be reached at all. */
  recipient(id: string): ZaloUser | Refusal {
    const user = this.users.get(id);
    if (!user) {
      if (!this.behaviour.anyUser) return { code: this.behaviour.unknownUserCode };
      const stranger = this.addUser({ id });
      this.interacted(stranger);
      return stranger;
    }
    if (user.banned) return { code: -227 };
    if (user.blocked) return { code: -244 };
    return user;
  }

  /** May a consultation message leave now? Counts the free ones. */
  spendReply(user: ZaloUser): Refusal | undefined {
    const { unknownUserCode, staleUserCode, walletLinked, freeReplyCap, anyUser } = this.behaviour;
    if (anyUser) return undefined;
    if (user.lastInteraction === undefined) return { code: unknownUserCode };
    const age = this.clock.now() - user.lastInteraction;
    if (age > 7 * DAY_MS) return { code: staleUserCode };
    if (age > 2 * DAY_MS) return walletLinked ? undefined : { code: -320 };
    if (freeReplyCap !== null && user.freeUsed >= freeReplyCap) return { code: -211 };
    user.freeUsed += 1;
    return undefined;
  }

  record(message: ZaloSentMessage): void {
    this.#onSend?.(message);
    if (this.#outboxLimit === 0) return;
    this.outbox.push(message);
    if (this.outbox.length > this.#outboxLimit * 2) this.outbox.splice(0, this.outbox.length - this.#outboxLimit);
  }

  /** An uploaded thing that may be sent now, or why not. */
  upload(id: string, kind: UploadKind): Refusal | undefined {
    const upload = this.uploads.get(id);
    if (!upload || upload.expiresAt <= this.clock.now()) return { code: -100 };
    return upload.kind === kind ? undefined : { code: -201, text: 'attachment_id is invalid!' };
  }

  reset(): void {
    for (const user of this.users.values()) user.thread.closeStreams();
    this.users.clear();
    this.uploads.clear();
    this.tagNames.clear();
    this.templateMessages.clear();
    this.outbox = [];
  }
}

/** Hours 22:00–05:59 in Viet Nam (UTC+7 all year). */
export function isNight(now: number): boolean {
  const hour = new Date(now + 7 * HOUR_MS).getUTCHours();
  return hour >= 22 || hour < 6;
}

/** `DD/MM/YYYY` in Viet Nam. */
export function vietnameseDate(time: number): string {
  const [year, month, day] = new Date(time + 7 * HOUR_MS).toISOString().slice(0, 10).split('-');
  return `${day}/${month}/${year}`;
}
