// Reports, on both platforms, on one machine.
import { removeTemporaryFolders } from '../storage/temporary.js';
import { feedbackTests } from './feedback.js';
import { Stage } from './stage.js';

jest.setTimeout(120_000);

describe('somebody who reports something', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterAll(async () => {
    await stage.close();
    removeTemporaryFolders();
  });

  feedbackTests({ stage: () => stage });

  it('left no dead letter, no turn that threw, and nothing of what was said in the log', async () => {
    expect(await stage.bot.metric('mot_cua_dead_letters_total')).toBe(0);
    expect(stage.output).not.toContain('"action":"turn.threw"');
    expect(stage.output).not.toMatch(/0912 ?345 ?678|Long Hòa|Văn An/);
    expect(stage.storedBytes()).not.toMatch(/0912345678/);
  });
});
