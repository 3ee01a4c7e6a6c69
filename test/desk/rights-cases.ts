// For every route of the desk: a harmless request about something of an agency. rights.test.ts makes each with every role.
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { staffLane } from '../../src/desk/staff-ids.js';
import { eventId, type LaneId } from '../../src/lib/ids.js';
import { Sealer } from '../../src/lib/sealing.js';
import { DATA_REQUEST } from '../../src/records/data-request.js';
import { CANNED_ANSWER } from '../../src/records/desk-records.js';
import { FEEDBACK, type Report } from '../../src/records/feedback.js';
import { STAFF_MEMBER } from '../../src/records/staff.js';
import { TICKET } from '../../src/records/ticket.js';
import { entryId, TRANSCRIPT } from '../../src/records/transcript.js';
import { Codec } from '../../src/turns/codec.js';
import { KEY } from '../turns/workshop.js';
import { laneIn, type OfficeStage, ticket } from './office-stage.js';

export interface Wanted {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  bytes?: Buffer;
}

export interface Case {
  /** What is asked about an agency, by the one who asks. */
  of(agency: string, who: string): Wanted | Promise<Wanted>;
  /** What those may get who are allowed; 200 unless told. */
  allowed?: number;
  /** The same about another agency: 404 unless told; `none` where the route is about no agency. */
  elsewhere?: 403 | 'none';
}

const now = Date.now();

/** What there is in an agency. */
export function things(stage: OfficeStage, agency: string) {
  const lane = laneIn(agency, 'citizen');
  return {
    lane,
    ticket: `HT-${agency}`,
    entry: entryId(`said-${agency}`),
    file: `file-${agency}`,
    canned: `canned-${agency}`,
    report: `PA-${agency}`,
    photo: `photo-${agency}`,
    misread: `misread-${agency}`,
    member: `s-member-${agency}`,
    /** A new one each time: it can be dealt with only once. */
    async letter(): Promise<string> {
      const id = `event:${randomUUID()}`;
      const body = { kind: 'text', text: 'chào', messageId: id } as const;
      const payload = new Codec(new Sealer([KEY])).sealEvent(eventId(id.slice('event:'.length)), { at: now, body });
      const letter = { id, lane, source: 'event', reason: 'turn.Error', at: now, payload: payload.toString('base64') };
      await stage.apply(lane, [{ type: 'dead-letter', letter: { ...letter, source: 'event' } }]);
      return id;
    },
    async openTicket(who: string): Promise<string> {
      const id = `HT-${randomUUID()}`;
      await stage.put(TICKET, id, ticket(agency, { status: 'open', assignee: who }), lane);
      return id;
    },
  };
}

export async function furnish(stage: OfficeStage, agency: string): Promise<void> {
  const { lane, ...ids } = things(stage, agency);
  await stage.put(TICKET, ids.ticket, ticket(agency, { citizen: { name: 'Chị Hoa' }, tags: ['đất đai'] }), lane);
  const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .jpeg()
    .toBuffer();
  for (const id of [ids.file, ids.photo])
    await stage.shop.home.blobs.put({ id, lane, mimeType: 'image/jpeg', createdAt: now }, photo);
  await stage.put(
    TRANSCRIPT,
    ids.entry,
    {
      at: now,
      ticket: ids.ticket,
      agency,
      lines: [
        { by: 'citizen', text: 'số em là ••••••••••', original: 'số em là 0912345678' },
        { by: 'citizen', files: [{ kind: 'image', blob: ids.file }] },
      ],
      understood: { intent: 'none', confidence: 0.2 },
      sends: 0,
    },
    lane,
  );
  await stage.put(CANNED_ANSWER, ids.canned, { agency, title: 'Chào', text: 'Xin chào', changedAt: now });
  await stage.put(FEEDBACK, ids.report, report(agency, ids.photo), lane);
  await stage.put(
    DATA_REQUEST,
    `DL-${agency}`,
    { type: 'delete', source: 'chat', at: now, answerBy: now, doneBy: now },
    lane,
  );
  await stage.apply(lane, [misread(ids.misread)]);
  const member = { username: `member.${agency}`, name: 'Người khác', grants: [{ agency, role: 'officer' as const }] };
  const kept = { password: 'scrypt$none', mustChange: false, disabled: false, createdAt: 1, changedAt: 1 };
  await stage.put(STAFF_MEMBER, ids.member, { ...member, ...kept }, staffLane(ids.member));
  await things(stage, agency).letter();
}

function report(agency: string, photo: string): Report {
  return {
    event: `report-${agency}`,
    category: 'ha-tang',
    content: 'Đường hỏng, gọi 0912345678',
    place: { text: 'trước chợ' },
    photos: [photo],
    publishConsent: true,
    createdAt: now,
    delivery: 'undelivered',
    reopened: 0,
    agency,
    changedAt: now,
  };
}

function misread(id: string) {
  const what = { text: 'xyz', guesses: [{ intent: 'none', confidence: 0.3 }], offered: ['proc.ask'] };
  return { type: 'not-understood' as const, record: { id, at: now, keepUntil: now + 1e9, what } };
}

/** By method and path. A route without a line here fails the test: nobody forgets to say who may do it. */
export function cases(stage: OfficeStage): Record<string, Case> {
  const in_ = (agency: string) => things(stage, agency);
  const list: Case = { of: (agency) => ({ query: { agency } }) };
  const ticketOf = (more: Wanted = {}): Case => ({ of: (agency) => ({ params: { id: in_(agency).ticket }, ...more }) });
  const reportOf = (body?: unknown): Case => ({ of: (agency) => ({ params: { code: in_(agency).report }, body }) });
  const nothing: Case = { of: () => ({}), elsewhere: 'none' };
  return {
    'post /sign-out': nothing,
    'post /password': { of: () => ({ body: { current: 'x', next: 'y' } }), allowed: 400, elsewhere: 'none' },
    'get /me': nothing,
    'put /duty': { of: () => ({ body: { onDuty: true } }), elsewhere: 'none' },

    'get /queue': list,
    'get /tickets/:id': ticketOf(),
    'get /tickets/:id/entries': ticketOf(),
    'get /tickets/:id/entries/:entry/files/:blob': {
      of: (agency) => ({ params: { id: in_(agency).ticket, entry: in_(agency).entry, blob: in_(agency).file } }),
    },
    'post /tickets/:id/reveal': {
      of: (agency) => ({ params: { id: in_(agency).ticket }, body: { entry: in_(agency).entry } }),
    },
    'post /tickets/:id/claim': ticketOf(),
    'post /tickets/:id/release': ticketOf(),
    'post /tickets/:id/assign': {
      of: (agency) => ({ params: { id: in_(agency).ticket }, body: { to: in_(agency).member } }),
    },
    'post /tickets/:id/transfer': { of: (agency) => ({ params: { id: in_(agency).ticket }, body: { agency } }) },
    'post /tickets/:id/reply': {
      of: (agency) => ({ params: { id: in_(agency).ticket }, body: { key: randomUUID(), text: 'Chào chị' } }),
    },
    'post /tickets/:id/notes': {
      of: (agency) => ({ params: { id: in_(agency).ticket }, body: { key: randomUUID(), text: 'Đã gọi' } }),
    },
    'put /tickets/:id/tags': ticketOf({ body: { tags: ['đất đai'] } }),
    'put /tickets/:id/priority': ticketOf({ body: { priority: 1 } }),
    'post /tickets/:id/close': ticketOf({ body: { resolution: 'answered' } }),
    'post /tickets/:id/files': {
      async of(agency, who) {
        const id = await in_(agency).openTicket(who);
        const bytes = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'blue' } })
          .png()
          .toBuffer();
        return { params: { id }, bytes };
      },
    },
    'post /search': { of: (agency) => ({ body: { agency, q: 'dat dai' } }) },
    'get /agencies': nothing,
    'get /colleagues': list,
    'get /procedures': { of: () => ({ query: { q: 'khai sinh' } }), elsewhere: 'none' },
    'get /procedures/:code': { of: () => ({ params: { code: '9.999999' } }), allowed: 404, elsewhere: 'none' },
    'get /dossiers/:code': {
      of: (agency) => ({ params: { code: 'H56.14-240823-0001' }, query: { ticket: in_(agency).ticket } }),
      allowed: 503,
    },
    'get /live': nothing,

    'get /canned': list,
    'put /canned/:id': {
      of: (agency) => ({ params: { id: in_(agency).canned }, body: { agency, title: 'Chào', text: 'Xin chào' } }),
    },
    'delete /canned/:id': {
      async of(agency) {
        const id = randomUUID();
        await stage.put(
          CANNED_ANSWER,
          id,
          { agency, title: 'Cũ', text: 'Cũ', changedAt: now },
          `desk:canned:${id}` as LaneId,
        );
        return { params: { id } };
      },
    },
    'get /supervision': list,
    'get /statistics': list,
    'get /dead-letters': list,
    'post /dead-letters/:id/replay': { of: async (agency) => ({ params: { id: await in_(agency).letter() } }) },
    'post /dead-letters/:id/drop': { of: async (agency) => ({ params: { id: await in_(agency).letter() } }) },
    'get /not-understood': list,
    'put /not-understood/:id/label': {
      of: (agency) => ({ params: { id: in_(agency).misread }, body: { intent: 'greet' } }),
    },
    'get /not-understood/export': list,
    'get /feedback': list,
    'get /feedback/categories': nothing,
    'get /feedback/:code': reportOf(),
    'get /feedback/:code/photos/:blob': {
      of: (agency) => ({ params: { code: in_(agency).report, blob: in_(agency).photo } }),
    },
    'post /feedback/:code/classify': reportOf({ category: 'ha-tang' }),
    'post /feedback/:code/forward': {
      of: (agency) => ({ params: { code: in_(agency).report }, body: { agency } }),
    },
    'post /feedback/:code/answer': {
      of: (agency) => ({ params: { code: in_(agency).report }, body: { key: randomUUID(), text: 'Đã sửa' } }),
    },
    'post /feedback/:code/publish': reportOf(),
    'get /data-requests': list,
    'post /data-requests/:id/done': { of: (agency) => ({ params: { id: `DL-${agency}` } }) },
    'get /audit': list,
    'get /exports/tickets.csv': list,
    'get /exports/tickets.xlsx': list,

    'get /staff': nothing,
    'post /staff': {
      of: (agency) => ({
        body: { username: `new.${randomUUID().slice(0, 8)}`, name: 'Người mới', grants: [{ agency, role: 'officer' }] },
      }),
      elsewhere: 403,
    },
    'patch /staff/:id': { of: (agency) => ({ params: { id: in_(agency).member }, body: { name: 'Tên mới' } }) },
    'post /staff/:id/password': { of: (agency) => ({ params: { id: in_(agency).member } }) },
  };
}
