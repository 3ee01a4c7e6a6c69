// Rating over the whole turn handler: one tap or a few words, the agency's questions, once per subject, a day to change it.
import { readQuestionnaire } from '../../src/flows/rating/questionnaire.js';
import { RATE } from '../../src/flows/rating/texts.js';
import { scoreIn, starsIn } from '../../src/flows/rating/words.js';
import { HOUR, MINUTE } from '../../src/lib/clock.js';
import type { JsonObject } from '../../src/lib/json.js';
import { KeyedHash } from '../../src/lib/keyed-hash.js';
import { putDocument, removeDocument } from '../../src/records/documents.js';
import { FEEDBACK, type Report } from '../../src/records/feedback.js';
import { plainRatingId, RATING } from '../../src/records/rating.js';
import { Citizen, converses } from './citizen.js';
import { dossiers, NOW, questionnaire, texts, town } from './town.js';

const FINISHED = dossiers[8]?.code ?? '';
const RETURNED = dossiers[9]?.code ?? '';
const RUNNING = dossiers[3]?.code ?? '';

const ratings = async (citizen: Citizen) =>
  (await citizen.town.documents.find(RATING, { index: 'lane', under: [citizen.lane], limit: 50 })).documents.map(
    ({ body }) => body,
  );

/** What was handed over for the portal, in order. */
function handedOver(citizen: Citizen): JsonObject[] {
  return citizen.history
    .flatMap(({ effects }) => effects)
    .flatMap((effect) =>
      effect.type === 'append' && effect.body.kind === 'portal-task' && effect.body.task === 'send-rating'
        ? [effect.body.data]
        : [],
    );
}

const invites = (citizen: Citizen, code = FINISHED, kind = 'dossier') =>
  citizen.does({ kind: 'notice', name: 'rating.invite', data: { kind, code } });

const REPORT = 'PA-7K3F-92';

/** Somebody whose report was answered. */
async function answered(): Promise<Citizen> {
  const citizen = new Citizen();
  const report: Report = {
    event: 'e',
    category: 'khac',
    content: 'Rác đổ đầy đường',
    photos: [],
    publishConsent: false,
    createdAt: NOW,
    delivery: 'sent',
    progress: { code: 'PAKN-1', status: 'answered', answer: 'Đã dọn.', updatedAt: NOW },
    reopened: 0,
    changedAt: NOW,
  };
  citizen.town.documents.apply(citizen.lane, putDocument(FEEDBACK, REPORT, report));
  return citizen;
}

describe('what people write instead of tapping', () => {
  it.each([
    ['rất hài lòng', 5],
    ['Rất hài lòng ạ!', 5],
    ['tuyệt vời', 5],
    ['tốt quá', 5],
    ['5', 5],
    ['5 sao', 5],
    ['cho 5 sao nhé', 5],
    ['năm sao', 5],
    ['10/10', 5],
    ['⭐⭐⭐⭐⭐', 5],
    ['😍', 5],
    ['hài lòng', 4],
    ['hai long', 4],
    ['4 sao', 4],
    ['👍', 4],
    ['👍🏻👍🏻', 4],
    ['ok', 4],
    ['8 điểm', 4],
    ['4/5', 4],
    ['bình thường', 3],
    ['cũng được', 3],
    ['tạm', 3],
    ['không hài lòng', 2],
    ['chưa hài lòng lắm', 2],
    ['k hài lòng', 2],
    ['👎', 2],
    ['tệ', 2],
    ['tệ quá', 1],
    ['te qua', 1],
    ['rất tệ', 1],
    ['quá thất vọng', 1],
    ['rất không hài lòng', 1],
    ['1 sao thôi', 1],
    ['😡', 1],
  ])('“%s” is %i', (text, score) => expect(scoreIn(text)?.score).toBe(score));

  it.each(['khai sinh cần gì', '12', '0', '100 điểm', 'không', 'hồ sơ tới đâu rồi', '5 ngày có chưa', 'cảm ơn'])(
    '“%s” is no score',
    (text) => expect(scoreIn(text)).toBeUndefined(),
  );

  it('keeps what follows the opinion as a comment', () => {
    expect(scoreIn('tệ quá, chờ cả buổi sáng')).toEqual({ score: 1, comment: 'tệ quá, chờ cả buổi sáng' });
    expect(scoreIn('Rất hài lòng. Cán bộ nhiệt tình!')?.score).toBe(5);
  });

  it('finds the stars in a sentence', () => {
    expect(starsIn('tôi cho bộ phận một cửa 4 sao vì nhanh')).toBe(4);
    expect(starsIn('đánh giá 9/10 nha')).toBe(5);
  });
});

it('takes a tap, the agency’s questions and a comment, and hands the whole over once', async () => {
  const citizen = new Citizen();
  await citizen.taps(`rating.ask:dossier:${FINISHED}`);
  expect(citizen.buttons.map(({ title }) => title)).toEqual([
    '😞 Rất tệ',
    '🙁 Không hài lòng',
    '😐 Bình thường',
    '🙂 Hài lòng',
    '😄 Rất hài lòng',
  ]);
  await citizen.presses('🙂 Hài lòng');
  for (const { name } of questionnaire.criteria) {
    expect(citizen.heard).toContain(name);
    await citizen.presses(name.includes('thời gian') ? 'Chưa tốt' : 'Tốt');
  }
  await citizen.says('Nhanh hơn lần trước');
  expect(citizen.heard).toContain('Cảm ơn');
  expect(await ratings(citizen)).toMatchObject([
    {
      score: 4,
      criteria: { reception: 5, attitude: 5, procedure: 5, time: 1, result: 5 },
      comment: 'Nhanh hơn lần trước',
      agency: 'UBND xã Mẫu',
    },
  ]);
  await citizen.does({ kind: 'timer', name: 'rating-send', generation: 1, payload: null });
  expect(handedOver(citizen)).toHaveLength(1);
  expect(handedOver(citizen)[0]).toMatchObject({
    rating: {
      subject: { kind: 'dossier', code: FINISHED, agency: 'UBND xã Mẫu' },
      score: 4,
      comment: 'Nhanh hơn lần trước',
    },
  });
});

it('lets the questions be left out at once', async () => {
  const citizen = new Citizen();
  await converses(
    citizen,
    `! rating.ask:dossier:${RETURNED}
     > rất hài lòng
     Cảm ơn
     * Bỏ qua
     nhắn thêm
     > không
     đã được ghi lại`,
  );
  expect((await ratings(citizen)).map(({ score, criteria }) => [score, criteria])).toEqual([[5, {}]]);
  expect(handedOver(citizen)).toHaveLength(1);
});

it('a number is the score', async () => {
  const citizen = new Citizen();
  await citizen.taps(`rating.ask:dossier:${RETURNED}`);
  await citizen.says('5');
  expect((await ratings(citizen))[0]?.score).toBe(5);
});

it('offers staff and feedback after a low score, and takes words for what was wrong', async () => {
  const citizen = new Citizen();
  await citizen.taps(`rating.ask:dossier:${FINISHED}`);
  await citizen.presses('😞 Rất tệ');
  expect(citizen.buttons.map(({ title }) => title)).toEqual([
    'Gặp cán bộ',
    'Gửi phản ánh',
    'Nói rõ hơn',
    'Không, cảm ơn',
  ]);
  await citizen.says('cán bộ quát tôi, chờ ba tiếng');
  expect(citizen.heard).toContain('đã ghi lời nhắn');
  expect(citizen.buttons.map(({ title }) => title)).toContain('Gửi phản ánh');
  expect((await ratings(citizen))[0]).toMatchObject({ score: 1, comment: 'cán bộ quát tôi, chờ ba tiếng' });
});

it('sends what was said so far when the citizen falls silent, and the rest anew', async () => {
  const citizen = new Citizen();
  await citizen.taps(`rating.ask:dossier:${FINISHED}`);
  await citizen.presses('😄 Rất hài lòng');
  expect(handedOver(citizen)).toEqual([]);
  const [timer] = citizen.last.timers;
  expect(timer).toMatchObject({ type: 'set', name: 'rating-send', dueAt: citizen.now + 10 * MINUTE });
  citizen.now += 10 * MINUTE;
  await citizen.does({ kind: 'timer', name: 'rating-send', generation: 1, payload: null });
  expect(citizen.heard).toBe('');
  await citizen.says('tốt');
  await citizen.says('bỏ qua');
  await citizen.says('không');
  const keys = handedOver(citizen).map(({ key }) => key);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(2);
  expect(handedOver(citizen)[1]).toMatchObject({ rating: { score: 5, criteria: { reception: 5 } } });
});

it('can be changed for 24 hours, then says so', async () => {
  const citizen = new Citizen();
  await citizen.taps(`rating.ask:dossier:${FINISHED}`);
  await citizen.presses('😄 Rất hài lòng');
  citizen.now += 23 * HOUR;
  await citizen.says('đánh giá lại');
  expect(citizen.heard).toContain('Bạn đã đánh giá');
  await citizen.presses('😐 Bình thường');
  expect((await ratings(citizen)).map(({ score }) => score)).toEqual([3]);
  citizen.now += 2 * HOUR;
  await citizen.taps(`rating.score:1:dossier:${FINISHED}`);
  expect(citizen.heard).toContain('chỉ đổi được trong 24 giờ');
  await citizen.taps(`rating.level:time:1:dossier:${FINISHED}`);
  expect(citizen.heard).toContain('chỉ đổi được trong 24 giờ');
  expect((await ratings(citizen)).map(({ score }) => score)).toEqual([3]);
});

it('is not asked of a dossier that is not finished, or that nobody knows', async () => {
  const citizen = new Citizen();
  await citizen.taps(`rating.score:5:dossier:${RUNNING}`);
  expect(citizen.heard).toContain('chưa xong');
  await citizen.taps('rating.score:5:dossier:H01.14-261101-9999');
  expect(citizen.heard).toContain('không có hồ sơ');
  expect(await ratings(citizen)).toEqual([]);
});

it('hides numbers that nobody asked for', async () => {
  const citizen = new Citizen();
  await citizen.taps(`rating.score:1:dossier:${FINISHED}`);
  await citizen.says('gọi tôi 0912345678, căn cước 089123456789, lần thứ 3 rồi');
  const [rating] = await ratings(citizen);
  expect(rating?.comment).toContain('lần thứ 3 rồi');
  expect(JSON.stringify(citizen.history)).not.toMatch(/0912345678|089123456789/);
});

it('answers a question instead of taking it for a comment', async () => {
  const citizen = new Citizen();
  await citizen.taps(`rating.score:1:dossier:${FINISHED}`);
  await citizen.says('khai sinh cần giấy tờ gì');
  expect(citizen.heard).toContain('Giấy chứng sinh');
  expect(citizen.heard).toContain('điều chưa được');
  expect((await ratings(citizen))[0]?.comment).toBeUndefined();
});

it('repeats an open question once, and takes other matters for a comment no longer than half an hour', async () => {
  const citizen = new Citizen();
  await citizen.taps(`rating.score:1:dossier:${FINISHED}`);
  await citizen.says('khai sinh cần giấy tờ gì');
  expect(citizen.heard).toContain('điều chưa được');
  await citizen.says('khai sinh phí bao nhiêu');
  expect(citizen.heard).not.toContain('điều chưa được');
  citizen.now += HOUR;
  await citizen.says('làm giấy khai sinh');
  expect((await ratings(citizen))[0]?.comment).toBeUndefined();
});

it('ends with the button that ends it', async () => {
  const citizen = new Citizen();
  await citizen.taps(`rating.score:4:dossier:${FINISHED}`);
  await citizen.presses('Bỏ qua');
  await citizen.presses('Không, cảm ơn');
  expect(citizen.heard).toBe(texts.format(RATE.done));
});

it('of an answer that did not satisfy leads to looking at it again', async () => {
  const citizen = await answered();
  await citizen.says('đánh giá');
  expect(citizen.buttons.map(({ title }) => title)).toContain(texts.format(RATE.whichFeedback));
  await citizen.presses(texts.format(RATE.whichFeedback));
  await citizen.says('2');
  expect(citizen.buttons.map(({ payload }) => payload)).toContain(`feedback.reopen-now:${REPORT}`);
  expect(citizen.buttons.map(({ payload }) => payload)).not.toContain('feedback.ask');
});

it('of “câu trả lời” means the answer to a report', async () => {
  const citizen = await answered();
  await citizen.says('đánh giá câu trả lời');
  expect(citizen.heard).toContain(texts.format(RATE.feedback, { code: REPORT }));
});

describe('is kept under an id that nobody can make for a lane and a code', () => {
  const idsOf = async (citizen: Citizen) =>
    (await citizen.town.documents.find(RATING, { index: 'lane', under: [citizen.lane], limit: 9 })).documents.map(
      ({ id }) => id,
    );
  const subject = { kind: 'dossier', code: FINISHED } as const;

  it('and is found under it again, also after DATA_KEY changed', async () => {
    const citizen = new Citizen();
    await citizen.taps(`rating.score:4:dossier:${FINISHED}`);
    const [id] = await idsOf(citizen);
    expect(id).not.toBe(plainRatingId(citizen.lane, subject));
    const keys = [Buffer.alloc(32, 8), Buffer.alloc(32, 7)];
    citizen.town.ratingKeys = new KeyedHash(keys, 'rating');
    await citizen.taps(`rating.score:5:dossier:${FINISHED}`);
    expect(await idsOf(citizen)).toEqual([id]);
    expect((await ratings(citizen)).map(({ score }) => score)).toEqual([5]);
  });

  it('but one from before that is still the one', async () => {
    const citizen = new Citizen();
    await citizen.taps(`rating.score:4:dossier:${FINISHED}`);
    const [id = ''] = await idsOf(citizen);
    const [rating] = await ratings(citizen);
    if (rating === undefined) throw new Error('there was a rating');
    const { id: _id, ...old } = rating;
    const plain = plainRatingId(citizen.lane, subject);
    citizen.town.documents.apply(citizen.lane, removeDocument(RATING, id));
    citizen.town.documents.apply(citizen.lane, putDocument(RATING, plain, old));
    await citizen.taps(`rating.score:2:dossier:${FINISHED}`);
    expect(await idsOf(citizen)).toEqual([plain]);
  });
});

it('of the bot asks nothing about counters and officers', async () => {
  const citizen = new Citizen();
  await citizen.says('đánh giá trợ lý');
  expect(citizen.heard).toContain(texts.format(RATE.bot));
  await citizen.says('5');
  expect(citizen.heard).toContain(texts.format(RATE.comment));
});

it('is taken while the portal is out of reach', async () => {
  const citizen = new Citizen();
  citizen.town.portal.down = true;
  await citizen.taps(`rating.score:4:dossier:${FINISHED}`);
  await citizen.says('bỏ qua');
  await citizen.says('không');
  expect((await ratings(citizen)).map(({ score }) => score)).toEqual([4]);
  expect(handedOver(citizen)).toHaveLength(1);
});

it('an invitation leaves the open question alone and hears an opinion in words', async () => {
  const citizen = new Citizen();
  await citizen.says('tra cứu hồ sơ');
  const open = JSON.stringify(citizen.data).includes('dossier.ask');
  expect(open).toBe(true);
  await invites(citizen);
  expect(citizen.heard).toContain(FINISHED);
  expect(citizen.buttons).toHaveLength(5);
  expect(JSON.stringify(citizen.data)).toContain('dossier.ask');
  await citizen.says('tệ quá, chờ cả buổi');
  expect((await ratings(citizen))[0]).toMatchObject({ score: 1, comment: 'tệ quá, chờ cả buổi' });
});

it('an “ok” after an invitation is no score, and an old invitation hears nothing', async () => {
  const citizen = new Citizen();
  await invites(citizen);
  await citizen.says('ok');
  expect(await ratings(citizen)).toEqual([]);
  citizen.now += 25 * HOUR;
  await citizen.says('tệ quá');
  expect(await ratings(citizen)).toEqual([]);
});

it('nobody is invited to what they have rated', async () => {
  const citizen = new Citizen();
  await citizen.taps(`rating.score:5:dossier:${FINISHED}`);
  await invites(citizen);
  expect(citizen.last.replies).toEqual([]);
});

it('asks what to rate when nothing says it, and keeps the stars that were given', async () => {
  const citizen = new Citizen();
  await citizen.says('đánh giá 5 sao');
  await citizen.presses('Một hồ sơ');
  await citizen.says(FINISHED);
  expect((await ratings(citizen)).map(({ score, subject }) => [score, subject.code])).toEqual([[5, FINISHED]]);
  const other = new Citizen();
  await other.says('tôi muốn đánh giá');
  await other.presses('Trợ lý Một Cửa');
  await other.says('bình thường');
  expect((await ratings(other)).map(({ score, subject }) => [score, subject])).toEqual([
    [3, { kind: 'bot', code: '2026-11' }],
  ]);
});

it('means the finished dossier that was just looked at', async () => {
  const citizen = new Citizen();
  await citizen.says(FINISHED);
  await citizen.says('tôi muốn đánh giá');
  expect(citizen.heard).toContain(FINISHED);
});

it('goes on after a question in the middle, after “quay lại”, and ends with “hủy”', async () => {
  const citizen = new Citizen();
  await citizen.taps(`rating.ask:dossier:${FINISHED}`);
  await citizen.presses('😄 Rất hài lòng');
  await citizen.says('khai sinh cần giấy tờ gì');
  expect(citizen.heard).toContain('Giấy chứng sinh');
  expect(citizen.heard).toContain('Nếu vẫn muốn nói rõ hơn');
  await citizen.says('tốt');
  expect(citizen.heard).toContain('(2/5)');
  await citizen.says('hủy');
  expect(citizen.heard).toContain('hủy');
  expect((await ratings(citizen))[0]).toMatchObject({ score: 5, criteria: { reception: 5 } });
});

it.each([
  'rating.ask',
  'rating.ask:dossier',
  'rating.ask:dossier:abc',
  'rating.ask:robot:1',
  'rating.score:6:dossier:H01.14-261101-0009',
  'rating.score:0:bot:2026-11',
  'rating.ask:bot:2026',
  'rating.ask:agency:0123456789',
  'rating.code:9',
])('refuses %s, typed by hand', async (address) => {
  const citizen = new Citizen();
  await citizen.taps(address);
  expect(
    citizen.last.effects.filter((effect) => effect.type === 'record' && effect.change.type === 'document'),
  ).toEqual([]);
});

it('stops whoever rates everything', async () => {
  const citizen = new Citizen();
  for (let i = 0; i < 25; i++) await citizen.taps(`rating.score:1:handover:x${i}`);
  expect(citizen.heard).toContain('Hôm nay bạn đã đánh giá nhiều');
  expect((await ratings(citizen)).length).toBe(20);
});

it('without a portal it is kept, and nothing waits to be sent', async () => {
  const here = town();
  here.portal.configured = false;
  const citizen = new Citizen({ town: here });
  await citizen.taps('rating.score:5:bot:2026-11');
  await citizen.says('bỏ qua');
  await citizen.says('không');
  expect(handedOver(citizen)).toEqual([]);
  expect(citizen.history.flatMap(({ timers }) => timers)).toEqual([]);
  expect(await ratings(citizen)).toHaveLength(1);
});

it('the answer to a report is rated by whoever sent it, once there is one', async () => {
  const citizen = new Citizen();
  const report: Report = {
    event: 'e',
    category: 'lights',
    content: 'x',
    photos: [],
    publishConsent: false,
    createdAt: 1,
    delivery: 'sent',
    progress: { code: 'PAKN-1', status: 'processing', updatedAt: 1 },
    reopened: 0,
    changedAt: 1,
  };
  const put = (code: string, status: string) =>
    putDocument(FEEDBACK, code, { ...report, progress: { code: 'PAKN-1', status, updatedAt: 2 } });
  citizen.town.documents.apply(citizen.lane, put('PA-7K3F-92', 'processing'));
  await citizen.taps('rating.ask:feedback:PA-7K3F-92');
  expect(citizen.heard).toContain('chưa có câu trả lời');
  citizen.town.documents.apply(citizen.lane, put('PA-7K3F-92', 'answered'));
  await citizen.taps('rating.ask:feedback:PA-7K3F-92');
  await citizen.presses('🙂 Hài lòng');
  expect(await ratings(citizen)).toMatchObject([{ subject: { kind: 'feedback', code: 'PA-7K3F-92' }, score: 4 }]);
  const other = new Citizen({ town: citizen.town, user: 'u2' });
  await other.taps('rating.score:1:feedback:PA-7K3F-92');
  expect(await ratings(other)).toEqual([]);
});

it('a talk with staff that ended invites a rating, by way of a notice', async () => {
  const citizen = new Citizen();
  await citizen.does({ kind: 'staff-message' });
  citizen.now += 30 * MINUTE;
  await citizen.does({ kind: 'timer', name: 'hand-back', generation: 1, payload: null });
  const [invitation] = citizen.last.effects.flatMap((effect) =>
    effect.type === 'append' && effect.body.kind === 'notice' ? [effect] : [],
  );
  expect(invitation).toMatchObject({ lane: citizen.lane, body: { name: 'rating.invite', data: { kind: 'handover' } } });
  if (invitation?.body.kind !== 'notice') throw new Error('nobody is invited');
  await citizen.does(invitation.body);
  expect(citizen.heard).toContain('cán bộ');
  await citizen.says('rất hài lòng');
  expect((await ratings(citizen)).map(({ subject, score }) => [subject.kind, score])).toEqual([['handover', 5]]);
});

describe('the questionnaire', () => {
  it('is the agency’s own, in its order', () => {
    const own = readQuestionnaire('version: "7"\ncriteria: { parking: chỗ gửi xe, queue: việc xếp hàng }');
    expect(own).toEqual({
      version: '7',
      criteria: [
        { key: 'parking', name: 'chỗ gửi xe' },
        { key: 'queue', name: 'việc xếp hàng' },
      ],
    });
  });

  it('may ask nothing more: then the score leads to the comment', async () => {
    const here = { ...town(), questionnaire: readQuestionnaire('version: "0"\ncriteria: {}') };
    const citizen = new Citizen({ town: here });
    await citizen.taps('rating.score:5:bot:2026-11');
    expect(citizen.heard).toContain('nhắn thêm');
  });

  it.each([
    '',
    'version: 1\ncriteria: {}',
    'version: "1"\ncriteria: { X: y }',
    'version: "1"\ncriteria: { time: "" }',
    '- a',
  ])('is refused when it is %j', (yaml) => expect(() => readQuestionnaire(yaml)).toThrow(Error));
});
