// The Zalo Official Account channel: puts the parts of this folder together. Several OAs of one app share it.
import type { Clock } from '../../lib/clock.js';
import { MINUTE, SECOND } from '../../lib/clock.js';
import { addressOf } from '../../lib/ids.js';
import type { Log } from '../../lib/log.js';
import type { AccountTokenStore } from '../account-tokens.js';
import type { Channel } from '../channel.js';
import type { Governor, RateLimit } from '../governor.js';
import type { OwnFileSource } from '../own-files.js';
import { PlatformClient } from '../platform-client.js';
import type { SendObserver } from '../send-observer.js';
import { messageKey, zaloEchoKeys } from './echo-keys.js';
import { ZALO_RATE, zaloLimits } from './limits.js';
import { ZaloOAuth } from './oauth.js';
import { parseZalo } from './parse.js';
import { renderZalo } from './render.js';
import { ZaloSender } from './send.js';
import { isTemplate } from './special.js';
import { type SeedTokens, ZaloTokens } from './tokens.js';
import { verifyZalo } from './verify.js';

export interface ZaloAccount {
  oaId: string;
  /** "OA Secret Key" of the webhook page; two while it is being changed. */
  oaSecretKeys: readonly string[];
  /** Code of the agency that the OA belongs to. */
  agency?: string;
}

export interface ZaloOptions {
  app: {
    id: string;
    /** "Khóa bí mật của ứng dụng": token calls and proofs, never webhooks. */
    secret: string;
    /** Webhook keys accepted for every OA of the app. */
    webhookKeys?: readonly string[];
    /** Must equal the console's switch "App Secret verification". */
    sendProof?: boolean;
  };
  accounts: readonly ZaloAccount[];
  urls: {
    /** `https://openapi.zalo.me` */
    api: string;
    /** `https://oauth.zaloapp.com` */
    oauth: string;
    /** `https://business.openapi.zalo.me` */
    template: string;
  };
  /** Where pictures and files of our own are read; without it none can be sent. */
  files?: OwnFileSource;
  tokens: AccountTokenStore;
  /** By OA id; used once, while nothing is stored. */
  seedTokens?: Readonly<Record<string, SeedTokens>>;
  clock: Clock;
  governor: Governor;
  rate?: RateLimit;
  /** A whole call, milliseconds; 10 s unless told. */
  timeoutMs?: number;
  maxSockets?: number;
  onSend?: SendObserver;
  log: Log;
}

const KEEP_FRESH_EVERY = 10 * MINUTE;

export function createZaloChannel(options: ZaloOptions): Channel {
  const { app, accounts, urls, clock, governor, log, onSend } = options;
  const ids = accounts.map(({ oaId }) => oaId);
  const idSet = new Set(ids);
  const keys = {
    appId: app.id,
    shared: app.webhookKeys ?? [],
    byAccount: new Map(accounts.map(({ oaId, oaSecretKeys }) => [oaId, oaSecretKeys])),
  };
  const timeoutMs = options.timeoutMs ?? 10 * SECOND;
  const client = new PlatformClient({ timeoutMs, maxSockets: options.maxSockets ?? 128 });
  const oauth = new ZaloOAuth({ app, baseUrl: urls.oauth, client, clock });
  const tokens = new ZaloTokens({
    store: options.tokens,
    seeds: options.seedTokens ?? {},
    refresh: (refreshToken) => oauth.refresh(refreshToken),
    clock,
    log,
  });
  const pool = governor.pool(`zalo:${app.id}`, options.rate ?? ZALO_RATE);
  const proofSecret = app.sendProof ? app.secret : undefined;
  const sender = new ZaloSender({
    baseUrl: urls.api,
    templateUrl: urls.template,
    files: options.files,
    accounts: idSet,
    proofSecret,
    client,
    tokens,
    pool,
    clock,
  });
  let timer: NodeJS.Timeout | undefined;

  const keepFresh = async () => {
    for (const oaId of ids) {
      const result = await tokens.keepFresh(oaId);
      if (result.status === 'ready') continue;
      log.warn({ action: 'zalo.cannot-send', reason: result.reason, detail: { account: oaId } });
    }
  };

  return {
    name: 'zalo',
    limits: zaloLimits,
    accounts: ids,
    verify: (headers, rawBody) => verifyZalo(keys, headers, rawBody),
    parse: (body) => parseZalo(body, idSet),
    render: renderZalo,
    echoKeys: (_lane, body) => zaloEchoKeys(body),
    confirmedEchoKey: messageKey,
    isPaid: isTemplate,
    async send(lane, body, sendOptions) {
      const startedAt = performance.now();
      const result = await sender.send(lane, body, sendOptions);
      onSend?.({
        channel: 'zalo',
        account: addressOf(lane)?.account ?? '',
        call: 'message',
        outcome: result.outcome,
        ...('reason' in result && { reason: result.reason }),
        priority: sendOptions.priority,
        ms: performance.now() - startedAt,
      });
      return result;
    },
    async start() {
      timer = setInterval(() => void keepFresh(), KEEP_FRESH_EVERY);
      timer.unref();
      await keepFresh();
    },
    async stop() {
      clearInterval(timer);
      client.close();
    },
  };
}
