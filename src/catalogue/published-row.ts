// Rows of the national catalogue as it is published: the same facts as a Procedure under other names, with the traps of that
// data (domain reference, section 4). What cannot be trusted is left out; nothing is reworded.
import { fold } from '../language/fold.js';

type Row = Readonly<Record<string, unknown>>;

/** Only this format writes `executing_agency` and a list of `levels` in Vietnamese. */
export function isPublishedRow(value: unknown): value is Row {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    ('executing_agency' in value || 'snapshot' in value)
  );
}

/** In the shape of docs/portal-api.yaml, still to be read by `readProcedure`, which checks and bounds every value. */
export function fromPublishedRow(row: Row): Row {
  const methods = objects(row.methods).map(methodOf);
  return {
    code: row.code,
    name: oneLine(row.name),
    field: oneLine(row.field),
    levels: [...new Set(strings(row.levels).map(levelOf))],
    // The published rows do not say how far the online way goes: with one, at least partly.
    onlineLevel: methods.some(({ channel }) => channel === 'online') ? 'partial' : 'information',
    executingAgency: filled(row.executing_agency) ?? filled(row.competent_agency),
    methods,
    cases: casesOf(row),
    steps: filled(row.steps),
    conditions: filled(row.conditions),
    results: objects(row.results).map(({ name }) => oneLine(name)),
    legalBasis: lawCodes(strings(row.legal_codes)),
    url: filled(row.url),
    updatedAt: dayOf(row.snapshot),
  };
}

const LEVELS: ReadonlyMap<string, string> = new Map([
  ['cap bo', 'ministry'],
  ['cap tinh', 'province'],
  ['cap xa', 'commune'],
]);

function levelOf(level: string): string {
  return LEVELS.get(fold(level)) ?? 'other';
}

const CHANNELS: ReadonlyMap<unknown, string> = new Map([
  ['online', 'online'],
  ['in_person', 'in-person'],
  ['postal', 'post'],
]);

function methodOf(method: Row) {
  return {
    channel: CHANNELS.get(method.channel),
    timeText: timeOf(method.time_text),
    feeText: feeOf(method.fee_text),
    note: filled(method.note),
  };
}

/** "1" with no unit stands in hundreds of rows and does not mean one day. */
function timeOf(published: unknown): string | undefined {
  const time = filled(published);
  return time === undefined || /^[\d.,\s]+$/.test(time) ? undefined : time;
}

const AMOUNT = /^(Miễn phí|[\d.,]+\s*(?:Việt Nam Đồng|VNĐ|Đồng))\s*(?:\(([\s\S]*)\))?$/u;

/**
 * Where the amount before the brackets cannot be true, only what stands in the brackets is kept: fees typed in thousands ("135
 * VNĐ(Lệ phí …: 135.000 đồng/lần)"), and "Miễn phí" before a text that names an amount or leaves it to the province.
 */
function feeOf(published: unknown): string | undefined {
  const fee = filled(published);
  if (fee === undefined) return undefined;
  const [, amount = '', explanation] = AMOUNT.exec(fee) ?? [];
  if (amount === '') return /\d|[a-zà-ỹ]{3}/iu.test(fee.replace(/^(Phí|Lệ phí)\s*:\s*(Đồng)?/iu, '')) ? fee : undefined;
  const free = amount === 'Miễn phí';
  const number = free ? 0 : Number(amount.replace(/\D/g, ''));
  if (!free && number > 0 && number < 1000) return filled(explanation);
  if (
    free &&
    explanation !== undefined &&
    /\d{1,3}[.,]\d{3}|(hội đồng|[uủ][yỷ] ban) nhân dân|theo quy định/iu.test(explanation)
  )
    return filled(explanation);
  return fee;
}

function casesOf(row: Row) {
  const cases = objects(row.cases).map((entry) => ({
    name: filled(entry.case),
    documents: objects(entry.documents).map((document) => ({
      name: filled(document.name),
      originals: document.originals,
      copies: document.copies,
    })),
  }));
  if (cases.length > 0) return cases;
  const running = filled(row.documents_text);
  return running === undefined ? [] : [{ documents: [{ name: running }] }];
}

/**
 * The codes were cut out of running text, where the next title's first letter or the last digits of a year stuck to some of
 * them: `68/2013/TT-BCAL`, `2011` + `02/2011/QH13`.
 */
function lawCodes(codes: readonly string[]): string[] {
  const all = new Set(codes.map((code) => code.replace(/^\d{2}(\d{2}\/\d{4}\/QH\d{1,2})$/, '$1')));
  return [...all].filter((code) => !all.has(code.slice(0, -1)));
}

/** A month (`2025-12`), or two (`2026-06/07`): the first day of the first. */
function dayOf(snapshot: unknown): string | undefined {
  const month = /^\d{4}-\d{2}/.exec(typeof snapshot === 'string' ? snapshot : '')?.[0];
  return month === undefined ? undefined : `${month}-01T00:00:00.000Z`;
}

/** A trimmed string that says something; the tables write `--` and `-` for nothing. */
function filled(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  return /^[-–.\s]*$/.test(text) ? undefined : text;
}

function oneLine(value: unknown): string | undefined {
  return filled(value)?.replace(/\s+/g, ' ');
}

function objects(value: unknown): Row[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'object' && entry !== null) : [];
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
