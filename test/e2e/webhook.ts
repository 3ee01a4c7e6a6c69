// One webhook as a platform's machine would send it, with any bytes and any signature.
import { createHmac } from 'node:crypto';
import { demoAccounts } from '../../simulators/accounts.js';
import { hubSignatures } from '../../simulators/messenger/events.js';
import { zaloMac } from '../../simulators/zalo/events.js';
import type { App, Stage } from './stage.js';

type Headers = Readonly<Record<string, string>>;

/** The right signature of these bytes. Zalo signs the timestamp that stands in the body as well. */
export function signature(source: App | 'portal', body: Buffer): Headers {
  const { zalo, messenger, portal } = demoAccounts;
  switch (source) {
    case 'zalo': {
      const timestamp = /"timestamp"\s*:\s*"?(\d+)/.exec(body.toString('utf8'))?.[1] ?? '';
      return { 'X-ZEvent-Signature': `mac=${zaloMac(zalo.appId, body, timestamp, zalo.oaSecretKey)}` };
    }
    case 'messenger':
      return { 'X-Hub-Signature-256': hubSignatures(body, messenger.appSecret).sha256 };
    case 'portal': {
      const mac = createHmac('sha256', portal.webhookSecret).update(body).digest('hex');
      return { 'X-Portal-Signature': `sha256=${mac}` };
    }
  }
}

/** Posts the bytes; the status. Signed rightly unless other headers are given. */
export function post(
  stage: Stage,
  source: App | 'portal',
  body: Buffer | string,
  headers: Headers = signature(source, Buffer.from(body)),
): Promise<number> {
  return stage.bot.status(`/webhooks/${source}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: Buffer.from(body),
  });
}
