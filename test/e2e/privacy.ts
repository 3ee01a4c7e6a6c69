// What somebody lives through who asks about their own data, on either home: used by the tests of both.

import { PRIVACY } from '../../src/flows/privacy/texts.js';
import { RATE } from '../../src/flows/rating/texts.js';
import { fold } from '../../src/language/fold.js';
import { until } from '../storage/until.js';
import { button, codeIn } from './feedback.js';
import { say, tap } from './hearing.js';
import { APPS, type App, type Citizen, type Stage } from './stage.js';
import { texts } from './wording.js';

const REQUEST = /DL-[2-9A-HJ-NP-Z]{10}/;

export interface Scene {
  stage: () => Stage;
  /** Everything that the home holds, of all lanes, opened with the key, as one text. */
  opened: () => Promise<string>;
}

interface Known {
  citizen: Citizen;
  code: string;
  /** Unlike anything else that is stored, theirs alone. */
  personal: string[];
}

export function privacyTests({ stage, opened }: Scene): void {
  let people = 0;

  /** Somebody who reported, rated, and was not understood. */
  async function known(app: App): Promise<Known> {
    const own = String.fromCodePoint(97 + people++).repeat(4);
    const [words, name, phone] = [`Xylôfon${own}`, `Jêzabên${own}`, `09876${String(people).padStart(2, '0')}345`];
    const citizen = stage().citizen(app);
    await say(citizen, `Phản ánh đèn đường trước chợ ${words} hỏng cả tuần nay, tối không thấy đường đi`);
    await tap(citizen, button('yes'));
    await tap(citizen, button('noPhotos'));
    await say(citizen, `Quỳnh ${name}, ${phone}`);
    await tap(citizen, button('disagree'));
    const code = codeIn(await tap(citizen, button('send')));
    await say(citizen, `${words} blorp zing`);
    await say(citizen, 'đánh giá');
    await tap(citizen, texts.format(RATE.whichBot));
    await tap(citizen, texts.format(RATE.score2));
    await say(citizen, `chậm quá ${words}`);
    await stage().quiet();
    return { citizen, code, personal: [words, name, phone, fold(words)] };
  }

  const holds = async (personal: string[]) => {
    const all = await opened();
    return personal.filter((one) => all.includes(one));
  };

  it.each(APPS)('sees what is kept, masked, on %s', async (app: App) => {
    const { citizen, code, personal } = await known(app);
    const seen = await say(citizen, 'xem dữ liệu của tôi');
    expect(seen).toContain(code);
    expect(seen).toContain(texts.format(RATE.score2));
    expect(seen).toContain('Q***, •••345');
    expect(seen).toMatch(REQUEST);
    for (const hidden of personal) expect(seen).not.toContain(hidden);
  });

  it.each(APPS)('deletes everything on %s: nothing is left but ids and the proof', async (app: App) => {
    const { citizen, personal } = await known(app);
    const other = await known(app);
    expect(await holds(personal)).toEqual(expect.arrayContaining(personal.slice(0, 3)));
    await say(citizen, 'xóa dữ liệu của tôi');
    expect(citizen.buttons).toContain(texts.format(PRIVACY.forgetYes));
    const told = await tap(citizen, texts.format(PRIVACY.forgetYes));
    const [proof = ''] = REQUEST.exec(told) ?? [];
    expect(proof).not.toBe('');
    await stage().quiet();
    await until(async () => (await holds(personal)).length === 0, 'the records to be gone');
    expect(await opened()).toContain(proof);
    // Nobody else's went with them.
    expect(await holds(other.personal)).toEqual(expect.arrayContaining(other.personal.slice(0, 3)));
    // As if they had never written: the notice about data comes again.
    expect(await say(citizen, 'xin chào')).toContain('OTP');
    expect(await say(citizen, 'xem dữ liệu của tôi')).toContain(proof);
  });

  it('a withdrawal in Zalo’s settings does the same, without a word', async () => {
    const { citizen, personal } = await known('zalo');
    const said = citizen.heard.length;
    stage().simulators.zalo.acts.withdraw(citizen.id, {});
    await stage().quiet();
    await until(async () => (await holds(personal)).length === 0, 'the records to be gone');
    expect(citizen.heard.length).toBe(said);
    expect(await opened()).toContain('"source":"platform"');
  });
}
