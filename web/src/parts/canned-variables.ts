// The places in an answer kept ready that are filled in at the desk, such as `{name}`. Pure; used by the composer and by the
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
  { key: 'name', label: 'Tên công dân', example: 'chị Lan' },
  { key: 'officer', label: 'Tên cán bộ', example: 'Nguyễn Văn Minh' },
  { key: 'agency', label: 'Tên cơ quan', example: 'Bộ phận Một cửa' },
  { key: 'code', label: 'Mã cuộc trò chuyện', example: 'HT-7K3F-92' },
  { key: 'dossier', label: 'Mã hồ sơ', example: 'H56.14-261121-0001' },
];

/** What stands for the citizen's name where none is known. */
export const NAMELESS = 'bạn';

const PLACE = /\{([a-z]+)\}/g;

/** A place without a value, or of no known name, stays as it stands, so that the officer sees what is missing. */
export function fillCanned(text: string, values: Readonly<Record<string, string | undefined>>): string {
  return text.replace(PLACE, (whole, key: string) => values[key] ?? whole);
}

/** Names in braces that nothing fills in. */
export function unknownVariables(text: string): string[] {
  const known = new Set(CANNED_VARIABLES.map(({ key }) => key));
  return [
    ...new Set([...text.matchAll(PLACE)].flatMap(([, key]) => (key === undefined || known.has(key) ? [] : [key]))),
  ];
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
