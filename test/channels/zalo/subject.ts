// A Zalo channel for tests, its signatures and its limits, written from the platform's rules rather than from the channel.

import { createHash } from 'node:crypto';
import { Governor } from '../../../src/channels/governor.js';
import { simplifyZalo } from '../../../src/channels/zalo/fallback.js';
import { createZaloChannel, type ZaloOptions } from '../../../src/channels/zalo/zalo.js';
import type { JsonObject } from '../../../src/lib/json.js';
import { silentLog } from '../../../src/lib/log.js';
import type { ChannelUnderTest } from '../contract.js';
import { MemoryTokens } from '../memory-tokens.js';

export const APP = '1000200030004000500';
export const OA = '2000300040005000600';
export const USER = '3000400050006000700';

export function zaloOptions(url: string, change: Partial<ZaloOptions> = {}): ZaloOptions {
  return {
    app: { id: APP, secret: 'app-secret-for-tests' },
    accounts: [{ oaId: OA, oaSecretKeys: ['oa-secret-for-tests', 'oa-secret-next'] }],
    urls: { api: url, oauth: url, template: url },
    tokens: new MemoryTokens(),
    seedTokens: { [OA]: { accessToken: 'AT-0001', refreshToken: 'RT-0001' } },
    clock: () => 1_767_225_600_000,
    governor: new Governor(),
    log: silentLog,
    ...change,
  };
}

export function macHeader(secret: string, body: Buffer): string {
  const timestamp = /"timestamp"\s*:\s*"?(\d+)/.exec(body.toString('utf8'))?.[1] ?? '';
  return `mac=${createHash('sha256').update(APP).update(body).update(timestamp).update(secret).digest('hex')}`;
}

const sign = (secret: string) => (body: Buffer) => ({ 'x-zevent-signature': macHeader(secret, body) });

interface Button {
  title: string;
  type: string;
  payload: string | { url?: string; phone_code?: string };
}

export function buttonsOf(body: JsonObject): Button[] {
  const attachment = body.attachment as { payload?: { buttons?: Button[] } } | undefined;
  return attachment?.payload?.buttons ?? [];
}

export const zaloSubject: ChannelUnderTest = {
  simplify: simplifyZalo,
  name: 'zalo',
  account: OA,
  create: (url, timeoutMs = 2000) => createZaloChannel(zaloOptions(url, { timeoutMs })),
  signed: {
    accepted: [sign('oa-secret-for-tests'), sign('oa-secret-next')],
    refused: sign('somebody-else'),
  },
  unreadable: Buffer.from('{"event_name":"user_send_text","timestamp":"1767225600123",'),
  signatureHeader: 'x-zevent-signature',
  shown: (body) => [String(body.text ?? ''), ...buttonsOf(body).map(({ title }) => title)].join('\n'),
  checkLimits(body) {
    const buttons = buttonsOf(body);
    if (typeof body.text !== 'string' || body.text === '' || body.text.length > 2000) throw new Error('text');
    if (buttons.length > 5) throw new Error('too many buttons');
    for (const { title, type, payload } of buttons) {
      if (title === '' || title.length > 100) throw new Error(`title: ${title}`);
      if (type === 'oa.query.hide' && !(typeof payload === 'string' && /^#[!-~]{1,999}$/.test(payload)))
        throw new Error('payload');
      if (type === 'oa.open.phone' && !(typeof payload === 'object' && /^\d+$/.test(payload.phone_code ?? '')))
        throw new Error('phone');
    }
  },
};
