// Provinces, communes of today, and what was merged into them on 2025-07-01, searched by name. Pure data and lookups: which words of a
// message are a name is places.ts, where the data comes from training/place-names.ts.
import { fold } from '../fold.js';
import { canonicalSpelling } from '../spelling.js';
import { PROVINCES, type Province } from './provinces.js';

/** A commune since 2025-07-01. */
export interface Commune {
  /** Statistical code, five digits. */
  code: string;
  /** With its unit word: "Xã Minh Hòa". */
  name: string;
  province: Province;
}

export type UnitKind = 'province' | 'commune' | 'district';

/** One place that bears a name, today or until 2025. */
export interface Named {
  kind: UnitKind;
  /** "Xã", "Phường", "Thị trấn", "Đặc khu", "Huyện", "Quận", "Thị xã", "Thành phố", "Tỉnh". */
  unit: string;
  /** Without the unit word. */
  name: string;
  /** False for what no longer exists: districts, old communes, old provinces. */
  current: boolean;
  province: Province;
  /** The commune itself, or those that took it over; of a district all of them; of a province none. */
  communes: readonly Commune[];
  /** For communes before 2025. */
  district: Named | undefined;
  /** The province before 2025, or another name of today's. */
  oldProvince: string | undefined;
}

export interface Gazetteer {
  /** By `placeKey` of the name without unit word. */
  named(key: string): readonly Named[];
}

const UNITS: Readonly<Record<string, readonly [string, UnitKind]>> = {
  x: ['Xã', 'commune'],
  p: ['Phường', 'commune'],
  t: ['Thị trấn', 'commune'],
  d: ['Đặc khu', 'commune'],
  H: ['Huyện', 'district'],
  Q: ['Quận', 'district'],
  T: ['Thị xã', 'district'],
  C: ['Thành phố', 'district'],
};
const NOTHING: readonly Named[] = [];

/** While the lines are read. */
type Growing = Named & { communes: Commune[] };

// Folding letter by letter: twenty times as fast as `fold` on the names of the whole country, with the same result for their letters.
const letters = new Map<string, string>();
const MOST_LETTERS = 1000;

/** Folded, one space for whatever stands between the syllables: "M'Drắk" → "m drak", "Phường 05" → "phuong 5". */
export function placeKey(name: string): string {
  let key = '';
  for (const letter of name.normalize('NFC')) {
    let plain = letters.get(letter);
    if (plain === undefined) {
      plain = /[\p{L}\p{M}\p{N}]/u.test(letter) ? fold(letter) : ' ';
      if (letters.size < MOST_LETTERS) letters.set(letter, plain);
    }
    if (plain !== ' ' || (key !== '' && !key.endsWith(' '))) key += plain;
  }
  if (key.endsWith(' ')) key = key.slice(0, -1);
  if (/\b0\d/.test(key)) key = key.replace(/\b0+(?=\d)/g, '');
  return /\b(?:k|l|m|t|qu)i\b/.test(key) ? key.replace(/\b(k|l|m|t|qu)i\b/g, '$1y') : key;
}

/**
 * `places` is what `compactPlaces` wrote, or "" for the provinces alone. Takes about 30 ms for the whole country.
 * @example gazetteerFrom(model.places).named('go quao')
 */
export function gazetteerFrom(places: string): Gazetteer {
  const byKey = new Map<string, Named[]>();
  const keys = new Map<string, string>();
  const add = (one: Named, name = one.name): void => {
    let key = keys.get(name);
    if (key === undefined) {
      key = placeKey(name);
      keys.set(name, key);
    }
    const list = byKey.get(key);
    if (list === undefined) byKey.set(key, [one]);
    else list.push(one);
  };
  for (const province of PROVINCES) {
    add(named(province.unit, 'province', province.name, true, province, []));
    for (const other of province.known) add(named('Tỉnh', 'province', other, false, province, [], undefined, other));
  }
  const provinces = new Map(PROVINCES.map((province) => [province.code, province]));
  let province: Province | undefined;
  let districts: Growing[] = [];
  let olds = new Map<string, Growing>();
  for (const line of places.split('\n')) {
    if (line.startsWith('=')) {
      province = provinces.get(line.slice(1));
      districts = [];
      olds = new Map();
    } else if (province !== undefined && line.startsWith('-')) {
      const [oldProvince = '', ...names] = line.slice(1).split('|');
      for (const lettered of names) {
        const [unit, kind] = unitOf(lettered);
        const district = named(unit, kind, lettered.slice(1), false, province, [], undefined, oldProvince);
        districts.push(district);
        add(district);
      }
    } else if (province !== undefined && line !== '') {
      addCommune(line, province);
    }
  }
  return { named: (key) => byKey.get(key) ?? NOTHING };

  function addCommune(line: string, own: Province): void {
    const tab = line.indexOf('\t');
    const lettered = line.slice(5, tab < 0 ? undefined : tab);
    const [unit, kind] = unitOf(lettered);
    const name = lettered.slice(1);
    const commune: Commune = { code: line.slice(0, 5), name: `${unit} ${name}`, province: own };
    add(named(unit, kind, name, true, own, [commune]));
    if (tab < 0) return;
    for (const old of line.slice(tab + 1).split('|')) {
      const at = old.lastIndexOf('~');
      const district = districts[Number.parseInt(old.slice(at + 1), 36)];
      let known = olds.get(old);
      if (known === undefined) {
        const [oldUnit, oldKind] = unitOf(old);
        known = named(oldUnit, oldKind, old.slice(1, at), false, own, [], district, district?.oldProvince);
        olds.set(old, known);
        add(known);
      }
      known.communes.push(commune);
      if (district !== undefined && district.communes.at(-1) !== commune) district.communes.push(commune);
    }
  }
}

function unitOf(lettered: string): readonly [string, UnitKind] {
  return UNITS[lettered[0] ?? ''] ?? ['Xã', 'commune'];
}

/** One literal for all, so that the engine keeps thousands of them in one shape. */
function named(
  unit: string,
  kind: UnitKind,
  name: string,
  current: boolean,
  province: Province,
  communes: Commune[],
  district?: Named,
  oldProvince?: string,
): Growing {
  return { kind, unit, name, current, province, communes, district, oldProvince };
}

/** How well typed syllables fit a name: 2 mark by mark, 1 where the citizen left marks out, 0 not ("Hoà Bình" typed for "Hòa Bính"). */
export function fitOfMarks(typed: readonly string[], name: string): 0 | 1 | 2 {
  const syllables = name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  let fit: 1 | 2 = 2;
  for (const [index, word] of typed.entries()) {
    const syllable = canonicalSpelling(syllables[index] ?? '');
    if (word === syllable || /^\d+$/.test(word)) continue;
    // Highland names are spelt in many ways, by officials too: Đắk, Đăk, Đak.
    if (/^(?:dak|krong|bu|chu)$/.test(fold(word))) continue;
    if (word !== fold(word)) return 0;
    fit = 1;
  }
  return fit;
}
