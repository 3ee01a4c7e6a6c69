// What citizens write instead of tapping a face: "rất hài lòng", "tệ quá", "4 sao", "9/10", "👍". Pure.
import { fold } from '../../language/fold.js';
import type { Intent } from '../../language/language.js';
import { type Heard, plainWords } from '../heard.js';

export type Score = 1 | 2 | 3 | 4 | 5;

export function readScore(text: string | undefined): Score | undefined {
  return text !== undefined && /^[1-5]$/.test(text) ? (Number(text) as Score) : undefined;
}

/** Folded, whole; the longest opinion first where one holds another. */
const OPINIONS: readonly [Score, RegExp][] = [
  [
    1,
    /^(?:(?:rat|qua|cuc ky?|hoan toan|vo cung) (?:khong hai long|that vong|te|kem|do|toi|chan|buc(?: minh|boi)?)|(?:te|kem|do|chan|that vong) (?:qua|lam|hai|kinh khung)|that vong|kinh khung|te hai|toi te|qua dang)$/,
  ],
  [
    2,
    /^(?:(?:khong|ko|k|chua|chang) (?:duoc |dc )?(?:hai long|tot|on|ok|vua long|vua y|ung)(?: lam| cho lam)?|te|kem|do|toi|chan|hoi (?:te|kem|chan|buon)|buon)$/,
  ],
  [
    3,
    /^(?:(?:rat |cung )?binh thuong|bt|tam|tam duoc|tam on|tam tam|cung duoc|cung tam|trung binh|chap nhan duoc|(?:khong|ko|k) (?:te|kem)(?: lam)?)$/,
  ],
  [
    5,
    /^(?:(?:rat|qua|cuc ky?|hoan toan|vo cung|sieu|that) (?:hai long|tot|tuyet(?: voi)?|ok|on|vui|ung|hay|nhiet tinh|duoc)|(?:tot|hai long|tuyet|ok|ung) (?:qua|lam|het y)|tuyet(?: voi| cu meo| vời)?|xuat sac|hoan hao|perfect|10 diem|muoi diem)$/,
  ],
  [
    4,
    /^(?:hai long|tot|kha(?: tot| on| hai long)?|on|on ap|on roi|ok|oke|oki|okie|duoc|duoc roi|dc|vui|ung y|cung (?:tot|hai long)|vua y|nhiet tinh)$/,
  ],
];

/** Signs alone: the first one that says something counts. */
const SIGNS: readonly [Score, RegExp][] = [
  [5, /^(?:😍|🥰|❤️?|♥️?|💯|😄|😁|🤩|😘|💖|💕|😊)/u],
  [1, /^(?:😡|🤬|😠|💩|😞|😭)/u],
  [4, /^(?:👍|🙂|👌|👏|😀|☺️?|😃|:\)|=\)|:D)/u],
  [3, /^(?:😐|😑|😶)/u],
  [2, /^(?:👎|🙁|☹️?|😕|😟|😔|😢|:\()/u],
];

const COUNTED: Readonly<Record<string, number>> = { mot: 1, hai: 2, ba: 3, bon: 4, tu: 4, nam: 5 };
const STARS = /(?:^| )(\d{1,2}|mot|hai|ba|bon|tu|nam) ?(?:sao|diem|star|stars|\*)(?: |$)/;
const OF_TEN = /(?:^|\s)(\d{1,2}) ?\/ ?(5|10)(?=\s|$|[.,!])/;
const STAR_SIGNS = /^(?:⭐️?|★|\*){1,5}$/u;

const LEAD =
  /^(?:(?:toi|em|minh|chau|con|tui|to|cho|xin|muon|thay|danh gia|cham|duoc|la|voi|rate|vote|ban|admin|ad|da|vang|um|uh|uhm|noi chung|nhin chung|chung toi) )+/;
const TAIL = /(?: (?:a|nhe|nha|ne|luon|roi|thoi|do|day|em|ad|admin|ban|nghe|cam on(?: \w+){0,3}|ca|that|lun|vay))+$/;

function ofFive(value: number): Score | undefined {
  return Number.isInteger(value) && value >= 1 && value <= 5 ? (value as Score) : undefined;
}

/** Ten points and what is over five are read as points of ten. */
function points(value: number, most = value > 5 ? 10 : 5): Score | undefined {
  if (value > most || value < 0) return undefined;
  return most === 5 ? ofFive(value) : ofFive(Math.max(1, Math.round(value / 2)));
}

/** The stars or points in a text, whatever else it says. */
export function starsIn(text: string): Score | undefined {
  const folded = fold(text);
  const [, of, most] = OF_TEN.exec(folded) ?? [];
  if (of !== undefined) return points(Number(of), Number(most));
  const said = STARS.exec(plainWords(text))?.[1];
  return said === undefined ? undefined : points(COUNTED[said] ?? Number(said));
}

function opinion(plain: string): Score | undefined {
  const bare = plain.replace(TAIL, '').replace(LEAD, '');
  return OPINIONS.find(([, words]) => words.test(plain) || words.test(bare))?.[0];
}

/**
 * The score that a whole message says, with what follows the opinion as a comment: "tệ quá, chờ cả buổi". Undefined when it
 * says none, or more than that.
 */
export function scoreIn(text: string): { score: Score; comment?: string } | undefined {
  const said = text.trim();
  if (STAR_SIGNS.test(said)) {
    const score = ofFive([...said.replaceAll('\uFE0F', '')].length);
    if (score !== undefined) return { score };
  }
  const sign = SIGNS.find(([, signs]) => signs.test(said));
  const plain = plainWords(said);
  if (sign !== undefined && (plain === '' || /^d$/.test(plain))) return { score: sign[0] };
  if (/^[1-5]$/.test(plain)) return { score: Number(plain) as Score };
  const whole = opinion(plain);
  if (whole !== undefined) return { score: whole };
  if (plain.split(' ').length <= 6) {
    const stars = starsIn(said);
    if (stars !== undefined) return { score: stars };
  }
  const [head = '', ...rest] = said.split(/[,.;:!\n–-]+/u);
  const comment = rest.join(' ').trim();
  const first = comment === '' ? undefined : (opinion(plainWords(head)) ?? starsIn(head));
  return first === undefined ? undefined : { score: first, comment: said };
}

/** Folded: no more of it. */
export const SKIPS =
  /^(?:bo qua(?: het| di)?|khong|ko|k|khong co(?: gi)?|ko co gi|k co gi|khong (?:can|danh gia nua)|thoi|het roi|xong|xong roi|khong a|da khong|khong cam on|duoc roi|skip|the thoi|vay thoi)(?: (?:a|nhe|nha|cam on|ban))*$/;

/**
 * Told to tell how it was, people name papers, offices and fees; a question or a call for something else is still heard.
 * `later`: the question for it was long ago, so that naming a paper is a new matter.
 */
export function asksElse({ meaning: { certain, intent }, plain, text }: Heard, later = false): boolean {
  if (!certain) return false;
  return (
    ELSEWHERE.has(intent) ||
    (later && !ACCOUNTS.has(intent)) ||
    (text.includes('?') && !ACCOUNTS.has(intent)) ||
    (!ACCOUNTS.has(intent) && QUESTION.test(plain))
  );
}

const ELSEWHERE: ReadonlySet<Intent> = new Set<Intent>([
  'emergency',
  'staff.request',
  'privacy.request',
  'notify.unsubscribe',
]);
const ACCOUNTS: ReadonlySet<Intent> = new Set<Intent>([
  'none',
  'rating.give',
  'feedback.send',
  'insult',
  'thanks',
  'affirm',
  'deny',
]);
/** Folded. */
const QUESTION = /\b(?:gi|o dau|bao nhieu|bao lau|khi nao|the nao|lam sao|nhu nao)\b|\b(?:khong|ko|chua|sao|nao|dau)$/;
