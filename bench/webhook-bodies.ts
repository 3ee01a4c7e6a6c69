// Webhooks ready to be sent: Zalo text messages, signed before the clock starts, so that the load generator only writes bytes.
import { createHash } from 'node:crypto';
import { demoAccounts } from '../simulators/accounts.js';

const { appId, oaId, oaSecretKey } = demoAccounts.zalo;

/** Users are numbered; the number stands in the last seven digits of the id. */
export function userId(user: number): string {
  return `700000000000${String(user).padStart(7, '0')}`;
}

/** The number back from an id, or -1. */
export function userNumber(id: string): number {
  return /^700000000000\d{7}$/.test(id) ? Number(id.slice(12)) : -1;
}

export interface WebhookText {
  user: number;
  text: string;
  /** Unique over the run: a repeated id would be a duplicate and cost nothing. */
  messageId: string;
  at: number;
}

/** The whole HTTP request as bytes. */
export function webhookRequest({ user, text, messageId, at }: WebhookText): Buffer {
  const timestamp = String(at);
  const body = Buffer.from(
    JSON.stringify({
      app_id: appId,
      sender: { id: userId(user) },
      user_id_by_app: `900000000000${String(user).padStart(7, '0')}`,
      recipient: { id: oaId },
      event_name: 'user_send_text',
      message: { text, msg_id: messageId },
      timestamp,
    }),
  );
  const mac = createHash('sha256').update(appId).update(body).update(timestamp).update(oaSecretKey).digest('hex');
  const head = [
    'POST /webhooks/zalo HTTP/1.1',
    'Host: 127.0.0.1',
    'Content-Type: application/json',
    `X-ZEvent-Signature: mac=${mac}`,
    `Content-Length: ${body.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}
