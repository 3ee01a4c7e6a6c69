// What the load generator sends must be what the bot takes for a citizen's message; else the bench measures refusals.
import { userId, userNumber, webhookRequest } from '../../bench/webhook-bodies.js';
import { demoAccounts } from '../../simulators/accounts.js';
import { parseZalo } from '../../src/channels/zalo/parse.js';
import { verifyZalo } from '../../src/channels/zalo/verify.js';

const { appId, oaId, oaSecretKey } = demoAccounts.zalo;

describe('the load generator’s webhooks', () => {
  it('carry a signature that the bot accepts and a message that it understands', () => {
    const bytes = webhookRequest({ user: 7, text: 'xin chào', messageId: 'm-1', at: 1_700_000_000_000 });
    const [head = '', body = ''] = bytes.toString('utf8').split('\r\n\r\n');
    const mac = /X-ZEvent-Signature: (\S+)/.exec(head)?.[1] ?? '';
    const keys = { appId, shared: [], byAccount: new Map([[oaId, [oaSecretKey]]]) };
    const verdict = verifyZalo(keys, { 'x-zevent-signature': mac }, Buffer.from(body));
    expect(verdict.verdict).toBe('ok');
    expect(parseZalo(JSON.parse(body), new Set([oaId]))).toMatchObject([
      { type: 'lane', lane: `zalo:${oaId}:${userId(7)}`, body: { kind: 'text', text: 'xin chào', messageId: 'm-1' } },
    ]);
  });

  it('name users by ids that lead back to their number', () => {
    for (const user of [0, 42, 999_999]) expect(userNumber(userId(user))).toBe(user);
    expect(userNumber('2000300040005000600')).toBe(-1);
  });
});
