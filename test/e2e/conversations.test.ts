// What a citizen lives through on each platform, from the first contact to a dossier's personal part.

import type { DossierHint } from '../../simulators/portal/hints.js';
import { DOSSIER } from '../../src/flows/dossier-tracking/texts.js';
import { HOME } from '../../src/flows/home/texts.js';
import { PROC } from '../../src/flows/procedure-lookup/texts.js';
import { TALK } from '../../src/flows/talk/texts.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { APPS, type App, type Citizen, Stage } from './stage.js';
import { facts, texts } from './wording.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(async () => {
  await stage.close();
  removeTemporaryFolders();
});

const MENU = [HOME.find, HOME.track, HOME.staff, HOME.others].map((key) => texts.format(key));
const NOTICE = 'mã OTP';
/** Certificate of marital status: one procedure that its everyday name surely means. */
const SINGLE = '1.004873';
const LOOKED_AT = /\/thu-tuc-hanh-chinh\//;

function dossier(situation: string): DossierHint {
  const hint = stage.simulators.portal.hints().dossiers.find((one) => one.situation === situation);
  if (hint === undefined) throw new Error(`the portal has no dossier that is ${situation}`);
  return hint;
}

function wrongProofs(right: string): string[] {
  return ['1111', '2222', '3333', '4444', '5555', '6666'].filter((digits) => digits !== right).slice(0, 5);
}

/** As typed on a phone: small letters, blanks, a long dash, the letter O for zero. */
function sloppy(code: string): string {
  return code
    .toLowerCase()
    .replaceAll('-', ' – ')
    .replace(/0(?=\d*$)/, 'o');
}

/** The list of procedures that something vague brings; which words are vague enough is the search's business. */
async function askedBack(citizen: Citizen): Promise<string> {
  for (const vague of ['giay to xe', 'ho kinh doanh', 'can cuoc', 'bang lai xe', 'dat dai']) {
    const answer = await citizen.say(vague);
    if (citizen.buttons.includes(texts.format(PROC.noneOfThese))) return answer;
  }
  throw new Error('nothing was vague enough');
}

const enter = (citizen: Citizen) =>
  citizen.answerTo(() => {
    if (citizen.app === 'zalo') stage.simulators.zalo.acts.follow(citizen.id, {});
    else stage.simulators.messenger.acts.getStarted(citizen.id, {});
  });

describe.each(APPS)('a citizen on %s', (app: App) => {
  it('reads the privacy notice once, then the menu', async () => {
    const citizen = stage.citizen(app);
    expect(await enter(citizen)).toContain(NOTICE);
    expect(citizen.last.text).toBe(texts.format(HOME.welcome));
    expect(citizen.buttons).toEqual(MENU);
    expect(await citizen.say('xin chào')).not.toContain(NOTICE);
    expect(await citizen.say('menu')).toBe(texts.format(HOME.menu));
  });

  it('asks without diacritics, gets the procedure with its source, and asks on about it', async () => {
    const citizen = stage.citizen(app);
    const summary = await citizen.say('xin giay doc than');
    expect(summary).toContain(NOTICE);
    expect(summary).toContain(SINGLE);
    expect(summary).toMatch(LOOKED_AT);
    const fee = await citizen.say('phi bao nhieu');
    expect(fee).toContain(texts.format(PROC.aspectFee));
    expect(fee).toContain('tình trạng hôn nhân');
    expect(await citizen.say('nop o dau')).toContain(texts.format(PROC.aspectWhere));
    expect(await citizen.tap(texts.format(PROC.documents))).toContain(texts.format(PROC.aspectDocuments));
  });

  it('is asked which procedure is meant, and answers with a number', async () => {
    const citizen = stage.citizen(app);
    const list = await askedBack(citizen);
    const second = /^2\. (.{10,40})/m.exec(list)?.[1] ?? '?';
    expect(await citizen.say('2')).toContain(second);
    expect(await citizen.say('can giay to gi')).toContain(second);
  });

  it('picks one of several procedures with a tap, and hears of it when none was meant', async () => {
    const citizen = stage.citizen(app);
    const list = await askedBack(citizen);
    const first = /^1\. (.{10,40})/m.exec(list)?.[1] ?? '?';
    expect(await citizen.tap(texts.format(PROC.noneOfThese))).toContain(texts.format(PROC.none, facts));
    await askedBack(citizen);
    expect(await citizen.tap(texts.format(PROC.number, { n: 1 }))).toContain(first);
  });

  it('finds a dossier by a code inside a sloppy sentence, and no personal word beside it', async () => {
    const citizen = stage.citizen(app);
    const { code, procedureName } = dossier('supplement');
    const card = await citizen.say(`cho e hoi ho so ${sloppy(code)} toi dau r`);
    expect(card).toContain(texts.format(DOSSIER.head, { code, procedure: procedureName }));
    expect(card).toContain(texts.format(DOSSIER.state5));
    expect(card).not.toContain(texts.format(DOSSIER.applicant, { name: '' }).trim());
    expect(card).not.toContain(texts.format(DOSSIER.missing, { list: '' }).trim());
  });

  it('hears that a code is unknown, and that a half one is not enough', async () => {
    const citizen = stage.citizen(app);
    expect(await citizen.say('H01.99-250102-9999')).toContain(
      texts.format(DOSSIER.notFound, { code: 'H01.99-250102-9999' }),
    );
    await citizen.tap(texts.format(HOME.menuButton));
    await citizen.tap(texts.format(HOME.track));
    expect(await citizen.say('H01.14-2511')).toContain(texts.format(DOSSIER.partial));
  });

  it('opens the personal part with the right proof only', async () => {
    const citizen = stage.citizen(app);
    const { code, proof } = dossier(app === 'zalo' ? 'payment' : 'supplement');
    await citizen.say(code);
    expect(await citizen.tap(texts.format(DOSSIER.detail))).toContain(texts.format(DOSSIER.prove, { code }));
    const wrong = await citizen.say(wrongProofs(proof)[0] ?? '');
    expect(wrong).toContain(texts.format(DOSSIER.proofWrong, { left: 4 }));
    const opened = await citizen.say(proof);
    expect(opened).toContain(texts.format(DOSSIER.proven, { code }));
    expect(opened).toMatch(/\p{Lu}\*{1,3} /u);
    // Going back to it asks again: the digits were kept nowhere.
    await citizen.say('quay lai');
    expect(await citizen.say('huy')).toContain(texts.format(TALK.cancelled));
  });

  it('is locked out of a dossier after five wrong proofs, also with the right one', async () => {
    const citizen = stage.citizen(app);
    const { code, proof } = dossier(app === 'zalo' ? 'ready' : 'returned');
    await citizen.say(code);
    await citizen.tap(texts.format(DOSSIER.detail));
    const answers: string[] = [];
    for (const digits of wrongProofs(proof)) answers.push(await citizen.say(digits));
    const locked = texts.format(DOSSIER.proofLocked, facts);
    expect(answers.map((answer) => answer.includes(locked))).toEqual([false, false, false, false, true]);
    await citizen.say(code);
    expect(await citizen.tap(texts.format(DOSSIER.detail))).toContain(locked);
    expect(await citizen.say(proof)).not.toContain(texts.format(DOSSIER.proven, { code }));
    // Another person, another phone: the dossier itself is locked.
    const other = stage.citizen(app);
    await other.say(code);
    expect(await other.tap(texts.format(DOSSIER.detail))).toContain(locked);
  });

  it('goes to the menu, back and out of a question from anywhere', async () => {
    const citizen = stage.citizen(app);
    await citizen.say('xin giay doc than');
    await citizen.say('phi bao nhieu');
    expect(await citizen.say('quay lại')).toContain(SINGLE);
    expect(await citizen.say('MENU')).toBe(texts.format(HOME.menu));
    await citizen.tap(texts.format(HOME.track));
    expect(await citizen.say('hủy')).toBe(texts.format(TALK.cancelled));
    expect(await citizen.say('huỷ đi')).toBe(texts.format(TALK.nothingOpen));
  });

  it.each([
    ['sticker', TALK.sticker],
    ['image', TALK.image],
    ['audio', TALK.audio],
    ['video', TALK.video],
    ['file', TALK.file],
    ['location', TALK.location],
  ] as const)('hears what becomes of a %s', async (act, key) => {
    const citizen = stage.citizen(app);
    const answer = await citizen.answerTo(() => stage.simulators[app].acts[act](citizen.id, {}));
    expect(answer).toContain(texts.format(key));
    expect(citizen.buttons).toEqual(MENU);
  });

  it('hears nothing of the bot while an officer writes in the platform’s own inbox', async () => {
    const citizen = stage.citizen(app);
    await citizen.say('xin chào');
    const acted = citizen.answerTo(() =>
      stage.simulators[app].acts.officer(citizen.id, { text: 'Chào anh, tôi là cán bộ.' }),
    );
    expect(await acted).toBe('');
    expect(await citizen.say('phí bao nhiêu vậy ạ')).toBe('');
    expect(await citizen.answerTo(() => stage.simulators[app].acts.image(citizen.id, {}))).toBe('');
    expect(citizen.messages.at(-3)?.from).toBe('officer');
  });
});

describe('on Zalo', () => {
  it('a first contact that is told twice is welcomed once', async () => {
    const citizen = stage.citizen('zalo');
    const heard = await citizen.answerTo(() => stage.simulators.zalo.acts.open(citizen.id, {}));
    expect(heard.split(texts.format(HOME.welcome))).toHaveLength(2);
    expect(citizen.heard).toHaveLength(2);
  });

  it('a tapped button speaks to the bot and leaves nothing in the chat', async () => {
    const citizen = stage.citizen('zalo');
    await citizen.say('menu');
    await citizen.tap(texts.format(HOME.track));
    expect(citizen.last.text).toBe(texts.format(DOSSIER.ask));
    expect(citizen.messages.filter(({ from }) => from === 'citizen').map(({ text }) => text)).toEqual(['menu']);
    expect(stage.simulators.zalo.webhooks.log.some(({ body }) => body.includes('"#dossier.ask"'))).toBe(true);
  });

  it('a shared business card is not kept', async () => {
    const citizen = stage.citizen('zalo');
    expect(await citizen.answerTo(() => stage.simulators.zalo.acts.card(citizen.id, {}))).toContain(
      texts.format(TALK.contact),
    );
  });

  it('somebody who unfollows hears nothing more, and is welcomed anew when they come back', async () => {
    const citizen = stage.citizen('zalo');
    await enter(citizen);
    await citizen.say('cảm ơn');
    expect(await citizen.answerTo(() => stage.simulators.zalo.acts.unfollow(citizen.id, {}))).toBe('');
    expect(await enter(citizen)).toBe(texts.format(HOME.welcome));
  });

  it('a withdrawal of consent is obeyed silently, and the notice is shown anew', async () => {
    const citizen = stage.citizen('zalo');
    await citizen.say('xin giay doc than');
    expect(await citizen.answerTo(() => stage.simulators.zalo.acts.withdraw(citizen.id, {}))).toBe('');
    expect(await citizen.say('xin chào')).toContain(NOTICE);
  });
});

describe('on Messenger', () => {
  it('a tapped quick reply shows as the citizen’s bubble and arrives as its payload', async () => {
    const citizen = stage.citizen('messenger');
    await citizen.say('menu');
    const title = texts.format(HOME.track);
    expect(await citizen.tap(title)).toBe(texts.format(DOSSIER.ask));
    expect(citizen.messages.at(-2)).toMatchObject({ from: 'citizen', text: title });
  });

  it('a postback of a menu or an old button is followed, an unknown one is answered', async () => {
    const citizen = stage.citizen('messenger');
    const { messenger } = stage.simulators;
    const postback = (payload: string) =>
      citizen.answerTo(() =>
        messenger.sendEvent({
          sender: { id: citizen.id },
          recipient: { id: messenger.state.page.id },
          timestamp: messenger.clock.now(),
          postback: { title: 'Nút', payload },
        }),
      );
    await citizen.say('xin chào');
    expect(await postback('home.menu')).toBe(texts.format(HOME.menu));
    expect(await postback('gone.away:7')).not.toBe('');
  });

  it('a link with a reference opens what it names', async () => {
    const citizen = stage.citizen('messenger');
    const heard = await citizen.answerTo(() => stage.simulators.messenger.acts.getStarted(citizen.id, { ref: 'abc' }));
    expect(heard).toContain(texts.format(HOME.welcome));
  });

  it('a corrected message is not answered twice', async () => {
    const citizen = stage.citizen('messenger');
    await citizen.say('xin giay doc than');
    const messageId = citizen.messages.find(({ from }) => from === 'citizen')?.id ?? '';
    const edited = citizen.answerTo(() =>
      stage.simulators.messenger.acts.edit(citizen.id, { messageId, text: 'xin giay ket hon' }),
    );
    expect(await edited).toBe('');
  });

  it('typing shows while an answer takes long, and no longer', async () => {
    const citizen = stage.citizen('messenger');
    await citizen.say('xin chào');
    stage.simulators.portal.setFault({ kind: 'slow', delayMs: 1200, path: '/dossiers', times: 1 });
    await citizen.say(dossier('overdue').code);
    const acted = stage.simulators.messenger.outbox.filter(({ to }) => to === citizen.id).map(({ body }) => body);
    expect(JSON.stringify(acted)).toContain('typing_on');
    expect(stage.simulators.messenger.conversation(citizen.id).typing).toBe(false);
  });
});

it('none of it left a dead letter, an error or a warning about a turn', async () => {
  expect(await stage.bot.metric('mot_cua_dead_letters_total')).toBe(0);
  expect(stage.bot.output.split('\n').filter((line) => /"level":(?:50|60)/.test(line))).toEqual([]);
  expect(stage.bot.logged('turn.threw')).toEqual([]);
});
