// The stand-in for an SMS gateway: what it takes, what it refuses, what it shows.
import { startSimulators } from '../../simulators/start.js';

describe('the SMS gateway’s stand-in', () => {
  const running = startSimulators({ botUrl: 'http://127.0.0.1:1' });
  afterAll(async () => (await running).close());

  const post = async (body: unknown, headers: Record<string, string> = {}) => {
    const { url } = await running;
    return fetch(`${url}/sms/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: 'Bearer demo-sms-token', ...headers },
      body: JSON.stringify(body),
    });
  };
  const message = { to: '0950001234', text: 'ma 123456' };

  it('takes a message once, however often its key is repeated', async () => {
    const { sms } = await running;
    expect((await post(message, { 'Idempotency-Key': 'a' })).status).toBe(202);
    expect((await post(message, { 'Idempotency-Key': 'a' })).status).toBe(202);
    expect(sms.messages).toHaveLength(1);
    expect(sms.messages[0]).toMatchObject(message);
  });

  it.each([
    [message, { Authorization: 'Bearer other' }, 401],
    [{ to: 'An', text: 'x' }, {}, 400],
    [{ to: '0950001234', text: '' }, {}, 400],
    [{ to: '0950001234', text: 'x'.repeat(20_000) }, {}, 413],
  ])('refuses %j', async (body, headers, status) => {
    expect((await post(body, headers as Record<string, string>)).status).toBe(status);
  });

  it('refuses everything when told to', async () => {
    const { sms } = await running;
    sms.refuseWith(503);
    expect((await post(message)).status).toBe(503);
    sms.refuseWith(undefined);
    expect((await post(message)).status).toBe(202);
  });

  it('shows what it takes on its stream', async () => {
    const { url } = await running;
    const stream = await fetch(`${url}/sms/__sim/stream`);
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    await post({ to: '84950001234', text: 'xin chao' });
    let seen = '';
    while (!seen.includes('xin chao')) seen += (await reader?.read())?.value ?? '';
    expect(seen).toContain('event: sms');
    await reader?.cancel();
  });
});
