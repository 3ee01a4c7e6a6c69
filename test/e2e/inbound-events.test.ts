// Every kind of event that the two platforms are known to send, signed, with real people behind it: answered 200, and
// afterwards the bot is as well as before.
import { join } from 'node:path';
import { demoAccounts } from '../../simulators/accounts.js';
import { HOME } from '../../src/flows/home/texts.js';
import { Sql, text } from '../../src/storage/embedded/sql.js';
import { payloadBytes, payloadNames } from '../channels/payloads.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { APPS, type App, Stage } from './stage.js';
import { post } from './webhook.js';
import { texts } from './wording.js';

/** The index of events in Zalo's documents; those without a recorded request are sent in the common envelope. */
const ZALO_EVENTS = `follow unfollow user_send_text user_send_image user_send_link user_send_audio user_send_video
  user_send_sticker user_send_location user_send_business_card user_send_file user_send_gif user_submit_info
  user_click_chatnow user_seen_message user_received_message user_reacted_message oa_reacted_message oa_send_text
  oa_send_image oa_send_gif oa_send_list oa_send_file oa_send_sticker oa_send_template anonymous_send_text
  anonymous_send_image anonymous_send_file anonymous_send_sticker oa_send_anonymous_text oa_send_anonymous_image
  oa_send_anonymous_file oa_send_anonymous_sticker oa_send_consent user_reply_consent user_call_oa oa_call_user
  add_user_to_tag remove_user_from_tag remove_tag update_user_info user_withdraw change_oa_daily_quota
  change_template_status change_template_quality change_template_quota change_oa_template_tags user_feedback
  user_click_response_button event_journey_time_out event_journey_acknowledged widget_interaction_accepted
  widget_failed_to_sync_user_external_id extension_purchased shop_has_order create_group user_join_group
  user_send_group_text oa_send_group_text`.split(/\s+/);

/** Keys that name an event of Messenger, each with a documented content. */
const MESSENGER_EVENTS: Readonly<Record<string, object>> = {
  message: { mid: 'm_kind', text: 'menu' },
  postback: { mid: 'm_tap', title: 'Menu', payload: 'home.menu' },
  reaction: { action: 'react', reaction: 'love', emoji: '❤️', mid: 'm_kind' },
  read: { watermark: 1_760_000_002_000 },
  delivery: { mids: ['m_9'], watermark: 1_760_000_001_500 },
  referral: { ref: 'table12', source: 'SHORTLINK', type: 'OPEN_THREAD' },
  optin: { ref: 'plugin' },
  messaging_feedback: {
    feedback_screens: [{ screen_id: 0, questions: { conv77_csat: { type: 'csat', payload: '4' } } }],
  },
  response_feedback: { feedback: 'Good response', mid: 'm_9' },
  account_linking: { status: 'linked', authorization_code: 'CODE' },
  message_edit: { mid: 'm_kind', text: 'sửa', num_edit: 1 },
  pass_thread_control: { previous_owner_app_id: '5555', new_owner_app_id: '4444444444000001', metadata: '' },
  take_thread_control: { previous_owner_app_id: null, new_owner_app_id: '263902037430900', metadata: '' },
  request_thread_control: { requested_owner_app_id: 263902037430900, metadata: 'agent' },
  app_roles: { '4444444444': ['primary_receiver'] },
  order: { products: [{ id: '1', name: 'x', unit_price: 1, currency: 'VND', quantity: 1 }] },
  template: { type: 'coupon', payload: 'p', coupon_code: 'c' },
  form: { id: '1' },
  messaging_customer_information: { screens: [{ screen_id: 0, responses: [{ key: 'k', value: 'v' }] }] },
  game_play: { game_id: '1', player_id: '2', context_type: 'SOLO' },
};

let stage: Stage;
beforeAll(async () => {
  // The recorded people are strangers to the simulators.
  stage = await Stage.open({ zalo: { behaviour: { anyUser: true } }, messenger: { behaviour: { anyUser: true } } });
});
afterAll(async () => {
  await stage.close();
  removeTemporaryFolders();
});

/** An OA or Page that is taken away cannot answer the rest: these come last. */
const TROUBLE = /permission-revoked|policy/;
const DOCUMENTED_PAGE = '1111111111';

/** A recorded request, for the Page of this stage. */
function recorded(app: App, name: string): Buffer {
  const bytes = payloadBytes(app, name);
  if (app === 'zalo') return bytes;
  return Buffer.from(bytes.toString('utf8').replaceAll(`"${DOCUMENTED_PAGE}"`, `"${demoAccounts.messenger.pageId}"`));
}

/** Reasons of the dead letters about webhooks, as the bot stored them. */
function storedReasons(): string[] {
  const sql = new Sql({ file: join(stage.dataDir, 'mot-cua.db') });
  try {
    return sql.all("SELECT reason FROM dead_letters WHERE source = 'webhook'").map((row) => text(row, 'reason'));
  } finally {
    sql.close();
  }
}

async function isWell(): Promise<void> {
  expect(await stage.bot.status('/healthz')).toBe(200);
  expect(await stage.bot.status('/metrics')).toBe(200);
  expect(stage.bot.running).toBe(true);
}

describe.each(APPS)('%s', (app) => {
  it.each(payloadNames(app).filter((name) => !TROUBLE.test(name)))('takes the recorded request %s', async (name) => {
    expect(await post(stage, app, recorded(app, name))).toBe(200);
    await stage.quiet();
    await isWell();
  });
});

it.each(ZALO_EVENTS)('takes Zalo’s %s in the common envelope', async (name) => {
  const { zalo } = stage.simulators;
  const user = { id: '3000400050006000777' };
  const oa = { id: zalo.state.oa.id };
  const byOa = name.startsWith('oa_');
  const delivery = await zalo.sendEvent({
    app_id: zalo.state.app.id,
    oa_id: oa.id,
    sender: byOa ? oa : user,
    recipient: byOa ? user : oa,
    follower: user,
    user_id: user.id,
    event_name: name,
    message: { msg_id: `kind-${name}`, text: 'menu', attachments: [{ type: 'x', payload: {} }] },
    timestamp: String(zalo.clock.now()),
  });
  expect(delivery.attempts.map(({ status }) => status)).toEqual([200]);
  await stage.quiet();
  await isWell();
});

it.each(Object.keys(MESSENGER_EVENTS))('takes Messenger’s %s', async (key) => {
  const { messenger } = stage.simulators;
  const envelope = { sender: { id: '20000000000000077' }, recipient: { id: messenger.state.page.id } };
  const timestamp = messenger.clock.now();
  const delivery = await messenger.sendEvent({ ...envelope, timestamp, [key]: MESSENGER_EVENTS[key] });
  expect(delivery.attempts.map(({ status }) => status)).toEqual([200]);
  await stage.quiet();
  await isWell();
});

it('keeps one dead letter for each event of a kind that nobody has told of', async () => {
  const { zalo, messenger } = stage.simulators;
  const counted = () => stage.bot.metric('mot_cua_dead_letters_total', { source: 'webhook', reason: 'unknown.other' });
  const before = await counted();
  await zalo.sendEvent({ app_id: zalo.state.app.id, event_name: 'user_blinked', timestamp: String(zalo.clock.now()) });
  await messenger.sendEvent({ sender: { id: '2' }, timestamp: messenger.clock.now(), hologram: { mid: 'm_1' } });
  expect(await counted()).toBe(before + 2);
  expect(storedReasons()).toEqual(expect.arrayContaining(['unknown.user_blinked', 'unknown.hologram']));
});

it('knows every documented kind: none of them became an unknown one', () => {
  const unknown = new Set(storedReasons().filter((reason) => reason.startsWith('unknown.')));
  // One recorded request of Zalo has an invented name as well.
  const invented = JSON.parse(payloadBytes('zalo', 'unknown-event').toString('utf8')) as { event_name: string };
  expect(unknown).toEqual(new Set(['unknown.user_blinked', 'unknown.hologram', `unknown.${invented.event_name}`]));
  expect(stage.bot.logged('turn.threw')).toEqual([]);
  expect(stage.bot.logged('webhook.threw')).toEqual([]);
});

it('answers citizens after all of it', async () => {
  for (const app of APPS) expect(await stage.citizen(app).say('menu')).toContain(texts.format(HOME.menu));
});

it.each(APPS)('rests the account of %s when it is taken away, and stays alive', async (app) => {
  const names = payloadNames(app).filter((name) => /permission-revoked|policy-block/.test(name));
  expect(names).toHaveLength(1);
  for (const name of names) expect(await post(stage, app, recorded(app, name))).toBe(200);
  expect(await stage.bot.metric('mot_cua_accounts_paused')).toBe(APPS.indexOf(app) + 1);
  expect(await stage.bot.logs('account.paused', APPS.indexOf(app) + 1)).toHaveLength(APPS.indexOf(app) + 1);
  await isWell();
});
