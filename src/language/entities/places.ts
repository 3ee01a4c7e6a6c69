// Administrative places: a unit word with a name ("xã Liêu Tú", "phường 1"), and the provinces before and after 2025-07-01 by name alone.

import { fold } from '../fold.js';
import type { Entity } from '../language.js';
import { entityAt, type FoldedText, wordAt } from './folded-text.js';

const UNIT = /\b(?:thi xa|thi tran|thanh pho|dac khu|xa|phuong|huyen|quan|tinh|ap|khom)(?= )/g;
const UNIT_WORDS = new Set([
  'xã',
  'xa',
  'phường',
  'phuong',
  'huyện',
  'huyen',
  'quận',
  'quan',
  'tỉnh',
  'tinh',
  'thị',
  'thi',
  'thành',
  'thanh',
  'đặc',
  'dac',
  'ấp',
  'khóm',
  'khom',
]);
// "xã hội", "phương tiện", "quản lý", "tình trạng": the same letters, other words.
const NOT_A_NAME = /^(?:hoi|nhan|tien|phap|thuc|an toan|su|doi|ly|he|tam|trang|hinh|toan|cam|chat|ta|trong|ap dung)\b/;
// Words after which no name goes on, with their marks; then those that may be typed without marks and are no part of usual names.
const ENDS_NAME = new Set(
  (
    'ở đâu là bao nhiêu gì nào tháng năm ngày vào của có không được và tại đến đi cho để làm cần nộp hồ sơ số thủ tục địa chỉ điện thoại email fax giờ mấy như thế thì ' +
    'mình em tôi ạ nhé giúp với lúc trong rồi chưa mở phải muốn hỏi xin bị khi này nay đó kia vậy sao hay nên ra từ thuộc hiện mới cũ cấp huyện tỉnh xã phường thành phố thị quận đang thống kê ' +
    'ủy công ai bot người gặp liên về nhà đất nếu thời gian qua hôm bên xong hoàn lấy nhận cảm làm việc trả gửi dời chuyển giải quyết ' +
    'o dau la bao nhieu gi nao thang ngay vao cua co khong duoc va tai den di de lam can nop ho so thu tuc dia chi dien thoai gio may nhu the thi minh toi a nhe giup voi luc roi ' +
    'chua mo phai muon hoi bi nay vay thuoc cap huyen tinh xa phuong thanh pho quan dang thong ke nguoi gap lien nhan cam'
  ).split(' '),
);
const LONGEST_NAME = 4;

const PROVINCES =
  `An Giang|Bà Rịa - Vũng Tàu|Bà Rịa Vũng Tàu|Vũng Tàu|Bạc Liêu|Bắc Giang|Bắc Kạn|Bắc Ninh|Bến Tre|Bình Dương|Bình Định|Bình Phước|Bình Thuận|Cà Mau|Cao Bằng|Cần Thơ|Đà Nẵng|Đắk Lắk|Đắc Lắc|Đắk Nông|Điện Biên|Đồng Nai|Đồng Tháp|Gia Lai|Hà Giang|Hà Nam|Hà Nội|Hà Tĩnh|Hải Dương|Hải Phòng|Hậu Giang|Hòa Bình|Hồ Chí Minh|Sài Gòn|Hưng Yên|Khánh Hòa|Kiên Giang|Kon Tum|Lai Châu|Lâm Đồng|Lạng Sơn|Lào Cai|Long An|Nam Định|Nghệ An|Ninh Bình|Ninh Thuận|Phú Thọ|Phú Yên|Quảng Bình|Quảng Nam|Quảng Ngãi|Quảng Ninh|Quảng Trị|Sóc Trăng|Sơn La|Tây Ninh|Thái Bình|Thái Nguyên|Thanh Hóa|Thừa Thiên Huế|Huế|Tiền Giang|Trà Vinh|Tuyên Quang|Vĩnh Long|Vĩnh Phúc|Yên Bái`.split(
    '|',
  );
const provinceByFolded = new Map(PROVINCES.map((name) => [fold(name).replace(/ - /g, ' '), name]));
const PROVINCE = new RegExp(
  `\\b(?:${[...provinceByFolded.keys()].sort((a, b) => b.length - a.length).join('|')})\\b`,
  'g',
);

/** Where the place that starts at `from` ("xa lieu tu", "tinh") ends in the folded text; undefined when none starts there. */
export function placeNameEnd(folded: FoldedText, from: number): number | undefined {
  const unit = /^(?:thi xa|thi tran|thanh pho|dac khu|xa|phuong|huyen|quan|tinh|ap|khom)\b/.exec(
    folded.text.slice(from),
  );
  if (unit === null || !UNIT_WORDS.has(folded.words[wordAt(folded, from)]?.text ?? '')) return undefined;
  const nameAt = from + unit[0].length + 1;
  if (NOT_A_NAME.test(folded.text.slice(nameAt))) return undefined;
  return nameEnd(folded, nameAt) ?? from + unit[0].length;
}

function nameEnd(folded: FoldedText, nameAt: number): number | undefined {
  const first = wordAt(folded, nameAt);
  if (nameAt >= folded.text.length) return undefined;
  let last = first - 1;
  for (let index = first; index < folded.words.length && index < first + LONGEST_NAME; index++) {
    const word = folded.words[index];
    if (word === undefined || ENDS_NAME.has(word.text)) break;
    // "nam 2025" typed without marks is a year, "Quảng Nam" a name.
    if (word.text === 'nam' && /^\d/.test(folded.words[index + 1]?.folded ?? '')) break;
    last = index;
    // A number closes a name: "phường 1", "xã Gia Hòa 2".
    if (/^\d{1,2}$/.test(word.folded)) break;
  }
  const end = folded.words[last];
  return last < first || end === undefined ? undefined : (folded.starts[last] ?? 0) + end.folded.length;
}

export function findPlaces(message: string, folded: FoldedText): Entity[] {
  const found: Entity[] = [];
  const add = (entity: Entity | undefined): void => {
    if (entity !== undefined && !found.some((other) => entity.start < other.end && other.start < entity.end))
      found.push(entity);
  };
  for (const match of folded.text.matchAll(UNIT)) {
    const nameAt = match.index + match[0].length + 1;
    const end = placeNameEnd(folded, match.index);
    if (end === undefined || end <= nameAt) continue;
    const words = folded.words.slice(wordAt(folded, match.index), wordAt(folded, end - 1) + 1);
    add(entityAt(message, folded, match.index, end, 'place', words.map((word) => word.text).join(' ')));
  }
  for (const match of folded.text.matchAll(PROVINCE)) {
    const name = provinceByFolded.get(match[0]);
    if (name !== undefined) add(entityAt(message, folded, match.index, match.index + match[0].length, 'place', name));
  }
  return found;
}
