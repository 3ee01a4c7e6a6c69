// The fast path: signature, durable acceptance, answer. No framework, no work besides. Anything that is not durable in
// time is answered 503, and the platform sends it again.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Channel } from '../channels/channel.js';
import { SECOND } from '../lib/clock.js';
import { CodedError, StorageUnavailable } from '../lib/errors.js';
import type { Log } from '../lib/log.js';
import { type Acceptor, within } from '../turns/accept.js';
import { type Body, readBody } from './body.js';
import type { Metrics } from './metrics.js';
import type { PortalWebhook, WebhookStatus } from './portal-webhook.js';
import { Rounds } from './rounds.js';

/** Answered within 1.5 s whatever happens: Zalo waits 2 s, Messenger 5 s. */
export const ANSWER_WITHIN_MS = 1.4 * SECOND;

/** A portal may tell of thousands of changes at once; citizens who write meanwhile must not wait behind them. */
const PORTAL_EVENTS_PER_ROUND = 4;

export interface WebhookOptions {
  channels: readonly Channel[];
  acceptor: Acceptor;
  portal: PortalWebhook;
  metrics: Metrics;
  log: Log;
}

export type WebhookHandler = (request: IncomingMessage, response: ServerResponse) => void;

/** Handlers by path; a path without one belongs to the app. */
export function webhookHandlers(options: WebhookOptions): ReadonlyMap<string, WebhookHandler> {
  const handlers = new Map<string, WebhookHandler>();
  for (const channel of options.channels) {
    handlers.set(`/webhooks/${channel.name}`, (request, response) => {
      void serve(
        options,
        channel.name,
        request,
        response,
        (bytes) => acceptChannel(options, channel, request, bytes),
        channel,
      );
    });
  }
  const rounds = new Rounds(PORTAL_EVENTS_PER_ROUND);
  handlers.set('/webhooks/portal', (request, response) => {
    void serve(options, 'portal', request, response, async (bytes) => {
      await rounds.turn();
      return options.portal.accept(request.headers, bytes);
    });
  });
  return handlers;
}

async function acceptChannel(
  { acceptor }: WebhookOptions,
  channel: Channel,
  request: IncomingMessage,
  bytes: Buffer,
): Promise<WebhookStatus> {
  const verdict = channel.verify(request.headers, bytes);
  switch (verdict.verdict) {
    case 'refused':
      return 401;
    case 'probe':
      return 200;
    case 'unreadable':
      await acceptor.keepUnreadable(channel.name, `unreadable.${verdict.reason}`, bytes);
      return 200;
    case 'ok':
      await acceptor.acceptWebhook(channel, channel.parse(verdict.body), bytes);
      return 200;
  }
}

async function serve(
  options: WebhookOptions,
  source: string,
  request: IncomingMessage,
  response: ServerResponse,
  accept: (bytes: Buffer) => Promise<WebhookStatus>,
  channel?: Channel,
): Promise<void> {
  const startedAt = performance.now();
  const answer = (status: number, text = '') => {
    options.metrics.webhook(source, status, performance.now() - startedAt);
    if (status === 413) response.setHeader('Connection', 'close');
    response.writeHead(status, {
      'Content-Type': 'text/plain; charset=utf-8',
      'X-Content-Type-Options': 'nosniff',
      // Without it the answer would leave in chunks: more bytes, and a slower write.
      'Content-Length': Buffer.byteLength(text),
    });
    response.end(text);
  };
  if (request.method === 'GET' || request.method === 'HEAD') {
    answerGet(request, channel, answer);
    return;
  }
  if (request.method !== 'POST') return answer(405);
  const body: Body = await readBody(request);
  if (body.outcome === 'aborted') {
    response.destroy();
    return;
  }
  if (body.outcome === 'too-large') return answer(413);
  try {
    answer(await within(ANSWER_WITHIN_MS, accept(body.bytes)), 'OK');
  } catch (error) {
    if (error instanceof StorageUnavailable || error instanceof CodedError)
      options.log.warn({ action: 'webhook.not-accepted', error, detail: { source } });
    else options.log.error({ action: 'webhook.threw', error, detail: { source } });
    answer(503);
  }
}

/** The subscription handshake where the platform has one; a plain 200 for somebody who opens the address in a browser. */
function answerGet(
  request: IncomingMessage,
  channel: Channel | undefined,
  answer: (status: number, text?: string) => void,
): void {
  if (channel?.handshake === undefined) {
    answer(200);
    return;
  }
  const query = new URLSearchParams((request.url ?? '').split('?')[1] ?? '');
  const challenge = channel.handshake(query);
  if (challenge === undefined) answer(403);
  else answer(200, challenge);
}
