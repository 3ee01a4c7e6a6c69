// What about a procedure is asked (papers, fee, time, …) and for whom: word patterns over the folded text.
import type { Aspect, Entity } from '../language.js';
import { entityAt, type FoldedText, wordAt } from './folded-text.js';

/** `marks`: when the first word carries diacritics it must be one of these, because other words fold to the same letters. */
interface Pattern<Value> {
  value: Value;
  pattern: RegExp;
  marks?: readonly string[];
}

const ASPECT_PATTERNS: readonly Pattern<Aspect>[] = [
  {
    value: 'fee',
    pattern:
      /\b(?:le phi|chi phi|mien phi|muc phi|phi dich vu|(?:het|ton) bao nhieu(?: tien)?|mat bao nhieu(?! (?:ngay|lau|thoi))|bao nhieu tien|may tien|nhieu tien (?:khong|ko)|(?:dong|nop|tra|thu) (?:bao nhieu|may dong)|gia (?:bao nhieu|the nao|lam)|ton (?:tien|phi|kem)|mat tien|co mat phi)\b/g,
  },
  {
    value: 'fee',
    pattern: /(?<!mai tang |hoc |kinh |vien |khau |hoi |an )\bphi\b(?! (?:dia|nong|loi|hang|cong|vat|chinh))/g,
    marks: ['phí'],
  },
  {
    value: 'time',
    pattern:
      /\b(?:bao lau|may ngay|may hom|may tuan|may thang|bao nhieu (?:ngay|lau|hom|thang)|bao gio|khi nao (?:thi )?(?:co|xong|lay|nhan|duoc|tra)|thoi gian(?! lam viec| lam them| thu viec)|thoi han(?= |$)(?! (?:su dung|cu tru|hop dong|cua giay))|lau khong|co lau|nhanh nhat|lay lien|lay ngay)\b/g,
  },
  {
    value: 'where',
    pattern:
      /\b(?:o dau|tai dau|cho nao|noi nao|noi nop|nop (?:o |tai )?dau|den dau|di dau|ra dau|lam dau|dau nop|co quan nao|dia diem|o cho nao|cap nao)\b/g,
  },
  {
    value: 'online',
    pattern:
      /\b(?:online|onl|truc tuyen|qua mang|tren mang|qua (?:ung dung )?vneid|tren (?:ung dung )?vneid|cong dich vu cong|dich vu cong(?: quoc gia)?|(?:lam|nop) tai nha|toan trinh)\b/g,
  },
  {
    value: 'forms',
    pattern:
      /\b(?:mau don|mau to khai|to khai(?! hai quan| thue)|bieu mau|don mau|don xin|mau giay|mau nao|mau gi|mau so|file mau|mau ct ?\d+|mau don tu|lay mau don|tai mau)\b/g,
  },
  {
    value: 'documents',
    pattern:
      /\b(?:giay to(?: gi| nao| can thiet)?|thanh phan ho so|ho so (?:gom|bao gom|can|nhung|gi|co nhung|phai co|nhu the nao)|can (?:nhung |cac )?(?:gi|giay(?: to)?(?: gi| nao)?|j)|can (?:phai )?(?:co |mang |dem |nop |chuan bi )+(?:theo )?(?:nhung |cac )?(?:gi|giay|loai|ho so)|chuan bi|gom (?:nhung )?gi|bao gom|mang (?:theo )?(?:nhung )?gi|mang theo|can nhung|nop nhung gi|nop gi|giay gi|nhung giay)\b/g,
  },
  {
    value: 'conditions',
    pattern:
      /\b(?:(?<!du )dieu kien(?= (?:gi|nao|de|nhu|ra|la|can|duoc|nhan|mua|huong|lam|vay|va)|$)|can dieu kien|co du dieu kien (?:khong|de)|co bat buoc|bat buoc (?:khong|phai)|yeu cau gi|ai duoc|doi tuong nao|nhung ai|truong hop nao|co duoc(?: \w+){1,6} khong|duoc phep khong)\b/g,
  },
  {
    value: 'how',
    pattern:
      /\b(?:lam sao|bang cach nao|cach nao|cach (?:lam|nop|dang ky|xin|thuc hien|doi|cap|khai)|nhu the nao|the nao|nhu nao|ra sao|quy trinh|cac buoc|trinh tu|may buoc|lam the nao|(?:phai )?lam gi|huong dan(?! vien)|bat dau tu dau|tien hanh)\b/g,
  },
];

/** Groups on which the case of a procedure may depend. */
const PERSON_PATTERNS: readonly Pattern<string>[] = [
  {
    value: 'child',
    pattern:
      /\b(?:tre em|em be|tre (?:nho|so sinh|duoi \d+ tuoi)|duoi (?:6|14|16|18) tuoi|so sinh|cho be|con nho|chau be|be (?:\d+ )?(?:tuoi|thang))\b/g,
  },
  {
    value: 'foreigner',
    pattern:
      /\b(?:nguoi nuoc ngoai|nuoc ngoai|viet kieu|nguoi tay|khach tay|nguoi (?:han quoc|trung quoc|dai loan|my|nhat|lao|campuchia))\b/g,
  },
  { value: 'deceased', pattern: /\b(?:da mat|qua doi|da chet|moi mat|nguoi chet|nguoi mat)\b/g },
  { value: 'disabled', pattern: /\b(?:khuyet tat|tan tat)\b/g },
  { value: 'elderly', pattern: /\b(?:nguoi cao tuoi|nguoi gia|tren (?:70|75|80) tuoi|du (?:70|75|80) tuoi)\b/g },
  { value: 'merit', pattern: /\b(?:thuong binh|benh binh|liet si|nguoi co cong|chat doc da cam)\b/g },
  { value: 'poor', pattern: /\b(?:ho ngheo|can ngheo)\b/g },
  { value: 'business', pattern: /\b(?:doanh nghiep|cong ty|ho kinh doanh)\b/g },
  {
    value: 'representative',
    pattern: /\b(?:uy quyen|nop thay|lam thay|nop ho(?! so)|lam ho(?! so| khau| chieu| kinh)|di thay|nhan thay)\b/g,
  },
];

export function findAspects(message: string, folded: FoldedText): Entity[] {
  return find(message, folded, ASPECT_PATTERNS, 'aspect');
}

export function findPersons(message: string, folded: FoldedText): Entity[] {
  return find(message, folded, PERSON_PATTERNS, 'person');
}

function find(
  message: string,
  folded: FoldedText,
  patterns: readonly Pattern<string>[],
  type: 'aspect' | 'person',
): Entity[] {
  const found: Entity[] = [];
  for (const { value, pattern, marks } of patterns) {
    for (const match of folded.text.matchAll(pattern)) {
      const word = folded.words[wordAt(folded, match.index)];
      if (marks !== undefined && word !== undefined && word.text !== word.folded && !marks.includes(word.text))
        continue;
      const entity = entityAt(message, folded, match.index, match.index + match[0].length, type, value);
      if (entity !== undefined && !found.some((other) => entity.start < other.end && other.start < entity.end))
        found.push(entity);
    }
  }
  return found;
}
