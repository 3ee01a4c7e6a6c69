// Personal data on every way through the bot, the failing ones most of all: the log, the metrics and the files in DATA_DIR
// must not hold any of it, nor any secret.
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { demoAccounts } from '../../simulators/accounts.js';
import type { DossierHint } from '../../simulators/portal/hints.js';
import { DOSSIER } from '../../src/flows/dossier-tracking/texts.js';
import { fold } from '../../src/language/fold.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { DESK, Officer } from './officer.js';
import { APPS, type App, type Citizen, Stage } from './stage.js';
import { post } from './webhook.js';
import { texts } from './wording.js';

/** Each is unlike anything else that could stand in a log or a file. */
const NAME = 'Quỳnh Đỗ Bảo Vẹnzuka';
const PHONE = '0987612345';
const ID_NUMBER = '099187654321';
const EMAIL = 'venzuka.quynh@thu.example';
const WORDS = 'con mèo Xylôfon ăn vạ';
const OFFICER = 'Cán bộ Jêzabên trả lời riêng';
/** Written by an officer at the desk: for the citizen, for colleagues, as a file’s name, as a password in the wrong place. */
const REPLY = 'Chị Kàrambôl mang giấy tới nhé';
const NOTE = 'Mạnđôlin: nhà có người ốm';
const FILE = 'Phôntênơ của chị';
const MISTYPED = 'mật-khẩu-Bôlêrốt-gõ-nhầm';
const PERSONAL = [
  ...[NAME, PHONE, ID_NUMBER, EMAIL, WORDS, OFFICER, REPLY, NOTE, FILE, MISTYPED],
  ...['Xylôfon', 'Jêzabên', 'Vẹnzuka', 'Kàrambôl', 'Mạnđôlin', 'Phôntênơ', 'Bôlêrốt'],
];

let stage: Stage;
const proofs: string[] = [];
const codes: string[] = [];
const people: Citizen[] = [];
let officer: Officer;
let metrics = '';

beforeAll(async () => {
  stage = await Stage.open({}, DESK);
  officer = await Officer.signIn(stage);
  for (const app of APPS) await talk(app);
  for (const app of APPS) await everything(app);
  await failures();
  metrics = await stage.bot.text('/metrics');
  // What was in memory only, or in a file of SQLite's own, is on the disk after this.
  expect(await stage.bot.stop()).toBe(0);
}, 60_000);
afterAll(async () => {
  await stage.close();
  removeTemporaryFolders();
});

function dossier(situation: string): DossierHint {
  const hint = stage.simulators.portal.hints().dossiers.find((one) => one.situation === situation);
  if (hint === undefined) throw new Error(`the portal has no dossier that is ${situation}`);
  proofs.push(hint.proof);
  codes.push(hint.code);
  return hint;
}

function person(app: App): Citizen {
  const citizen = stage.citizen(app, { name: NAME, phone: `84${PHONE.slice(1)}` });
  people.push(citizen);
  return citizen;
}

/** Everything a citizen can do on a good day. */
async function everything(app: App): Promise<void> {
  const citizen = person(app);
  const { acts } = stage.simulators[app];
  await citizen.say(`Tôi là ${NAME}, sđt ${PHONE}, CCCD ${ID_NUMBER}, mail ${EMAIL}: ${WORDS}`);
  await citizen.say(fold(`toi ten ${NAME} hoi ve ${WORDS}`));
  const { code, proof } = dossier(app === 'zalo' ? 'supplement' : 'payment');
  await citizen.say(`hồ sơ ${code} của ${NAME} tới đâu`);
  await citizen.tap(texts.format(DOSSIER.detail));
  await citizen.say('7070');
  proofs.push('7070');
  await citizen.say(`${PHONE.slice(0, -4)}${proof}`);
  await citizen.say('quay lại');
  await citizen.say(`số tôi ${PHONE}`);
  await citizen.say(ID_NUMBER);
  await citizen.say(`tôi muốn phản ánh cán bộ ${NAME} về ${WORDS}`);
  await citizen.answerTo(() =>
    acts.image(citizen.id, { url: `https://cdn.example/${fold(NAME).replaceAll(' ', '-')}.jpg` }),
  );
  await citizen.answerTo(() => acts.file(citizen.id, { url: `https://cdn.example/Xylôfon.pdf` }));
  await citizen.answerTo(() => acts.location(citizen.id, {}));
  if (app === 'zalo') {
    await citizen.answerTo(() => stage.simulators.zalo.acts.card(citizen.id, { phone: PHONE }));
    const { zalo } = stage.simulators;
    await citizen.answerTo(() =>
      zalo.sendEvent({
        app_id: zalo.state.app.id,
        event_name: 'user_submit_info',
        sender: { id: citizen.id },
        recipient: { id: zalo.state.oa.id },
        info: { name: NAME, phone: PHONE, full_address: { user_address: WORDS } },
        timestamp: String(zalo.clock.now()),
      }),
    );
  } else {
    const messageId = citizen.messages.find(({ from }) => from === 'citizen')?.id ?? '';
    await citizen.answerTo(() =>
      stage.simulators.messenger.acts.edit(citizen.id, { messageId, text: `${NAME} ${WORDS}` }),
    );
  }
  await citizen.answerTo(() => acts.officer(citizen.id, { text: `${OFFICER} cho ${NAME}` }));
  await citizen.say(`cảm ơn, tôi là ${NAME}`);
}

/** A talk with staff, what they look for meanwhile, and what the desk refuses. */
async function talk(app: App): Promise<void> {
  const citizen = person(app);
  await citizen.say(`Cho tôi gặp cán bộ, tôi là ${NAME}, ${PHONE}, ${WORDS}`);
  const { id } = await officer.only('waiting');
  await officer.claim(id);
  citizen.write(`${WORDS}, CCCD ${ID_NUMBER}, ${EMAIL}`);
  await stage.quiet();
  const bytes = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const { file } = await officer.upload(id, `${FILE}.png`, bytes, 'image/png');
  await officer.reply(id, { text: `${REPLY}, ${NAME}, ${PHONE}`, file });
  await officer.done('POST', `/tickets/${id}/notes`, { key: randomUUID(), text: `${NOTE} ${PHONE}` });
  await officer.done('PUT', `/tickets/${id}/tags`, { tags: ['Xylôfon'] });
  await officer.done('POST', '/search', { q: NAME });
  for (const entry of await officer.entries(id))
    if (entry.lines.some(({ masked }) => masked))
      await officer.done('POST', `/tickets/${id}/reveal`, { entry: entry.id });
  await officer.upload(id, `${FILE}.txt`, Buffer.from(WORDS), 'text/plain').catch(() => undefined);
  await officer.call('POST', `/tickets/${id}/notes`, Buffer.from(`{"text":"${NOTE}`));
  await officer.call('POST', `/tickets/${id}/reply`, { key: NAME, text: REPLY });
  await officer.call('GET', `/search?q=${encodeURIComponent(NAME)}`);
  await officer.call('GET', `/tickets/${encodeURIComponent(NAME)}?phone=${PHONE}`);
  for (const who of [{}, { username: MISTYPED, password: NAME }, { username: 'quan-tri', password: MISTYPED }])
    await fetch(`${stage.bot.url}/api/desk/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(who),
    });
  await officer.done('POST', `/tickets/${id}/close`, { resolution: 'answered' });
  await stage.quiet();
}

/** The same data where something breaks. */
async function failures(): Promise<void> {
  const { zalo, messenger, portal } = stage.simulators;
  for (const app of APPS) {
    // Replies that cannot leave: refused, of unknown outcome, to somebody who blocked us.
    const refused = person(app);
    await refused.say('xin chào');
    const refusal = app === 'zalo' ? { code: -244 } : { code: 551, subcode: 1545041 };
    stage.simulators[app].faults.add({
      action: { kind: 'refuse', ...refusal },
      bodyIncludes: refused.id,
      path: '/message',
    });
    await refused.say(`hồ sơ ${dossier('overdue').code} của ${NAME}`);
    stage.simulators[app].faults.add({ action: { kind: 'resetAfter' }, bodyIncludes: refused.id, path: '/message' });
    await refused.say(`${NAME} ${WORDS}`);
    stage.simulators[app].acts.block(refused.id, {});
    refused.write(`${NAME} ${PHONE}`);
    // A portal that fails while a proof is on its way to it.
    const unlucky = person(app);
    const { code, proof } = dossier(app === 'zalo' ? 'rejected' : 'stopped');
    await unlucky.say(code);
    await unlucky.tap(texts.format(DOSSIER.detail));
    for (const kind of ['garbage', 'error500', 'reset', 'down'] as const) {
      portal.setFault({ kind, path: '/dossiers' });
      await unlucky.say(proof);
      await unlucky.say(`${code} ${NAME}`);
      await unlucky.tap(texts.format(DOSSIER.detail)).catch(() => undefined);
    }
    portal.setFault({ kind: 'none' });
  }
  // Webhooks that are signed and not understood, and some that are not signed.
  const strange = `{"event_name":"user_whispered","sender":{"name":"${NAME}"},"message":{"text":"${WORDS} ${PHONE}"},"timestamp":"1767225600123"}`;
  for (const source of ['zalo', 'messenger', 'portal'] as const) {
    await post(stage, source, strange);
    await post(stage, source, `not json "timestamp":"1767225600123" ${NAME} ${ID_NUMBER}`);
    await post(stage, source, strange, {});
  }
  await messenger.sendEvent({ sender: { id: '2' }, timestamp: 1, whisper: { name: NAME, text: WORDS } });
  // Known kinds with broken insides.
  await zalo.sendEvent({
    app_id: zalo.state.app.id,
    sender: { id: { name: NAME } },
    recipient: { id: zalo.state.oa.id },
    event_name: 'user_send_text',
    message: { text: WORDS },
    timestamp: '1767225600123',
  });
  await stage.bot.status(`/webhooks/zalo?name=${encodeURIComponent(NAME)}&phone=${PHONE}`);
  await stage.bot.status(`/nothing/${PHONE}?q=${encodeURIComponent(NAME)}`);
  await portal.changeDossier(codes[0] ?? '', { status: 5, note: NAME, missingDocuments: [WORDS] });
  await stage.quiet();
}

/** Every spelling in which it might have been written down. */
function spellings(text: string): string[] {
  const both = [text, fold(text), text.toLowerCase(), text.normalize('NFD')];
  return [...new Set(both.flatMap((one) => [one, encodeURIComponent(one), JSON.stringify(one).slice(1, -1)]))];
}

const secrets = (): string[] => [
  ...officer.secrets,
  demoAccounts.zalo.appSecret,
  demoAccounts.zalo.oaSecretKey,
  demoAccounts.zalo.accessToken,
  demoAccounts.zalo.refreshToken,
  demoAccounts.messenger.appSecret,
  demoAccounts.messenger.pageAccessToken,
  demoAccounts.messenger.verifyToken,
  demoAccounts.portal.apiKey,
  demoAccounts.portal.webhookSecret,
  stage.simulators.zalo.state.tokens.current.access,
  stage.simulators.zalo.state.tokens.current.refresh,
];

/** Which of these stand in the text, named by what they are rather than by their value. */
function found(text: string, wanted: readonly string[]): string[] {
  return wanted.filter((one) => spellings(one).some((spelling) => text.includes(spelling)));
}

/** Files hold text in UTF-8 or, beside emoji, in UTF-16; they were read byte by byte. */
function foundInBytes(bytes: string, wanted: readonly string[]): string[] {
  const encodings = (one: string) =>
    spellings(one).flatMap((text) => [
      Buffer.from(text, 'utf8').toString('latin1'),
      Buffer.from(text, 'utf16le').toString('latin1'),
      Buffer.from(text, 'utf8').toString('base64').replace(/=+$/, '').slice(2, -2),
    ]);
  return wanted.filter((one) => encodings(one).some((spelling) => spelling.length > 5 && bytes.includes(spelling)));
}

it('went through the paths it names', () => {
  expect(metrics).toMatch(/mot_cua_dead_letters_total\{source="reply"/);
  expect(metrics).toMatch(/mot_cua_dead_letters_total\{source="webhook"/);
  expect(metrics).toMatch(
    /mot_cua_portal_calls_total\{operation="dossier",outcome="(?:server-error|network|bad-answer)"/,
  );
  expect(people[0]?.messages.some(({ text }) => text?.includes(NAME))).toBe(true);
  expect(people[0]?.messages.some(({ text }) => text?.includes(REPLY))).toBe(true);
  expect(people.some(({ heard }) => heard.some(({ text }) => text?.includes('***')))).toBe(true);
});

it('the log holds nothing of it, although it tells everything it can', () => {
  expect(stage.output).toContain('"action":"reply.dead-letter"');
  expect(found(stage.output, PERSONAL)).toEqual([]);
  expect(found(stage.output, [...codes, ...people.map(({ id }) => id)])).toEqual([]);
  expect(found(stage.output, secrets())).toEqual([]);
  for (const proof of proofs) expect(stage.output).not.toMatch(new RegExp(`"${proof}"|[ :]${proof}[ ,]`));
});

it('the metrics hold nothing of it', () => {
  expect(found(metrics, [...PERSONAL, ...codes, ...people.map(({ id }) => id), ...secrets()])).toEqual([]);
  for (const proof of proofs) expect(metrics).not.toContain(`"${proof}"`);
});

it('the files in DATA_DIR hold it sealed', () => {
  const bytes = stage.storedBytes();
  expect(bytes.length).toBeGreaterThan(50_000);
  expect(bytes).toContain('1.001193');
  expect(foundInBytes(bytes, PERSONAL)).toEqual([]);
  expect(foundInBytes(bytes, secrets())).toEqual([]);
});
