// Public agencies by their names and short names, as they are called today. Which offices exist, with addresses, is the portal's knowledge;
// departments by field are departments.ts.
import type { Entity } from '../language.js';
import { type DepartmentSpan, findDepartments } from './departments.js';
import { entityAt, type FoldedText, wordAt } from './folded-text.js';
import type { PlaceReading } from './place-reading.js';
import { placeOfOffice } from './places.js';

interface Kind {
  pattern: RegExp;
  name: string;
  /** A commune, district or province may follow and belongs to the name. */
  withPlace?: boolean;
  /** What the words must look like with the marks that were typed, where other words fold to the same letters. */
  typed?: RegExp;
}

const KINDS: readonly Kind[] = [
  { pattern: /\b(?:uy ban nhan dan|uy ban)\b/g, name: 'UBND', withPlace: true },
  { pattern: /\bhoi dong nhan dan\b/g, name: 'HĐND', withPlace: true },
  { pattern: /\bcong an\b/g, name: 'Công an', withPlace: true, typed: /^(?:công|cong) an$/ },
  {
    pattern: /\b(?:(?:trung tam|tt) )?(?:phuc vu )?hanh chinh cong(?! (?:chuc|vu|trinh))\b/g,
    name: 'Trung tâm Phục vụ hành chính công',
    withPlace: true,
  },
  {
    pattern:
      /\b(?:(?:bo phan|bp|trung tam|quay|co che) )?(?:mot|1) cua(?: lien thong)?\b(?! (?:hang|chinh|kinh|so|go|tiem))/g,
    name: 'Bộ phận Một cửa',
    withPlace: true,
    typed: /(?:cửa|cua)(?: liên thông| lien thong)?$/,
  },
  { pattern: /\b(?:co quan |van phong )(?:bao hiem xa hoi|bao hiem)\b/g, name: 'Bảo hiểm xã hội', withPlace: true },
  {
    pattern: /\bbao hiem xa hoi (?=tinh|huyen|quan|thanh pho|thi xa|co so)/g,
    name: 'Bảo hiểm xã hội',
    withPlace: true,
  },
  {
    pattern:
      /(?<=\b(?:dia chi|dien thoai|tai|den|len|ra|qua|ben|lien he) )bao hiem xa hoi(?= |$)(?! (?:mot lan|1 lan|tu nguyen|bat buoc))/g,
    name: 'Bảo hiểm xã hội',
    withPlace: true,
  },
  {
    pattern: /\b(?:chi cuc thue|cuc thue|co quan thue|thue co so|doi thue|ben thue)\b/g,
    name: 'Thuế',
    withPlace: true,
  },
  { pattern: /\b(?:chi cuc |cuc )hai quan\b/g, name: 'Hải quan', withPlace: true },
  { pattern: /\bkho bac(?: nha nuoc)?\b/g, name: 'Kho bạc Nhà nước', withPlace: true },
  {
    pattern:
      /\b(?:van phong dang ky(?: quyen su dung)?(?: dat dai| dat)?|van phong dat dai|vpdk(?:dd| dat dai| dat)?)\b/g,
    name: 'Văn phòng đăng ký đất đai',
    withPlace: true,
  },
  {
    pattern: /\bchi nhanh (?:van phong dang ky(?: dat dai| dat)?|vpdk(?:dd| dat dai)?)\b/g,
    name: 'Chi nhánh Văn phòng đăng ký đất đai',
    withPlace: true,
  },
  { pattern: /\bvan phong cong chung\b/g, name: 'Văn phòng công chứng' },
  { pattern: /\bphong cong chung\b(?! vien)/g, name: 'Phòng công chứng' },
  { pattern: /\bban dan toc\b/g, name: 'Sở Dân tộc và Tôn giáo' },
  { pattern: /\bthanh tra (?=tinh|thanh pho|huyen|so)/g, name: 'Thanh tra', withPlace: true },
  { pattern: /\bban quan ly (?:cac )?khu (?:cong nghiep|kinh te)\b/g, name: 'Ban Quản lý các khu công nghiệp' },
  { pattern: /\btoa an(?: nhan dan)?\b/g, name: 'Tòa án nhân dân', withPlace: true },
  {
    pattern: /\b(?:chi cuc |cuc |co quan |phong )thi hanh an(?: dan su)?\b/g,
    name: 'Thi hành án dân sự',
    withPlace: true,
  },
  { pattern: /\bvien kiem sat(?: nhan dan)?\b/g, name: 'Viện kiểm sát nhân dân', withPlace: true },
  { pattern: /\bban chi huy quan su\b/g, name: 'Ban Chỉ huy quân sự', withPlace: true },
  { pattern: /\bphong tu phap\b/g, name: 'Phòng Tư pháp', withPlace: true },
  { pattern: /\bphong noi vu\b/g, name: 'Phòng Nội vụ', withPlace: true },
  { pattern: /\bphong kinh te\b/g, name: 'Phòng Kinh tế', withPlace: true },
  { pattern: /\bphong giao duc(?: (?:va )?dao tao)?\b/g, name: 'Phòng Giáo dục và Đào tạo', withPlace: true },
  { pattern: /\bphong tai chinh\b/g, name: 'Phòng Tài chính', withPlace: true },
  { pattern: /\bphong lao dong(?: thuong binh(?: (?:va )?xa hoi)?)?\b/g, name: 'Phòng Lao động', withPlace: true },
  { pattern: /\bphong van hoa(?: xa hoi)?\b/g, name: 'Phòng Văn hóa - Xã hội', withPlace: true },
  { pattern: /\bphong dang ky kinh doanh\b/g, name: 'Phòng Đăng ký kinh doanh' },
  { pattern: /\b(?:phong (?:quan ly )?xuat nhap canh|pa08|pa 08)\b/g, name: 'Phòng Quản lý xuất nhập cảnh' },
  { pattern: /\b(?:phong (?:canh sat giao thong|csgt)|pc08|pc 08)\b/g, name: 'Phòng Cảnh sát giao thông' },
  { pattern: /\b(?:phong canh sat quan ly hanh chinh|pc06|pc 06)\b/g, name: 'Phòng Cảnh sát quản lý hành chính' },
  { pattern: /\btrung tam (?:dich vu )?viec lam\b/g, name: 'Trung tâm Dịch vụ việc làm', withPlace: true },
  { pattern: /\btrung tam dang kiem\b/g, name: 'Trung tâm Đăng kiểm' },
  { pattern: /\btram y te\b/g, name: 'Trạm Y tế', withPlace: true },
  { pattern: /\bngan hang chinh sach(?: xa hoi)?\b/g, name: 'Ngân hàng Chính sách xã hội', withPlace: true },
  { pattern: /\b(?:dai su quan|lanh su quan|tong lanh su)\b/g, name: 'Cơ quan đại diện ở nước ngoài' },
  { pattern: /\bvan phong (?:uy ban nhan dan|ubnd)\b/g, name: 'Văn phòng UBND', withPlace: true },
];

/** Canonical names: "Sở Công Thương", "UBND Xã Liêu Tú". Longest match first, no overlaps. */
export function findAgencies(message: string, folded: FoldedText, places: PlaceReading): Entity[] {
  const spans: DepartmentSpan[] = findDepartments(folded.text, (at) => folded.words[wordAt(folded, at)]?.text);
  for (const { pattern, name, withPlace, typed } of KINDS) {
    for (const match of folded.text.matchAll(pattern)) {
      const to = match.index + match[0].trimEnd().length;
      const [first, last] = [wordAt(folded, match.index), wordAt(folded, to - 1)];
      if (typed !== undefined && !typed.test(textOf(folded, first, last))) continue;
      const place = withPlace ? placeOfOffice(places, last + 1) : undefined;
      const end = place === undefined ? undefined : folded.words[place.last];
      const endAt = place === undefined ? undefined : (folded.starts[place.last] ?? 0) + (end?.folded.length ?? 0);
      spans.push({ from: match.index, to: endAt ?? to, value: place === undefined ? name : `${name} ${place.name}` });
    }
  }
  spans.sort((a, b) => b.to - b.from - (a.to - a.from));
  const taken: DepartmentSpan[] = [];
  for (const span of spans) if (!taken.some((other) => span.from < other.to && other.from < span.to)) taken.push(span);
  return taken.flatMap((span) => entityAt(message, folded, span.from, span.to, 'agency', span.value) ?? []);
}

function textOf({ words }: FoldedText, first: number, last: number): string {
  return words
    .slice(first, last + 1)
    .map((word) => word.text)
    .join(' ');
}
