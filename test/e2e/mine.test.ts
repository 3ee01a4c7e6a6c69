// My dossiers by phone, on both platforms, with the embedded storage.
import { removeTemporaryFolders } from '../storage/temporary.js';
import { myDossiersTests } from './mine.js';
import { Stage } from './stage.js';

describe('somebody who wants all their dossiers', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterAll(async () => {
    await stage.close();
    removeTemporaryFolders();
  });

  myDossiersTests({ stage: () => stage });
});
