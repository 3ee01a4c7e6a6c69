// Which words of a message name a place: a unit word with a name ("xã Liêu Tú", "p5 q3"), a province alone, a commune or former district
// alone where the words around it say so. What the names stand for is the gazetteer's, what the value looks like place-values.ts.
import type { Entity } from '../language.js';
import { type Named, placeKey } from './gazetteer.js';
import { ORDINARY_NAMES } from './ordinary-names.js';
import type { PlaceReading } from './place-reading.js';
import { type Mention, nameOf, narrowed, ofUnit, placeValue } from './place-values.js';
import {
  endsName,
  isOtherWord,
  leadsToPlace,
  leadsToProvince,
  NOT_THE_PROVINCE,
  namesOther,
  ORDINARY_MARKED,
  ORDINARY_PROVINCES,
  unitAt,
} from './place-words.js';
import { PROVINCES } from './provinces.js';

const LONGEST_NAME = 5;
/** A message that names more is no question; what follows is left alone. */
const MOST_PLACES = 12;
/** Of names that no list knows. */
const LONGEST_UNKNOWN = 4;

/** First syllables of provinces' names: most words of a message are none. */
const PROVINCE_STARTS = new Set(
  PROVINCES.flatMap(({ name, known }) => [name, ...known]).map((name) => placeKey(name).split(' ')[0] ?? ''),
);

/** The place whose unit word stands at `index`; undefined when none starts there. Without a name it is the unit word alone ("tỉnh"). */
function placeAt(reading: PlaceReading, index: number): Mention | undefined {
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

function provinceAt(reading: PlaceReading, index: number): Mention | undefined {
  if (!PROVINCE_STARTS.has(reading.keys[index] ?? '')) return undefined;
  const { words } = reading;
  for (let length = Math.min(LONGEST_NAME, words.length - index); length > 0; length--) {
    const key = reading.key(index, length);
    const fitting = reading.fitting(index, length);
    const named = fitting.named.filter((one) => one.kind === 'province');
    if (named.length === 0) continue;
    const before = words[index - 1];
    const after = words[index + length];
    const not = NOT_THE_PROVINCE[key];
    if (not?.before?.test(before?.folded ?? '') === true || not?.after?.test(after?.folded ?? '') === true)
      return undefined;
    const typed = reading.typed(index, length).join(' ');
    const marked = typed !== key;
    const ordinary = marked ? ORDINARY_MARKED.has(typed) : ORDINARY_PROVINCES.has(key);
    const alone = length === words.length && !ORDINARY_MARKED.has(named[0]?.name.toLowerCase() ?? '');
    if (ordinary && !alone && !leadsToProvince(before?.text) && !reading.allCapital(index, length)) return undefined;
    return { first: index, last: index + length - 1, unit: undefined, named, written: typed };
  }
  return undefined;
}

/** The mentions that end right before a word and start right at one. */
interface Beside {
  before(word: number): Mention | undefined;
  after(word: number): Mention | undefined;
}

/** A commune or former district by its name alone: after "ở", beside its province or district, with capitals and only one of it, or as the whole message. */
function bareAt(reading: PlaceReading, index: number, beside: Beside): Mention | undefined {
  const { words } = reading;
  const before = words[index - 1]?.text;
  const led = leadsToPlace(before);
  const proper = reading.capital[index] === true && !namesOther(before) && reading.capital[index - 1] !== true;
  const smaller = beside.before(index);
  for (let length = Math.min(LONGEST_NAME, words.length - index); length > 1; length--) {
    const alone = length === words.length;
    const larger = beside.after(index + length);
    if (!led && !proper && !alone && larger === undefined && smaller === undefined) continue;
    const { named, exact } = reading.fitting(index, length);
    if (named.length === 0 || named.some((one) => one.kind === 'province')) continue;
    const written = reading.typed(index, length).join(' ');
    const mention = { first: index, last: index + length - 1, unit: undefined, named, written };
    const capitals = reading.allCapital(index, length);
    const district = named.some((one) => one.kind === 'district');
    if (ORDINARY_NAMES.has(reading.key(index, length)) && !capitals) continue;
    if (led || (alone && (capitals || district))) return mention;
    if (larger !== undefined && narrowed(named, larger).length > 0) return mention;
    if (smaller !== undefined && district && narrowed(smaller.named, mention).length > 0) return mention;
    const single = proper && capitals && exact && reading.capital[index + length] !== true;
    if (single && isUnambiguous(named)) return mention;
  }
  return undefined;
}

/** One commune of today, or one former district with what bears its name there. */
function isUnambiguous(named: readonly Named[]): boolean {
  if (new Set(named.flatMap((one) => one.communes)).size === 1) return true;
  return new Set(named.map((one) => one.province)).size === 1 && named.some((one) => one.kind === 'district');
}

/** All places of a message, in order, none overlapping; each already narrowed by the larger places beside it. */
function findMentions(reading: PlaceReading): Mention[] {
  const { words, knowsCommunes } = reading;
  const mentions: Mention[] = [];
  const covered = new Map<number, Mention>();
  const beside: Beside = {
    before: (word) => covered.get(word - 1),
    after: (word) => {
      const mention = covered.get(word);
      return mention?.first === word ? mention : undefined;
    },
  };
  const add = (mention: Mention): void => {
    mentions.push(mention);
    for (let at = mention.first; at <= mention.last; at++) covered.set(at, mention);
  };
  for (let index = 0; index < words.length && mentions.length < MOST_PLACES; index++) {
    const mention = placeAt(reading, index);
    const named =
      mention !== undefined && (mention.named.length > 0 || mention.written.includes(' ', mention.unit?.length));
    const found = named ? mention : provinceAt(reading, index);
    if (found === undefined) continue;
    add(found);
    index = found.last;
  }
  if (knowsCommunes) {
    // From the end: what stands before a larger place is recognised by it, then what stands before that.
    for (let index = words.length - 2; index >= 0 && mentions.length < 2 * MOST_PLACES; index--) {
      if (covered.has(index)) continue;
      const mention = bareAt(reading, index, beside);
      if (mention === undefined || rangeCovered(mention)) continue;
      add(mention);
    }
  }
  return resolved(mentions.sort((a, b) => a.first - b.first));

  function rangeCovered({ first, last }: Mention): boolean {
    for (let at = first; at <= last; at++) if (covered.has(at)) return true;
    return false;
  }
}

/** "phường 5 quận 3": a smaller place is one of those within the larger that follow it, or within the only province that is named. */
function resolved(mentions: readonly Mention[]): Mention[] {
  const provinces = mentions.filter((mention) => mention.named[0]?.kind === 'province');
  const only = provinces.length === 1 ? provinces[0] : undefined;
  return mentions.map((mention, index) => {
    if (mention.named.length < 2 && mention.named[0]?.kind !== 'commune') return mention;
    if (mention.named[0]?.kind === 'province') return mention;
    let named = mention.named;
    let district: Mention | undefined;
    for (let next = index + 1, end = mention.last; next < mentions.length; next++) {
      const larger = mentions[next];
      if (larger === undefined || larger.first > end + 2) break;
      end = larger.last;
      if (larger.named[0]?.kind === 'commune') continue;
      const fewer = narrowed(named, larger);
      if (fewer.length === 0) continue;
      if (larger.named[0]?.kind === 'district' && named[0]?.kind === 'commune') district = larger;
      named = fewer;
    }
    if (only !== undefined && only !== mention) {
      const fewer = narrowed(named, only);
      if (fewer.length > 0) named = fewer;
    }
    return { ...mention, named, ...(district === undefined ? {} : { within: district }) };
  });
}

/** Where the place that starts at word `index` ("xã Liêu Tú", "tỉnh") ends, and its name for people; undefined when none starts there. */
export function placeOfOffice(reading: PlaceReading, index: number): { last: number; name: string } | undefined {
  if (index >= reading.words.length) return undefined;
  const mention = placeAt(reading, index) ?? provinceAt(reading, index);
  return mention === undefined ? undefined : { last: mention.last, name: nameOf(mention) };
}

export function findPlaces(reading: PlaceReading): Entity[] {
  return findMentions(reading).flatMap((mention) => {
    const [first, last] = [reading.words[mention.first], reading.words[mention.last]];
    if (first === undefined || last === undefined) return [];
    const [start, end] = [first.start, last.end];
    return [
      { type: 'place' as const, value: placeValue(mention), text: reading.message.slice(start, end), start, end },
    ];
  });
}
