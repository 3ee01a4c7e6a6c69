// Searching conversations over real HTTP: by words without diacritics, within the agencies that may be seen.
import type { Found, Search } from '../../src/desk/api.js';
import { snippetOf } from '../../src/desk/search.js';
import { MINUTE } from '../../src/lib/clock.js';
import { TICKET, type Ticket } from '../../src/records/ticket.js';
import { TRANSCRIPT, type TranscriptLine } from '../../src/records/transcript.js';
import {
  ALPHA,
  BETA,
  type Browser,
  closeStages,
  laneIn,
  type OfficeStage,
  officeStage,
  ticket,
} from './office-stage.js';

let stage: OfficeStage;
let anh: Browser;
let beta: Browser;
let both: Browser;
let number = 0;

beforeAll(async () => {
  stage = await officeStage();
  anh = await stage.signIn('anh', { agency: ALPHA, role: 'officer' });
  beta = await stage.signIn('dung', { agency: BETA, role: 'officer' });
  both = await stage.signIn('hai', { agency: ALPHA, role: 'officer' }, { agency: BETA, role: 'officer' });
}, 60_000);
afterAll(closeStages);

async function opened(agency: string, change: Partial<Ticket> = {}): Promise<string> {
  number += 1;
  const id = `HT-FIND-${number}`;
  await stage.put(TICKET, id, ticket(agency, { openedAt: Date.now(), ...change }), laneIn(agency, `c${number}`));
  return id;
}

async function said(agency: string, id: string, text: string, at = Date.now(), by: TranscriptLine['by'] = 'citizen') {
  number += 1;
  const entry = { at, ticket: id, agency, lines: [{ by, text }], sends: 0 };
  await stage.put(TRANSCRIPT, `t-find-${number}`, entry, laneIn(agency, `say${number}`));
}

async function search(who: Browser, q: string, more: Omit<Search, 'q'> = {}): Promise<Found> {
  const answer = await who.send('post', '/search', { q, ...more });
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Found;
}
const ids = ({ items }: Found) => items.map(({ ticket: { id } }) => id);

it('finds what was said without diacritics, every word, the latest first, once for each ticket', async () => {
  const [old, recent] = [await opened(ALPHA), await opened(ALPHA)];
  const at = Date.now();
  await said(ALPHA, old, 'Đèn đường hỏng ở ngõ 12', at - 3 * MINUTE);
  await said(ALPHA, recent, 'đèn đường nhà tôi tắt', at - 2 * MINUTE);
  await said(ALPHA, recent, 'Vẫn chưa ai sửa đèn đường', at - MINUTE);
  await said(ALPHA, recent, 'đường ngập', at);
  const found = await search(anh, 'den DUONG');
  expect(ids(found)).toEqual([recent, old]);
  expect(found.items[0]?.snippet).toBe('Vẫn chưa ai sửa đèn đường');
  expect(ids(await search(anh, 'den ngap'))).toEqual([]);
});

it('finds a ticket by its own code, by the name, a tag, or the code of its dossier', async () => {
  const id = await opened(ALPHA, {
    citizen: { name: 'Lò Thị Pằn' },
    tags: ['tách thửa'],
    about: { dossier: 'H35.07-261101-0042' },
  });
  for (const q of [id.toLowerCase(), 'lo thi pan', 'tach thua', 'H35.07-261101-0042'])
    expect(ids(await search(anh, q))).toEqual([id]);
});

it('finds nothing of another agency, by words, by code or by asking for it', async () => {
  const id = await opened(ALPHA, { citizen: { name: 'Kiên Rum' } });
  await said(ALPHA, id, 'chuyện riêng của Alpha');
  for (const q of ['chuyen rieng alpha', 'kien rum', id]) expect(ids(await search(beta, q))).toEqual([]);
  expect((await beta.send('post', '/search', { q: 'rum', agency: ALPHA })).status).toBe(404);
  expect(ids(await search(both, 'kien rum', { agency: BETA }))).toEqual([]);
  expect(ids(await search(both, id, { agency: BETA }))).toEqual([]);
  expect(ids(await search(both, 'kien rum'))).toEqual([id]);
});

it('no longer shows an agency what was handed on, though it was said there', async () => {
  const id = await opened(BETA);
  await said(ALPHA, id, 'việc đã chuyển đi');
  expect(ids(await search(anh, 'viec da chuyen'))).toEqual([]);
});

it('is paged over several agencies: each ticket is found, whatever comes meanwhile', async () => {
  const all = new Set<string>();
  const at = Date.now();
  for (let i = 0; i < 55; i += 1) {
    const agency = i % 2 === 0 ? ALPHA : BETA;
    const id = await opened(agency);
    await said(agency, id, `hồ sơ trễ hẹn số ${i}`, at - Math.floor(i / 5));
    all.add(id);
  }
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page: Found = await search(both, 'tre hen', after === undefined ? {} : { after });
    seen.push(...ids(page));
    after = page.next;
    await said(ALPHA, [...all][0] ?? '', 'lại trễ hẹn');
  } while (after !== undefined);
  expect(seen).toHaveLength(all.size);
  expect(new Set(seen)).toEqual(all);
});

it('refuses nothing to look for and marks that are none', async () => {
  for (const asked of [{}, { q: ' ' }, { q: 'a', after: 'nonsense' }, { q: 'a', scope: [BETA] }])
    expect((await anh.send('post', '/search', asked)).status).toBe(400);
});

it('is not asked by an address: proxies and browsers write those down', async () => {
  expect((await anh.get('/search?q=rum')).status).toBe(404);
});

describe('a snippet', () => {
  it('shows what stands around the word, whole characters alone', () => {
    const text = `${'😀'.repeat(60)} chỗ này có đèn hỏng ${'😀'.repeat(100)}`;
    const snippet = snippetOf({ lines: [{ by: 'citizen', text }] }, 'DEN') ?? '';
    expect(snippet).toContain('đèn hỏng');
    expect(snippet.startsWith('…')).toBe(true);
    expect(snippet.endsWith('…')).toBe(true);
    // No half of a character.
    expect(snippet).not.toMatch(/\p{Surrogate}/u);
    expect(snippet.length).toBeLessThan(170);
  });

  it('finds a word written with separate marks', () => {
    const lines: TranscriptLine[] = [{ by: 'citizen', text: 'Đèn đường'.normalize('NFD') }];
    expect(snippetOf({ lines }, 'duong')).toBeDefined();
  });

  it('says nothing of the bot’s own words', () => {
    expect(snippetOf({ lines: [{ by: 'bot', text: 'đèn' }] }, 'den')).toBeUndefined();
  });
});
