// Short answers: the words that work anywhere, and picking one of the choices last shown by number or by title.
import type { Choice } from './flow.js';
import { plainWords } from './heard.js';

export type GlobalWord = 'menu' | 'back' | 'cancel' | 'staff' | 'quiet';

/** Folded; a message counts only when it is nothing but these words. */
const GLOBAL_WORDS: Readonly<Record<GlobalWord, readonly string[]>> = {
  menu: [
    'menu',
    'me nu',
    'mennu',
    'trang chu',
    've menu',
    'xem menu',
    've dau',
    'bat dau',
    'bat dau lai',
    'menu chinh',
    'trinh don',
  ],
  back: [
    'quay lai',
    'tro lai',
    'back',
    'lui lai',
    'quay ve',
    'tro ve',
    'quay lai di',
    'quay lai truoc',
    'quay lai buoc truoc',
    'ql',
  ],
  cancel: [
    'huy',
    'huy bo',
    'huy di',
    'cancel',
    'dung lai',
    'thoat',
    'thoi khong lam nua',
    'khong lam nua',
    'huy het',
    'thoi',
    'thoi khoi',
  ],
  quiet: [
    'ngung nhan tin',
    'ngung nhan thong bao',
    'ngung thong bao',
    'ngung nhan tin nhan',
    'dung nhan tin nua',
    'dung nhan tin',
    'dung gui tin',
    'dung gui tin nua',
    'huy nhan tin',
    'huy nhan thong bao',
    'tat thong bao',
    'khong nhan tin nua',
    'stop',
    'unsubscribe',
  ],
  staff: [
    'gap can bo',
    'gap cb',
    'gap nhan vien',
    'gap nguoi that',
    'gap tong dai',
    'noi chuyen voi can bo',
    'cho gap can bo',
    'cho toi gap can bo',
    'gap tong dai vien',
    'gap tu van vien',
  ],
};

const BY_WORD = new Map(
  (Object.keys(GLOBAL_WORDS) as GlobalWord[]).flatMap((word) =>
    GLOBAL_WORDS[word].map((said) => [said, word] as const),
  ),
);

const POLITE_TAIL = /( (a|nhe|nha|di|voi|ban|em|ad|admin|luon|giup|giup toi|giup em|cai))+$/;

function withoutTail(plain: string): string {
  return plain.replace(POLITE_TAIL, '');
}

/** The global word that this message is, if it is one. Takes `Heard.plain`. */
export function globalWord(plain: string): GlobalWord | undefined {
  return BY_WORD.get(plain) ?? BY_WORD.get(withoutTail(plain));
}

const COUNTED = new Map([
  ['mot', 1],
  ['nhat', 1],
  ['dau', 1],
  ['dau tien', 1],
  ['hai', 2],
  ['nhi', 2],
  ['ba', 3],
  ['bon', 4],
  ['tu', 4],
  ['nam', 5],
  ['sau', 6],
  ['bay', 7],
  ['tam', 8],
  ['chin', 9],
  ['muoi', 10],
]);
const NUMBERED =
  /^(?:(?:chon|so|cai|thu|muc|y|dong|truong hop|th|thu tuc|phuong an|dap an|o|nut|lay|em|toi|minh|to|a) ?)*(\d{1,2})$/;
const NAMED = /^(?:chon )?(?:(?:so|cai|muc|y|dong|truong hop|th|thu tuc|phuong an)(?: thu| so)?|thu) ([a-z ]{2,9})$/;

/** "2", "so 2", "cái thứ 2", "trường hợp hai", "cái đầu tiên" → its number; "cái cuối" → 0, the last. Takes `Heard.plain`. */
export function spokenNumber(plain: string): number | undefined {
  const said = withoutTail(plain);
  const digits = NUMBERED.exec(said)?.[1];
  if (digits !== undefined) return Number(digits);
  const word = NAMED.exec(said)?.[1] ?? (/^(dau tien|cuoi cung)$/.test(said) ? said : undefined);
  if (word === undefined) return undefined;
  return /^cuoi/.test(word) ? 0 : COUNTED.get(word);
}

export type Picked = { picked: Choice } | 'out-of-range' | undefined;

/** Which of the choices the message means. A title may be typed in full or by an unambiguous beginning of two words or more. */
export function pick(plain: string, choices: readonly Choice[]): Picked {
  if (choices.length === 0 || plain === '') return undefined;
  const number = spokenNumber(plain);
  if (number !== undefined) {
    const picked = number === 0 ? choices.at(-1) : choices[number - 1];
    return picked === undefined ? 'out-of-range' : { picked };
  }
  const said = withoutTail(plain);
  const names = choices.map((one) => [plainWords(one.title), plainWords(one.name ?? one.title)]);
  const same = choices.find((_one, i) => names[i]?.includes(said) || names[i]?.includes(plain));
  if (same !== undefined) return { picked: same };
  if (!said.includes(' ')) return undefined;
  const begun = choices.filter((_one, i) => names[i]?.some((name) => name.startsWith(`${said} `)));
  return begun.length === 1 && begun[0] !== undefined ? { picked: begun[0] } : undefined;
}
