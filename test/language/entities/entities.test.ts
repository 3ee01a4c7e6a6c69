import fc from 'fast-check';
import { findEntities } from '../../../src/language/entities/entities.js';
import { foldedText } from '../../../src/language/entities/folded-text.js';
import { wordsOf } from '../../../src/language/normalise.js';

// Friday 20 November 2026, 10:00 in Vietnam.
const NOW = Date.UTC(2026, 10, 20, 3);

const entitiesOf = (message: string) => findEntities(message, foldedText(wordsOf(message)), NOW);
const valuesOf = (message: string, type: string) =>
  entitiesOf(message)
    .filter((entity) => entity.type === type)
    .map((entity) => entity.value);

describe('numbers in a message', () => {
  it.each([
    ['phone', 'sdt em 0912 345 678', ['0912345678']],
    ['phone', '+84 912.345.678', ['0912345678']],
    ['phone', '84912345678', ['0912345678']],
    ['phone', 'máy bàn 0299 3621 090', ['02993621090']],
    ['phone', 'gọi 0912345678 hoặc 0387-654-321', ['0912345678', '0387654321']],
    ['id-number', 'cccd 091234567890', ['091234567890']],
    ['id-number', 'cmnd 123456789', ['123456789']],
    ['id-number', 'căn cước 091 234 567 890', ['091234567890']],
    ['id-number', 'mst 0312345678-001', ['0312345678-001']],
    ['id-number', 'thẻ GD4797912345678', ['GD4797912345678']],
    ['email', 'gửi về Nguyen.An+1@example.com nhé', ['nguyen.an+1@example.com']],
    ['procedure-code', 'thủ tục 1.001193 cần gì', ['1.001193']],
    ['procedure-code', '2.001234.000.00.00.H33', ['2.001234']],
    ['procedure-code', '1.000358.01', ['1.000358']],
    ['procedure-code', 'mã thủ tục 1 004222', ['1.004222']],
    ['procedure-code', 'phí 1.000.000 đồng', []],
    ['phone', 'hồ sơ H56.14-240823-0001', []],
    ['id-number', 'hồ sơ 0000016H562304120001', []],
  ])('%s: %s', (type, message, values) => {
    expect(valuesOf(message, type)).toEqual(values);
  });

  it('keeps a phone a phone when a dossier is named before it', () => {
    expect(entitiesOf('mã hồ sơ 0912345678').map(({ type }) => type)).toEqual(['phone']);
  });
});

describe('dates', () => {
  it.each([
    ['date', 'nộp hôm 3/11', ['--11-03']],
    ['date', 'ngày 03/11/2025', ['2025-11-03']],
    ['date', 'ngay 3 thang 11 nam 2025', ['2025-11-03']],
    ['date', '2025-11-03', ['2025-11-03']],
    ['date', 'hôm qua em nộp', ['2026-11-19']],
    ['date', 'ngày mai có làm việc không', ['2026-11-21']],
    ['date', 'ngày 31/2/2025', []],
    ['date', 'hỗ trợ 24/7', []],
    ['month', 'thống kê tháng 7 năm 2025', ['2025-07']],
    ['month', 'tháng 3/2025', ['2025-03']],
    ['month', 'tháng mười hai', ['--12']],
    ['month', 'tháng trước', ['2026-10']],
    ['month', 'tháng này', ['2026-11']],
    ['month', 'tháng sáu', ['--06']],
    ['month', 'tháng sau', ['2026-12']],
    ['month', 'tháng 13', []],
    ['year', 'năm 2025', ['2025']],
    ['year', 'năm ngoái', ['2025']],
  ])('%s: %s', (type, message, values) => {
    expect(valuesOf(message, type)).toEqual(values);
  });
});

describe('agencies and places', () => {
  it.each([
    ['agency', 'địa chỉ sở công thương', ['Sở Công Thương']],
    ['agency', 'so ke hoach va dau tu', ['Sở Tài chính']],
    ['agency', 'sở khđt ở đâu', ['Sở Tài chính']],
    ['agency', 'sở tt&tt', ['Sở Khoa học và Công nghệ']],
    ['agency', 'sdt ubnd xã Tân Hưng là gì', ['UBND xã tân hưng']],
    ['agency', 'ca phường Trần Phú', ['Công an phường trần phú']],
    ['agency', 'trung tâm hành chính công tỉnh', ['Trung tâm Phục vụ hành chính công tỉnh']],
    ['agency', 'nộp ở bộ phận một cửa', ['Bộ phận Một cửa']],
    ['agency', 'số y tá', []],
    ['place', 'thống kê xã liêu tú tháng 7', ['xã liêu tú']],
    ['place', 'phường 1 ở đâu', ['phường 1']],
    ['place', 'em ở Sóc Trăng', ['Cần Thơ']],
    ['place', 'em o ca mau', ['Cà Mau']],
    ['place', 'bảo hiểm xã hội', []],
    ['place', 'bao hiem xa hoi tu nguyen', []],
    ['place', 'tình trạng hồ sơ', []],
  ])('%s: %s', (type, message, values) => {
    expect(valuesOf(message, type)).toEqual(values);
  });
});

describe('aspects and persons', () => {
  it.each([
    ['cần giấy tờ gì', ['documents']],
    ['can j de lam', ['documents']],
    ['hồ sơ gồm những gì', ['documents']],
    ['phí bao nhiêu vậy', ['fee']],
    ['bao nhiu tien', ['fee']],
    ['bao lâu thì xong', ['time']],
    ['mấy ngày có', ['time']],
    ['nộp ở đâu', ['where']],
    ['làm sao ạ', ['how']],
    ['thủ tục ntn', ['how']],
    ['điều kiện là gì', ['conditions']],
    ['cho xin mẫu đơn', ['forms']],
    ['làm online dc ko', ['online']],
    ['cần gì và hết bao nhiêu tiền, mấy ngày xong', ['documents', 'fee', 'time']],
    ['giấy chứng nhận đủ điều kiện kinh doanh', []],
    ['mai táng phí', []],
    ['thời gian làm việc', []],
  ])('%s', (message, aspects) => {
    expect(valuesOf(message, 'aspect')).toEqual(aspects);
  });

  it.each([
    ['làm căn cước cho bé', ['child']],
    ['con dưới 14 tuổi', ['child-under-14']],
    ['lấy chồng người nước ngoài', ['foreigner']],
    ['ủy quyền cho con nộp thay', ['representative', 'representative']],
    ['chế độ thương binh', ['merit']],
  ])('%s', (message, persons) => {
    expect(valuesOf(message, 'person')).toEqual(persons);
  });
});

describe('every entity', () => {
  const pieces = fc.constantFrom(
    'hồ sơ',
    'H56.14–240823–0001',
    '0912 345 678',
    'a@b.vn',
    'sở y tế',
    'xã Liêu Tú',
    '3/11/2025',
    'tháng 7',
    'phí',
    'cần gì',
    '😀',
    'đ',
    'ố'.normalize('NFD'),
    '1.001193',
    ', ',
    '\n',
    '091234567890',
  );
  const message = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 12 }).map((parts) => parts.join(' ')),
  );

  it('is the slice of the message that its offsets name, whatever the message', () => {
    fc.assert(
      fc.property(message, (text) => {
        for (const entity of entitiesOf(text)) {
          expect(entity.text).toBe(text.slice(entity.start, entity.end));
          expect(entity.end).toBeGreaterThan(entity.start);
          expect(entity.value).not.toBe('');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('stands in order of position', () => {
    fc.assert(
      fc.property(message, (text) => {
        const starts = entitiesOf(text).map((entity) => entity.start);
        expect(starts).toEqual([...starts].sort((a, b) => a - b));
      }),
    );
  });
});
