// The places in an answer kept ready that are filled in at the desk, such as `{ten}`. Pure; used by the composer and by the
// preview of those who write the answers.

export interface CannedVariable {
  /** As it stands in the text, without braces. */
  key: string;
  /** What it is, for those who write. */
  label: string;
  /** For the preview. */
  example: string;
}

export const CANNED_VARIABLES: readonly CannedVariable[] = [
  { key: 'ten', label: 'Tên công dân', example: 'chị Lan' },
  { key: 'can_bo', label: 'Tên cán bộ', example: 'Nguyễn Văn Minh' },
  { key: 'co_quan', label: 'Tên cơ quan', example: 'Bộ phận Một cửa' },
  { key: 'ma', label: 'Mã cuộc trò chuyện', example: 'HT-7K3F-92' },
  { key: 'ma_ho_so', label: 'Mã hồ sơ', example: 'H56.14-261121-0001' },
];

/** Also of a name that nothing fills in: the officer does, by hand. */
const PLACE = /\{([a-z][a-z_]{1,30})\}/g;

/** What is not known stays as it stands, for the officer to see. */
export function fillCanned(text: string, values: Readonly<Record<string, string | undefined>>): string {
  return text.replace(PLACE, (whole, key: string) => (Object.hasOwn(values, key) ? values[key] : undefined) ?? whole);
}

/** Places as they stand, once each. */
export function placesIn(text: string): string[] {
  return [...new Set(text.match(PLACE) ?? [])];
}

/** Places that nothing fills in but the officer. */
export function unknownPlaces(text: string): string[] {
  const known = new Set(CANNED_VARIABLES.map(({ key }) => `{${key}}`));
  return placesIn(text).filter((place) => !known.has(place));
}

/** The text in pieces: what is filled in is marked, for the preview. */
export function cannedPieces(text: string): { text: string; filled: boolean }[] {
  const examples = new Map(CANNED_VARIABLES.map(({ key, example }) => [key, example]));
  const pieces: { text: string; filled: boolean }[] = [];
  let done = 0;
  for (const match of text.matchAll(PLACE)) {
    const example = examples.get(match[1] ?? '');
    if (example === undefined) continue;
    if (match.index > done) pieces.push({ text: text.slice(done, match.index), filled: false });
    pieces.push({ text: example, filled: true });
    done = match.index + match[0].length;
  }
  if (done < text.length) pieces.push({ text: text.slice(done), filled: false });
  return pieces;
}
