// Officers who answer in the platform's own inbox instead of the desk: the bot falls silent, and speaks again when they are done.
import { TALK } from '../../src/flows/talk/texts.js';
import { HOUR } from '../../src/lib/clock.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { APPS, Stage } from './stage.js';
import { texts } from './wording.js';

/** Meta's own inbox, to Messenger an app like any other. */
const INBOX = '263902037430900';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open({ messenger: { behaviour: { routing: true } } });
});
afterAll(async () => {
  await stage.close();
  removeTemporaryFolders();
});

describe.each(APPS)('on %s', (app) => {
  it('the bot keeps silent once an officer has written or sent a picture', async () => {
    for (const said of [{ text: 'Cán bộ đây ạ' }, { image: 'https://photo.example.zdn.vn/mau.jpg' }]) {
      const citizen = stage.citizen(app);
      await citizen.say('xin chào');
      const silence = await citizen.answerTo(() => {
        stage.simulators[app].acts.officer(citizen.id, said);
      });
      expect(silence).toBe('');
      expect(await citizen.say('lệ phí khai sinh bao nhiêu')).toBe('');
      expect(citizen.messages.map(({ from }) => from)).toContain('officer');
    }
  });
});

describe('on messenger', () => {
  it('the bot keeps silent where another app holds the thread that the bot never heard of', async () => {
    const citizen = stage.citizen('messenger');
    const { state, acts } = stage.simulators.messenger;
    const user = state.users.get(citizen.id);
    if (user === undefined) throw new Error('the platform knows the citizen');
    user.owner = { appId: INBOX, expiresAt: state.clock.now() + HOUR };
    expect(await citizen.say('lệ phí khai sinh bao nhiêu')).toBe('');
    const back = await citizen.answerTo(() => acts.officerPasses(citizen.id, {}));
    expect(back).toContain(texts.format(TALK.handBack));
    expect(await citizen.say('xin chào')).not.toBe('');
  });

  it('the bot speaks again when the inbox gives the thread back', async () => {
    const citizen = stage.citizen('messenger');
    await citizen.say('xin chào');
    await citizen.answerTo(() => stage.simulators.messenger.acts.officer(citizen.id, { text: 'Cán bộ đây ạ' }));
    expect(await citizen.say('tôi cần gặp cán bộ')).toBe('');
    const back = await citizen.answerTo(() => stage.simulators.messenger.acts.officerPasses(citizen.id, {}));
    expect(back).toContain(texts.format(TALK.handBack));
    expect(await citizen.say('xin chào')).not.toBe('');
  });
});
