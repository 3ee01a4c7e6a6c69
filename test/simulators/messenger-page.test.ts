// Calls about the Page and its people in the simulated Messenger, and its control routes.
import { createMessengerSimulator, type MessengerSimulator } from '../../simulators/messenger/server.js';
import { ManualClock } from '../../simulators/platform/clock.js';
import { postJson } from './platform/webhook-catcher.js';

const TOKEN = { Authorization: 'Bearer EAATESTTOKEN' };

let fb: MessengerSimulator;
let clock: ManualClock;
let user: string;

beforeEach(async () => {
  clock = new ManualClock(Date.parse('2026-11-02T12:00:00+07:00'));
  fb = await createMessengerSimulator({ clock });
  user = fb.createUser({ firstName: 'Bình', lastName: 'Trần' }).id;
});
afterEach(() => fb.close());

// biome-ignore lint/suspicious/noExplicitAny: answers are examined field by field
const get = async (path: string): Promise<any> =>
  (await fetch(`${fb.urls.graph}/v25.0/${path}`, { headers: TOKEN })).json();
const post = (path: string, body: object) => postJson(`${fb.urls.graph}/v25.0/${path}`, body, TOKEN);
const sim = (path: string, body: object = {}) => postJson(`${fb.urls.control}${path}`, body);

it('tells a profile only when the person lets it', async () => {
  expect(await get(`${user}?fields=first_name,last_name`)).toEqual({ first_name: 'Bình', last_name: 'Trần', id: user });
  const person = fb.state.users.get(user);
  if (person) person.profileVisible = false;
  expect(await get(`${user}?fields=first_name`)).toEqual({});
  expect((await get('123?fields=first_name')).error).toMatchObject({ code: 100, error_subcode: 33 });
});

it('keeps the Messenger profile within its rules', async () => {
  const menu = [{ locale: 'default', call_to_actions: [{ type: 'postback', title: 'Gặp cán bộ', payload: 'HUMAN' }] }];
  expect((await post('me/messenger_profile', { persistent_menu: menu })).error.code).toBe(100);
  expect(await post('me/messenger_profile', { get_started: { payload: 'BAT_DAU' }, persistent_menu: menu })).toEqual({
    result: 'success',
  });
  expect(
    (await post('me/messenger_profile', { greeting: [{ locale: 'default', text: 'x'.repeat(161) }] })).error.code,
  ).toBe(100);
  const questions = Array(5).fill({ question: 'Giờ làm việc?', payload: 'HOURS' });
  expect(
    (await post('me/messenger_profile', { ice_breakers: [{ locale: 'default', call_to_actions: questions }] })).error
      .code,
  ).toBe(100);
  expect((await get('me/messenger_profile?fields=get_started')).data).toEqual([
    { get_started: { payload: 'BAT_DAU' } },
  ]);

  fb.acts.open(user, {});
  fb.acts.menu(user, { index: 0 });
  expect(fb.conversation(user).messages.map(({ text }) => text)).toEqual(['Bắt đầu', 'Gặp cán bộ']);
  for (let call = 0; call < 5; call += 1) await get('me/messenger_profile');
  expect((await get('me/messenger_profile')).error.code).toBe(613);
});

it('uploads for later and keeps personas', async () => {
  const attachment = { type: 'file', payload: { url: 'https://a.example/don.pdf', is_reusable: true } };
  expect((await post('me/message_attachments', { message: { attachment } })).attachment_id).toMatch(/^\d{16}$/);
  const once = { ...attachment, payload: { url: 'https://a.example/don.pdf' } };
  expect((await post('me/message_attachments', { message: { attachment: once } })).error.code).toBe(100);
  const { id } = await post('me/personas', { name: 'Chị Lan', profile_picture_url: 'https://a.example/l.jpg' });
  fb.acts.say(user, { text: 'a' });
  expect(
    (await post('me/messages', { recipient: { id: user }, persona_id: id, message: { text: 'Dạ' } })).error,
  ).toBeUndefined();
  expect(
    (await post('me/messages', { recipient: { id: user }, persona_id: '1', message: { text: 'Dạ' } })).error.code,
  ).toBe(100);
});

it('gives back a conversation, details of the 20 newest messages only', async () => {
  const first = fb.acts.say(user, { text: 'tin 0' }).id;
  for (let at = 1; at <= 20; at += 1) fb.acts.say(user, { text: `tin ${at}` });
  const [{ id }] = (await get(`me/conversations?platform=messenger&user_id=${user}`)).data;
  const { messages } = await get(`${id}?fields=messages`);
  expect(messages.data).toHaveLength(21);
  expect(await get(`${messages.data[0].id}?fields=id,created_time,from,to,message`)).toMatchObject({
    created_time: '2026-11-02T05:00:00+0000',
    from: { id: user },
    message: 'tin 20',
  });
  expect((await get(first)).error.code).toBe(9000001);
});

it('exchanges and examines tokens', async () => {
  const query = `client_id=${fb.state.app.id}&client_secret=${fb.state.app.secret}&fb_exchange_token=short`;
  expect(await get(`oauth/access_token?grant_type=fb_exchange_token&${query}`)).toMatchObject({ token_type: 'bearer' });
  expect((await get('debug_token?input_token=EAATESTTOKEN')).data.is_valid).toBe(true);
  expect((await get('me/accounts')).data).toMatchObject([{ id: fb.state.page.id, access_token: 'EAATESTTOKEN' }]);
});

it("answers an unknown path with Meta's error", async () => {
  expect((await get('me/nothing')).error).toMatchObject({ code: 100, error_subcode: 33, type: 'GraphMethodException' });
});

it('speaks its own errors under faults', async () => {
  fb.acts.say(user, { text: 'a' });
  const send = () => post('me/messages', { recipient: { id: user }, message: { text: 'Dạ' } });
  fb.faults.add({ action: { kind: 'rateLimited' } });
  fb.faults.add({ action: { kind: 'tokenExpired' } });
  fb.faults.add({ action: { kind: 'refuse', code: 1, subcode: 1357046 } });
  expect((await send()).error).toMatchObject({ code: 613 });
  expect((await send()).error).toMatchObject({ code: 190, error_subcode: 463 });
  expect((await send()).error).toMatchObject({ code: 1, error_subcode: 1357046 });
  expect((await send()).message_id).toBeDefined();
});

it('plays a conversation through the control routes', async () => {
  const { id } = await sim('/users', { firstName: 'Cường' });
  await sim(`/users/${id}/open`);
  await sim(`/users/${id}/say`, { text: 'xin chào' });
  const sent = await post('me/messages', {
    recipient: { id },
    message: { text: 'Chọn', quick_replies: [{ content_type: 'text', title: 'Menu', payload: 'MENU' }] },
  });
  await sim(`/users/${id}/tap`, { messageId: sent.message_id, index: 0 });
  const shown = await (await fetch(`${fb.urls.control}/users/${id}/conversation`)).json();
  expect(shown).toMatchObject({
    state: 'open',
    messages: [{ text: 'Bắt đầu' }, { text: 'xin chào' }, { from: 'bot' }, { from: 'citizen', text: 'Menu' }],
  });
  await sim('/token', { token: 'EAATESTTOKEN', state: 'expired' });
  expect((await get('me')).error.code).toBe(190);
});

it('takes sends to anybody and remembers none of them when it is lean', async () => {
  let sends = 0;
  const lean = await createMessengerSimulator({ lean: true, onSend: () => (sends += 1) });
  for (let at = 0; at < 20; at += 1) {
    const answer = await postJson(
      `${lean.urls.graph}/v25.0/me/messages`,
      { recipient: { id: `2222222222333333${at % 3}` }, message: { text: 'a' } },
      TOKEN,
    );
    expect(answer.message_id).toBeDefined();
  }
  expect([sends, lean.outbox.length]).toEqual([20, 0]);
  await lean.close();
});
