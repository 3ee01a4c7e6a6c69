import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { fold } from '../../src/language/fold.js';
import { createLanguage, type Intent } from '../../src/language/language.js';
import { ROOT, trainedLanguage, trainedModel } from './trained-language.js';

const NOW = Date.UTC(2026, 10, 20, 3);

let understand: ReturnType<typeof trainedLanguage>['understand'];
beforeAll(() => {
  understand = trainedLanguage().understand;
});

describe('intents', () => {
  // Boundaries between intents that lie close together; none of these stands in the examples.
  const cases: [string, Intent][] = [
    ['phí bao nhiêu', 'procedure.ask'],
    ['trả phí kiểu gì vậy', 'payment.ask'],
    ['thanh toán bị báo lỗi hoài', 'portal.help'],
    ['muốn xin lại biên lai', 'payment.ask'],
    ['H56.14-240823-0001', 'dossier.track'],
    ['h56.14 – 240823 – 0001 sao rồi', 'dossier.track'],
    ['thanh toán hồ sơ H56.14-240823-0001 bằng momo được không', 'payment.ask'],
    ['hs nộp bữa trước sao rồi ad', 'dossier.track'],
    ['sở tư pháp có số điện thoại không', 'office.contact'],
    ['công an phường 7 mấy giờ đóng cửa', 'office.contact'],
    ['sở y tế tháng 5 nhận bao nhiêu hồ sơ', 'statistics.ask'],
    ['cho chị gặp nhân viên đi em', 'staff.request'],
    ['cán bộ xã tôi hách dịch lắm', 'feedback.send'],
    ['phản ánh của em có ai trả lời chưa', 'feedback.track'],
    ['cháy nhà rồi cứu với', 'emergency'],
    ['giấy phép phòng cháy chữa cháy làm ở đâu', 'procedure.ask'],
    ['chế độ tai nạn lao động cần giấy gì', 'procedure.ask'],
    ['thằng ngu', 'insult'],
    ['ban dân tộc ở đâu', 'office.contact'],
    ['sang tên sổ đỏ cho con gái', 'procedure.ask'],
    ['xóa hết dữ liệu của mình đi', 'privacy.request'],
    ['ngưng gửi thông báo cho tôi', 'notify.unsubscribe'],
    ['bật thông báo zalo cho em', 'notify.subscribe'],
    ['đặt lịch lên làm hộ chiếu sáng mai', 'appointment.book'],
    ['hôm nay có cúp điện không', 'news.ask'],
    ['chấm 5 sao cho cán bộ', 'rating.give'],
    ['mày là người hay máy', 'bot.identity'],
    ['ok em', 'affirm'],
    ['ko phải', 'deny'],
    ['👍', 'affirm'],
    ['alo ad oiiii', 'greet'],
    ['thời tiết mai sao', 'none'],
    ['kjhsdkfjh sdf', 'none'],
    ['😀😀', 'none'],
    ['', 'none'],
  ];

  it.each(cases)('%s is %s', (text, intent) => {
    expect(understand(text, NOW).intent).toBe(intent);
  });

  it.each(cases.filter(([text]) => fold(text) !== text.toLowerCase() && !['thằng ngu'].includes(text)))(
    '%s, typed without diacritics, is %s',
    (text, intent) => {
      expect(understand(fold(text), NOW).intent).toBe(intent);
    },
  );
});

describe('understanding', () => {
  it('gives aspects once, in order of mention, and a query without them', () => {
    const { aspects, query } = understand(
      'cho em hỏi làm lại bằng lái cần giấy tờ gì, phí bao nhiêu, phí có cao không ạ',
      NOW,
    );
    expect(aspects).toEqual(['documents', 'fee']);
    expect(query).toContain('làm lại bằng lái');
    expect(query.split(' ')).toEqual(expect.not.arrayContaining(['phí', 'giấy', 'hỏi', 'ạ']));
  });

  it.each([
    ['đăng ký tạm trú ở Cần Thơ', 'đăng ký tạm trú'],
    ['đăng ký tạm trú vào tháng 7 năm 2026', 'đăng ký tạm trú'],
    ['BHXH tự nguyện', 'bảo hiểm xã hội tự nguyện'],
    ['đăng ký tạm trú https://dichvucong.gov.vn/p/hs/dc?k=1', 'đăng ký tạm trú'],
  ])('searches for the procedure alone: %s', (text, query) => {
    expect(understand(text, NOW).query).toBe(query);
  });

  it('leaves no query when only the aspect was named', () => {
    expect(understand('thế phí bao nhiêu vậy ạ?', NOW)).toMatchObject({
      query: '',
      aspects: ['fee'],
      intent: 'procedure.ask',
    });
  });

  it.each([
    ['bản sao giấy khai sinh', 'bản sao giấy khai sinh'],
    ['mã số thuế cá nhân', 'mã số thuế cá nhân'],
    ['cấp thẻ bảo hiểm y tế', 'cấp thẻ bảo hiểm y tế'],
    ['đổi căn cước cho vợ', 'đổi căn cước cho vợ'],
    ['thủ tục 1.001193', '1.001193'],
  ])('keeps every word of a name in the query: %s', (text, query) => {
    expect(understand(text, NOW).query).toBe(query);
  });

  it('asks back below the floor and answers above it', () => {
    const { confidence } = understand('sổ', NOW);
    expect(createLanguage(trainedModel(), { floor: confidence + 0.001 }).understand('sổ', NOW).certain).toBe(false);
    expect(createLanguage(trainedModel(), { floor: confidence - 0.001 }).understand('sổ', NOW).certain).toBe(true);
  });

  it('refuses a dossier code that is dated after today', () => {
    expect(understand('H56.14-261121-0001', NOW).entities[0]?.type).toBe('dossier-code-partial');
    expect(understand('H56.14-261121-0001', NOW + 86_400_000).entities[0]?.type).toBe('dossier-code');
  });

  it('holds its promises on any text: no throw, bounded numbers, true offsets, same answer twice', () => {
    const pieces = fc.constantFrom(
      'hồ sơ',
      'constructor',
      '__proto__',
      'H56-',
      '0912345678',
      '😀',
      '\u0301',
      'ỡ',
      '{',
      '\\',
      'sở',
      '1.001193',
    );
    const message = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3000 }),
      fc.array(fc.oneof(pieces, fc.string())).map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(message, (text) => {
        const result = understand(text, NOW);
        expect(text.startsWith(result.text)).toBe(true);
        expect(result.text.length).toBeLessThanOrEqual(2000);
        expect(result.confidence).toBeGreaterThanOrEqual(0);
        expect(result.confidence).toBeLessThanOrEqual(1);
        for (const { confidence } of result.alternatives) expect(confidence).toBeLessThanOrEqual(result.confidence);
        for (const entity of result.entities) expect(entity.text).toBe(text.slice(entity.start, entity.end));
        expect(understand(text, NOW)).toEqual(result);
      }),
      { numRuns: 300 },
    );
  });
});

const DATA = join(ROOT, '..', 'shared', 'data', 'intents.dev.jsonl');
(existsSync(DATA) ? describe : describe.skip)('on the development phrases', () => {
  it.each([
    ['as they are', (text: string) => text, 0.95],
    ['without diacritics', fold, 0.93],
  ])('finds the intent %s', (_how, style, least) => {
    const phrases = readFileSync(DATA, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { text: string; intent: string });
    const right = phrases.filter(({ text, intent }) => intent.split('|').includes(understand(style(text), NOW).intent));
    expect(right.length / phrases.length).toBeGreaterThanOrEqual(least);
  });
});
