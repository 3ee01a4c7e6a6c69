// Giving one's number by the platform's own means: Zalo's form, the chip on Messenger. What comes back is a claim.
import { TALK } from '../../src/flows/talk/texts.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { APPS, Stage } from './stage.js';
import { texts } from './wording.js';

const PUBLIC_URL = 'https://bot.example.gov.vn';
const PICTURE = '/images/contact.png';
const PHONE = '84901234567';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open({}, { PUBLIC_URL });
});
afterAll(async () => {
  await stage.close();
  removeTemporaryFolders();
});

describe.each(APPS)('a citizen who is asked for a number on %s', (app) => {
  it('gives it without typing, and is taken at their word no more than before', async () => {
    const { simulators } = stage;
    const citizen = stage.citizen(app, { phone: PHONE });
    await citizen.say('xem tất cả hồ sơ của tôi');
    const answer =
      app === 'zalo'
        ? await citizen.answerTo(() => simulators.zalo.acts.submitInfo(citizen.id, { phone: PHONE }))
        : await citizen.tap(citizen.buttons.find((title) => title.replace(/\D/g, '').endsWith('901234567')) ?? '');
    expect(answer).not.toBe('');
    expect(answer).not.toContain(texts.format(TALK.contactInfo));
    expect(answer).not.toMatch(/H\d\d\.\d\d-\d{6}-\d{4}.*\n.*H\d\d\.\d\d-\d{6}-\d{4}/);
    expect(stage.output).not.toContain(PHONE);
  });
});

it('Zalo’s form stands above the question, with a picture that the bot hands out', async () => {
  const citizen = stage.citizen('zalo');
  await citizen.say('xem tất cả hồ sơ của tôi');
  const form = citizen.heard.at(-2);
  expect(form?.card).toMatchObject([{ title: texts.format(TALK.contactForm), imageUrl: PUBLIC_URL + PICTURE }]);
  const response = await fetch(stage.bot.url + PICTURE);
  expect(response.headers.get('content-type')).toBe('image/png');
  expect((await response.arrayBuffer()).byteLength).toBeLessThan(100_000);
});
