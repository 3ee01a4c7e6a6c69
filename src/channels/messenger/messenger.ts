// The Messenger channel: puts the parts of this folder together. Several Pages of one app share it.
import { SECOND } from '../../lib/clock.js';
import { addressOf } from '../../lib/ids.js';
import type { Log } from '../../lib/log.js';
import type { Channel } from '../channel.js';
import type { Governor, RateLimit } from '../governor.js';
import type { OwnFileSource } from '../own-files.js';
import { PlatformClient } from '../platform-client.js';
import type { SendObserver } from '../send-observer.js';
import { referenceKey } from './echo-keys.js';
import { MESSENGER_RATE, messengerLimits } from './limits.js';
import { parseMessenger } from './parse.js';
import { renderMessenger } from './render.js';
import { MessengerSender } from './send.js';
import { isTemplate } from './special.js';
import { answerHandshake, verifyMessenger } from './verify.js';

export interface MessengerAccount {
  pageId: string;
  accessToken: string;
  /** Code of the agency that the Page belongs to. */
  agency?: string;
}

export interface MessengerOptions {
  app: {
    id: string;
    /** Signs webhooks and proves tokens. */
    secret: string;
    /** Also accepted for webhooks, while the secret is being changed. */
    webhookKeys?: readonly string[];
  };
  accounts: readonly MessengerAccount[];
  /** The token typed in the dashboard for the subscription handshake. */
  verifyToken: string;
  urls: {
    /** `https://graph.facebook.com` */
    graph: string;
  };
  /** `v25.0` */
  graphVersion: string;
  /** Where pictures and files of our own are read; without it none can be sent. */
  files?: OwnFileSource;
  governor: Governor;
  rate?: RateLimit;
  /** A whole call, milliseconds; 10 s unless told. */
  timeoutMs?: number;
  maxSockets?: number;
  onSend?: SendObserver;
  log: Log;
}

export function createMessengerChannel(options: MessengerOptions): Channel {
  const { app, accounts, urls, governor, log, onSend } = options;
  const ids = accounts.map(({ pageId }) => pageId);
  const identity = { appId: app.id, pages: new Set(ids) };
  const secrets = [app.secret, ...(app.webhookKeys ?? [])];
  const client = new PlatformClient({
    timeoutMs: options.timeoutMs ?? 10 * SECOND,
    maxSockets: options.maxSockets ?? 128,
  });
  const sender = new MessengerSender({
    baseUrl: `${urls.graph}/${options.graphVersion}`,
    appSecret: app.secret,
    pages: accounts,
    files: options.files,
    client,
    governor,
    rate: options.rate ?? MESSENGER_RATE,
  });

  return {
    name: 'messenger',
    limits: messengerLimits,
    accounts: ids,
    verify: (headers, rawBody) => verifyMessenger(secrets, headers, rawBody),
    parse: (body) => parseMessenger(body, identity),
    render: renderMessenger,
    echoKeys: (_lane, _body, ref) => [referenceKey(ref)],
    isPaid: isTemplate,
    handshake: (query) => answerHandshake(options.verifyToken, query),
    async send(lane, body, sendOptions) {
      const startedAt = performance.now();
      const result = await sender.send(lane, body, sendOptions);
      onSend?.({
        channel: 'messenger',
        account: addressOf(lane)?.account ?? '',
        call: 'message',
        outcome: result.outcome,
        ...('reason' in result && { reason: result.reason }),
        priority: sendOptions.priority,
        ms: performance.now() - startedAt,
      });
      return result;
    },
    async showTyping(lane) {
      const startedAt = performance.now();
      const shown = await sender.showTyping(lane);
      onSend?.({
        channel: 'messenger',
        account: addressOf(lane)?.account ?? '',
        call: 'typing',
        outcome: shown ? 'sent' : 'give-up',
        priority: 'notice',
        ms: performance.now() - startedAt,
      });
    },
    async start() {
      const without = accounts.filter(({ accessToken }) => accessToken === '');
      for (const { pageId } of without) {
        log.warn({ action: 'messenger.cannot-send', reason: 'messenger.no-token', detail: { account: pageId } });
      }
    },
    async stop() {
      client.close();
    },
  };
}
