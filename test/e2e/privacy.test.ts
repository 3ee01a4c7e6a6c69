// One's own data, on both platforms, with the embedded storage; what is left is looked for in the raw files as well.
import { randomBytes } from 'node:crypto';
import { Sealer } from '../../src/lib/sealing.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { openedFolder } from './opened-home.js';
import { privacyTests } from './privacy.js';
import { Stage } from './stage.js';

jest.setTimeout(90_000);

describe('somebody who asks about their data', () => {
  const key = randomBytes(32);
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open({}, { DATA_KEY: key.toString('base64') });
  });
  afterAll(async () => {
    await stage.close();
    removeTemporaryFolders();
  });

  privacyTests({ stage: () => stage, opened: async () => openedFolder(stage.dataDir, new Sealer([key])) });

  it('nothing of what anybody said stands in the files in clear, before or after', () => {
    const raw = stage.storedBytes();
    for (const word of ['Xylôfon', 'Jêzabên', 'xylofon']) {
      expect(raw).not.toContain(Buffer.from(word, 'utf8').toString('latin1'));
      expect(raw).not.toContain(Buffer.from(word, 'utf16le').toString('latin1'));
    }
  });
});
