// Where the words of a query stand in a text, whatever the marks on their letters. Pure.
import { folded } from '../../parts/format.js';

export interface Part {
  part: string;
  hit: boolean;
  /** Of its first letter in the text. */
  at: number;
}

/** The parts joined are the text again (in NFC). */
export function markedParts(text: string, query: string): Part[] {
  const letters = [...text.normalize('NFC')];
  // One folded letter each, so that places agree; what folds to nothing or to more stays as it is.
  const plain = letters.map((letter) => {
    const one = folded(letter);
    return one.length === 1 ? one : letter;
  });
  const line = plain.map((letter) => letter.charAt(0)).join('');
  const hits = new Array<boolean>(letters.length).fill(false);
  for (const word of folded(query).split(/\s+/).filter(Boolean)) {
    for (let at = line.indexOf(word); at >= 0; at = line.indexOf(word, at + word.length)) {
      hits.fill(true, at, at + word.length);
    }
  }
  const parts: Part[] = [];
  for (const [at, letter] of letters.entries()) {
    const last = parts.at(-1);
    const hit = hits[at] === true;
    if (last !== undefined && last.hit === hit) last.part += letter;
    else parts.push({ part: letter, hit, at });
  }
  return parts;
}
