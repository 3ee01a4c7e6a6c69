import { Sealer } from '../../src/lib/sealing.js';
import { openEmbedded } from '../../src/storage/embedded/open.js';
import { key, retentionContract } from './retention-contract.js';
import { removeTemporaryFolders, temporaryFolder } from './temporary.js';

afterAll(removeTemporaryFolders);

describe('retention on the embedded home', () => {
  retentionContract(async () => {
    const dataDir = temporaryFolder();
    return {
      settings: { DATA_DIR: dataDir },
      open: () => openEmbedded({ dataDir, sealer: new Sealer([key]), clock: Date.now, owner: 'test' }),
    };
  });
});
