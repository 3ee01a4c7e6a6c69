// How else a citizen might have typed an example: without diacritics, chat spelling, slips. Repeatable: the seed decides.
import { fold } from '../fold.js';

/** A small generator (mulberry32): training must give the same model every time. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const CHAT: Record<string, readonly string[]> = {
  không: ['ko', 'k', 'hok', 'kh'],
  được: ['dc', 'đc', 'đk'],
  gì: ['j', 'ji'],
  giấy: ['giay', 'giây'],
  hồ: ['ho'],
  bao: ['bao'],
  nhiêu: ['nhiu', 'nhiêu'],
  em: ['e'],
  tôi: ['t', 'tui'],
  mình: ['mk', 'mik'],
  bạn: ['b', 'bn'],
  anh: ['a'],
  chị: ['c'],
  vậy: ['z', 'v'],
  làm: ['lm'],
  với: ['vs'],
  rồi: ['r', 'rùi'],
  biết: ['bik', 'bit'],
  muốn: ['mún', 'mun'],
  thế: ['thế'],
  người: ['ng'],
  đăng: ['đăg', 'dang'],
  cho: ['cho', 'choo'],
  cán: ['cán'],
};

export function stripped(text: string): string {
  return fold(text);
}

export function chatSpelled(text: string, random: () => number): string {
  return text
    .replace(/hồ sơ/g, random() < 0.5 ? 'hs' : 'hso')
    .replace(/số điện thoại/g, 'sđt')
    .split(' ')
    .map((word) => {
      const others = CHAT[word.toLowerCase()];
      return others === undefined ? word : (others[Math.floor(random() * others.length)] ?? word);
    })
    .join(' ');
}

/** One slip in about every third word: letters swapped, dropped, doubled, or the word beside glued on. */
export function mistyped(text: string, random: () => number): string {
  const words = text.split(' ').map((word) => {
    if (word.length < 3 || random() > 0.34) return word;
    const at = 1 + Math.floor(random() * (word.length - 2));
    const kind = random();
    if (kind < 0.4) return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
    if (kind < 0.7) return word.slice(0, at) + word.slice(at + 1);
    return word.slice(0, at) + (word[at] ?? '') + word.slice(at);
  });
  const joint = Math.floor(random() * words.length);
  return words.length > 2 && random() < 0.3
    ? [...words.slice(0, joint), words.slice(joint, joint + 2).join(''), ...words.slice(joint + 2)].join(' ')
    : words.join(' ');
}
