// For whom something is asked, where a case of a procedure may depend on it: ages, citizenship, trades, family. Patterns over folded words.
import type { Entity } from '../language.js';
import type { FoldedText } from './folded-text.js';
import { findPatterns, type WordPattern } from './word-patterns.js';

/**
 * `child` where no age is known. Under 6 health insurance is free, under 14 the identity card has its own procedure, under 16 parents
 * sign; `elderly` from 60 (Luật Người cao tuổi 2009, Điều 2).
 */
export type PersonGroup =
  | 'newborn'
  | 'child-under-6'
  | 'child-under-14'
  | 'child-under-16'
  | 'child-under-18'
  | 'child'
  | 'elderly'
  | 'overseas'
  | 'foreigner'
  | 'deceased'
  | 'disabled'
  | 'merit'
  | 'poor'
  | 'military'
  | 'student'
  | 'worker'
  | 'household-business'
  | 'business'
  | 'organisation'
  | 'representative'
  | 'spouse';

const CHILD_AGES = [6, 14, 16, 18] as const;
const ELDERLY = 60;
const OLDEST = 130;

function groupOfAge(age: number): PersonGroup | undefined {
  if (age >= ELDERLY && age <= OLDEST) return 'elderly';
  const limit = CHILD_AGES.find((one) => age < one);
  return limit === undefined ? undefined : `child-under-${limit}`;
}

/** "dưới 14 tuổi", "trên 75 tuổi", "5 tuổi". "Từ 14 tuổi trở lên" names no child. */
function ofYears(match: RegExpExecArray): PersonGroup | undefined {
  const age = Number(match[2]);
  if (match[1] === 'duoi') return groupOfAge(age - 1);
  if (match[1] === 'tren' || match[1] === 'tu') return age >= ELDERLY ? 'elderly' : undefined;
  return groupOfAge(age);
}

const CHILD = '(?:con|be|chau|em be|tre|nhoc|cu ti)';
const KIN = '(?:con|be|chau|em be|tre|nhoc|bo|me|cha|ma|ba|ong|cu|noi|ngoai|vo|chong|anh|chi|nguoi|toi|minh|em)';
const OF = '(?: (?:toi|em|minh|cua|trai|gai|nha|chong|vo|ngoai|noi|dau|ut|thu|be|chau|nay|moi|duoc|da|hon|gan|la))';

const PERSONS: readonly WordPattern<PersonGroup>[] = [
  {
    value: ofYears,
    pattern: new RegExp(`\\b(?:${KIN}${OF}{0,3} )?(?:(duoi|tren|tu|du|tron) )?(?:du )?(\\d{1,3}) tuoi\\b`, 'g'),
  },
  {
    value: (match) => (match[2] !== 'thang' || Number(match[1]) <= 1 ? 'newborn' : ofMonths(Number(match[1]))),
    pattern: new RegExp(
      `\\b${CHILD}${OF}{0,3} (\\d{1,2}) (thang|tuan|ngay)(?: tuoi)?\\b(?! (?:nua|truoc|sau|qua|nay|lam))`,
      'g',
    ),
  },
  {
    value: (match) => ofMonths(Number(match[1])),
    pattern: /\b(\d{1,2}) thang tuoi\b/g,
  },
  {
    value: 'newborn',
    pattern:
      /\b(?:so sinh|(?:con|be|chau|tre)(?: \w+)? (?:moi|vua) (?:sinh|de)|(?:moi|vua) (?:sinh|de) (?:con|be|em be))\b/g,
  },
  {
    value: 'overseas',
    pattern:
      /\b(?:viet kieu|kieu bao|nguoi viet(?: nam)? (?:dinh cu )?(?:o|tai) nuoc ngoai|(?:dang|song|dinh cu|lam viec|cu tru)(?: dinh cu| song)?(?: o| tai| ben)? nuoc ngoai)\b/g,
  },
  {
    value: 'foreigner',
    pattern:
      /\b(?:(?:nguoi|chong|vo|khach|cong dan|voi|lay|lao dong|chuyen gia|yeu to|con|quoc tich|nha dau tu) (?:la )?(?:nguoi )?nuoc ngoai|nguoi tay|khach tay|(?:nguoi|chong|vo|quoc tich) (?:han quoc|han|trung quoc|dai loan|my|nhat|lao|campuchia|phap|duc|uc|anh quoc))\b/g,
  },
  {
    value: 'deceased',
    pattern:
      /\b(?:qua doi|da chet|nguoi chet|nguoi (?:da )?mat|tu vong|da khuat|(?:bo|me|cha|ma|ba|ong|cu|noi|ngoai|vo|chong)(?: (?:toi|em|minh|noi|ngoai|chong|vo))? (?:(?:da|moi|vua|bi) )?(?:mat|chet)(?! (?:giay|the|so|bang|cccd|cmnd|ho|can|dien|tien|xe|bao|may|nhieu|bien|ca|sim|hoc)))\b/g,
    typed: /(?:mất|mat|chết|chet|khuất|khuat|qua|vong)/,
  },
  { value: 'disabled', pattern: /\b(?:khuyet tat|tan tat)\b/g },
  {
    value: 'elderly',
    pattern: /(?<!hoi )\b(?:nguoi cao tuoi|nguoi gia|cu ong|cu ba|tuoi cao)\b/g,
    typed: /^(?!củ|cũ)/,
  },
  {
    value: 'merit',
    pattern: /\b(?:thuong binh|benh binh|liet si|nguoi co cong|chat doc da cam|me viet nam anh hung)\b/g,
  },
  { value: 'poor', pattern: /\b(?:ho ngheo|can ngheo)\b/g },
  {
    value: 'military',
    pattern: /\b(?:bo doi|quan nhan|si quan|chien si|ha si quan|cong an vien|luc luong vu trang|linh nghia vu)\b/g,
  },
  { value: 'student', pattern: /\b(?:hoc sinh|sinh vien|hoc vien)\b/g },
  { value: 'worker', pattern: /\bnguoi lao dong\b/g },
  // "công nhận" (to recognise) folds to the same letters.
  { value: 'worker', pattern: /\bcong nhan\b/g, typed: /^công nhân$/ },
  { value: 'household-business', pattern: /\b(?:ho kinh doanh|ho ca the|kinh doanh ca the)\b/g },
  { value: 'business', pattern: /\b(?:doanh nghiep|cong ty)\b/g },
  {
    value: 'organisation',
    pattern:
      /\b(?:hop tac xa|htx|to chuc(?= (?:nuoc ngoai|kinh te|xa hoi|phi chinh phu|ton giao|chinh tri|tin dung))|(?<=(?:cua|la|cho|mot) )to chuc|hiep hoi)\b/g,
  },
  {
    value: 'representative',
    pattern:
      /\b(?:(?:duoc |giay )?uy quyen|nop thay|lam thay|nop ho(?! so)|lam ho(?! so| khau| chieu| kinh)|lam dum|nop dum|lam giup|nop giup|di thay|nhan thay|lay thay|lay ho)\b/g,
  },
  {
    value: 'spouse',
    pattern: /\b(?:vo chong|(?:vo|chong) (?:toi|em|minh|cu|sap cuoi|chua cuoi)|(?:cho|voi|cua|ten) (?:vo|chong))\b/g,
    typed: /(?:^|\s)(?:vợ|vo|chồng|chong)(?:\s|$)/,
  },
  {
    value: 'child',
    pattern:
      /\b(?:tre em|em be|tre (?:nho|con)|cho be|con nho|chau be|be (?:trai|gai|nha)|cho con(?= |$)(?! (?:bu|dau|nop|lam|di|nhan|lay|ky|thay)))\b/g,
    typed: /^(?!chợ|chó)/,
  },
];

function ofMonths(months: number): PersonGroup | undefined {
  return months <= 1 ? 'newborn' : groupOfAge(Math.floor(months / 12));
}

export function findPersons(message: string, folded: FoldedText): Entity[] {
  return findPatterns(message, folded, PERSONS, 'person');
}
