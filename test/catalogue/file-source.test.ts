import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importCatalogueFile } from '../../src/catalogue/file-source.js';
import { Sealer } from '../../src/lib/sealing.js';
import { openEmbedded } from '../../src/storage/embedded/open.js';
import type { Home } from '../../src/storage/home.js';
import { removeTemporaryFolders, temporaryFolder } from '../storage/temporary.js';

const row = (code: string, name: string) =>
  JSON.stringify({
    code,
    name,
    field: 'Thử',
    levels: ['province'],
    onlineLevel: 'full',
    updatedAt: '2026-09-01T00:00:00Z',
  });

describe('a catalogue from a file', () => {
  let home: Home;
  let file: string;
  beforeEach(async () => {
    const folder = temporaryFolder();
    file = join(folder, 'catalogue.jsonl');
    home = await openEmbedded({
      dataDir: folder,
      sealer: new Sealer([randomBytes(32)]),
      clock: Date.now,
      owner: 'test',
    });
  });
  afterEach(async () => {
    await home.close();
    removeTemporaryFolders();
  });

  const stored = async () => (await home.records.procedures()).items.map(({ code, name }) => `${code} ${name}`);

  it('is stored, and left alone until the file changes', async () => {
    writeFileSync(file, `${row('1.000001', 'Một')}\n${row('1.000002', 'Hai')}\n`);
    expect(await importCatalogueFile(file, home.records)).toMatchObject({ imported: 2, removed: 0 });
    expect(await importCatalogueFile(file, home.records)).toBe('unchanged');
    writeFileSync(file, `${row('1.000001', 'Một mới')}\n`);
    expect(await importCatalogueFile(file, home.records)).toMatchObject({ imported: 1, removed: 1 });
    expect(await stored()).toEqual(['1.000001 Một mới']);
  });

  it('is read again after an import that broke off', async () => {
    writeFileSync(file, `${row('1.000001', 'Một')}\n`);
    let calls = 0;
    const breaking = {
      procedures: () => home.records.procedures(),
      syncState: () => home.records.syncState(),
      async changeProcedures(changes: Parameters<typeof home.records.changeProcedures>[0]) {
        if (++calls > 1) throw new Error('the disk is full');
        await home.records.changeProcedures(changes);
      },
    };
    await expect(importCatalogueFile(file, breaking)).rejects.toThrow('the disk is full');
    expect(await importCatalogueFile(file, home.records)).toMatchObject({ imported: 1 });
    expect(await stored()).toEqual(['1.000001 Một']);
  });
});
