import { runAudit } from '../../src/audit.js';
import { Sealer } from '../../src/lib/sealing.js';
import { openEmbedded } from '../../src/storage/embedded/open.js';
import type { Home } from '../../src/storage/home.js';
import { removeTemporaryFolders, temporaryFolder } from '../storage/temporary.js';
import { KEY } from './access-stage.js';
import { auditContract } from './audit-contract.js';

describe('the audit trail’s check on the embedded home', () => {
  let home: Home;
  afterAll(async () => {
    await home.close();
    removeTemporaryFolders();
  });

  auditContract(async () => {
    const dataDir = temporaryFolder();
    home = await openEmbedded({ dataDir, sealer: new Sealer([KEY]), clock: Date.now, owner: 'test' });
    return { settings: { DATA_DIR: dataDir }, home };
  });

  it('says what is wrong when there is nothing to check', async () => {
    const said: string[] = [];
    const env = { DATA_DIR: temporaryFolder(), DATA_KEY: KEY.toString('base64') };
    expect(await runAudit([], { env, say: (line) => said.push(line) })).toBe(1);
    expect(said).toEqual([expect.stringContaining('[backup.nothing]')]);
  });
});
