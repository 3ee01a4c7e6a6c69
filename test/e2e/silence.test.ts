// A day's silence, and a week's, with the bot's process killed in between: what was open goes on or says honestly that it ended, and
// what the platforms allow is judged by the new time.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DossierHint } from '../../simulators/portal/hints.js';
import { DOSSIER } from '../../src/flows/dossier-tracking/texts.js';
import { FEEDBACK_TEXTS as F } from '../../src/flows/feedback/texts.js';
import { NOTIFY } from '../../src/flows/notify/texts.js';
import { RATE } from '../../src/flows/rating/texts.js';
import { DAY, HOUR } from '../../src/lib/clock.js';
import { plainJpeg } from '../media/photos.js';
import { removeTemporaryFolders, temporaryFolder } from '../storage/temporary.js';
import { until } from '../storage/until.js';
import { button, codeIn } from './feedback.js';
import { heardAfter, say, tap } from './hearing.js';
import { APPS, type App, type Citizen, Stage } from './stage.js';
import { texts } from './wording.js';

jest.setTimeout(180_000);

const LIGHT = 'Phản ánh đèn đường trước chợ Long Hòa hỏng cả tuần nay, tối không thấy đường đi';

let stage: Stage;
let hints: ReadonlyMap<string, DossierHint>;
beforeAll(async () => {
  // Only what the silence decides: no quiet hours.
  const file = join(temporaryFolder(), 'notices.yaml');
  writeFileSync(file, 'quiet: off\n');
  stage = await Stage.open({}, { NOTICES_FILE: file });
  // By name before the clock moves: a dossier's situation changes with it.
  hints = new Map(stage.simulators.portal.hints().dossiers.map((hint) => [hint.situation, hint]));
});
afterAll(async () => {
  await stage.close();
  removeTemporaryFolders();
});

const received = () => stage.simulators.portal.received();

async function photo(citizen: Citizen): Promise<void> {
  const { messenger, zalo, media, url } = stage.simulators;
  const address = url + media.put(await plainJpeg(800, 600));
  const acts = citizen.app === 'zalo' ? zalo.acts : messenger.acts;
  await heardAfter(citizen, () => citizen.answerTo(() => acts.image(citizen.id, { url: address })));
}

/** Everything kept as a file: pictures. */
function blobs(): number {
  const folder = join(stage.dataDir, 'blobs');
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
}

function dossier(situation: string): DossierHint {
  const hint = hints.get(situation);
  if (hint === undefined) throw new Error(`the portal has no dossier that is ${situation}`);
  return hint;
}

it.each(APPS)('a report is asked about after a day and goes on where it was, on %s', async (app: App) => {
  const citizen = stage.citizen(app);
  await say(citizen, LIGHT);
  await tap(citizen, button('yes'));
  await photo(citizen);
  await stage.later(25 * HOUR);
  // No answer to the question of yesterday before it was asked for again.
  expect(await say(citizen, 'Nguyễn Văn An, 0912 345 678')).toContain('phản ánh đang viết dở');
  await say(citizen, 'viết tiếp');
  await tap(citizen, button('done'));
  await say(citizen, 'Nguyễn Văn An, 0912 345 678');
  await tap(citizen, button('disagree'));
  const code = codeIn(await tap(citizen, button('send')));
  await citizen.hears(`Phản ánh ${code}: hệ thống của tỉnh đã nhận`);
  expect(received().feedback.filter(({ clientCode }) => clientCode === code)).toMatchObject([
    { content: LIGHT, photoIds: [expect.any(String)] },
  ]);
});

it('a report that was left for more than a week is gone with its pictures, and says so', async () => {
  const before = blobs();
  const citizen = stage.citizen('zalo');
  await say(citizen, LIGHT);
  await tap(citizen, button('yes'));
  await photo(citizen);
  expect(blobs()).toBe(before + 1);
  await stage.later(8 * DAY);
  await until(() => blobs() === before, 'the picture to be gone');
  // Zalo's buttons stay: the one below the last question still answers, truthfully.
  expect(await tap(citizen, button('done'))).toBe(texts.format(F.nothingToSend));
});

it.each(APPS)(
  'a rating counts as it stood, and a day later its words say that they come too late, on %s',
  async (app) => {
    const citizen = stage.citizen(app);
    const { code } = dossier(app === 'zalo' ? 'ready' : 'returned');
    await say(citizen, `đánh giá hồ sơ ${code}`);
    await tap(citizen, texts.format(RATE.score2));
    expect(citizen.last.text).toContain(texts.format(RATE.sorry, { face: texts.format(RATE.score2) }));
    await stage.later(25 * HOUR);
    const own = () => received().ratings.filter(({ subject }) => subject.code === code);
    await until(() => own().length === 1, 'the rating at the portal', 20_000);
    expect(await say(citizen, 'phải đi lại ba lần mới xong')).toContain('chỉ đổi được trong 24 giờ');
    await stage.later(HOUR);
    expect(own()).toMatchObject([{ score: 2 }]);
    expect(own()[0]?.comment).toBeUndefined();
  },
);

describe.each(APPS)('being told of a dossier on %s', (app) => {
  it('is asked for anew when the proof comes a day late', async () => {
    const citizen = stage.citizen(app);
    const { code, proof } = dossier('supplement');
    await say(citizen, code);
    expect(await say(citizen, 'báo cho tôi khi có thay đổi')).toContain(texts.format(NOTIFY.prove, { code }));
    await stage.later(25 * HOUR);
    const late = await say(citizen, proof);
    expect(late).not.toContain(texts.format(NOTIFY.agree, { code }));
    expect(late).toContain(texts.format(DOSSIER.proveLate));
    expect(late).toContain(texts.format(NOTIFY.prove, { code }));
    expect(await say(citizen, proof)).toContain(texts.format(NOTIFY.agree, { code }));
  });

  it('goes by what the platform allows after the silence', async () => {
    const citizen = stage.citizen(app);
    const { code, proof } = dossier(app === 'zalo' ? 'in-progress' : 'accepted');
    await say(citizen, code);
    await say(citizen, 'báo cho tôi khi có thay đổi');
    await say(citizen, proof);
    await say(citizen, texts.format(NOTIFY.yes));
    await stage.later(25 * HOUR);
    const before = citizen.heard.length;
    await stage.simulators.portal.changeDossier(code, { status: 5 });
    await stage.simulators.portal.webhooksSettled();
    await stage.quiet();
    // Zalo lets the bot write freely for 48 hours, Messenger for 24.
    const told = citizen.heard.slice(before).filter(({ text }) => text?.includes(texts.format(NOTIFY.hint)));
    expect(told).toHaveLength(app === 'zalo' ? 1 : 0);
    // Whoever writes again sees it all the same.
    expect(await say(citizen, code)).toContain(code);
  });
});
