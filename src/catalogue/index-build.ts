// Builds the search index: typed arrays only, so that a worker thread can hand it over without a copy. Asking it is search.ts.
import type { ProcedureLevel } from '../records/procedure.js';
import { ACCENTED, BIGRAM, eachTerm, hashOf, type Syllable, syllablesOf, type TermKind } from './terms.js';

/** What the index needs to know of a procedure. */
export interface SearchDocument {
  code: string;
  name: string;
  field: string;
  levels: readonly ProcedureLevel[];
}

/**
 * An entry is one text under which a procedure can be found: its name, a part of a long name, an alias; or the name of a
 * field, which many share. Documents are numbered as they came.
 */
export interface SearchIndex {
  documents: number;
  /** Open-addressing table from a term's hash to its number + 1; 0 = free. Size is a power of two. */
  tableHash: Uint32Array;
  tableTerm: Int32Array;
  /** Per term: how much it tells, and where its postings begin (one more than there are terms). */
  termWeight: Float32Array;
  postingStart: Int32Array;
  /** Entry numbers, ascending per term. */
  postings: Int32Array;
  /** Per entry: its document, or -1 - field; the sum of its terms' weights; its kind's factor. */
  entryOwner: Int32Array;
  entryMass: Float32Array;
  entryFactor: Float32Array;
  /** Per document: its field, and the factor of its level. */
  documentField: Int32Array;
  documentFactor: Float32Array;
}

/** A pair of neighbours is worth this share of the rarer one's weight. */
const BIGRAM_SHARE = 0.55;
/** What the right accents add to a syllable's folded weight. */
export const ACCENT_SHARE = 0.25;

const NAME_FACTOR = 1;
const PART_FACTOR = 0.93;
const ALIAS_FACTOR = 1;

/** A procedure without aliases is not among the everyday ones. */
const RARELY_ASKED = 0.94;

/** Commune before province before ministry, by a hair: it decides between names that are otherwise alike. */
function levelFactor(levels: readonly ProcedureLevel[]): number {
  if (levels.includes('commune')) return 1;
  if (levels.includes('province')) return 0.985;
  return 0.955;
}

interface Entry {
  owner: number;
  factor: number;
  syllables: Syllable[];
}

export function buildIndex(
  documents: readonly SearchDocument[],
  aliases: ReadonlyMap<string, readonly string[]> = new Map(),
): SearchIndex {
  const fields = new Map<string, number>();
  const documentField = new Int32Array(documents.length);
  const documentFactor = new Float32Array(documents.length);
  const entries: Entry[] = [];
  documents.forEach((document, number) => {
    const known = aliases.get(document.code) ?? [];
    if (!fields.has(document.field)) fields.set(document.field, fields.size);
    documentField[number] = fields.get(document.field) ?? 0;
    documentFactor[number] = levelFactor(document.levels) * (known.length > 0 ? 1 : RARELY_ASKED);
    for (const entry of entriesOf(document.name)) entries.push({ owner: number, ...entry });
    for (const alias of known) entries.push({ owner: number, factor: ALIAS_FACTOR, syllables: syllablesOf(alias) });
  });
  for (const [field, number] of fields) entries.push({ owner: -1 - number, factor: 1, syllables: syllablesOf(field) });
  return { documents: documents.length, documentField, documentFactor, ...invert(entries, documents.length) };
}

/** The name, the name without what stands in brackets, and the parts of a name that lists several acts. */
function entriesOf(name: string): { factor: number; syllables: Syllable[] }[] {
  const whole = name.replace(/^\s*thủ tục\s+/iu, '');
  const texts = new Map<string, number>([[whole, NAME_FACTOR]]);
  const bare = whole.replace(/\([^)]*\)/g, ' ').trim();
  if (bare.length > 8 && !texts.has(bare)) texts.set(bare, NAME_FACTOR);
  const parts = bare.split(/[;/]|,\s+(?=đăng ký|cấp|thông báo|đổi|gia hạn|điều chỉnh|giải thể)/iu);
  if (parts.length > 1) {
    for (const part of parts) if (part.trim().split(/\s+/).length >= 3) texts.set(part.trim(), PART_FACTOR);
  }
  return [...texts].map(([text, factor]) => ({ factor, syllables: syllablesOf(text) }));
}

interface Term {
  number: number;
  kind: TermKind;
  entries: number[];
  /** How many documents have it, and the last one that was counted. */
  documents: number;
  last: number;
}

function invert(entries: readonly Entry[], documents: number) {
  const terms = new Map<string, Term>();
  entries.forEach(({ owner, syllables }, entry) => {
    eachTerm(syllables, (text, kind) => {
      const term = terms.get(text) ?? { number: terms.size, kind, entries: [], documents: 0, last: -1 };
      if (term.entries.length === 0) terms.set(text, term);
      term.entries.push(entry);
      if (owner >= 0 && term.last !== owner) {
        term.last = owner;
        term.documents++;
      }
    });
  });

  const size = tableSize(terms.size);
  const index = {
    tableHash: new Uint32Array(size),
    tableTerm: new Int32Array(size),
    termWeight: new Float32Array(terms.size),
    postingStart: new Int32Array(terms.size + 1),
    postings: new Int32Array([...terms.values()].reduce((sum, term) => sum + term.entries.length, 0)),
    entryOwner: Int32Array.from(entries, (entry) => entry.owner),
    entryMass: new Float32Array(entries.length),
    entryFactor: Float32Array.from(entries, (entry) => entry.factor),
  };
  let position = 0;
  for (const [text, { number, kind, entries: found, documents: frequency }] of terms) {
    const weight = kindShare(kind) * rarity(frequency, documents);
    index.termWeight[number] = weight;
    index.postingStart[number] = position;
    index.postings.set(found, position);
    position += found.length;
    if (kind !== ACCENTED) for (const entry of found) index.entryMass[entry] = (index.entryMass[entry] ?? 0) + weight;
    insert(index, hashOf(text), number);
  }
  index.postingStart[terms.size] = position;
  return index;
}

function kindShare(kind: TermKind): number {
  if (kind === BIGRAM) return BIGRAM_SHARE;
  return kind === ACCENTED ? ACCENT_SHARE : 1;
}

/** BM25's inverse document frequency. */
export function rarity(documentsWithTerm: number, documents: number): number {
  return Math.log(1 + (documents - documentsWithTerm + 0.5) / (documentsWithTerm + 0.5));
}

function tableSize(terms: number): number {
  let size = 16;
  while (size < terms * 2) size *= 2;
  return size;
}

function insert(table: Pick<SearchIndex, 'tableHash' | 'tableTerm'>, hash: number, term: number): void {
  const mask = table.tableTerm.length - 1;
  let slot = hash & mask;
  while (table.tableTerm[slot] !== 0) slot = (slot + 1) & mask;
  table.tableHash[slot] = hash;
  table.tableTerm[slot] = term + 1;
}

/** The number of the term with this text, or -1. */
export function termNumber(index: SearchIndex, text: string): number {
  const hash = hashOf(text);
  const mask = index.tableTerm.length - 1;
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const term = index.tableTerm[slot] ?? 0;
    if (term === 0) return -1;
    if (index.tableHash[slot] === hash) return term - 1;
  }
}

/** The buffers to transfer with the index. */
export function buffersOf(index: SearchIndex): ArrayBuffer[] {
  return Object.values(index).flatMap((value) =>
    ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer ? [value.buffer] : [],
  );
}
