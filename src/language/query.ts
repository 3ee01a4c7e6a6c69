// What remains of a message for the procedure search once greetings, politeness, question words and recognised figures are taken away.
import type { Entity, EntityType } from './language.js';
import type { Word } from './normalise.js';

const NOT_SEARCHED = new Set<EntityType>([
  'procedure-code',
  'dossier-code',
  'dossier-code-partial',
  'phone',
  'id-number',
  'email',
  'date',
  'month',
  'period',
  'place',
]);
// These aspects' words also name procedures ("tờ khai hải quan", "định danh VNeID"), so they stay when they stand alone.
const KEPT_ASPECTS = new Set(['forms', 'online']);

// Folded, of several words each, so that no single word of a procedure's name is taken for another.
const FILLER = new RegExp(
  `^(?:${[
    'xin chao|(?:cho|xin)(?: phep)?(?: (?:em|toi|minh|con|chau|anh|chi))? hoi(?: (?:chut|ti|xiu|voi|ve))?',
    '(?:em|toi|minh|con|chau|anh|chi|nha em) (?:muon|can|dinh|phai)(?: (?:hoi|biet|tim hieu))?(?: ve)?',
    '(?:tim|tra cuu|xem|hoi)(?: thong tin)?(?: ve)?(?: cac)? thu tuc|(?:lam )?thu tuc(?: hanh chinh)?|thong tin ve',
    '(?:huong dan|tu van|giup|chi) (?:em|toi|minh|giup|cho)(?: voi)?',
    '(?:thi )?(?:co )?duoc (?:khong|ko)|(?:thi )?(?:phai |can )?lam (?:nhung )?gi|bao nhieu(?: tien)?|nhung gi|nhu the nao|the nao|ra sao|lam sao|thi sao|o dau|khi nao|bao gio|bao lau|may ngay',
    '(?:ban|ad|admin|bot|anh|chi|em|shop|co|chu|bac) oi',
  ].join('|')})(?: |$)`,
);
// Single words, with their marks; without marks only those that fold from nothing else in procedures' names.
const FILLER_WORDS = new Set(
  (
    'chào alo dạ vâng ạ nhé vậy thế với rồi ơi em tôi mình là về sẽ thì mà nếu khi và muốn cần phải gồm hỏi giúp nhỉ ' +
    'a oi em toi minh ad admin bot nhe la thi muon chao'
  ).split(' '),
);

// What a place or date leaves behind when it is taken away: "đăng ký tạm trú ở [Cần Thơ]".
const LEADS_NOWHERE = new Set(['ở', 'tại', 'tai', 'vào', 'vao', 'trong', 'của', 'cua', 'hồi', 'hoi', 'từ', 'ngày']);

/** Words in their clean spelling, diacritics kept. Empty when the message names no procedure ("phí bao nhiêu vậy ạ?"). */
export function searchQuery(words: readonly Word[], entities: readonly Entity[]): string {
  const covers = entities.filter(
    (entity) => NOT_SEARCHED.has(entity.type) || (entity.type === 'aspect' && !KEPT_ASPECTS.has(entity.value)),
  );
  const left = words.filter((word) => !covers.some((entity) => word.start < entity.end && entity.start < word.end));
  const kept: string[] = [];
  // A procedure's code is searched as a code, not as the two numbers that its dot separates.
  const codes = entities.filter((entity) => entity.type === 'procedure-code');
  for (let at = 0; at < left.length; ) {
    const rest = left
      .slice(at, at + 8)
      .map((word) => word.folded)
      .join(' ');
    const filler = FILLER.exec(rest)?.[0].trim();
    if (filler === undefined) {
      const word = left[at];
      if (word !== undefined && !FILLER_WORDS.has(word.text) && !FILLER_WORDS.has(word.restored))
        kept.push(word.restored);
      at++;
    } else at += filler.split(' ').length;
  }
  while (LEADS_NOWHERE.has(kept.at(-1) ?? '')) kept.pop();
  return [...codes.map((entity) => entity.value), ...kept].join(' ');
}
