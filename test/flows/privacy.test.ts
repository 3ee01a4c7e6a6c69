// One's own data over the whole turn handler: seeing it, deleting it, taking an agreement back, each with its proof.

import { HELD_KINDS } from '../../src/flows/privacy/holdings.js';
import { PRIVACY } from '../../src/flows/privacy/texts.js';
import { DAY } from '../../src/lib/clock.js';
import { CONSENT, consentId, consentRecord } from '../../src/records/consent.js';
import { DATA_REQUEST, dataRequestId, dueDates } from '../../src/records/data-request.js';
import { putDocument } from '../../src/records/documents.js';
import { FEEDBACK, type Report } from '../../src/records/feedback.js';
import { DOCUMENT_KINDS } from '../../src/records/kinds.js';
import { RATING } from '../../src/records/rating.js';
import { SUBSCRIPTION, subscriptionId } from '../../src/records/subscription.js';
import { Citizen } from './citizen.js';
import { dossiers, NOW, texts, workingDays } from './town.js';

const FINISHED = dossiers[8]?.code ?? '';

const report: Report = {
  event: 'e',
  category: 'rubbish',
  content: 'Rác Xylôfon đầy đường',
  photos: ['p1'],
  contact: { name: 'Nguyễn Văn An', phone: '0912345678' },
  publishConsent: true,
  createdAt: NOW - DAY,
  delivery: 'sent',
  reopened: 0,
  changedAt: NOW - DAY,
};

/** Somebody who reported something, rated something and follows a dossier. */
async function known(): Promise<Citizen> {
  const citizen = new Citizen();
  const { documents } = citizen.town;
  await citizen.taps(`rating.score:5:dossier:${FINISHED}`);
  documents.apply(citizen.lane, putDocument(FEEDBACK, 'PA-7K3F-92', report));
  const subscription = { code: FINISHED, procedure: 'Khai sinh', key: 'k', since: NOW, known: { status: 4, at: NOW } };
  documents.apply(citizen.lane, putDocument(SUBSCRIPTION, subscriptionId(citizen.lane, 'k'), subscription));
  const agreed = { purpose: 'notices', given: true, now: NOW, words: '1', event: 'e' } as const;
  const change = consentRecord(citizen.lane, undefined, agreed);
  if (change !== undefined) documents.apply(citizen.lane, change);
  return citizen;
}

const requestsOf = async (citizen: Citizen) =>
  (await citizen.town.documents.find(DATA_REQUEST, { index: 'lane', under: [citizen.lane], limit: 20 })).documents;

/** Name of kind → how many, without those that hold nothing. */
async function held({ lane, town: { documents } }: Citizen): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const kind of DOCUMENT_KINDS) {
    const count = await documents.count(kind, { index: 'lane', under: [lane] }, 99);
    if (count > 0) counts[kind.name] = count;
  }
  return counts;
}

it('tells of every kind of document that a citizen’s lane can hold', () => {
  const ofCitizens = DOCUMENT_KINDS.filter(({ indexes }) => Object.hasOwn(indexes, 'lane'));
  expect([...HELD_KINDS].sort()).toEqual(ofCitizens.map(({ name }) => name).sort());
  // What else there is belongs to the desk, or is the technical fate of a message that is told of.
  const others = DOCUMENT_KINDS.filter((kind) => !ofCitizens.includes(kind)).map(({ name }) => name);
  expect(others.sort()).toEqual([
    'audit',
    'canned-answer',
    'day-figures',
    'delivery',
    'desk-outcome',
    'duty',
    'meaning-label',
    'staff',
  ]);
});

it('shows what is held, masked, and names the portal’s copy', async () => {
  const citizen = await known();
  await citizen.says('xem dữ liệu của tôi');
  const { heard } = citizen;
  expect(heard).toContain('PA-7K3F-92');
  expect(heard).toContain('N***, •••678');
  expect(heard).toContain(FINISHED);
  expect(heard).toContain('Rất hài lòng');
  expect(heard).toContain('Báo tin khi hồ sơ thay đổi');
  expect(heard).toContain('hệ thống của cơ quan giữ bản riêng');
  for (const hidden of ['0912345678', 'Nguyễn Văn An', 'Xylôfon']) expect(heard).not.toContain(hidden);
  const [request] = await requestsOf(citizen);
  expect(heard).toContain(request?.id);
  expect(request?.body).toMatchObject({ type: 'view', doneAt: NOW });
});

it('says so when there is nothing, and looking twice on a day is one request', async () => {
  const citizen = new Citizen();
  await citizen.says('xem dữ liệu của tôi');
  expect(citizen.heard).toContain('Chưa có phản ánh, đánh giá hay đăng ký nào');
  await citizen.says('xem dữ liệu của tôi');
  expect(await requestsOf(citizen)).toHaveLength(1);
  citizen.now += DAY;
  await citizen.says('xem dữ liệu của tôi');
  expect(await requestsOf(citizen)).toHaveLength(2);
});

it('deletes everything after a confirmation, but for the proof', async () => {
  const citizen = await known();
  await citizen.says('xóa dữ liệu của tôi');
  expect(citizen.heard).toContain('chắc chắn');
  expect(await held(citizen)).toMatchObject({ rating: 1, feedback: 1, subscription: 1, consent: 1 });
  await citizen.presses('Xóa hết dữ liệu');
  const [request] = await requestsOf(citizen);
  expect(citizen.heard).toContain(request?.id);
  expect(request?.id).toMatch(/^DL-[2-9A-HJ-NP-Z]{10}$/);
  expect(await held(citizen)).toEqual({ 'data-request': 1 });
  expect(citizen.data).toEqual({});
  expect(citizen.last.effects).toContainEqual({ type: 'record', change: { type: 'contact-forget', at: NOW } });
  expect(citizen.last.timers.every(({ type }) => type === 'cancel')).toBe(true);
  expect(citizen.last.timers).toContainEqual({ type: 'cancel', name: 'rating-send' });
  // As the first time: the notice about data comes again.
  expect(await citizen.says('xin chào')).toContain('OTP');
});

it.each([
  ['xóa hết', true],
  ['đồng ý', true],
  ['không', false],
])('“%s” answers the question about deletion', async (answer, deletes) => {
  const citizen = await known();
  await citizen.says('xóa dữ liệu của tôi');
  await citizen.says(answer);
  expect('rating' in (await held(citizen))).toBe(!deletes);
});

it('a link from outside cannot delete or rate', async () => {
  const citizen = await known();
  for (const ref of ['privacy.forget-now', 'privacy.withdraw-now:notices', `rating.score:1:dossier:${FINISHED}`])
    await citizen.does({ kind: 'entry', source: 'link', ref });
  expect(await held(citizen)).toMatchObject({ rating: 1, subscription: 1, consent: 1 });
  expect(
    (await citizen.town.documents.find(RATING, { index: 'lane', under: [citizen.lane], limit: 9 })).documents[0]?.body
      .score,
  ).toBe(5);
});

it('a question in the middle is answered and the question about deletion repeated; “hủy” ends it', async () => {
  const citizen = await known();
  await citizen.says('xóa dữ liệu của tôi');
  await citizen.says('khai sinh cần giấy tờ gì');
  expect(citizen.heard).toContain('Giấy chứng sinh');
  expect(citizen.heard).toContain('Bạn có muốn xóa dữ liệu không');
  await citizen.says('hủy');
  await citizen.says('đồng ý');
  expect(await held(citizen)).toMatchObject({ rating: 1 });
});

it('takes an agreement back by purpose', async () => {
  const citizen = await known();
  await citizen.says('tôi muốn rút đồng ý');
  await citizen.presses('Ngừng báo tin');
  expect(await held(citizen)).not.toHaveProperty('subscription');
  expect((await citizen.town.documents.get(CONSENT, consentId(citizen.lane, 'notices')))?.body).toMatchObject({
    given: false,
    history: [{ given: true }, { given: false }],
  });
  await citizen.says('tôi muốn rút đồng ý');
  expect(citizen.buttons.map(({ title }) => title)).toEqual(['Không công khai', 'Xóa dữ liệu', 'Menu']);
  await citizen.presses('Không công khai');
  // The portal has the report already: staff have to act, by a day that is told.
  const open = await citizen.town.documents.find(DATA_REQUEST, { index: 'open', limit: 9 });
  expect(open.documents.map(({ body }) => body)).toMatchObject([{ type: 'withdraw', purpose: 'publish-feedback' }]);
  expect(citizen.heard).toContain('11/11/2026');
  expect(citizen.heard).toContain('24/11/2026');
  expect((await citizen.town.documents.get(FEEDBACK, 'PA-7K3F-92'))?.body.publishConsent).toBe(false);
  await citizen.says('tôi muốn rút đồng ý');
  expect(citizen.heard).toContain('không có gì để rút');
});

const appended = (citizen: Citizen) =>
  citizen.last.effects.flatMap((effect) => (effect.type === 'append' ? [[effect.lane, effect.body]] : []));

it('says so where a report was shown in public already', async () => {
  const citizen = await known();
  const progress = { code: 'PAKN-1', status: 'published', updatedAt: NOW };
  citizen.town.documents.apply(citizen.lane, putDocument(FEEDBACK, 'PA-7K3F-92', { ...report, progress }));
  await citizen.taps('privacy.withdraw-now:publish-feedback');
  expect(citizen.heard).toContain('1 phản ánh của bạn đã được công khai');
  expect(appended(citizen)).toEqual([]);
});

it.each(['asked for', 'in the platform’s settings'])('a deletion %s stops what has not left yet', async (how) => {
  const citizen = await known();
  citizen.town.documents.apply(citizen.lane, putDocument(FEEDBACK, 'PA-7K3F-92', { ...report, delivery: 'queued' }));
  if (how === 'asked for') {
    await citizen.says('xóa dữ liệu của tôi');
    expect(citizen.heard).toContain('1 phản ánh chưa kịp chuyển tới cơ quan sẽ không được gửi nữa');
    await citizen.presses('Xóa hết dữ liệu');
    // Nothing is asked any more.
    expect(citizen.heard.endsWith('bắt đầu như lần đầu.')).toBe(true);
  } else await citizen.does({ kind: 'withdrawal' });
  expect(appended(citizen)).toEqual([
    ['portal:PA-7K3F-92', { kind: 'portal-task', task: 'amend-feedback', data: { code: 'PA-7K3F-92', take: 'all' } }],
  ]);
});

it('a button that ends a question ends it', async () => {
  const citizen = await known();
  await citizen.says('xóa dữ liệu của tôi');
  await citizen.presses('Không xóa');
  expect(citizen.heard).toBe(texts.format(PRIVACY.keeping));
});

it('a withdrawal in the platform’s settings does the same, silently', async () => {
  const citizen = await known();
  await citizen.does({ kind: 'withdrawal' });
  expect(citizen.last.replies).toEqual([]);
  expect(await held(citizen)).toEqual({ 'data-request': 1 });
  expect((await requestsOf(citizen))[0]?.body).toMatchObject({ type: 'delete', source: 'platform', doneAt: NOW });
});

it('counts days until an answer as offices work, the rest as the calendar goes', () => {
  // Friday 20 November 2026; Tuesday 24 November is a day off.
  const friday = Date.UTC(2026, 10, 20, 3);
  const { answerBy, doneBy } = dueDates('withdraw', friday, workingDays);
  expect(new Date(answerBy).toISOString().slice(0, 10)).toBe('2026-11-25');
  expect(doneBy - friday).toBe(15 * DAY);
});

it('gives the same code to a turn that runs twice, another to another', () => {
  expect(dataRequestId('e1')).toBe(dataRequestId('e1'));
  expect(dataRequestId('e1')).not.toBe(dataRequestId('e2'));
});
