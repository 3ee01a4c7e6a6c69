// Where a message may fall into several questions: punctuation and conjunctions between its words. Whether it does is parts.ts.
import type { Entity } from './language.js';
import type { Word } from './normalise.js';

/** A run of words between two possible cuts; a conjunction at its head is left out. */
export interface Clause {
  words: readonly Word[];
  /** How clearly the writer starts something new here: a comma or "và" hardly, "với lại", "?" or a new line plainly. */
  cut: 'none' | 'weak' | 'plain';
}

// A message in more pieces than this tells a story.
const MOST_CLAUSES = 10;

// Folded; the longest comes first, so that "voi lai cho hoi luon" is taken whole.
const PLAIN_CONJUNCTION = new RegExp(
  `^(?:(?:${[
    'voi lai(?: con)?',
    'va lai',
    'ngoai ra(?: thi)?',
    'them nua(?: la)?',
    'tien the',
    'tien day',
    'nhan tien',
    'luon tien',
    'san tien',
    'san day',
    'san(?= (?:cho|xin|hoi|em|toi|minh|con) )',
    'dong thoi',
    'ben canh do',
    'mot (?:viec|cau|chuyen|van de|y) nua(?: la)?',
    'con mot (?:viec|cau|chuyen|van de|y) nua(?: la)?',
    'con (?:viec|chuyen|cai|phan|vu) (?=\\w)',
    'a ma',
    '(?:(?:va|roi|voi|thi|cung|con|a|luon) )?(?:cho|xin)(?: (?:em|toi|minh|con|chau|tui|anh|chi|e))? hoi (?:them|luon|nua)(?: (?:la|voi|ve|luon|nua|cau nua|viec nua))?',
    '(?:em|toi|minh|con|chau|tui|anh|chi) (?:cung )?(?:muon )?hoi (?:them|luon)(?: (?:la|voi|ve|luon|nua))?',
    'hoi (?:them|luon|nua)(?: (?:la|voi|ve))?',
  ].join('|')})(?: |$))+`,
);
const SECOND_GREETING =
  /^(?:va|roi|con|voi|thi|a|dong thoi)?(?: )?(?:cho|xin)(?: (?:em|toi|minh|con|chau|tui|anh|chi))? (?:hoi|xin) /;
// Two questions without a mark between them: one has ended here, and another begins.
const ENDED =
  / (?:toi dau|den dau|xong chua|co chua|duoc khong|duoc ko|bao nhieu tien|bao nhieu|bao lau|o dau|may ngay|can gi|giay to gi|nhung gi|the nao|lam sao|khi nao|may gio|gi)(?: (?:roi|vay|a|nhi|the|ha))*$/;
const BEGINS =
  /^(?:(?:em|toi|minh|con|chau|tui) )?(?:muon|dang ky|xin(?! loi)|lam(?! (?:o|luc|trong|duoc|ho so|thu tuc|giay to|gi|sao|the nao|qua|online)(?: |$))|cap lai|doi|sua|so dien thoai|sdt|dia chi|dat lich|thu tuc(?! (?:nay|do|gi|the))|ho so (?:cua )?(?:em|toi|minh)|dang nhap|phan anh|gop y)(?: |$)/;
const LONGEST_END = 5;
// With marks only the conjunction itself; "con" without marks is mostly a child.
const WEAK_CONJUNCTION = new Set(['và', 'va', 'còn', 'rồi', 'roi', 'với', 'voi']);
const UNMARKED_CON = /^con (?:thu tuc|ho so|lam|muon|nop|dang ky|phi|le phi|doi|xin|cap|viec|phan|cai)\b/;
const LONGEST_CONJUNCTION = 9;

/** The clauses of a message, in order. One clause: nothing to cut. */
export function clausesOf(message: string, words: readonly Word[], entities: readonly Entity[]): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  let cut: Clause['cut'] = 'none';
  for (let at = 0; at < words.length; ) {
    const { strength, skip } = cutBefore(message, words, entities, at);
    if (strength === 'none' || (at === 0 && skip === 0)) {
      at++;
      continue;
    }
    if (at > start) clauses.push({ words: words.slice(start, at), cut });
    cut = clauses.length === 0 ? 'none' : strength;
    start = at + skip;
    at = Math.max(start, at + 1);
  }
  if (start < words.length) clauses.push({ words: words.slice(start), cut });
  return clauses.length > MOST_CLAUSES ? joinWeak(clauses, words) : clauses;
}

interface Cut {
  strength: Clause['cut'];
  /** Words of the conjunction. */
  skip: number;
}

function cutBefore(message: string, words: readonly Word[], entities: readonly Entity[], at: number): Cut {
  const word = words[at];
  const before = words[at - 1];
  if (word === undefined) return { strength: 'none', skip: 0 };
  // Codes and dates hold dots and dashes; an agency holds "và".
  if (before !== undefined && entities.some((one) => one.start < word.start && word.start < one.end))
    return { strength: 'none', skip: 0 };
  const gap = before === undefined ? '' : message.slice(before.end, word.start);
  const rest = followingWords(words, at);
  const conjunction = PLAIN_CONJUNCTION.exec(rest)?.[0].trim();
  if (conjunction !== undefined) return { strength: 'plain', skip: conjunction.split(' ').length };
  const punctuated = /[?\n\r]/.test(gap) ? 'plain' : /[,;!…]|\.(?:\s|$)|\s[-–+/]\s/.test(gap) ? 'weak' : 'none';
  if (at > 0 && SECOND_GREETING.test(`${rest} `)) return { strength: 'plain', skip: 0 };
  const after = words[at + 1];
  // "tới đâu rồi, …": at the end of a clause "rồi" joins nothing.
  const joins =
    at > 0 &&
    after !== undefined &&
    !/[.,;?!\n]/.test(message.slice(word.end, after.start)) &&
    !PLAIN_CONJUNCTION.test(followingWords(words, at + 1)) &&
    (WEAK_CONJUNCTION.has(word.text) || UNMARKED_CON.test(rest))
      ? 1
      : 0;
  // A mark and "còn" together say that something else is meant now.
  if (punctuated !== 'none')
    return { strength: joins > 0 && word.folded === 'con' ? 'plain' : punctuated, skip: joins };
  if (joins > 0) return { strength: 'weak', skip: 1 };
  return at > 2 && BEGINS.test(rest) && ENDED.test(` ${precedingWords(words, at)}`)
    ? { strength: 'weak', skip: 0 }
    : { strength: 'none', skip: 0 };
}

function precedingWords(words: readonly Word[], at: number): string {
  return words
    .slice(Math.max(0, at - LONGEST_END), at)
    .map(({ folded }) => folded)
    .join(' ');
}

function followingWords(words: readonly Word[], at: number): string {
  return words
    .slice(at, at + LONGEST_CONJUNCTION)
    .map(({ folded }) => folded)
    .join(' ');
}

/** Too many pieces: only the plain cuts count, and if those are too many, none. */
function joinWeak(clauses: readonly Clause[], words: readonly Word[]): Clause[] {
  const joined: { words: Word[]; cut: Clause['cut'] }[] = [];
  for (const clause of clauses) {
    const last = joined.at(-1);
    if (last === undefined || clause.cut === 'plain') joined.push({ words: [...clause.words], cut: clause.cut });
    else last.words.push(...clause.words);
  }
  return joined.length > MOST_CLAUSES ? [{ words, cut: 'none' }] : joined;
}
