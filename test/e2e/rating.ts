// What somebody lives through who rates a service, on either home: used by the tests of both.
import { RATE } from '../../src/flows/rating/texts.js';
import { until } from '../storage/until.js';
import { say, tap } from './hearing.js';
import { APPS, type App, type Stage } from './stage.js';
import { texts } from './wording.js';

const FACES = [RATE.score1, RATE.score2, RATE.score3, RATE.score4, RATE.score5].map((key) => texts.format(key));
const [, , , , BEST = ''] = FACES;

export interface Scene {
  stage: () => Stage;
  /** Ends the bot's process without warning and starts it again. */
  crash: () => Promise<void>;
}

export function ratingTests({ stage, crash }: Scene): void {
  let used = 0;
  let codes: string[] = [];
  const portal = () => stage().simulators.portal;
  /** A dossier that no other test rates, with its result. */
  const finished = async (): Promise<string> => {
    // A changed dossier may be the example of another situation.
    if (codes.length === 0)
      codes = portal()
        .hints()
        .dossiers.map((one) => one.code);
    const code = codes[used++];
    if (code === undefined) throw new Error('the portal has no more dossiers');
    await portal().changeDossier(code, { status: 10 });
    await stage().quiet();
    return code;
  };
  const received = (code: string) =>
    portal()
      .received()
      .ratings.filter(({ subject }) => subject.code === code);
  const sent = (code: string, count = 1) =>
    until(() => received(code).length >= count, `${count} rating(s) at the portal`, 20_000);
  afterEach(() => portal().setFault({ kind: 'none' }));

  it.each(APPS)('rates a finished dossier from its card on %s, and the portal gets it once', async (app: App) => {
    const citizen = stage().citizen(app);
    const code = await finished();
    await say(citizen, code);
    await tap(citizen, texts.format(RATE.rate));
    expect(citizen.buttons).toEqual(FACES);
    await tap(citizen, FACES[3] ?? '');
    await tap(citizen, texts.format(RATE.good));
    // Anything may come in between.
    expect(await say(citizen, 'địa chỉ công an ở đâu')).toContain('Nếu vẫn muốn nói rõ hơn');
    // Messenger's chips are gone by now: words do.
    await say(citizen, texts.format(RATE.skip));
    await say(citizen, 'làm nhanh hơn năm ngoái nhiều');
    await sent(code);
    await stage().quiet();
    expect(received(code)).toMatchObject([
      { score: 4, criteria: { reception: 5 }, comment: 'làm nhanh hơn năm ngoái nhiều', subject: { kind: 'dossier' } },
    ]);
    expect(await say(citizen, 'đánh giá lại')).toContain('Bạn đã đánh giá');
    await tap(citizen, BEST);
    await tap(citizen, texts.format(RATE.skip));
    await sent(code, 2);
    expect(received(code).map(({ score }) => score)).toEqual([4, 5]);
  });

  it.each(APPS)('hears words instead of taps on %s, and a low score leads to people', async (app: App) => {
    const citizen = stage().citizen(app);
    const code = await finished();
    await say(citizen, `đánh giá hồ sơ ${code}`);
    const answer = await say(citizen, 'tệ quá');
    expect(answer).toContain('rất tiếc');
    expect(citizen.buttons).toContain(texts.format(RATE.sendFeedback));
    await say(citizen, 'chờ cả buổi sáng không ai gọi');
    await sent(code);
    expect(received(code)).toMatchObject([{ score: 1, comment: 'chờ cả buổi sáng không ai gọi' }]);
  });

  it('counts the face on an old message, once nothing is open any more', async () => {
    const citizen = stage().citizen('zalo');
    const code = await finished();
    await say(citizen, `đánh giá hồ sơ ${code}`);
    await say(citizen, 'hủy');
    await tap(citizen, BEST);
    await tap(citizen, texts.format(RATE.skip));
    await tap(citizen, texts.format(RATE.noThanks));
    await sent(code);
    expect(received(code)).toMatchObject([{ score: 5 }]);
  });

  it('keeps the rating while the portal is down and through a crash, and sends it once when it is back', async () => {
    const citizen = stage().citizen('messenger');
    const code = await finished();
    await say(citizen, `đánh giá hồ sơ ${code}`);
    await tap(citizen, BEST);
    await tap(citizen, texts.format(RATE.skip));
    portal().setFault({ kind: 'down', path: '/ratings' });
    await tap(citizen, texts.format(RATE.noThanks));
    expect(received(code)).toEqual([]);
    await crash();
    portal().setFault({ kind: 'none' });
    await until(() => received(code).length > 0, 'the rating at the portal', 40_000);
    await stage().quiet();
    expect(received(code)).toMatchObject([{ score: 5 }]);
  });
}
