// Which words of a message name a place: with a unit word (unit-places.ts), a province alone, a commune or former district alone where
// the words around it say so. What the names stand for is the gazetteer's, what the value looks like place-values.ts.
import type { Entity } from '../language.js';
import { type Named, placeKey } from './gazetteer.js';
import { ORDINARY_NAMES } from './ordinary-names.js';
import type { PlaceReading } from './place-reading.js';
import { type Mention, nameOf, narrowed, placeValue } from './place-values.js';
import {
  leadsToPlace,
  leadsToProvince,
  NOT_THE_PROVINCE,
  namesOther,
  ORDINARY_MARKED,
  ORDINARY_PROVINCES,
} from './place-words.js';
import { PROVINCES } from './provinces.js';
import { LONGEST_NAME, placeAt } from './unit-places.js';

/** A message that names more is no question; what follows is left alone. */
const MOST_PLACES = 12;

/** First syllables of provinces' names: most words of a message are none. */
const PROVINCE_STARTS = new Set(
  PROVINCES.flatMap(({ name, known }) => [name, ...known]).map((name) => placeKey(name).split(' ')[0] ?? ''),
);

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
