// Faults and the routes under /__sim/ of the simulated Zalo, used over HTTP as the phone page and other processes use them.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { ManualClock } from '../../simulators/platform/clock.js';
import type { FaultAction } from '../../simulators/platform/faults.js';
import { createZaloSimulator, type ZaloSimulator } from '../../simulators/zalo/server.js';
import { catchWebhooks, postJson, type WebhookCatcher } from './platform/webhook-catcher.js';

let zalo: ZaloSimulator;
let bot: WebhookCatcher;
let clock: ManualClock;
let user: string;

beforeEach(async () => {
  clock = new ManualClock(Date.parse('2026-11-02T12:00:00+07:00'));
  bot = await catchWebhooks();
  zalo = await createZaloSimulator({ clock, webhookUrl: bot.url });
  user = zalo.createUser().id;
  zalo.acts.open(user, {});
});
afterEach(async () => {
  await zalo.close();
  await bot.close();
});

const send = (signal?: AbortSignal) =>
  fetch(`${zalo.urls.openApi}/v3.0/oa/message/cs`, {
    method: 'POST',
    headers: { access_token: 'AT-0001' },
    body: JSON.stringify({ recipient: { user_id: user }, message: { text: 'Dạ' } }),
    ...(signal ? { signal } : {}),
  });
const sim = (path: string, body: unknown = {}, headers: Record<string, string> = {}) =>
  postJson(`${zalo.urls.control}${path}`, body, headers);

describe('faults', () => {
  it.each<[FaultAction, number, string]>([
    [{ kind: 'unavailable' }, 503, ''],
    [{ kind: 'badGateway' }, 502, '<html>'],
    [{ kind: 'tooMany' }, 429, ''],
    [{ kind: 'garbage' }, 200, '{"error":0,"mess'],
    [{ kind: 'rateLimited' }, 200, '"error":-32'],
    [{ kind: 'tokenExpired' }, 200, '"error":-216'],
    [{ kind: 'refuse', code: -200 }, 200, '"error":-200'],
  ])('%j hits once and accepts nothing', async (action, status, body) => {
    zalo.faults.add({ action });
    const res = await send();
    expect(res.status).toBe(status);
    expect(await res.text()).toContain(body);
    expect(zalo.outbox).toHaveLength(0);
    expect((await send()).status).toBe(200);
    expect(zalo.outbox).toHaveLength(1);
  });

  it('breaks the connection before or after the message was accepted', async () => {
    zalo.faults.add({ action: { kind: 'disconnect' } });
    await expect(send()).rejects.toThrow();
    expect(zalo.outbox).toHaveLength(0);
    zalo.faults.add({ action: { kind: 'resetAfter' } });
    await expect(send()).rejects.toThrow();
    expect(zalo.outbox).toHaveLength(1);
  });

  it('accepts and never answers', async () => {
    zalo.faults.add({ action: { kind: 'silentAfter' } });
    const gone = new AbortController();
    const answer = send(gone.signal);
    await until(() => zalo.outbox.length === 1);
    gone.abort();
    await expect(answer).rejects.toThrow();
  });

  it('is slow before or after it accepts', async () => {
    zalo.faults.add({ action: { kind: 'slow', ms: 3000 } });
    zalo.faults.add({ action: { kind: 'lateAnswer', ms: 3000 } });
    const slow = send();
    await until(() => zalo.faults.list().length === 1);
    const late = send();
    await until(() => zalo.outbox.length === 1);
    await clock.advance(3000);
    expect((await slow).status).toBe(200);
    expect((await late).status).toBe(200);
    expect(zalo.outbox).toHaveLength(2);
  });

  it('hits only what it names, from a given call on, until it is cleared', async () => {
    zalo.faults.add({ action: { kind: 'unavailable' }, path: '/message/cs', bodyIncludes: user, skip: 1, times: null });
    expect((await send()).status).toBe(200);
    expect((await send()).status).toBe(503);
    expect((await fetch(`${zalo.urls.openApi}/v2.0/oa/getoa`)).status).toBe(200);
    expect((await send()).status).toBe(503);
    zalo.faults.clear();
    expect((await send()).status).toBe(200);
  });

  it('refuses connections while it is down and comes back on the same port', async () => {
    await zalo.goDown();
    await expect(send()).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    await zalo.comeUp();
    expect((await send()).status).toBe(200);
  });
});

describe('control routes', () => {
  it('play a whole conversation', async () => {
    const { id } = await sim('/users', { name: 'Lê C' });
    expect(id).toMatch(/^\d{19}$/);
    await sim(`/users/${id}/open`);
    await sim(`/users/${id}/say`, { text: 'xin chào' });
    const buttons = [{ title: 'Menu', type: 'oa.query.show', payload: '#MENU' }];
    const message = { text: 'Chào bạn', attachment: { type: 'template', payload: { buttons } } };
    await postJson(
      `${zalo.urls.openApi}/v3.0/oa/message/cs`,
      { recipient: { user_id: id }, message },
      { access_token: 'AT-0001' },
    );
    const shown = (await (await fetch(`${zalo.urls.control}/users/${id}/conversation`)).json()) as ReturnType<
      ZaloSimulator['conversation']
    >;
    expect(shown).toMatchObject({
      typing: false,
      state: 'open',
      messages: [{ from: 'citizen' }, { from: 'bot', text: 'Chào bạn' }],
    });
    await sim(`/users/${id}/tap`, { messageId: shown.messages[1]?.id, index: 0 });
    await zalo.settled();
    expect(
      bot
        .events()
        .map((event) => event.message?.text ?? event.event_name)
        .slice(-4),
    ).toEqual(['follow', 'user_click_chatnow', 'xin chào', '#MENU']);
  });

  it('stream what happens', async () => {
    const gone = new AbortController();
    const res = await fetch(`${zalo.urls.control}/users/${user}/stream`, { signal: gone.signal });
    expect(res.headers.get('content-type')).toBe('text/event-stream');
    const reader = res.body?.getReader();
    let text = '';
    const readUntil = async (part: string) => {
      while (!text.includes(part)) text += Buffer.from((await reader?.read())?.value ?? []).toString('utf8');
    };
    await readUntil(': open');
    zalo.acts.say(user, { text: 'một' });
    zalo.acts.block(user, {});
    await readUntil('blocked');
    expect(text).toMatch(/event: message\ndata: \{.*"text":"một".*\}\n\n/);
    expect(text).toContain('event: state\ndata: {"state":"blocked"}\n\n');
    gone.abort();
  });

  it('answer nonsense with a hint and refuse pages of other sites', async () => {
    expect(await sim('/users/1/say', { text: 'a' })).toEqual({ error: 'no such user' });
    expect((await sim(`/users/${user}/say`, {})).error).toContain('text');
    expect((await sim('/faults', { action: { kind: 'explode' } })).error).toContain('action.kind');
    expect(await sim(`/users/${user}/say`, 'no json')).toMatchObject({ error: expect.any(String) });
    expect(await sim('/nothing')).toEqual({ error: 'no such route: nothing' });
    expect(await sim(`/users/${user}/say`, { text: 'a' }, { Origin: 'https://evil.example' })).toEqual({
      error: 'same origin only',
    });
  });

  it('move the clock, switch faults, hold and look', async () => {
    await sim('/clock', { advanceMs: 1000 });
    await sim('/faults', { action: { kind: 'unavailable' }, times: null });
    expect((await send()).status).toBe(503);
    await fetch(`${zalo.urls.control}/faults`, { method: 'DELETE' });
    await sim('/twists', { copies: 2 });
    await sim(`/users/${user}/say`, { text: 'hai lần' });
    await zalo.settled();
    expect(bot.events().filter((event) => event.message?.text === 'hai lần')).toHaveLength(2);
    expect(await sim('/behaviour', { echo: 1 })).toMatchObject({ error: expect.stringContaining('wrong kind') });
    expect(await sim('/behaviour', { toString: 1 })).toMatchObject({ error: expect.any(String) });
    expect(await sim('/behaviour', { echo: false, rpm: null })).toMatchObject({ echo: false, rpm: null });
    await sim('/expireToken');
    expect(await (await send()).json()).toMatchObject({ error: -216 });
    const state = await (await fetch(`${zalo.urls.control}/state`)).json();
    expect(state).toMatchObject({ now: clock.now(), webhookDisabled: false });
    await sim('/reset');
    expect(zalo.state.users.size).toBe(0);
  });
});

it('answers under its prefix inside another server and leaves the rest alone', async () => {
  const inner = await createZaloSimulator({ port: null });
  const server = http.createServer(async (req, res) => {
    if (!(await inner.handle(req, res))) res.writeHead(418).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  expect(await postJson(`${base}/zalo/__sim/users`, {})).toEqual({ id: expect.any(String) });
  expect(
    await (await fetch(`${base}${inner.urls.openApi}/v2.0/oa/getoa`, { headers: { access_token: 'AT-0001' } })).json(),
  ).toMatchObject({ error: 0 });
  expect((await fetch(`${base}/other`)).status).toBe(418);
  await inner.goDown();
  await expect(fetch(`${base}${inner.urls.openApi}/v2.0/oa/getoa`)).rejects.toThrow();
  await inner.comeUp();
  expect((await fetch(`${base}${inner.urls.openApi}/v2.0/oa/getoa`)).status).toBe(200);
  server.closeAllConnections();
  server.close();
  await inner.close();
});

it('takes sends to anybody and remembers none of them when it is lean', async () => {
  let sends = 0;
  const lean = await createZaloSimulator({ lean: true, onSend: () => (sends += 1) });
  for (let at = 0; at < 20; at += 1) {
    const body = { recipient: { user_id: `300040005000600070${at % 3}` }, message: { text: 'a' } };
    expect((await postJson(`${lean.urls.openApi}/v3.0/oa/message/cs`, body, { access_token: 'AT-0001' })).error).toBe(
      0,
    );
  }
  expect(sends).toBe(20);
  expect(lean.outbox).toHaveLength(0);
  await lean.close();
});

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setImmediate(resolve));
}
