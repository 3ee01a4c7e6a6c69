// Somebody who talked with staff and then has their data deleted: nothing of the talk is left, neither at the desk nor in the home.
import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import type { Found, Queue } from '../../src/desk/api.js';
import { PRIVACY } from '../../src/flows/privacy/texts.js';
import { fold } from '../../src/language/fold.js';
import { Sealer } from '../../src/lib/sealing.js';
import { Sql } from '../../src/storage/embedded/sql.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { until } from '../storage/until.js';
import { say, tap } from './hearing.js';
import { DESK, Officer } from './officer.js';
import { openedFolder } from './opened-home.js';
import { APPS, type Citizen, Stage } from './stage.js';
import { texts } from './wording.js';

jest.setTimeout(90_000);

const key = randomBytes(32);
const THEIRS = 'Xylôfon';
const REPLY = 'Jêzabên';
const NOTE = 'Kàrambôl';
const TAG = 'vẹnzuka';
const FILE = 'Mạnđôlin';
const PHONE = '0987612345';
const ALL = [THEIRS, REPLY, NOTE, TAG, FILE, PHONE];

let stage: Stage;
let officer: Officer;
beforeAll(async () => {
  stage = await Stage.open({}, { ...DESK, DATA_KEY: key.toString('base64') });
  officer = await Officer.signIn(stage);
});
afterAll(async () => {
  await stage.close();
  removeTemporaryFolders();
});

const opened = () => openedFolder(stage.dataDir, new Sealer([key]));
const held = () => {
  const all = opened();
  return ALL.filter((one) => all.includes(one));
};
const count = (table: string): number => {
  const sql = new Sql({ file: `${stage.dataDir}/mot-cua.db` });
  try {
    return sql.number(`SELECT count(*) FROM ${table}`);
  } finally {
    sql.close();
  }
};

/** A talk with everything that may be in it, left open. */
async function talked(citizen: Citizen): Promise<string> {
  citizen.write(`cho tôi gặp cán bộ, ${THEIRS} ${PHONE}`);
  const { id } = await officer.only('waiting');
  await officer.claim(id);
  await say(citizen, `tôi hỏi về ${THEIRS}`).catch(() => '');
  const bytes = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const { file } = await officer.upload(id, `${FILE}.png`, bytes, 'image/png');
  await officer.reply(id, { text: `${REPLY} gọi ${PHONE} nhé`, file });
  await officer.done('POST', `/tickets/${id}/notes`, { key: '6f1c1b1e-58a7-4a3f-9d0a-0c1f3a0b7a01', text: NOTE });
  await officer.done('PUT', `/tickets/${id}/tags`, { tags: [TAG] });
  await stage.quiet();
  return id;
}

describe.each(APPS)('on %s', (app) => {
  it('a talk with staff goes with everything else', async () => {
    const wordsBefore = count('searched_documents');
    const blobsBefore = count('blobs');
    const citizen = stage.citizen(app);
    const id = await talked(citizen);
    expect(held()).toEqual(ALL);
    await officer.done('POST', `/tickets/${id}/close`, { resolution: 'answered' });
    await stage.quiet();
    await say(citizen, 'xóa dữ liệu của tôi');
    await tap(citizen, texts.format(PRIVACY.forgetYes));
    await stage.quiet();
    await until(() => held().length === 0, 'the talk to be gone');
    for (const path of [`/tickets/${id}`, `/tickets/${id}/entries`])
      expect(await officer.refused('GET', path)).toBe('404 not-found');
    expect(await officer.refused('POST', `/tickets/${id}/claim`)).toBe('404 not-found');
    for (const view of ['waiting', 'mine', 'open', 'closed'] as const)
      expect((await officer.done<Queue>('GET', `/queue?view=${view}`)).items).toEqual([]);
    for (const q of [id, ...ALL.map(fold)])
      expect((await officer.done<Found>('POST', '/search', { q })).items).toEqual([]);
    const csv = await (await officer.call('GET', '/exports/tickets.csv')).text();
    expect(csv).not.toContain(id);
    expect(count('searched_documents')).toBe(wordsBefore);
    await until(() => count('blobs') === blobsBefore, 'the files to be gone');
  });
});

it('a withdrawal on the platform ends a talk that is open, and takes it away', async () => {
  const citizen = stage.citizen('zalo');
  const id = await talked(citizen);
  stage.simulators.zalo.acts.withdraw(citizen.id, {});
  await stage.quiet();
  await until(() => held().length === 0, 'the talk to be gone');
  expect(await officer.refused('GET', `/tickets/${id}`)).toBe('404 not-found');
  // What was on its way when they went leads nowhere, and says nothing to them.
  expect(
    await officer.refused('POST', `/tickets/${id}/reply`, { key: '6f1c1b1e-58a7-4a3f-9d0a-0c1f3a0b7a02', text: 'a' }),
  ).toBe('404 not-found');
});
