// What a mentioned place stands for: its value in an entity, and all communes it may mean. Finding mentions in a message is places.ts.
import { canonicalSpelling } from '../spelling.js';
import { type Commune, fitOfMarks, type Gazetteer, type Named, placeKey } from './gazetteer.js';

/** Words `first` to `last` of a message that name a place. */
export interface Mention {
  first: number;
  last: number;
  /** The unit word that was typed, as officially written. */
  unit: string | undefined;
  /** What it may be; empty when no list knows the name. */
  named: readonly Named[];
  /** The district that told namesakes apart. */
  within?: Mention;
  /** As typed, in clean spelling and lower case: "phường 1". */
  written: string;
}

/** A place of today, as flows need it. */
export interface Place {
  kind: 'province' | 'commune';
  /** Statistical code: two digits of a province, five of a commune. */
  code: string;
  /** "An Giang", "Xã Minh Hòa". */
  name: string;
  /** The province's name. */
  province: string;
  /** What an entity of type `place` carries: "An Giang", "Xã Minh Hòa, Phú Thọ". */
  value: string;
  /** The former names by which it was found ("Xã Minh Hòa, Huyện Hưng Hà, Thái Bình"); empty when it bears the name today. */
  formerly: string[];
}

const COMMUNE_UNITS = new Set(['Xã', 'Phường', 'Thị trấn', 'Đặc khu']);
const DISTRICT_UNITS = new Set(['Huyện', 'Quận', 'Thị xã']);

/** Those that `unit` may mean: of exactly that unit, else of its level: people go on saying "xã" where it has become a phường. */
export function ofUnit(named: readonly Named[], unit: string): readonly Named[] {
  const kinds = COMMUNE_UNITS.has(unit)
    ? named.filter((one) => one.kind === 'commune')
    : DISTRICT_UNITS.has(unit)
      ? named.filter((one) => one.kind === 'district')
      : unit === 'Tỉnh'
        ? named.filter((one) => one.kind === 'province')
        : unit === 'Thành phố'
          ? city(named)
          : [];
  if (unit === 'Thành phố') return kinds;
  const exact = kinds.filter((one) => one.unit === unit || one.kind === 'province');
  if (exact.length > 0 || kinds.length > 0) return exact.length > 0 ? exact : kinds;
  return unit === 'Đặc khu' ? named.filter((one) => one.kind === 'district') : [];
}

/** "thành phố Cần Thơ" is a province, "thành phố Sóc Trăng" was a district's city. */
function city(named: readonly Named[]): readonly Named[] {
  const provinces = named.filter((one) => one.kind === 'province');
  if (provinces.some((one) => one.current && one.province.unit === 'Thành phố')) return provinces;
  const cities = named.filter((one) => one.kind === 'district' && one.unit === 'Thành phố');
  if (cities.length > 0) return cities;
  return provinces.length > 0 ? provinces : named.filter((one) => one.kind === 'district');
}

/** Those of `named` that lie in `larger`; none when the two have nothing to do with each other. */
export function narrowed(named: readonly Named[], larger: Pick<Mention, 'named'>): readonly Named[] {
  const within = named.filter((one) => larger.named.some((other) => liesIn(one, other)));
  // Said with its former province, it is the one of that province, not a namesake from the other half.
  const former = new Set(
    larger.named.flatMap(({ kind, oldProvince }) => (kind === 'province' ? (oldProvince ?? []) : [])),
  );
  const exact = within.filter(
    (one) => one.oldProvince !== undefined && former.has(one.oldProvince.replace(' - ', ' ')),
  );
  return exact.length > 0 ? exact : within;
}

function liesIn(one: Named, larger: Named): boolean {
  if (larger.kind === 'province') return one.province === larger.province && one.kind !== 'province';
  if (larger.kind !== 'district' || one.kind !== 'commune') return false;
  if (one.district !== undefined) return one.district === larger;
  return one.communes.some((commune) => larger.communes.includes(commune));
}

/**
 * A province: its name today. A commune that can be one alone: "Xã Minh Hòa, Phú Thọ", as it is called today. Several: the name that was
 * said, with the former district and the province where these are known ("Phường 5, Quận 3, Hồ Chí Minh"); `placesNamed` lists them.
 * A former district: "Huyện Gò Quao (cũ), An Giang". A name that no list knows: as written.
 */
export function placeValue({ named, unit, within, written }: Mention): string {
  const [first] = named;
  if (first === undefined) return written;
  if (first.kind === 'province') return first.province.name;
  const communes = distinct(named.flatMap((one) => one.communes));
  const [only] = communes;
  const former = named.every((one) => one.kind === 'district');
  if (only !== undefined && communes.length === 1 && !former) return communeValue(only);
  const said = named.every((one) => one.name === first.name)
    ? [unit ?? (former ? first.unit : undefined), first.name].filter((part) => part !== undefined).join(' ')
    : written;
  const provinces = distinct(named.map((one) => one.province.name));
  return [
    former ? `${said} (cũ)` : said,
    ...(within?.named[0] === undefined ? [] : [`${within.named[0].unit} ${within.named[0].name}`]),
    ...(provinces.length === 1 ? provinces : []),
  ].join(', ');
}

/** For the name of an office: today's when it can be one alone ("Xã Minh Hòa"), else as written. */
export function nameOf({ named, unit, written }: Mention): string {
  const [only, other] = distinct(named.flatMap((one) => one.communes));
  if (only !== undefined && other === undefined && named.every((one) => one.kind === 'commune')) return only.name;
  const [first] = named;
  return first?.kind === 'province' ? [unit?.toLowerCase(), first.province.name].filter(Boolean).join(' ') : written;
}

const UNIT_BEFORE =
  /^(xã|xa|phường|phuong|p\.|thị trấn|thi tran|tt\.?|thị xã|thi xa|tx\.?|thành phố|thanh pho|tp\.?|đặc khu|dac khu|huyện|huyen|quận|quan|tỉnh|tinh)\s*(?=\S)/i;
const UNIT_NAMES: Readonly<Record<string, string>> = {
  xa: 'Xã',
  phuong: 'Phường',
  p: 'Phường',
  'thi tran': 'Thị trấn',
  tt: 'Thị trấn',
  'thi xa': 'Thị xã',
  tx: 'Thị xã',
  'thanh pho': 'Thành phố',
  tp: 'Thành phố',
  'dac khu': 'Đặc khu',
  huyen: 'Huyện',
  quan: 'Quận',
  tinh: 'Tỉnh',
};
const MOST_PARTS = 4;
const LONGEST_QUESTION = 200;

/**
 * Today's places that `name` may mean, those that bear the name first, then those into which one of that name was merged. With or without
 * unit word and marks; larger places may follow ("phường 5, quận 3", the value of an entity). `withinProvince` by any of its names.
 * @example placesNamed(gazetteer, 'phường Vĩnh Lạc', 'An Giang') // Phường Rạch Giá
 */
export function placesNamed(gazetteer: Gazetteer, name: string, withinProvince?: string): Place[] {
  const parts = name
    .normalize('NFC')
    .slice(0, LONGEST_QUESTION)
    .replace(/\(cũ\)/g, '')
    .replace(/\s(?=(?:quận|huyện|thị xã|thành phố|tỉnh)\s)/gi, ',')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .slice(0, MOST_PARTS);
  const [smallest = [], ...larger] = [...parts, ...(withinProvince === undefined ? [] : [withinProvince])].map((part) =>
    partNamed(gazetteer, part),
  );
  let named: readonly Named[] = smallest;
  for (const around of larger) {
    const self = named.filter(
      (one) => one.kind === 'province' && around.some((other) => other.province === one.province),
    );
    named = [...self, ...narrowed(named, { named: around })];
  }
  const found = new Map<string, Place>();
  const rank = (one: Named): number => (one.kind === 'province' ? 2 : 0) + Number(one.current);
  for (const one of [...named].sort((a, b) => rank(b) - rank(a))) {
    if (one.kind === 'province') {
      const { code, name: today } = one.province;
      const formerly = one.current ? [] : [one.name];
      if (!found.has(code))
        found.set(code, { kind: 'province', code, name: today, province: today, value: today, formerly });
      continue;
    }
    for (const commune of one.communes) {
      const place = found.get(commune.code) ?? { ...placeOf(commune), formerly: [] };
      if (!found.has(commune.code)) found.set(commune.code, place);
      else if (place.formerly.length === 0) continue;
      if (!one.current) place.formerly.push(formerName(one));
    }
  }
  return [...found.values()];
}

function partNamed(gazetteer: Gazetteer, part: string): readonly Named[] {
  const fitting = (text: string): readonly Named[] => {
    const typed = text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean)
      .map((word) => canonicalSpelling(word.replace(/^0+(?=\d)/, '')));
    const all = gazetteer.named(placeKey(text)).map((one) => ({ one, fit: fitOfMarks(typed, one.name) }));
    const best = Math.max(0, ...all.map(({ fit }) => fit));
    return best === 0 ? [] : all.filter(({ fit }) => fit === best).map(({ one }) => one);
  };
  const unit = UNIT_BEFORE.exec(part);
  if (unit !== null) {
    const named = ofUnit(fitting(part.slice(unit[0].length)), UNIT_NAMES[placeKey(unit[1] ?? '')] ?? '');
    if (named.length > 0) return named;
  }
  return fitting(part);
}

function formerName({ unit, name, district, oldProvince }: Named): string {
  return [
    `${unit} ${name}`,
    ...(district === undefined ? [] : [`${district.unit} ${district.name}`]),
    oldProvince ?? '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function placeOf({ code, name, province }: Commune): Omit<Place, 'formerly'> {
  return { kind: 'commune', code, name, province: province.name, value: `${name}, ${province.name}` };
}

function communeValue({ name, province }: Commune): string {
  return `${name}, ${province.name}`;
}

function distinct<One>(all: readonly One[]): One[] {
  return [...new Set(all)];
}
