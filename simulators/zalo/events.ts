// Zalo's webhook events: their JSON, signature and headers (reference, section 2). When they happen is decided elsewhere.
import { createHash } from 'node:crypto';
import { spellJson, type Twists } from '../platform/twists.js';
import type { WebhookCall } from '../platform/webhook-sender.js';
import type { ZaloState, ZaloUser } from './state.js';

export type ZaloEvent = { event_name: string; timestamp: string | number; [field: string]: unknown };

/** Signature of a webhook: hex SHA-256 (no HMAC) of app id, raw body, the body's timestamp and the OA secret key. */
export function zaloMac(appId: string, rawBody: Buffer, timestamp: string, oaSecretKey: string): string {
  return createHash('sha256').update(appId).update(rawBody).update(timestamp).update(oaSecretKey).digest('hex');
}

/** An event of the person's chat: user → OA, or the OA's side of it. Field order as Zalo writes it. */
export function chatEvent(
  state: ZaloState,
  user: ZaloUser,
  name: string,
  content: Record<string, unknown>,
  from: 'user' | 'oa' | { admin: string } = 'user',
): ZaloEvent {
  const oa = typeof from === 'object' ? { id: state.oa.id, admin_id: from.admin } : { id: state.oa.id };
  return {
    app_id: state.app.id,
    sender: from === 'user' ? { id: user.id } : oa,
    user_id_by_app: user.byApp,
    recipient: from === 'user' ? oa : { id: user.id },
    event_name: name,
    ...content,
    timestamp: String(state.clock.now()),
  };
}

/** An event about a person that is no message: follow, chat-now, calls, withdrawal. */
export function personEvent(
  state: ZaloState,
  user: ZaloUser,
  name: string,
  content: Record<string, unknown>,
): ZaloEvent {
  return {
    oa_id: state.oa.id,
    ...content,
    user_id_by_app: user.byApp,
    event_name: name,
    app_id: state.app.id,
    timestamp: String(state.clock.now()),
  };
}

/** The event as a delivery: the same bytes on every attempt, with `num_retry` on the later ones. */
export function webhookCall(state: ZaloState, event: ZaloEvent, lane: string, server = 'OA OpenAPI'): WebhookCall {
  let cached: { twists: Twists; body: Buffer; headers: Record<string, string> } | undefined;
  return {
    lane,
    kind: event.event_name,
    render(attempt, twists) {
      if (cached?.twists !== twists) cached = { twists, ...sign(state, event, server, twists) };
      const headers = attempt === 0 ? cached.headers : { ...cached.headers, num_retry: String(attempt) };
      return { body: cached.body, headers };
    },
  };
}

function sign(
  state: ZaloState,
  event: ZaloEvent,
  server: string,
  twists: Twists,
): { body: Buffer; headers: Record<string, string> } {
  const told = twists.oddTimestamp ? { ...event, timestamp: Number(event.timestamp) } : event;
  const body = Buffer.from(twists.json === 'platform' ? JSON.stringify(told) : spellJson(told, twists.json));
  const key = twists.badSignature ? `${state.app.oaSecretKey}-wrong` : state.app.oaSecretKey;
  const headers: Record<string, string> = {
    'Content-Type': 'application/json',
    'X-ZEvent-Server': server,
    'User-Agent': 'ZaloWebhook',
  };
  if (!twists.unsigned)
    headers['X-ZEvent-Signature'] = `mac=${zaloMac(state.app.id, body, String(event.timestamp), key)}`;
  return { body, headers };
}
