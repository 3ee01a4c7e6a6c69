// What somebody of staff, or who has their cookie, may try against the desk over HTTP, and must not get.
import { connect, type Socket } from 'node:net';
import type { Entries, GivenPassword } from '../../src/desk/api.js';
import { addressOf } from '../../src/lib/ids.js';
import { TICKET } from '../../src/records/ticket.js';
import { entryId, TRANSCRIPT } from '../../src/records/transcript.js';
import { until } from '../storage/until.js';
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

const PLATFORM_ID = '6079513339069774313';
const LANE = laneIn(ALPHA, PLATFORM_ID);
const ID = 'HT-ATTACK-1';

let stage: OfficeStage;
let officer: Browser;
let other: Browser;

beforeAll(async () => {
  stage = await officeStage();
  officer = await stage.signIn('mai', { agency: ALPHA, role: 'officer' });
  other = await stage.signIn('tam', { agency: BETA, role: 'supervisor' });
  await stage.put(TICKET, ID, ticket(ALPHA, { status: 'open', assignee: officer.id }), LANE);
}, 60_000);
afterAll(closeStages);

describe('a citizen’s id on the platform', () => {
  it('stands in no mark of a page, and a mark made of it opens nothing', async () => {
    const lane = LANE;
    for (let i = 0; i < 45; i += 1)
      await stage.put(
        TRANSCRIPT,
        entryId(`timer:${lane}:${i}`),
        { at: i, ticket: ID, agency: ALPHA, sends: 0, lines: [{ by: 'citizen', text: `tin ${i}` }] },
        lane,
      );
    const answer = await officer.get(`/tickets/${ID}/entries`);
    const text = await answer.text();
    const { before = '' } = JSON.parse(text) as Entries;
    expect(before).not.toBe('');
    for (const where of [text, Buffer.from(before, 'base64url').toString()]) expect(where).not.toContain(PLATFORM_ID);
    expect(addressOf(lane)?.user).toBe(PLATFORM_ID);
    // As the storage itself would mark the place.
    const own = Buffer.from(`s${lane}\u0001`).toString('base64url');
    expect((await officer.get(`/tickets/${ID}/entries?before=${own}`)).status).toBe(400);
    expect((await other.get(`/tickets/${ID}/entries?before=${before}`)).status).toBe(404);
  });

  it('stands in no id of an entry, whatever the event is called', () => {
    expect(entryId(`timer:${LANE}:hand-back:1:2`)).toMatch(/^t-[\w-]{24}$/);
  });
});

it('one member has twenty streams open, and no more; others have theirs', async () => {
  const aborter = new AbortController();
  try {
    const answers = await Promise.all(Array.from({ length: 25 }, () => officer.get('/live', aborter.signal)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
    const refused = answers.find(({ status }) => status === 429);
    expect(await refused?.json()).toEqual({ error: 'live.too-many' });
    expect((await other.get('/live', aborter.signal)).status).toBe(200);
  } finally {
    aborter.abort();
  }
});

it('names, tags and canned answers hold nothing that is not seen', async () => {
  const admin = await stage.signIn('quan', { agency: ALPHA, role: 'administrator' });
  const turned = 'Lan\u202Egpj\u0000\nexe';
  const added = await admin.send('post', '/staff', { username: 'lan.moi', name: turned, grants: [] });
  expect(((await added.json()) as GivenPassword).staff.name).toBe('Langpj exe');
  const canned = await admin.send('put', '/canned/quay', { agency: ALPHA, title: turned, text: turned });
  expect(await canned.json()).toMatchObject({ title: 'Langpj exe', text: 'Langpj\nexe' });
  expect((await admin.send('post', '/staff', { username: 'lan.ba', name: '\u202E\u0000', grants: [] })).status).toBe(
    400,
  );
});

it('three files of one member are taken in at once, and no more; others have theirs', async () => {
  const holding = await Promise.all(Array.from({ length: 3 }, () => slowUpload(officer)));
  try {
    const path = `/tickets/${ID}/files`;
    const refused = async () => (await officer.upload(path, Buffer.from('x'), 'image/png', 'a.png')).status;
    await until(async () => (await refused()) === 503, 'the desk to be busy');
    expect((await other.upload(path, Buffer.from('x'), 'image/png')).status).toBe(404);
    for (const socket of holding) socket.destroy();
    await until(async () => (await refused()) === 400, 'room for a file');
  } finally {
    for (const socket of holding) socket.destroy();
  }
});

/** Begins to send a file and never ends. */
function slowUpload(who: Browser): Promise<Socket> {
  const { port } = new URL(stage.url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      const head = [
        `POST ${new URL(stage.url).pathname.replace(/\/$/, '')}/tickets/${ID}/files HTTP/1.1`,
        'host: desk',
        ...Object.entries(who.headers).map(([name, value]) => `${name}: ${value}`),
        'content-type: image/png',
        'content-length: 100000',
      ];
      socket.write(`${head.join('\r\n')}\r\n\r\nx`, () => resolve(socket));
    });
  });
}
