// Places named with their unit word: "xã Liêu Tú", "p5 q3", "tt Minh Lương". Names alone are places.ts.
import { type Named, placeKey } from './gazetteer.js';
import { ORDINARY_NAMES } from './ordinary-names.js';
import type { PlaceReading } from './place-reading.js';
import { type Mention, ofUnit } from './place-values.js';
import { endsName, isOtherWord, unitAt } from './place-words.js';

export const LONGEST_NAME = 5;
/** Of names that no list knows. */
const LONGEST_UNKNOWN = 4;

/** The place whose unit word stands at `index`; undefined when none starts there. Without a name it is the unit word alone ("tỉnh"). */
export function placeAt(reading: PlaceReading, index: number): Mention | undefined {
  const { words, knowsCommunes } = reading;
  const raw = reading.raw[index] ?? '';
  const unitWord = unitAt(words, index, raw);
  if (unitWord === undefined) return undefined;
  const { unit, length: taken, marked, short } = unitWord;
  if (taken === 0) {
    const number = raw.slice(1);
    // "f1" is also a key on a keyboard and a contact in an epidemic.
    if (raw.startsWith('f') && !/^q/.test(reading.raw[index + 1] ?? '')) return undefined;
    const named = ofUnit(reading.gazetteer.named(placeKey(number)), unit);
    if (knowsCommunes && named.length === 0) return undefined;
    return { first: index, last: index, unit, named, written: `${unit.toLowerCase()} ${number}` };
  }
  const from = index + taken;
  const following = words.slice(from, from + 3).map((word) => word.folded);
  const doubtful = isOtherWord(following.join(' ')) && reading.capital[from] !== true;
  if (doubtful && (!marked || (unit === 'Xã' && following[0] === 'hoi'))) return undefined;
  // "xã, liên hiệp", "tỉnh) (1": what a comma or bracket parts is no name.
  if (/[,;()\n]/.test(reading.message.slice(words[from - 1]?.end, words[from]?.start))) return alone();
  const mention = (last: number, named: readonly Named[]): Mention => ({
    first: index,
    last,
    unit,
    named,
    written: [unit.toLowerCase(), ...reading.typed(from, last - from + 1)].join(' '),
  });
  for (let length = Math.min(LONGEST_NAME, words.length - from); length > 0; length--) {
    const fitting = reading.fitting(from, length);
    const named = ofUnit(fitting.named, unit);
    if (named.length === 0 || (doubtful && (!fitting.exact || length === 1))) continue;
    const single = length === 1 && !/^\d+$/.test(reading.keys[from] ?? '');
    if (single && endsName(words[from]?.text ?? '') && reading.capital[from] !== true) continue;
    if (short && !isWrittenUnit(reading, index, from, length, named, unit)) continue;
    // "phuong an" is mostly a plan (phương án).
    const plan = unit === 'Phường' && reading.keys[from] === 'an';
    if (!marked && !short && (single || plan) && reading.capital[from] !== true && !leadsToUnit(reading, index))
      continue;
    return mention(from + length - 1, named);
  }
  if (short || doubtful) return undefined;
  const last = unknownNameEnd(reading, from);
  // A name that no list knows counts when it is written as one.
  const proper = /^\d{1,2}$/.test(reading.keys[from] ?? '') || reading.capital[from] === true;
  if (last >= from && (proper || !knowsCommunes)) return mention(last, []);
  return alone();

  function alone(): Mention | undefined {
    if (!marked) return undefined;
    return { first: index, last: from - 1, unit, named: [], written: unit.toLowerCase() };
  }
}

/** "p. Vĩnh Lạc", "q 3", "tt Minh Lương": a letter is a unit word before a number, with a dot, or before a known name of that unit. */
function isWrittenUnit(
  { message, words, keys, capital }: PlaceReading,
  index: number,
  from: number,
  length: number,
  named: readonly Named[],
  unit: string,
): boolean {
  const dotted = message[words[index]?.end ?? 0] === '.';
  if (/^\d+$/.test(keys[from] ?? '')) return unit === 'Phường' || unit === 'Quận';
  if (!named.some((one) => one.unit === unit)) return dotted && capital[from] === true;
  return (
    dotted || capital[from] === true || (length > 1 && !ORDINARY_NAMES.has(keys.slice(from, from + length).join(' ')))
  );
}

/** "ubnd xa ba": an office before the unit word says that a name follows. */
function leadsToUnit({ words }: PlaceReading, index: number): boolean {
  return /^(?:dan|an|tai|o)$/.test(words[index - 1]?.folded ?? '');
}

function unknownNameEnd({ words, capital }: PlaceReading, from: number): number {
  let last = from - 1;
  for (let index = from; index < words.length && index < from + LONGEST_UNKNOWN; index++) {
    const word = words[index];
    if (word === undefined || endsName(word.text)) break;
    // A name begun with a capital goes on with capitals.
    if (index > from && capital[from] === true && capital[index] !== true && !/^\d/.test(word.text)) break;
    // "nam 2025" typed without marks is a year, "Quảng Nam" a name.
    if (word.text === 'nam' && /^\d/.test(words[index + 1]?.folded ?? '')) break;
    last = index;
    // A number closes a name: "phường 1", "xã Gia Hòa 2".
    if (/^\d{1,2}$/.test(word.folded)) break;
  }
  return last;
}
