// The embedded home runs the contract suites, and shows what is its own: the lock on the folder, sealing, a full disk.

import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventId, type LaneId } from '../../src/lib/ids.js';
import { Sealer } from '../../src/lib/sealing.js';
import { type DocumentKind, putDocument } from '../../src/records/documents.js';
import { type EmbeddedOptions, openEmbedded } from '../../src/storage/embedded/open.js';
import type { Home } from '../../src/storage/home.js';
import { documentsContract, TEST_KINDS } from './documents-contract.js';
import { recordsContract } from './records-contract.js';
import { newSession, sessionsContract } from './sessions-contract.js';
import { removeTemporaryFolders, temporaryFolder } from './temporary.js';
import { turnStoreContract } from './turn-store-contract.js';

const homes: Home[] = [];
const key = randomBytes(32);
let offset = 0;

async function open(dataDir = temporaryFolder(), more: Partial<EmbeddedOptions> = {}): Promise<Home> {
  const home = await openEmbedded({
    dataDir,
    sealer: new Sealer([key]),
    clock: () => Date.now() + offset,
    owner: 'test',
    ...more,
  });
  homes.push(home);
  return home;
}

afterAll(async () => {
  for (const home of homes) await home.close();
  removeTemporaryFolders();
});

describe('the embedded turn store', () => {
  turnStoreContract(async () => (await open()).turns);
});

describe('the embedded records', () => {
  recordsContract(
    () => open(),
    (ms) => {
      offset += ms;
    },
  );
});

describe('the embedded documents', () => {
  documentsContract(() => open(temporaryFolder(), { kinds: TEST_KINDS }));

  it('vanish when their time is over', async () => {
    const kept: DocumentKind = { ...TEST_KINDS[0], name: 'kept', keepUntil: () => 1000 } as DocumentKind;
    const { records, documents, turns } = await open(temporaryFolder(), { kinds: [kept] });
    const lane = 'zalo:1:kept' as LaneId;
    const change = putDocument(kept, 'one', { state: 'open', at: 1, text: '' });
    await records.apply([{ id: 'a', lane, laneSeq: 1, change }]);
    await turns.sweep(999);
    expect(await documents.get(kept, 'one')).toBeDefined();
    await turns.sweep(1001);
    expect(await documents.get(kept, 'one')).toBeUndefined();
    expect((await documents.find(kept, { index: 'lane', limit: 5 })).documents).toEqual([]);
  });
});

describe('the embedded sessions', () => {
  sessionsContract(
    async () => (await open()).sessions,
    (ms) => {
      offset += ms;
    },
  );
});

describe('the embedded home', () => {
  it('lets nobody in by a session that was sealed under a key it no longer has', async () => {
    const folder = temporaryFolder();
    const before = await open(folder);
    const session = newSession('officer');
    await before.sessions.create(session);
    await before.close();
    homes.splice(homes.indexOf(before), 1);
    const after = await open(folder, { sealer: new Sealer([randomBytes(32)]) });
    expect(await after.sessions.get(session.id)).toBeUndefined();
    expect(await after.sessions.list('officer')).toEqual([]);
    expect(await after.sessions.endAll('officer')).toBe(1);
  });

  it('refuses a folder that another home holds, with a code', async () => {
    const folder = temporaryFolder();
    await open(folder);
    await expect(open(folder)).rejects.toMatchObject({ code: 'storage.locked' });
  });

  it('gives the folder up when it closes, and finds everything again', async () => {
    const folder = temporaryFolder();
    const first = await open(folder);
    await first.tokens.save('zalo:1', { accessToken: 'a', refreshToken: 'r', expiresAt: 1 }, 0);
    await first.close();
    homes.splice(homes.indexOf(first), 1);
    expect(await (await open(folder)).tokens.load('zalo:1')).toMatchObject({ tokens: { accessToken: 'a' } });
  });

  it('deletes messages that were not understood when their time is over', async () => {
    const home = await open();
    const lane = 'zalo:1:swept' as LaneId;
    const what = { text: 'x', guesses: [], offered: [] };
    const record = { id: 'one', at: 1, keepUntil: 100, what };
    await home.records.apply([{ id: 'w', lane, laneSeq: 1, change: { type: 'not-understood', record } }]);
    expect(await home.turns.sweep(100)).toBe(0);
    expect(await home.turns.sweep(101)).toBe(1);
    expect((await home.records.notUnderstood({ now: 0, limit: 1 })).records).toEqual([]);
  });

  it('leaves no token or blob readable on the disk', async () => {
    const folder = temporaryFolder();
    const home = await open(folder);
    await home.tokens.save('zalo:1', { accessToken: 'SECRET-ACCESS', refreshToken: 'SECRET-REFRESH', expiresAt: 1 }, 0);
    await home.blobs.put({ id: 'b', lane: 'l', mimeType: 'image/png', createdAt: 1 }, Buffer.from('SECRET-PICTURE'));
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const everything = Buffer.concat(files.map((entry) => readFileSync(join(entry.parentPath, entry.name))));
    expect(everything.includes('SECRET-')).toBe(false);
    expect(files.length).toBeGreaterThan(2);
  });

  it('rejects with StorageUnavailable when the file may not grow, and works again when there is room', async () => {
    const folder = temporaryFolder();
    const home = await open(folder, { maxPages: 60 });
    const lane = 'zalo:1:full' as LaneId;
    const event = (index: number) => ({
      id: eventId(`full-${index}`),
      lane,
      partition: 0,
      payload: randomBytes(3000),
      acceptedAt: 1,
      keepIdUntil: 1,
    });
    let accepted = 0;
    let refused: unknown;
    for (let index = 0; index < 200 && refused === undefined; index += 1) {
      try {
        await home.turns.accept([event(index)]);
        accepted += 1;
      } catch (error) {
        refused = error;
      }
    }
    expect(refused).toMatchObject({ name: 'StorageUnavailable', code: 'SQLITE_FULL' });
    await home.close();
    homes.splice(homes.indexOf(home), 1);
    const roomy = await open(folder);
    expect((await roomy.turns.backlog()).events).toBe(accepted);
    expect(await roomy.turns.accept([event(accepted)])).toEqual(['accepted']);
  });
});
