// Words around place names: units, where a name ends, what says that a place follows, and names that are ordinary words. Data and small
// tests; the names themselves are the gazetteer's.
import type { Word } from '../normalise.js';

/** Folded unit words → as officially written. Two-word units first. */
const UNITS: readonly (readonly [string, string])[] = [
  ['thi xa', 'Thị xã'],
  ['thi tran', 'Thị trấn'],
  ['thanh pho', 'Thành phố'],
  ['dac khu', 'Đặc khu'],
  ['huyen dao', 'Huyện'],
  ['xa', 'Xã'],
  ['phuong', 'Phường'],
  ['huyen', 'Huyện'],
  ['quan', 'Quận'],
  ['tinh', 'Tỉnh'],
  ['ap', 'Ấp'],
  ['khom', 'Khóm'],
  ['thon', 'Thôn'],
];
const BY_FIRST = new Map(UNITS.map(([folded, unit]) => [folded, unit]));
// How the first word of a unit may be typed: "tĩnh", "quản" and "xả" are other words.
const TYPED = new Set(
  'xã xa phường phuong huyện huyen quận quan tỉnh tinh thị thi thành thanh đặc dac ấp ap khóm khom thôn thon'.split(
    ' ',
  ),
);
const SHORT: Readonly<Record<string, string>> = {
  p: 'Phường',
  x: 'Xã',
  h: 'Huyện',
  q: 'Quận',
  tt: 'Thị trấn',
  f: 'Phường',
};
const GLUED = /^([pqf])(\d{1,2})$/;

export interface UnitWord {
  /** "Xã", "Phường", … */
  unit: string;
  /** How many words it takes; 0 when it is glued to its number ("p5", "q3"). */
  length: 0 | 1 | 2;
  /** Typed out with its marks. */
  marked: boolean;
  /** Only a letter or two: the name must then be known. */
  short: boolean;
}

/** The unit word at `index`. `raw` is what stands there in the message, in lower case. */
export function unitAt(words: readonly Word[], index: number, raw: string): UnitWord | undefined {
  const word = words[index];
  if (word === undefined) return undefined;
  // Where "p5" has been written out among the words already, it is read there.
  const glued = word.text === raw ? GLUED.exec(raw) : null;
  if (glued !== null) return { unit: SHORT[glued[1] ?? ''] ?? '', length: 0, marked: false, short: true };
  const short = SHORT[raw];
  if (short !== undefined && (word.text !== 'thị' || words[index + 1]?.text !== 'trấn'))
    return { unit: short, length: wordsOfSpan(words, index), marked: false, short: true };
  if (!TYPED.has(word.text)) return undefined;
  const two = BY_FIRST.get(`${word.folded} ${words[index + 1]?.folded ?? ''}`);
  if (two !== undefined) return { unit: two, length: 2, marked: word.text !== word.folded, short: false };
  const one = BY_FIRST.get(word.folded);
  return one === undefined ? undefined : { unit: one, length: 1, marked: word.text !== word.folded, short: false };
}

/** "tt" stands for two words in one place. */
function wordsOfSpan(words: readonly Word[], index: number): 1 | 2 {
  return words[index + 1]?.start === words[index]?.start ? 2 : 1;
}

// "xã hội", "phương tiện", "quản lý", "tình trạng": the same letters, other words.
const NOT_A_NAME =
  /^(?:hoi|nhan|tien|phap|thuc|an toan|su|doi|ly|he|tam|trang|hinh|toan|cam|chat|ta|trong|ap dung|an uong|ngoai|ruou|nuoc|hon|thien|thai|bao|cach|the)\b/;

export function isOtherWord(following: string): boolean {
  return NOT_A_NAME.test(following);
}

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

export function endsName(word: string): boolean {
  return ENDS_NAME.has(word);
}

// After these a place is likely; with marks only where the bare letters mean too much else ("tự", "tôi").
const BEFORE_PLACE = new Set(
  'ở o tại tai về ve thuộc thuoc quê que đến den từ ra vào vao tới tận ngoài trong gần'.split(' '),
);
/** Weaker: enough for a province's name, not for a commune's. */
const BEFORE_PROVINCE = new Set('dân dan người nguoi tỉnh tinh so sở xe biển bien'.split(' '));

export function leadsToPlace(word: string | undefined): boolean {
  return word !== undefined && BEFORE_PLACE.has(word);
}

export function leadsToProvince(word: string | undefined): boolean {
  return word !== undefined && (BEFORE_PLACE.has(word) || BEFORE_PROVINCE.has(word));
}

// A street, a school, a person: a capitalised name after these is no commune.
const BEFORE_OTHER_NAME = new Set(
  (
    'đường duong phố pho hẻm hem ngõ ngo tên ten ông ong bà ba anh chị chi chú cô em cháu chau con tôi toi là la trường truong chợ cho viện vien ty hàng hang họ ho bác bac cụ cu ngân hiệu quán quan ' +
    'khách khu cầu cau luật luat nhãn tổ to tòa toa'
  ).split(' '),
);

export function namesOther(word: string | undefined): boolean {
  return word !== undefined && BEFORE_OTHER_NAME.has(word);
}

/**
 * Provinces whose letters are ordinary words when typed without marks ("đánh giá lại", "đã nâng cấp", "có cả mẫu đơn", "nhà hai phòng"):
 * alone they need a place word before them, capitals, or a message of their own. Keys as in the gazetteer.
 */
export const ORDINARY_PROVINCES = new Set(
  (
    'gia lai|cao bang|da nang|ca mau|hai phong|hai duong|nam dinh|ha nam|lao cai|can tho|lam dong|nghe an|dien bien|hoa binh|thanh hoa|thai binh|long an|lai chau|hue|son la|ben tre|' +
    'lang son|phu tho|phu yen|an giang|tien giang|dong thap|binh dinh|quang nam|binh thuan|thua thien|ha noi|vung tau|ba ria|tra vinh|dong nai|ha giang'
  ).split('|'),
);
/** Words with these marks are ordinary too, unless capitalised. */
export const ORDINARY_MARKED = new Set([
  'hòa bình',
  'thái bình',
  'long an',
  'cao bằng',
  'hải dương',
  'hải phòng',
  'bình định',
  'thanh hóa',
]);

/** What stands beside a province's letters when they are something else, whatever the capitals: [key, before, after]; folded. */
export const NOT_THE_PROVINCE: Readonly<Record<string, { before?: RegExp; after?: RegExp }>> = {
  'long an': { after: /^(?:toan|sinh|ninh|uong|tam)$/ },
  'hoa binh': { before: /^(?:gin|giu|bao|ve|vi|va|doi)$/, after: /^(?:the|thuong)$/ },
  'thai binh': { after: /^(?:thuong|duong)$/ },
  'thanh hoa': { after: /^(?:chat|don|hoc|giay|toan)$/ },
  'gia lai': { before: /^(?:danh|tham|dinh|xac|tra|ban|thue)$/ },
  'cao bang': { before: /^(?:bao|quang|nang|chi)$/ },
  'da nang': { before: /^(?:em|toi|minh|con|xe|nha)$/, after: /^(?:cap|luong|luc|han|hang|muc|suc|nhoc|cao)$/ },
  'nam dinh': { before: /^(?:viet|phia|mien)$/, after: /^(?:cu|huong|ky|muc)$/ },
  'ha nam': { after: /^(?:nay|ngoai|sau|truoc)$/ },
  'ca mau': { before: /^(?:co|het|gom)$/, after: /^(?:don|to|giay|so|ct)$/ },
  'dien bien': { after: /^(?:phuc|tap|cua|benh|hoa|moi|dich)$/ },
  'nghe an': { after: /^(?:uong|toan|ninh|com)$/ },
  'an giang': { after: /^(?:day|duong|vien)$/ },
  'tien giang': { after: /^(?:day|vien)$/ },
  'ha noi': { before: /^(?:thua)$/ },
  'ho chi minh': { before: /^(?:tich|san|chuong|bac|lang|duong|tuong|thuong|doan|lan|quan)$/ },
  'binh duong': { before: /^(?:thai)$/ },
  'thua thien': { after: /^(?:tai|nhien)$/ },
};
