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
    ['year', 'năm kia', ['2024']],
    ['date', 'ngày 3 tháng 11 năm nay', ['2026-11-03']],
    ['date', '3-11-2026', ['2026-11-03']],
    ['date', 'hôm 3-11', ['--11-03']],
    ['date', 'thứ 2 tuần sau', ['2026-11-23']],
    ['date', 'thu tu tuan nay', ['2026-11-18']],
    ['date', 'thứ 6 tới', ['2026-11-27']],
    ['date', 'chủ nhật này', ['2026-11-22']],
    ['date', 'ngày 15 tháng sau', ['2026-12-15']],
    ['date', '3 ngày trước', ['2026-11-17']],
    ['date', 'sáng mai em lên', ['2026-11-21']],
    ['date', 'mùng 2 tết', []],
    ['date', 'hôm trước', []],
    ['month', 'cách đây 2 tháng', ['2026-09']],
    ['month', 'rằm tháng 7', []],
    ['month', 'tháng 2 âm lịch', []],
    ['period', 'tuần trước', ['2026-11-09/2026-11-15']],
    ['period', 'tuan nay', ['2026-11-16/2026-11-22']],
    ['period', 'quý 3', ['2026-07-01/2026-09-30']],
    ['period', 'quý III/2025', ['2025-07-01/2025-09-30']],
    ['period', 'quý iv năm ngoái', ['2025-10-01/2025-12-31']],
    ['period', 'quý này', ['2026-10-01/2026-12-31']],
    ['period', 'quý khách', []],
    ['period', '6 tháng đầu năm', ['2026-01-01/2026-06-30']],
    ['period', '6 thang cuoi nam 2025', ['2025-07-01/2025-12-31']],
    ['period', 'từ đầu năm đến nay', ['2026-01-01/2026-11-20']],
    ['period', 'cuối tháng', ['2026-11-21/2026-11-30']],
    ['period', 'đầu tháng sau', ['2026-12-01/2026-12-10']],
    ['period', '3 tháng qua', ['2026-08-20/2026-11-20']],
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
    ['agency', 'stnmt', ['Sở Nông nghiệp và Môi trường']],
    ['agency', 'sở gtvt', ['Sở Xây dựng']],
    ['agency', 'sở lđtbxh', ['Sở Nội vụ']],
    ['agency', 'công an xã làm căn cước', ['Công an xã']],
    ['agency', 'ttpvhcc tỉnh kiên giang', ['Trung tâm Phục vụ hành chính công tỉnh An Giang']],
    ['agency', 'trung tâm hcc', ['Trung tâm Phục vụ hành chính công']],
    ['agency', 'bhxh tỉnh', ['Bảo hiểm xã hội tỉnh']],
    ['agency', 'rút bhxh một lần', []],
    ['agency', 'chi cục thuế', ['Thuế']],
    ['agency', 'vpđk đất đai', ['Văn phòng đăng ký đất đai']],
    ['agency', 'phòng công chứng', ['Phòng công chứng']],
    ['agency', 'tòa án nhân dân', ['Tòa án nhân dân']],
    ['agency', 'một cửa hàng', []],
    ['agency', 'một của em', []],
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
    ['giấy tờ chi', ['documents']],
    ['cần chi rứa', ['documents']],
    ['cần chị giúp', []],
    ['mất mấy bữa', ['time']],
    ['tốn nhiêu', ['fee']],
    ['nộp mô', ['where']],
    ['làm răng', ['how']],
    ['mẫu nào', ['forms']],
    ['tải đơn ở đâu', ['forms']],
    ['tại đơn vị', []],
    ['làm qua mạng', ['online']],
    ['ai làm được', ['conditions']],
    ['có được ủy quyền không', ['conditions']],
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
    ['con tôi 3 tháng', ['child-under-6']],
    ['con toi 3 thang nua', []],
    ['bé 5 tuổi', ['child-under-6']],
    ['cháu 13 tuổi', ['child-under-14']],
    ['con em 15 tuổi', ['child-under-16']],
    ['em 20 tuổi', []],
    ['từ 14 tuổi trở lên', []],
    ['mẹ em 82 tuổi', ['elderly']],
    ['bé mới sinh', ['newborn']],
    ['bố em mất', ['deceased']],
    ['mẹ em mất sổ đỏ', []],
    ['sổ đỏ đã mất', []],
    ['việt kiều', ['overseas']],
    ['em là sinh viên', ['student']],
    ['công nhận', []],
    ['công nhân', ['worker']],
    ['hộ kinh doanh', ['household-business']],
    ['vợ chồng em', ['spouse']],
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
