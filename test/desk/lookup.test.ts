// What officers look up beside a conversation: procedures, dossiers, agencies and colleagues.
import type { AgencyNames, Colleagues, DossierView, Page, ProcedureFound, ProcedureView } from '../../src/desk/api.js';
import { MINUTE } from '../../src/lib/clock.js';
import type { Dossier, DossierAnswer } from '../../src/portal/portal.js';
import type { Procedure } from '../../src/records/procedure.js';
import { DUTY } from '../../src/records/staff.js';
import { TICKET } from '../../src/records/ticket.js';
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

const birth: Procedure = {
  code: '1.001193',
  name: 'Thủ tục đăng ký khai sinh',
  field: 'Hộ tịch',
  levels: ['commune'],
  onlineLevel: 'full',
  executingAgency: 'Ủy ban nhân dân cấp xã',
  methods: [{ channel: 'online', timeText: '1 Ngày làm việc', feeText: 'Miễn phí' }],
  cases: [{ documents: [{ name: 'Tờ khai đăng ký khai sinh' }] }],
  results: [],
  legalBasis: [],
  updatedAt: '2026-11-01T00:00:00Z',
};
const CODE = 'H35.07-261101-0042';
const dossier: Dossier = {
  code: CODE,
  procedureCode: birth.code,
  procedureName: birth.name,
  status: 4,
  statusLabel: 'Đang xử lý',
  agency: 'UBND phường Alpha',
  submittedAt: 1_000,
  dueAt: 2_000,
  personal: { applicantName: 'Lò Thị Pằn', missingDocuments: [], history: [] },
};

let stage: OfficeStage;
let anh: Browser;
let beta: Browser;
let editor: Browser;
let answer: DossierAnswer = { result: 'found', dossier };
const asked: { code: string; proof: string | undefined }[] = [];

beforeAll(async () => {
  stage = await officeStage(undefined, {
    catalogue: {
      search: () => [{ code: birth.code, name: birth.name, score: 0.9 }],
      get: (code) => (code === birth.code ? birth : undefined),
    },
    portal: {
      dossier: async (code, proof) => {
        asked.push({ code, proof });
        return answer;
      },
    },
  });
  anh = await stage.signIn('anh', { agency: ALPHA, role: 'officer' });
  beta = await stage.signIn('dung', { agency: BETA, role: 'officer' });
  editor = await stage.signIn('lan', { agency: ALPHA, role: 'content-editor' });
  await stage.put(TICKET, 'HT-LOOK', ticket(ALPHA), laneIn(ALPHA, 'c'));
}, 60_000);
afterAll(closeStages);

async function json<T>(response: Promise<Response>): Promise<T> {
  const given = await response;
  expect(given.status).toBe(200);
  return (await given.json()) as T;
}

describe('procedures', () => {
  it('are found by words and by their code', async () => {
    const found = (q: string) => json<Page<ProcedureFound>>(anh.get(`/procedures?q=${encodeURIComponent(q)}`));
    expect((await found('khai sinh')).items).toEqual([{ code: birth.code, name: birth.name, score: 0.9 }]);
    expect((await found(birth.code)).items).toEqual([{ code: birth.code, name: birth.name, score: 1 }]);
    expect((await anh.get('/procedures?q=')).status).toBe(400);
  });

  it('show what a card of them rests on, as published', async () => {
    expect(await json<ProcedureView>(anh.get(`/procedures/${birth.code}`))).toEqual({
      code: birth.code,
      name: birth.name,
      field: 'Hộ tịch',
      agency: 'Ủy ban nhân dân cấp xã',
      methods: [{ channel: 'online', time: '1 Ngày làm việc', fee: 'Miễn phí' }],
      documents: ['Tờ khai đăng ký khai sinh'],
    });
    expect((await anh.get('/procedures/9.999999')).status).toBe(404);
  });
});

describe('a dossier', () => {
  const look = (who: Browser, code = CODE, of = 'HT-LOOK') =>
    who.get(`/dossiers/${encodeURIComponent(code)}?ticket=${of}`);

  it('shows where it stands, without a proof and without its applicant, and is written down first', async () => {
    expect(await json<DossierView>(look(anh))).toEqual({
      code: CODE,
      state: 'Đang xử lý',
      procedure: birth.name,
      agency: 'UBND phường Alpha',
      receivedAt: 1_000,
      dueAt: 2_000,
    });
    expect(asked.at(-1)).toEqual({ code: CODE, proof: undefined });
    const line = async () => (await stage.trail(ALPHA)).find(({ action }) => action === 'dossier.read');
    await until(async () => (await line()) !== undefined);
    expect(await line()).toMatchObject({ by: anh.id, object: `dossier:${CODE}`, detail: { ticket: 'HT-LOOK' } });
  });

  it('is not asked for without a conversation that the officer sees', async () => {
    const before = asked.length;
    expect((await look(beta)).status).toBe(404);
    expect((await look(anh, CODE, 'HT-NONE')).status).toBe(404);
    expect((await anh.get(`/dossiers/${CODE}`)).status).toBe(400);
    expect((await look(anh, '<script>')).status).toBe(404);
    expect((await look(editor)).status).toBe(403);
    expect(asked).toHaveLength(before);
  });

  it.each<[DossierAnswer, number, string]>([
    [{ result: 'not-found' }, 404, 'dossier.not-found'],
    [{ result: 'rate-limited', retryAfterMs: 1500 }, 429, 'portal.busy'],
    [{ result: 'unavailable', reason: 'timeout' }, 503, 'portal.unavailable'],
    [{ result: 'unavailable', reason: 'not-configured' }, 503, 'portal.none'],
  ])('tells why there is none: %j', async (given, status, error) => {
    answer = given;
    const response = await look(anh);
    expect([response.status, await response.json()]).toMatchObject([status, { error }]);
    answer = { result: 'found', dossier };
  });
});

it('names every agency and its teams, for transfers', async () => {
  expect((await json<AgencyNames>(anh.get('/agencies'))).items).toEqual([
    { id: ALPHA, name: 'Phường Alpha', teams: [{ id: 'tiep-nhan', name: 'Tiếp nhận' }] },
    { id: BETA, name: 'Phường Beta', teams: [] },
  ]);
});

it('names colleagues who may be given a conversation, on duty or not, with what they have', async () => {
  await stage.put(TICKET, 'HT-HIS', ticket(ALPHA, { status: 'open', assignee: anh.id }), laneIn(ALPHA, 'd'));
  const duty = { agencies: [ALPHA], name: 'Cán bộ anh', room: 3, since: 1, until: Date.now() + MINUTE };
  await stage.put(DUTY, anh.id, duty);
  expect((await json<Colleagues>(anh.get(`/colleagues?agency=${ALPHA}`))).items).toEqual([
    { id: anh.id, name: 'Cán bộ anh', onDuty: true, open: 1 },
  ]);
  expect((await anh.get(`/colleagues?agency=${BETA}`)).status).toBe(404);
});
