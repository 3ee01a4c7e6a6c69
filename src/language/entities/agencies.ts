// Public agencies by their names and short names. Which offices exist, with addresses, is the portal's knowledge.
import type { Entity } from '../language.js';
import { entityAt, type FoldedText, wordAt } from './folded-text.js';
import { placeNameEnd } from './places.js';

// Fields of provincial departments, before and after the mergers of 2025: folded pattern → name.
const FIELDS: readonly (readonly [string, string])[] = [
  ['tai chinh', 'Tài chính'],
  ['(?:ke hoach(?: (?:va|&))? dau tu|ke hoach)', 'Kế hoạch và Đầu tư'],
  ['noi vu', 'Nội vụ'],
  ['tu phap', 'Tư pháp'],
  ['cong thuong', 'Công Thương'],
  ['xay dung', 'Xây dựng'],
  ['y te', 'Y tế'],
  ['(?:giao duc(?: (?:va )?dao tao)?)', 'Giáo dục và Đào tạo'],
  ['(?:tai nguyen(?: (?:va )?moi truong)?)', 'Tài nguyên và Môi trường'],
  ['(?:nong nghiep (?:va )?moi truong)', 'Nông nghiệp và Môi trường'],
  ['(?:nong nghiep(?: (?:va )?phat trien nong thon)?)', 'Nông nghiệp và Phát triển nông thôn'],
  ['(?:thong tin(?: (?:va )?truyen thong)?)', 'Thông tin và Truyền thông'],
  ['(?:khoa hoc(?: (?:va )?cong nghe)?)', 'Khoa học và Công nghệ'],
  ['(?:giao thong(?: van tai)?)', 'Giao thông vận tải'],
  ['(?:van hoa(?: the thao)?(?: (?:va )?du lich)?)', 'Văn hóa, Thể thao và Du lịch'],
  ['(?:lao dong(?: thuong binh(?: (?:va )?xa hoi)?)?)', 'Lao động - Thương binh và Xã hội'],
  ['ngoai vu', 'Ngoại vụ'],
  ['(?:dan toc(?: (?:va )?ton giao)?)', 'Dân tộc và Tôn giáo'],
  ['du lich', 'Du lịch'],
];

interface Kind {
  pattern: RegExp;
  name: string;
  /** A commune, district or province may follow and belongs to the name. */
  withPlace?: boolean;
}

const KINDS: readonly Kind[] = [
  { pattern: /\b(?:uy ban nhan dan|uy ban)\b/g, name: 'UBND', withPlace: true },
  { pattern: /\bhoi dong nhan dan\b/g, name: 'HĐND', withPlace: true },
  { pattern: /\bcong an\b/g, name: 'Công an', withPlace: true },
  {
    pattern: /\b(?:trung tam (?:phuc vu )?hanh chinh cong|hanh chinh cong)\b/g,
    name: 'Trung tâm Phục vụ hành chính công',
    withPlace: true,
  },
  { pattern: /\b(?:bo phan |trung tam )?mot cua\b/g, name: 'Bộ phận Một cửa', withPlace: true },
  { pattern: /\b(?:co quan |van phong )(?:bao hiem xa hoi|bao hiem)\b/g, name: 'Bảo hiểm xã hội', withPlace: true },
  { pattern: /\bbao hiem xa hoi (?=tinh|huyen|thanh pho|thi xa|co so)/g, name: 'Bảo hiểm xã hội', withPlace: true },
  { pattern: /\b(?:chi cuc thue|cuc thue|co quan thue|thue co so)\b/g, name: 'Thuế', withPlace: true },
  { pattern: /\bkho bac(?: nha nuoc)?\b/g, name: 'Kho bạc Nhà nước', withPlace: true },
  {
    pattern: /\bvan phong dang ky(?: quyen su dung)?(?: dat dai| dat)?\b/g,
    name: 'Văn phòng đăng ký đất đai',
    withPlace: true,
  },
  { pattern: /\bchi nhanh van phong dang ky dat dai\b/g, name: 'Chi nhánh Văn phòng đăng ký đất đai', withPlace: true },
  { pattern: /\bban dan toc\b/g, name: 'Ban Dân tộc' },
  { pattern: /\bthanh tra (?=tinh|thanh pho|huyen|so)/g, name: 'Thanh tra', withPlace: true },
  { pattern: /\bban quan ly (?:cac )?khu (?:cong nghiep|kinh te)\b/g, name: 'Ban Quản lý các khu công nghiệp' },
  { pattern: /\btoa an(?: nhan dan)?\b/g, name: 'Tòa án nhân dân', withPlace: true },
  { pattern: /\bvien kiem sat(?: nhan dan)?\b/g, name: 'Viện kiểm sát nhân dân', withPlace: true },
  { pattern: /\bban chi huy quan su\b/g, name: 'Ban Chỉ huy quân sự', withPlace: true },
  {
    pattern:
      /\bphong (?=tu phap|noi vu|kinh te|giao duc|tai chinh|lao dong|van hoa|quan ly xuat nhap canh|canh sat giao thong)/g,
    name: 'Phòng',
  },
  { pattern: /\btrung tam (?:dich vu )?viec lam\b/g, name: 'Trung tâm Dịch vụ việc làm', withPlace: true },
  { pattern: /\bvan phong (?:uy ban nhan dan|ubnd)\b/g, name: 'Văn phòng UBND', withPlace: true },
];

const DEPARTMENT = new RegExp(`\\b(so|bo) (?:${FIELDS.map(([pattern]) => `(${pattern})`).join('|')})\\b`, 'g');
const DEPARTMENT_WORDS = new Set(['sở', 'so', 'bộ', 'bo']);

/** Canonical names: "Sở Công Thương", "UBND xã liêu tú". Longest match first, no overlaps. */
export function findAgencies(message: string, folded: FoldedText): Entity[] {
  const spans: { from: number; to: number; value: string }[] = [];
  for (const match of folded.text.matchAll(DEPARTMENT)) {
    // "số y tế" and "bó" are other words when they carry other marks.
    if (!DEPARTMENT_WORDS.has(folded.words[wordAt(folded, match.index)]?.text ?? '')) continue;
    const field = FIELDS[match.slice(2).findIndex((group) => group !== undefined)]?.[1] ?? '';
    spans.push({
      from: match.index,
      to: match.index + match[0].length,
      value: `${match[1] === 'so' ? 'Sở' : 'Bộ'} ${field}`,
    });
  }
  for (const kind of KINDS) {
    for (const match of folded.text.matchAll(kind.pattern)) {
      const to = match.index + match[0].trimEnd().length;
      const placeEnd = kind.withPlace ? placeNameEnd(folded, to + 1) : undefined;
      const end = placeEnd ?? to;
      const tail = folded.words.slice(wordAt(folded, to) + 1, wordAt(folded, end - 1) + 1).map((word) => word.text);
      spans.push({ from: match.index, to: end, value: [kind.name, ...(placeEnd === undefined ? [] : tail)].join(' ') });
    }
  }
  spans.sort((a, b) => b.to - b.from - (a.to - a.from));
  const taken: typeof spans = [];
  for (const span of spans) if (!taken.some((other) => span.from < other.to && other.from < span.to)) taken.push(span);
  return taken.flatMap((span) => entityAt(message, folded, span.from, span.to, 'agency', span.value) ?? []);
}
