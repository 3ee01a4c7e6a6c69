// What the program of retention must show and delete, on any home.
import { randomBytes } from 'node:crypto';
import { runCommand } from '../../src/backup.js';
import { DAY } from '../../src/lib/clock.js';
import type { LaneId } from '../../src/lib/ids.js';
import { CHAT_FILE } from '../../src/records/blobs.js';
import { DATA_REQUEST } from '../../src/records/data-request.js';
import { putDocument } from '../../src/records/documents.js';
import { RATING, type Rating } from '../../src/records/rating.js';
import type { RecordChange } from '../../src/records/records.js';
import { RETENTION } from '../../src/records/retention.js';
import type { Home } from '../../src/storage/home.js';

export const key = randomBytes(32);

interface Place {
  settings: Record<string, string>;
  /** Whoever closes it has given it up. */
  open(): Promise<Pick<Home, 'records' | 'documents' | 'blobs' | 'close'>>;
}

async function retention(settings: Record<string, string>, ...args: string[]) {
  const said: string[] = [];
  const signal = new AbortController().signal;
  const env = { ...settings, DATA_KEY: key.toString('base64') };
  const code = await runCommand('retention', args, { env, say: (line) => said.push(line), signal });
  return { code, said };
}

export function retentionContract(prepare: () => Promise<Place>): void {
  it('shows what is over by class, deletes it only when told, and nothing else', async () => {
    const { settings, open } = await prepare();
    const now = Date.now();
    const lane = 'zalo:1:retained' as LaneId;
    const old = (days: number) => now - (days + 1) * DAY;
    const rating = (at: number): Rating => ({
      subject: { kind: 'bot', code: '2020-01' },
      score: 5,
      criteria: {},
      comment: 'SECRET',
      questionnaire: '1',
      at,
      changedAt: at,
      revision: 1,
      sent: 1,
    });
    const request = { type: 'delete', source: 'chat', at: 1, answerBy: 2, doneBy: 3, doneAt: 4 } as const;
    const letter = (id: string, at: number): RecordChange => ({
      type: 'dead-letter',
      letter: { id, lane, source: 'event', reason: 'r', at, payload: Buffer.from('x').toString('base64') },
    });
    const misread = (id: string, keepUntil: number): RecordChange => ({
      type: 'not-understood',
      record: { id, at: 1, keepUntil, what: { text: 'SECRET', guesses: [], offered: [] } },
    });
    const changes: RecordChange[] = [
      putDocument(RATING, 'r1', rating(old(RETENTION.rating.days))),
      putDocument(RATING, 'r2', rating(old(RETENTION.rating.days))),
      putDocument(RATING, 'r3', rating(now)),
      putDocument(DATA_REQUEST, 'd1', request),
      putDocument(DATA_REQUEST, 'd2', { ...request, at: now }),
      letter('event:l1', old(RETENTION['dead-letter'].days)),
      letter('event:l2', now),
      misread('m1', now - 1),
      misread('m2', now + DAY),
    ];
    const home = await open();
    await home.records.apply(changes.map((change, i) => ({ id: `w${i}`, lane, laneSeq: i, change })));
    const about = { lane, mimeType: 'image/jpeg' };
    await home.blobs.put({ id: 'b1', ...about, createdAt: old(RETENTION.picture.days) }, Buffer.from('1'));
    await home.blobs.put({ id: 'b2', ...about, createdAt: now }, Buffer.from('2'));
    const sent = old(RETENTION['chat-file'].days);
    await home.blobs.put({ id: `${CHAT_FILE}1`, ...about, createdAt: sent }, Buffer.from('3'));
    await home.blobs.put({ id: `${CHAT_FILE}2`, ...about, createdAt: now }, Buffer.from('4'));
    await home.blobs.put({ id: 'b3', ...about, createdAt: sent }, Buffer.from('5'));

    // The bot runs meanwhile.
    const dry = await retention(settings);
    expect(dry.code).toBe(0);
    expect(dry.said.slice(0, -1).sort()).toEqual([
      'chat-file: 1 over',
      'data-request: 1 over',
      'dead-letter: 1 over',
      'not-understood: 1 over',
      'picture: 1 over',
      'rating: 2 over',
    ]);
    expect(dry.said.join()).not.toMatch(/SECRET|retained/);
    expect(await home.documents.get(RATING, 'r1')).toBeDefined();

    expect((await retention(settings, '--delete')).said).toContain('rating: 2 deleted');
    expect(await home.documents.get(RATING, 'r1')).toBeUndefined();
    expect(await home.documents.get(RATING, 'r3')).toBeDefined();
    expect(await home.documents.get(DATA_REQUEST, 'd2')).toBeDefined();
    expect(await home.records.deadLetter('event:l1')).toBeUndefined();
    expect(await home.records.deadLetter('event:l2')).toBeDefined();
    expect(await home.records.notUnderstoodOf(lane)).toBe(1);
    expect(await home.blobs.get('b1')).toBeUndefined();
    expect(await home.blobs.get(`${CHAT_FILE}1`)).toBeUndefined();
    for (const [id, bytes] of [
      ['b2', '2'],
      [`${CHAT_FILE}2`, '4'],
      ['b3', '5'],
    ] as const)
      expect((await home.blobs.get(id))?.bytes.toString()).toBe(bytes);
    expect(await retention(settings)).toEqual({ code: 0, said: ['Nothing is kept longer than its time.'] });
    expect((await retention(settings, 'FILE')).code).toBe(2);
    await home.close();
  });
}
