// Back-up, restore and change of the key on the embedded home, as the programs do it.
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { runCommand } from '../../src/backup.js';
import { HOUR } from '../../src/lib/clock.js';
import { eventId, type LaneId } from '../../src/lib/ids.js';
import { Sealer } from '../../src/lib/sealing.js';
import { putDocument } from '../../src/records/documents.js';
import { TRANSCRIPT, type TranscriptEntry } from '../../src/records/transcript.js';
import { SEALED_TABLES } from '../../src/storage/backup/reseal-embedded.js';
import { openEmbedded } from '../../src/storage/embedded/open.js';
import { Sql, text } from '../../src/storage/embedded/sql.js';
import type { Home } from '../../src/storage/home.js';
import { Codec } from '../../src/turns/codec.js';
import { goOn, LANES, Town } from './counting-town.js';
import { newSession } from './sessions-contract.js';
import { removeTemporaryFolders, temporaryFolder } from './temporary.js';

const key = randomBytes(32);
const sealer = new Sealer([key]);
const PROGRAM = resolve(__dirname, '../../dist/src/backup.js');

afterAll(removeTemporaryFolders);

function settings(dataDir: string, keys: readonly Buffer[] = [key]): Record<string, string> {
  return { DATA_DIR: dataDir, DATA_KEY: keys.map((one) => one.toString('base64')).join(',') };
}

async function command(name: 'backup' | 'restore' | 'rekey', args: readonly string[], env: Record<string, string>) {
  const said: string[] = [];
  const code = await runCommand(name, args, {
    env,
    say: (line) => said.push(line),
    signal: new AbortController().signal,
  });
  return { code, said: said.join('\n') };
}

/** A process of its own, as an operator starts it. */
function program(args: readonly string[], env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  return new Promise((done) => child.once('close', (code) => done({ code, said })));
}

function open(dataDir: string, keys: readonly Buffer[] = [key]): Promise<Home> {
  return openEmbedded({ dataDir, sealer: new Sealer(keys), clock: Date.now, owner: 'test' });
}

const LANE = 'zalo:1:someone' as LaneId;
const FILE = { id: 'picture', lane: LANE, mimeType: 'image/png', createdAt: 1 };

/** Something of everything that is sealed, under the given key. */
async function fill(dataDir: string, secret = key): Promise<void> {
  const home = await open(dataDir, [secret]);
  const codec = new Codec(new Sealer([secret]));
  const lease = await home.turns.acquire('partition:0', 'test', HOUR);
  if (lease === undefined) throw new Error('the lease is taken');
  const event = (name: string) => ({
    id: eventId(name),
    lane: LANE,
    partition: 0,
    payload: codec.sealEvent(eventId(name), { at: 1, body: { kind: 'leave' } }),
    acceptedAt: 1,
    keepIdUntil: Date.now() + HOUR,
  });
  await home.turns.accept([event('first'), event('second')]);
  const letter = (id: string, payload: Buffer) =>
    ({
      type: 'dead-letter',
      letter: { id, lane: LANE, source: 'event', reason: 'x', at: 1, payload: payload.toString('base64') },
    }) as const;
  const inner = letter('event:inside', codec.sealEvent(eventId('inside'), { at: 1, body: { kind: 'leave' } }));
  const item = { id: 'item', lane: LANE, partition: 0, laneSeq: 1, kind: 'record', createdAt: 1, resends: 0 } as const;
  await home.turns.commit(lease, {
    event: { ...event('first'), position: '1', throws: 0, deaths: 0 },
    state: { payload: codec.sealState(LANE, '{"data":{"count":7}}'), mode: 'bot', expiresAt: Date.now() + HOUR },
    outbox: [{ ...item, payload: codec.sealItem('item', inner) }],
    timers: [{ type: 'set', name: 'later', generation: 1, dueAt: 5, payload: codec.sealTimer(LANE, 'later', 'soon') }],
  });
  await home.turns.release(lease);
  const dead = letter('event:dead', codec.sealEvent(eventId('dead'), { at: 2, body: { kind: 'leave' } }));
  const raw = letter('webhook:zalo:1', codec.sealRaw('webhook:zalo:1', Buffer.from('raw')));
  await home.records.apply([
    { id: 'a', lane: LANE, laneSeq: 1, change: dead },
    { id: 'b', lane: LANE, laneSeq: 2, change: raw },
  ]);
  await home.tokens.save('zalo:1', { accessToken: 'a', refreshToken: 'r', expiresAt: 1 }, 0);
  await home.blobs.put(FILE, Buffer.from('the picture'));
  await home.close();
}

/** Everything that `fill` wrote, opened with these keys. */
async function readAll(dataDir: string, keys: readonly Buffer[]): Promise<unknown> {
  const home = await open(dataDir, keys);
  const codec = new Codec(new Sealer(keys));
  try {
    const lease = await home.turns.acquire('partition:0', 'reader', HOUR);
    if (lease === undefined) throw new Error('the lease is taken');
    const [item] = await home.turns.unsettled(lease, 0);
    const change = codec.openRecord('item', item?.payload ?? Buffer.alloc(0));
    if (change.type !== 'dead-letter') throw new Error('not the item');
    const [timer] = await home.turns.dueTimers(0, 10, 1);
    const letter = async (id: string) => (await home.records.deadLetter(id))?.payload ?? Buffer.alloc(0);
    const pending = await new Promise<Buffer>((found) =>
      home.turns.follow(lease, 0, ([event]) => found(event?.payload ?? Buffer.alloc(0))),
    );
    return {
      event: codec.openEvent(eventId('second'), pending).body,
      inside: codec.openEvent(eventId('inside'), Buffer.from(change.letter.payload, 'base64')).body,
      state: codec.openState(LANE, (await home.turns.readState(LANE)) ?? Buffer.alloc(0)),
      timer: codec.openTimer(LANE, 'later', timer?.payload ?? Buffer.alloc(0)),
      dead: codec.openEvent(eventId('dead'), await letter('event:dead')).body,
      raw: new Sealer(keys).open(await letter('webhook:zalo:1'), 'raw:webhook:zalo:1').toString(),
      tokens: (await home.tokens.load('zalo:1'))?.tokens.refreshToken,
      blob: (await home.blobs.get(FILE.id))?.bytes.toString(),
    };
  } finally {
    await home.close();
  }
}

const ALL = {
  event: { kind: 'leave' },
  inside: { kind: 'leave' },
  state: { data: { count: 7 } },
  timer: 'soon',
  dead: { kind: 'leave' },
  raw: 'raw',
  tokens: 'r',
  blob: 'the picture',
};

describe('a back-up taken while the bot works', () => {
  it('is one of a single moment: a bot on it answers what was pending once each, and knows everything else', async () => {
    const folder = temporaryFolder();
    const old = await Town.open(await open(folder), sealer);
    old.holdBack();
    await old.home.tokens.save('zalo:1', { accessToken: 'a', refreshToken: 'r', expiresAt: 1 }, 0);
    await old.home.blobs.put(FILE, randomBytes(3_000_000));
    await old.home.counters.take('proofs', { limit: 1, windowMs: HOUR }, 'one');
    const chatter = old.chatter();
    const file = join(temporaryFolder(), 'copy');
    while (Math.min(...chatter.written) < 50) await old.home.turns.ping();
    const before = [...chatter.written];
    const backup = await program(['backup', file], settings(folder));
    expect(backup).toMatchObject({ code: 0, said: expect.stringContaining('DATA_KEY is NOT in it') });
    expect(backup.said).toContain(sealer.keyIds[0]);
    const during = chatter.written.map((written, index) => written - (before[index] ?? 0));
    expect(Math.min(...during)).toBeGreaterThan(0);
    const written = await chatter.stop();
    const picture = (await old.home.blobs.get(FILE.id))?.bytes;
    await old.close();

    const empty = join(temporaryFolder(), 'new');
    expect(await program(['restore', file], settings(empty))).toMatchObject({ code: 0 });
    const restored = await Town.open(await open(empty), sealer);
    await goOn(restored, { town: old, written });
    const timers = await restored.home.turns.dueTimers(0, Date.now() + 2 * HOUR, 100);
    expect(timers).toHaveLength(LANES.length);
    expect(await restored.home.tokens.load('zalo:1')).toMatchObject({ tokens: { refreshToken: 'r' }, version: 1 });
    expect((await restored.home.blobs.get(FILE.id))?.bytes.equals(picture ?? Buffer.alloc(0))).toBe(true);
    expect(await restored.home.counters.take('proofs', { limit: 1, windowMs: HOUR }, 'two')).toMatchObject({
      allowed: false,
    });
    await restored.close();
  });
});

describe('the back-up program', () => {
  it('leaves sessions of staff out: who was signed out since is not signed in again by a restore', async () => {
    const folder = temporaryFolder();
    const home = await open(folder);
    const session = newSession('officer');
    await home.sessions.create(session);
    const file = join(temporaryFolder(), 'copy');
    expect(await command('backup', [file], settings(folder))).toMatchObject({ code: 0 });
    expect(await home.sessions.get(session.id)).toBeDefined();
    await home.close();
    const empty = join(temporaryFolder(), 'new');
    expect(await command('restore', [file], settings(empty))).toMatchObject({ code: 0 });
    const restored = await open(empty);
    expect(await restored.sessions.list('officer')).toEqual([]);
    await restored.close();
  });

  it('copies a bot that is stopped, readable by its owner alone, and leaves nothing beside the file', async () => {
    const folder = temporaryFolder();
    await fill(folder);
    const place = temporaryFolder();
    expect(await command('backup', [join(place, 'copy')], settings(folder))).toMatchObject({ code: 0 });
    expect(readdirSync(place)).toEqual(['copy']);
    expect(statSync(join(place, 'copy')).mode & 0o777).toBe(0o600);
    const empty = temporaryFolder();
    expect(await command('restore', [join(place, 'copy')], settings(empty))).toMatchObject({ code: 0 });
    expect(await readAll(empty, [key])).toEqual(ALL);
  });

  it('holds nothing that is sealed in the open', async () => {
    const folder = temporaryFolder();
    await fill(folder);
    const file = join(temporaryFolder(), 'copy');
    await command('backup', [file], settings(folder));
    const content = gunzipSync(readFileSync(file));
    expect(content.includes('the picture')).toBe(false);
    expect(content.includes(key)).toBe(false);
    expect(content.includes(key.toString('base64'))).toBe(false);
  });

  it('leaves a row out whose file was deleted meanwhile', async () => {
    const folder = temporaryFolder();
    await fill(folder);
    const home = await open(folder);
    await home.blobs.put({ ...FILE, id: 'going' }, Buffer.from('x'));
    await home.close();
    const digest = createHash('sha256').update('going').digest('hex');
    rmSync(join(folder, 'blobs', digest.slice(0, 2), digest));
    const file = join(temporaryFolder(), 'copy');
    await command('backup', [file], settings(folder));
    const empty = temporaryFolder();
    await command('restore', [file], settings(empty));
    const restored = await open(empty);
    expect(await restored.blobs.get('going')).toBeUndefined();
    expect(await restored.blobs.get(FILE.id)).toBeDefined();
    await restored.close();
  });

  it('leaves nothing behind when the operator gives up', async () => {
    const folder = temporaryFolder();
    await fill(folder);
    const place = temporaryFolder();
    const said: string[] = [];
    const say = (line: string) => said.push(line);
    const surroundings = { env: settings(folder), say, signal: AbortSignal.abort() };
    expect(await runCommand('backup', [join(place, 'copy')], surroundings)).toBe(1);
    expect(said.at(-1)).toContain('Given up');
    expect(readdirSync(place)).toEqual([]);
  });

  it('refuses a name that is taken and a folder without data, and shows how it is used', async () => {
    const folder = temporaryFolder();
    await fill(folder);
    const file = join(temporaryFolder(), 'copy');
    writeFileSync(file, 'mine');
    expect(await command('backup', [file], settings(folder))).toMatchObject({
      code: 1,
      said: expect.stringContaining('[backup.exists]'),
    });
    expect(readFileSync(file, 'utf8')).toBe('mine');
    const nothing = await command('backup', [`${file}2`], settings(temporaryFolder()));
    expect(nothing).toMatchObject({ code: 1, said: expect.stringContaining('[backup.nothing]') });
    expect(await command('backup', [], {})).toMatchObject({ code: 2, said: expect.stringContaining('Usage') });
    expect(await command('restore', ['a', '--force'], {})).toMatchObject({ code: 2 });
  });
});

describe('the restore program', () => {
  let file: string;

  beforeAll(async () => {
    const folder = temporaryFolder();
    await fill(folder);
    file = join(temporaryFolder(), 'copy');
    await command('backup', [file], settings(folder));
  });

  function changed(change: (content: Buffer) => Buffer): string {
    const path = join(temporaryFolder(), 'changed');
    writeFileSync(path, change(readFileSync(file)));
    return path;
  }

  const inside = (change: (plain: Buffer) => Buffer) => (content: Buffer) => gzipSync(change(gunzipSync(content)));
  const harm: [string, (content: Buffer) => Buffer][] = [
    ['cut off', (content) => content.subarray(0, content.length - 20)],
    ['cut off early', (content) => content.subarray(0, 100)],
    ['empty', () => Buffer.alloc(0)],
    ['of another kind', () => Buffer.from('not a back-up at all')],
    ['of another kind inside', () => gzipSync('not a back-up at all, although it is packed in the same way')],
    ['changed in one byte', (content) => flipped(content, content.length >> 1)],
    ['changed in one byte and packed again', inside((plain) => flipped(plain, plain.length >> 1))],
    ['without its end', inside((plain) => plain.subarray(0, plain.length - 60))],
    ['followed by more', inside((plain) => Buffer.concat([plain, plain]))],
  ];

  it.each(harm)('refuses a file that is %s, before anything is written', async (_name, change) => {
    const empty = temporaryFolder();
    const { code, said } = await command('restore', [changed(change)], settings(empty));
    expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining('[backup.damaged]') });
    expect(readdirSync(empty)).toEqual([]);
  });

  it('refuses what a newer program wrote, and what is not there', async () => {
    const newer = changed(inside((plain) => replaced(plain, '"format":1', '"format":2')));
    expect(await command('restore', [newer], settings(temporaryFolder()))).toMatchObject({
      code: 1,
      said: expect.stringContaining('[backup.newer]'),
    });
    expect(await command('restore', ['/nowhere/copy'], settings(temporaryFolder()))).toMatchObject({
      said: expect.stringContaining('[backup.no-file]'),
    });
  });

  it('refuses storage that is not empty unless told to replace it', async () => {
    const folder = temporaryFolder();
    const home = await open(folder);
    await home.blobs.put({ ...FILE, id: 'theirs' }, Buffer.from('theirs'));
    await home.tokens.save('zalo:2', { accessToken: 'a', refreshToken: 'theirs', expiresAt: 1 }, 0);
    await home.close();
    const refused = await command('restore', [file], settings(folder));
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('add --replace') });
    const still = await open(folder);
    expect(await still.tokens.load('zalo:2')).toBeDefined();
    await still.close();

    expect(await command('restore', [file, '--replace'], settings(folder))).toMatchObject({ code: 0 });
    expect(await readAll(folder, [key])).toEqual(ALL);
    const after = await open(folder);
    expect(await after.tokens.load('zalo:2')).toBeUndefined();
    expect(await after.blobs.get('theirs')).toBeUndefined();
    await after.close();
    expect(readdirSync(folder).sort()).toEqual(['blobs', 'lock.db', 'mot-cua.db']);
    expect(
      readdirSync(join(folder, 'blobs'), { recursive: true, withFileTypes: true }).filter((one) => one.isFile()),
    ).toHaveLength(1);
  });

  it('refuses a folder that a bot works in', async () => {
    const folder = temporaryFolder();
    const home = await open(folder);
    const { code, said } = await program(['restore', file, '--replace'], settings(folder));
    expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining('[storage.locked]') });
    await home.close();
  });

  it('goes on over what an earlier one left half done', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'restore-unfinished', 'blobs'), { recursive: true });
    writeFileSync(join(folder, 'restore-unfinished', 'mot-cua.db'), 'half');
    expect(await command('restore', [file], settings(folder))).toMatchObject({ code: 0 });
    expect(await readAll(folder, [key])).toEqual(ALL);
    expect(existsSync(join(folder, 'restore-unfinished'))).toBe(false);
  });

  it('refuses without the key the back-up is sealed under, and finds it beside the data as well', async () => {
    const folder = temporaryFolder();
    const stranger = await command('restore', [file], settings(folder, [randomBytes(32)]));
    expect(stranger).toMatchObject({ code: 1, said: expect.stringContaining('[backup.key]') });
    expect(await command('restore', [file], { DATA_DIR: folder })).toMatchObject({ code: 1 });
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(join(folder, 'data-key'), key.toString('base64'));
    expect(await command('restore', [file], { DATA_DIR: folder })).toMatchObject({ code: 0 });
  });

  it('refuses the back-up of the other home with a sentence', async () => {
    const other = changed(inside((plain) => resealedEnd(replaced(plain, '"home":"embedded"', '"home":"cluster" '))));
    const folder = temporaryFolder();
    expect(await command('restore', [other], settings(folder))).toMatchObject({
      code: 1,
      said: expect.stringContaining('[backup.other-home]'),
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});

function flipped(content: Buffer, at: number): Buffer {
  const copy = Buffer.from(content);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

function replaced(plain: Buffer, from: string, to: string): Buffer {
  const at = plain.indexOf(from);
  return Buffer.concat([plain.subarray(0, at), Buffer.from(to), plain.subarray(at + from.length)]);
}

/** With the checksum of what it now holds. */
function resealedEnd(plain: Buffer): Buffer {
  const head = Buffer.from('{"type":"end"}');
  const kept = plain.subarray(0, plain.length - 8 - head.length - 32);
  const prefix = plain.subarray(kept.length, kept.length + 8);
  return Buffer.concat([kept, prefix, head, createHash('sha256').update(kept).digest()]);
}

describe('a change of the key', () => {
  const next = randomBytes(32);

  it('seals everything anew, so that the old key can go', async () => {
    const folder = temporaryFolder();
    await fill(folder);
    await expect(readAll(folder, [next])).rejects.toThrow();
    const { code, said } = await command('rekey', [], settings(folder, [next, key]));
    expect(said).toContain('Nothing is left under another key');
    expect(said).toContain('8 values were sealed anew');
    expect(code).toBe(0);
    expect(await readAll(folder, [next])).toEqual(ALL);
    // Not in what is left of replaced pages either.
    const mark = Buffer.from(`01${sealer.keyIds[0]}`, 'hex');
    expect(readFileSync(join(folder, 'mot-cua.db')).includes(mark)).toBe(false);
    expect(await command('rekey', [], settings(folder, [next]))).toMatchObject({
      code: 0,
      said: expect.stringMatching(/^… .*\n0 values/s),
    });
  });

  it('leaves transcripts where their words are found', async () => {
    const folder = temporaryFolder();
    const entry: TranscriptEntry = {
      at: 1,
      agency: 'one',
      ticket: 'HT-1',
      lines: [{ by: 'citizen', text: 'đèn đường hỏng' }],
      sends: 0,
    };
    const before = await open(folder);
    const change = putDocument(TRANSCRIPT, 't-1', entry);
    await before.records.apply([{ id: 'a', lane: LANE, laneSeq: 1, change }]);
    await before.close();
    const found = async (keys: readonly Buffer[]) => {
      const home = await open(folder, keys);
      const { documents } = await home.documents.search(TRANSCRIPT, { text: 'den hong', scope: 'one', limit: 5 });
      await home.close();
      return documents.map(({ id }) => id);
    };
    expect(await found([next, key])).toEqual(['t-1']);
    expect(await command('rekey', [], settings(folder, [next, key]))).toMatchObject({ code: 0 });
    expect(await found([next])).toEqual(['t-1']);
  });

  it('signs no officer out', async () => {
    const folder = temporaryFolder();
    const session = newSession('officer', { data: { csrf: 'kept' } });
    const before = await open(folder);
    await before.sessions.create(session);
    await before.close();
    expect(await command('rekey', [], settings(folder, [next, key]))).toMatchObject({ code: 0 });
    const after = await open(folder, [next]);
    expect((await after.sessions.get(session.id))?.data).toEqual({ csrf: 'kept' });
    await after.close();
  });

  it('is finished by a second run when the first one was broken off', async () => {
    const folder = temporaryFolder();
    await fill(folder);
    const sql = new Sql({ file: join(folder, 'mot-cua.db') });
    const codec = new Codec(new Sealer([next]));
    sql.run('UPDATE states SET payload = ?', codec.sealState(LANE, '{"data":{"count":7}}'));
    sql.close();
    expect(await command('rekey', [], settings(folder, [next, key]))).toMatchObject({
      code: 0,
      said: expect.stringContaining('7 values'),
    });
    expect(await readAll(folder, [next])).toEqual(ALL);
  });

  it('tells what no key opens, and fails', async () => {
    const folder = temporaryFolder();
    await fill(folder);
    const { code, said } = await command('rekey', [], settings(folder, [next]));
    expect(code).toBe(1);
    expect(said).toContain('1 events, 1 states, 1 outbox items, 1 timers, 1 tokens, 2 dead letters, 1 received files');
    expect(await readAll(folder, [key])).toEqual(ALL);
  });

  it('wants the bot stopped', async () => {
    const folder = temporaryFolder();
    const home = await open(folder);
    const { code, said } = await program(['rekey'], settings(folder, [next, key]));
    expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining('[storage.locked]') });
    await home.close();
  });

  it('knows every sealed column of the database', async () => {
    const folder = temporaryFolder();
    await (await open(folder)).close();
    const sql = new Sql({ file: join(folder, 'mot-cua.db') });
    const columns = sql.all(
      "SELECT t.name AS name FROM sqlite_master t JOIN pragma_table_info(t.name) c ON c.type = 'BLOB' WHERE t.type = 'table' AND t.name NOT LIKE 'document_words%'",
    );
    sql.close();
    expect(columns.map((row) => text(row, 'name')).sort()).toEqual(SEALED_TABLES.map(({ table }) => table).sort());
  });
});
