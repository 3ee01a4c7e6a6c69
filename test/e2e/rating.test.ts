// Rating, on both platforms, with the embedded storage.
import { RATE } from '../../src/flows/rating/texts.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { ratingTests } from './rating.js';
import { Stage } from './stage.js';
import { texts } from './wording.js';

jest.setTimeout(90_000);
afterAll(removeTemporaryFolders);

describe('somebody who rates', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterAll(() => stage.close());

  ratingTests({
    stage: () => stage,
    crash: async () => {
      await stage.bot.kill();
      await stage.start();
    },
  });

  it('gets a numbered text where Zalo refuses five buttons, and answers by number', async () => {
    const citizen = stage.citizen('zalo');
    stage.simulators.zalo.state.behaviour.maxButtons = 4;
    try {
      await citizen.say('đánh giá');
      const asked = await citizen.tap(texts.format(RATE.whichBot));
      expect(asked).toContain(`1. ${texts.format(RATE.score1)}`);
      expect(asked).toContain(`5. ${texts.format(RATE.score5)}`);
      expect(await citizen.say('5')).toContain(texts.format(RATE.score5));
    } finally {
      stage.simulators.zalo.state.behaviour.maxButtons = 5;
    }
  });
});
