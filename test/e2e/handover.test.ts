// From the citizen's phone to the desk and back: the real bot, both simulated platforms, officers at the desk's API. The bot's clock
// is moved through the week.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../src/config.js';
import { HANDOVER } from '../../src/flows/handover/texts.js';
import { RATE } from '../../src/flows/rating/texts.js';
import { DAY, HOUR, MINUTE } from '../../src/lib/clock.js';
import { silentLog } from '../../src/lib/log.js';
import { type RunningBot, startBot } from '../../src/main.js';
import { removeTemporaryFolders, temporaryFolder } from '../storage/temporary.js';
import { until } from '../storage/until.js';
import { metricIn } from './bot-process.js';
import { ADMIN, Colleague } from './colleague.js';
import { openAtHours } from './opening-hours.js';
import { APPS, type App, type Citizen, Stage } from './stage.js';
import { texts } from './wording.js';

afterAll(removeTemporaryFolders);

/** The day after tomorrow, in the bot's own clock; `hour` in Vietnam. */
const FIRST_DAY = Math.floor(Date.now() / DAY) * DAY + 2 * DAY;
const at = (hour: number) => FIRST_DAY + (hour - 7) * HOUR;
const CODE = /HT-[2-9A-Z]{4}-[2-9]{2}/;

const clock = { ahead: at(9) - Date.now() };
const now = () => Date.now() + clock.ahead;
let stage: Stage;
let bot: RunningBot;
let lan: Colleague;
let minh: Colleague;
let admin: Colleague;

/** The platforms' clocks go with the bot's. */
async function goTo(moment: number): Promise<void> {
  const ms = moment - now();
  clock.ahead += ms;
  for (const app of APPS) await stage.simulators[app].clock.advance(ms);
}

beforeAll(async () => {
  stage = await Stage.prepare();
  const folder = temporaryFolder();
  const [agencies, holidays] = [join(folder, 'agencies.yaml'), join(folder, 'holidays.yaml')];
  writeFileSync(agencies, openAtHours('07:30-11:30', '13:30-17:00'));
  writeFileSync(holidays, '"2026": { off: [] }\n');
  const settings = stage.environment({
    DESK_ADMIN_USERNAME: ADMIN.username,
    DESK_ADMIN_PASSWORD: ADMIN.password,
    AGENCIES_FILE: agencies,
    HOLIDAYS_FILE: holidays,
  });
  bot = await startBot(readConfig(settings), { clock: now, log: silentLog });
  for (const app of APPS) await stage.simulators[app].clock.advance(clock.ahead);
  const url = `http://127.0.0.1:${bot.port}`;
  admin = await Colleague.admin(url);
  lan = await admin.adds('lan', 'Trần Thị Lan', [{ agency: 'mot-cua', role: 'officer' }]);
  minh = await admin.adds('minh', 'Lê Văn Minh', [{ agency: 'mot-cua', role: 'supervisor' }]);
}, 60_000);

afterAll(async () => {
  await bot.stop();
  await stage.close();
});

async function quiet(): Promise<void> {
  for (const app of APPS) await stage.simulators[app].settled();
  const waiting = [
    'mot_cua_events_stored',
    'mot_cua_outbox_stored',
    'mot_cua_turns_running',
    'mot_cua_replies_waiting',
  ];
  await until(async () => {
    const metrics = await (await fetch(`http://127.0.0.1:${bot.port}/metrics`)).text();
    return waiting.every((name) => metricIn(metrics, name) === 0);
  }, 'the bot to be done');
}

/** What the bot answers. */
async function says(citizen: Citizen, text: string): Promise<string> {
  const before = citizen.heard.length;
  citizen.write(text);
  await quiet();
  return heardSince(citizen, before);
}

async function taps(citizen: Citizen, title: string): Promise<string> {
  const before = citizen.heard.length;
  const message = citizen.messages.findLast((one) =>
    [...one.actions, ...one.quickReplies].some((action) => action.title === title),
  );
  const action = [...(message?.actions ?? []), ...(message?.quickReplies ?? [])].find((one) => one.title === title);
  if (message === undefined || action === undefined) throw new Error(`there is no “${title}” to tap`);
  stage.simulators[citizen.app].acts.tap(citizen.id, { messageId: message.id, index: action.index });
  await quiet();
  return heardSince(citizen, before);
}

function heardSince(citizen: Citizen, before: number): string {
  return citizen.heard
    .slice(before)
    .map(({ text }) => text)
    .join('\n\n');
}

const codeIn = (text: string) => CODE.exec(text)?.[0] ?? '';

/** Back in office hours, with Lan at her desk. */
async function inOfficeHours(): Promise<void> {
  const day = Math.ceil((now() - at(8)) / DAY);
  await goTo(at(8) + day * DAY + 10 * MINUTE);
  await lan.signIn();
  await minh.signIn();
  await admin.signIn();
  await lan.onDuty();
}

async function ticketOf(citizen: Citizen): Promise<string> {
  const code = codeIn(await says(citizen, 'gặp cán bộ'));
  expect(code).toMatch(CODE);
  return code;
}

describe.each(APPS)('on %s', (app: App) => {
  it('outside office hours the bot says when somebody answers, and takes the message', async () => {
    const citizen = stage.citizen(app);
    await goTo(Math.ceil((now() - at(20)) / DAY) * DAY + at(20));
    expect(await says(citizen, 'cho tôi gặp cán bộ')).toContain('sáng mai từ 7 giờ 30');
    const kept = await says(citizen, 'hồ sơ đất của tôi bị trả lại mà không rõ vì sao');
    expect(kept).toContain('ghi lời nhắn');
    await inOfficeHours();
    const row = (await lan.queue()).find(({ id }) => id === codeIn(kept));
    expect(row).toMatchObject({ unanswered: 2, preview: expect.stringContaining('hồ sơ đất') });
    await lan.act(codeIn(kept), 'close', { resolution: 'answered' });
  });

  it('after two misunderstandings people are a button away, and the queue can be left again', async () => {
    await inOfficeHours();
    const citizen = stage.citizen(app);
    await says(citizen, 'zxcvbnm qwrtp');
    await says(citizen, 'lkjhgf dsaqw');
    const heard = await taps(citizen, 'Gặp cán bộ');
    expect(heard).toContain(texts.format(HANDOVER.next));
    expect((await lan.queue()).find(({ id }) => id === codeIn(heard))?.reason).toBe('not-understood');
    expect(await says(citizen, 'thôi không cần nữa')).toContain('Đã hủy yêu cầu');
    expect((await lan.queue()).map(({ id }) => id)).not.toContain(codeIn(heard));
  });

  it('from the claim on the officer speaks and the bot is silent, until the talk is closed and rated', async () => {
    await inOfficeHours();
    const citizen = stage.citizen(app);
    const code = await ticketOf(citizen);
    expect((await lan.act(code, 'claim')).status).toBe(200);
    expect((await minh.act(code, 'claim')).json).toMatchObject({ error: 'ticket.taken' });
    await citizen.hears(texts.format(HANDOVER.claimed, { code }));
    expect(await says(citizen, 'lệ phí khai sinh bao nhiêu')).toBe('');
    // Both at once: everything arrives, nothing is answered by the bot.
    const before = citizen.heard.length;
    citizen.write('em cần gấp ạ');
    const replies = await Promise.all([
      lan.reply(code, 'Chào bạn, mình là Lan.'),
      lan.reply(code, 'Bạn chờ chút nhé.'),
    ]);
    citizen.write('dạ');
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    await quiet();
    expect(
      citizen.heard
        .slice(before)
        .map(({ text }) => text)
        .toSorted(),
    ).toEqual(['Bạn chờ chút nhé.', 'Chào bạn, mình là Lan.'].toSorted());
    const ended = citizen.heard.length;
    expect((await lan.act(code, 'close', { resolution: 'answered' })).status).toBe(200);
    await quiet();
    const last = heardSince(citizen, ended);
    expect(last).toContain(texts.format(HANDOVER.closed, { code }));
    expect(last).toContain(texts.format(RATE.inviteHandover));
    await taps(citizen, texts.format(RATE.score5));
    expect(await says(citizen, 'menu')).not.toBe('');
    // The same case again, within a day.
    expect(await says(citizen, 'gặp cán bộ')).toContain(code);
    expect((await lan.queue()).find(({ id }) => id === code)).toMatchObject({ reopened: 1 });
    await says(citizen, 'hủy');
  });

  it('the bot takes an answered conversation back after a silence', async () => {
    await inOfficeHours();
    const citizen = stage.citizen(app);
    const code = await ticketOf(citizen);
    await lan.act(code, 'claim');
    await lan.reply(code, 'Hồ sơ của bạn đã xong.');
    await says(citizen, 'cảm ơn');
    await goTo(now() + 31 * MINUTE);
    await citizen.hears(texts.format(HANDOVER.fellSilent, { code }));
    expect(await says(citizen, 'xin chào')).not.toBe('');
  });

  it('a transfer is told, and the other officer has the case', async () => {
    await inOfficeHours();
    const citizen = stage.citizen(app);
    const code = await ticketOf(citizen);
    await lan.act(code, 'claim');
    expect((await lan.act(code, 'assign', { to: minh.id })).status).toBe(200);
    expect((await lan.reply(code, 'Chào')).json).toMatchObject({ error: 'ticket.not-yours' });
    expect((await minh.reply(code, 'Chào bạn')).status).toBe(200);
    await citizen.hears('Chào bạn');
    expect((await minh.act(code, 'release')).status).toBe(200);
    await says(citizen, 'hủy');
  });

  it('an officer in the platform’s own inbox silences the bot, and the desk sees the case', async () => {
    await inOfficeHours();
    const citizen = stage.citizen(app);
    await says(citizen, 'xin chào');
    stage.simulators[app].acts.officer(citizen.id, { text: 'Cán bộ đây ạ' });
    await quiet();
    expect(await says(citizen, 'lệ phí khai sinh bao nhiêu')).toBe('');
    const [row] = (await lan.queue('open')).filter(({ reason }) => reason === 'platform');
    expect(row).toMatchObject({ unanswered: 1 });
    expect((await lan.act(row?.id ?? '', 'claim')).status).toBe(200);
    await lan.act(row?.id ?? '', 'close', { resolution: 'answered' });
  });
});

it('fifty claims at once have one winner, and the bot is silent from then on', async () => {
  await inOfficeHours();
  const officers: Colleague[] = [];
  for (let i = 0; i < 5; i++)
    officers.push(await admin.adds(`can-bo-${i}`, `Cán bộ ${i}`, [{ agency: 'mot-cua', role: 'officer' }]));
  const citizen = stage.citizen('zalo');
  const code = await ticketOf(citizen);
  const claims = await Promise.all(
    Array.from({ length: 50 }, async (_, i) => ({ by: i % 5, ...(await officers[i % 5]?.act(code, 'claim')) })),
  );
  const winners = new Set(claims.filter(({ status }) => status === 200).map(({ by }) => by));
  expect(winners.size).toBe(1);
  await citizen.hears(texts.format(HANDOVER.claimed, { code }));
  expect(claims.filter(({ status }) => status === 409)).toHaveLength(40);
  expect(await says(citizen, 'menu')).toBe('');
});

it('an overdue dossier leads to the desk with what it is about', async () => {
  await inOfficeHours();
  const citizen = stage.citizen('messenger');
  const overdue = stage.simulators.portal.hints().dossiers.find(({ situation }) => situation === 'overdue');
  if (overdue === undefined) throw new Error('the portal has no dossier that is overdue');
  stage.simulators.portal.clock.set(now());
  await says(citizen, overdue.code);
  const code = codeIn(await taps(citizen, 'Gặp cán bộ'));
  const row = (await lan.queue()).find(({ id }) => id === code);
  expect(row).toMatchObject({ reason: 'overdue', about: { dossier: overdue.code }, priority: 1 });
});
