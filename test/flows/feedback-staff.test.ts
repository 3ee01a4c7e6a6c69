// What staff do with a report at the desk, in the lane of the citizen who sent it, and what the citizen hears of it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FeedbackRefusal } from '../../src/flows/feedback/staff-actions.js';
import { FEEDBACK_TEXTS as T } from '../../src/flows/feedback/texts.js';
import { readAgencies } from '../../src/flows/handover/agencies.js';
import { DESK_OUTCOME } from '../../src/records/desk-records.js';
import { putDocument } from '../../src/records/documents.js';
import { FEEDBACK, type Report } from '../../src/records/feedback.js';
import { Citizen } from './citizen.js';
import { NOW, type Town, texts, town, workingDays } from './town.js';

const CODE = 'PA-7K3F-92';
const one = readFileSync(join(__dirname, '..', '..', 'agencies', 'default.yaml'), 'utf8');
const agencies = readAgencies(
  `${one}\n${one.replace('id: mot-cua', 'id: so-xay-dung').replaceAll('id: tiep-nhan', 'id: khac')}`,
  workingDays,
);

function staffed(): Town {
  return { ...town(), handover: { agencies, queue: async () => ({ ahead: 0, onDuty: 1 }) } };
}

const REPORT: Report = {
  event: 'e0',
  category: 'dien-nuoc',
  content: 'Đèn đường hỏng',
  photos: [],
  publishConsent: true,
  createdAt: NOW - 1000,
  delivery: 'undelivered',
  reopened: 0,
  agency: 'mot-cua',
  changedAt: NOW - 1000,
};

function reporter(report: Partial<Report> = {}): Citizen {
  const citizen = new Citizen({ town: staffed() });
  citizen.town.documents.apply(citizen.lane, putDocument(FEEDBACK, CODE, { ...REPORT, ...report }));
  return citizen;
}

async function acts(citizen: Citizen, action: string, data: object): Promise<string | undefined> {
  const body = { code: CODE, of: 'mot-cua', ...data };
  await citizen.does({
    kind: 'desk-action',
    action: `feedback.${action}`,
    by: { user: 's1', name: 'Lan' },
    data: body,
  });
  for (const effect of citizen.last.effects)
    if (effect.type === 'record' && effect.change.type === 'document' && effect.change.kind === DESK_OUTCOME.name)
      return DESK_OUTCOME.body.parse(effect.change.body).outcome;
  return undefined;
}

async function kept(citizen: Citizen): Promise<Report | undefined> {
  return (await citizen.town.documents.get(FEEDBACK, CODE))?.body;
}

const audits = (citizen: Citizen) =>
  citizen.last.effects.flatMap((effect) =>
    effect.type === 'append' && effect.body.kind === 'desk-action' ? [effect.body.data] : [],
  );

it('puts a report under another category', async () => {
  const citizen = reporter();
  const [, other] = citizen.town.feedback.categories;
  expect(await acts(citizen, 'classify', { category: other?.id ?? '' })).toBe('done');
  expect(await kept(citizen)).toEqual({ ...REPORT, category: other?.id, changedAt: NOW });
  expect(citizen.last.replies).toEqual([]);
  expect(audits(citizen)).toEqual([
    { by: 's1', action: 'feedback.classify', object: `feedback:${CODE}`, detail: { category: other?.id } },
  ]);
});

it('hands a report to another agency, whose staff then find it', async () => {
  const citizen = reporter();
  expect(await acts(citizen, 'forward', { agency: 'so-xay-dung' })).toBe('done');
  const { documents } = citizen.town;
  const under = (agency: string) => documents.count(FEEDBACK, { index: 'desk', under: [agency, 'undelivered'] }, 5);
  expect([await under('mot-cua'), await under('so-xay-dung')]).toEqual([0, 1]);
  expect(await acts(citizen, 'classify', { category: 'dien-nuoc' })).toBe('feedback.moved');
});

it('tells the citizen an answer as one of the portal’s, to be rated, and shows it with the report', async () => {
  const citizen = reporter();
  expect(await acts(citizen, 'answer', { text: ' Đã thay bóng ngày 09/11. ' })).toBe('done');
  const notice = citizen.last.effects.find((effect) => effect.type === 'append' && effect.body.kind === 'notice');
  if (notice?.type !== 'append') throw new Error('no notice');
  expect(notice.lane).toBe(citizen.lane);
  await citizen.does(notice.body);
  const [said] = citizen.last.notices ?? [];
  expect(said?.message.text).toBe(texts.format(T.toldAnswered, { code: CODE, answer: 'Đã thay bóng ngày 09/11.' }));
  const titles = said?.message.suggestedActions?.actions.map(({ title }) => title);
  expect(titles).toContain(texts.format(T.rate));
  expect(titles).not.toContain(texts.format(T.reopenButton));
  const card = await citizen.taps(`feedback.show:${CODE}`);
  expect(card).toContain(texts.format(T.answered));
  expect(card).toContain('Đã thay bóng');
  expect(await citizen.taps(`rating.ask:feedback:${CODE}`)).toContain(CODE);
});

it('marks an answered report as published where the citizen agreed', async () => {
  const answer = { text: 'Đã xử lý', at: NOW - 10, by: 's2' };
  const citizen = reporter({ answer });
  expect(await acts(citizen, 'publish', {})).toBe('done');
  expect(await kept(citizen)).toMatchObject({ publishedAt: NOW });
});

it.each<[FeedbackRefusal, string, Partial<Report>, string, object]>([
  ['feedback.unknown', 'a report that is not there', {}, 'publish', { code: 'PA-2222-22' }],
  ['feedback.moved', 'a report of another agency', { agency: 'so-xay-dung' }, 'publish', {}],
  ['feedback.bad-category', 'a category that there is not', {}, 'classify', { category: 'khong-co' }],
  ['agency.unknown', 'an agency that there is not', {}, 'forward', { agency: 'khong-co' }],
  ['feedback.portal-answers', 'an answer to what the portal has', { delivery: 'sent' }, 'answer', { text: 'a' }],
  ['feedback.portal-answers', 'an answer to what is on its way', { delivery: 'queued' }, 'answer', { text: 'a' }],
  ['feedback.no-consent', 'publishing without consent', { publishConsent: false }, 'publish', {}],
  ['feedback.unanswered', 'publishing without an answer', {}, 'publish', {}],
  ['action.unreadable', 'an empty answer', {}, 'answer', { text: '  ' }],
])('refuses with %s: %s', async (outcome, _what, report, action, data) => {
  const citizen = reporter(report);
  const before = await kept(citizen);
  expect(await acts(citizen, action, data)).toBe(outcome);
  expect(await kept(citizen)).toEqual(before);
  expect(audits(citizen)).toEqual([]);
});

it('leaves reports of others alone', async () => {
  const citizen = reporter();
  const other = new Citizen({ town: citizen.town, user: 'u2' });
  expect(await acts(other, 'publish', {})).toBe('feedback.unknown');
});

it('gives a new report the agency of the account', async () => {
  const citizen = new Citizen({ town: staffed() });
  await citizen.says('Tôi muốn phản ánh đèn đường trước chợ Long Hòa hỏng cả tuần nay, tối rất nguy hiểm');
  await citizen.presses('Đúng rồi');
  await citizen.says('Nguyễn Văn An 0912345678');
  await citizen.presses('Không công khai');
  await citizen.presses('Gửi');
  const { documents } = await citizen.town.documents.find(FEEDBACK, { index: 'latest', under: ['mot-cua'], limit: 5 });
  expect(documents.map(({ body }) => body.delivery)).toEqual(['queued']);
});
