// Builds the search index: typed arrays only, so that a worker thread can hand it over without a copy. Asking it is search.ts.
import type { ProcedureLevel } from '../records/procedure.js';
import { ACCENTED, BIGRAM, eachTerm, hashOf, type Syllable, syllablesOf, type TermKind, UNIGRAM } from './terms.js';
import { type Cues, TRAITS, TraitReader } from './traits.js';

/** What the index needs to know of a procedure. */
export interface SearchDocument {
  code: string;
  name: string;
  field: string;
  levels: readonly ProcedureLevel[];
  /** Names of its results: how citizens call what they want to have in hand. */
  results?: readonly string[];
  /** Its papers, of which only the forms' names are looked at. */
  cases?: readonly { documents: readonly { name: string }[] }[];
}

/** Words that belong to procedures rather than to queries; `SearchData` has them. */
export interface IndexWords {
  /** Citizens' words for a procedure, by code. */
  aliases?: ReadonlyMap<string, readonly string[]>;
  /** Codes that are asked about every day. */
  everyday?: ReadonlySet<string>;
  cues?: Cues;
}

/**
 * An entry is one text under which a procedure can be found: its name, a part of a long name, an alias; or the name of a
 * field, which many share. The first entries, one per document, hold all its words together. Documents are numbered as they came.
 */
export interface SearchIndex {
  documents: number;
  /** Open-addressing table from a term's hash to its number + 1; 0 = free. Size is a power of two. */
  tableHash: Uint32Array;
  tableTerm: Int32Array;
  /** Per term: how much it tells, and where its postings begin (one more than there are terms). */
  termWeight: Float32Array;
  postingStart: Int32Array;
  /** Entry numbers per term. */
  postings: Int32Array;
  /** Per entry: its document, or -1 - field; the sum of its terms' weights; its kind's factor. */
  entryOwner: Int32Array;
  entryMass: Float32Array;
  entryFactor: Float32Array;
  /** Per document: its field, the factor of its level, and TRAITS bytes of what tells it from others. */
  documentField: Int32Array;
  documentFactor: Float32Array;
  documentTraits: Uint8Array;
  /** All folded syllables, separated by spaces. */
  vocabulary: string;
}

/** A pair of neighbours is worth this share of the rarer one's weight. */
const BIGRAM_SHARE = 0.4;
/** What the right accents add to a syllable's folded weight. */
export const ACCENT_SHARE = 0.3;

const NAME_FACTOR = 1;
const PART_FACTOR = 0.93;
const ALIAS_FACTOR = 1;
const FIELD_FACTOR = 1;

/** What is asked about every day goes before what is asked now and then, and that before what only insiders know. */
const NOW_AND_THEN = 0.95;
const RARELY_ASKED = 0.93;

function frequencyFactor(code: string, { aliases, everyday }: IndexWords): number {
  if (everyday?.has(code)) return 1;
  return aliases?.has(code) ? NOW_AND_THEN : RARELY_ASKED;
}

/** Commune before province before ministry, by a hair: it decides between names that are otherwise alike. */
function levelFactor(levels: readonly ProcedureLevel[]): number {
  if (levels.includes('commune')) return 1;
  if (levels.includes('province')) return 0.985;
  return 0.955;
}

interface Entry {
  /** The document's number, or -1 - field. */
  owner: number;
  factor: number;
  syllables: Syllable[];
}

export function buildIndex(documents: readonly SearchDocument[], words: IndexWords = {}): SearchIndex {
  const traits = new TraitReader(words.cues ?? {});
  const fields = new Map<string, number>();
  const documentField = new Int32Array(documents.length);
  const documentFactor = new Float32Array(documents.length);
  const documentTraits = new Uint8Array(documents.length * TRAITS);
  const terms = new TermTable(documents.length);
  const seen = new Map<string, Syllable>();
  const read = (text: string): Syllable[] => syllablesOf(text, seen);
  documents.forEach((document, number) => {
    if (!fields.has(document.field)) fields.set(document.field, fields.size);
    documentField[number] = fields.get(document.field) ?? 0;
    documentFactor[number] = levelFactor(document.levels) * frequencyFactor(document.code, words);
    const names = entriesOf(document.name).map(({ text, factor }) => ({
      owner: number,
      factor,
      syllables: read(text),
    }));
    const known = (words.aliases?.get(document.code) ?? []).map((alias) => ({
      owner: number,
      factor: ALIAS_FACTOR,
      syllables: read(alias),
    }));
    documentTraits.set(traits.ofProcedure(names[0]?.syllables ?? [], document.levels), number * TRAITS);
    terms.addDocument(number, [...names, ...known], besides(document).map(read));
  });
  for (const [field, number] of fields)
    terms.addEntry({ owner: -1 - number, factor: FIELD_FACTOR, syllables: read(field) });
  return { documents: documents.length, documentField, documentFactor, documentTraits, ...terms.finish() };
}

const MOST_BESIDES = 3;
const LONGEST_FORM = 80;

/** What citizens know a procedure by besides its name: what comes out of it, and the forms that are filled in for it. */
function besides(document: SearchDocument): string[] {
  const results = (document.results ?? []).slice(0, MOST_BESIDES);
  return [...results.map((result) => result.slice(0, 2 * LONGEST_FORM)), ...formNames(document)];
}

/** Names of the first forms among a procedure's papers. */
export function formNames({ cases = [] }: Pick<SearchDocument, 'cases'>): string[] {
  return cases
    .flatMap(({ documents }) => documents.map(({ name }) => name))
    .filter((name) => name.length <= LONGEST_FORM && /^(tờ khai|đơn|phiếu|mẫu)\s/iu.test(name))
    .slice(0, MOST_BESIDES);
}

/** The name, the name without what stands in brackets, and the parts of a name that lists several acts. */
function entriesOf(name: string): { text: string; factor: number }[] {
  const whole = name.replace(/^\s*thủ tục\s+/iu, '');
  const texts = new Map<string, number>([[whole, NAME_FACTOR]]);
  const bare = whole.replace(/\([^)]*\)/g, ' ').trim();
  if (bare.length > 8 && !texts.has(bare)) texts.set(bare, NAME_FACTOR);
  const parts = bare.split(/;|,\s+(?=đăng ký|cấp|thông báo|đổi|gia hạn|điều chỉnh|giải thể)/iu);
  if (parts.length > 1) {
    for (const part of parts) if (part.trim().split(/\s+/).length >= 3) texts.set(part.trim(), PART_FACTOR);
  }
  return [...texts].map(([text, factor]) => ({ text, factor }));
}

interface Term {
  number: number;
  kind: TermKind;
  /** Entry numbers; a document's own number stands for all its words together. */
  entries: number[];
  /** How many documents have it. */
  documents: number;
}

/** Gathers terms and entries, then lays them out. The first entries are the documents' own. */
class TermTable {
  readonly #documents: number;
  readonly #terms = new Map<string, Term>();
  readonly #entries: Pick<Entry, 'owner' | 'factor'>[];

  constructor(documents: number) {
    this.#documents = documents;
    this.#entries = Array.from({ length: documents }, (_, owner) => ({ owner, factor: 0 }));
  }

  addDocument(number: number, entries: readonly Entry[], besides: readonly Syllable[][]): void {
    const all = new Set<Term>();
    for (const entry of entries) this.addEntry(entry, all);
    for (const syllables of besides) eachTerm(syllables, (text, kind) => all.add(this.#term(text, kind)));
    for (const term of all) {
      term.entries.push(number);
      term.documents++;
    }
  }

  addEntry({ owner, factor, syllables }: Entry, gathered?: Set<Term>): void {
    const entry = this.#entries.length;
    this.#entries.push({ owner, factor });
    eachTerm(syllables, (text, kind) => {
      const term = this.#term(text, kind);
      term.entries.push(entry);
      gathered?.add(term);
    });
  }

  #term(text: string, kind: TermKind): Term {
    const known = this.#terms.get(text);
    if (known !== undefined) return known;
    const term: Term = { number: this.#terms.size, kind, entries: [], documents: 0 };
    this.#terms.set(text, term);
    return term;
  }

  finish() {
    const terms = this.#terms;
    const size = tableSize(terms.size);
    const index = {
      vocabulary: [...terms].flatMap(([text, { kind }]) => (kind === UNIGRAM ? [text] : [])).join(' '),
      tableHash: new Uint32Array(size),
      tableTerm: new Int32Array(size),
      termWeight: new Float32Array(terms.size),
      postingStart: new Int32Array(terms.size + 1),
      postings: new Int32Array([...terms.values()].reduce((sum, term) => sum + term.entries.length, 0)),
      entryOwner: Int32Array.from(this.#entries, ({ owner }) => owner),
      entryMass: new Float32Array(this.#entries.length),
      entryFactor: Float32Array.from(this.#entries, ({ factor }) => factor),
    };
    let position = 0;
    for (const [text, { number, kind, entries, documents }] of terms) {
      const weight = kindShare(kind) * rarity(documents, this.#documents);
      index.termWeight[number] = weight;
      index.postingStart[number] = position;
      index.postings.set(entries, position);
      position += entries.length;
      if (kind !== ACCENTED)
        for (const entry of entries) index.entryMass[entry] = (index.entryMass[entry] ?? 0) + weight;
      insert(index, hashOf(text), number);
    }
    index.postingStart[terms.size] = position;
    return index;
  }
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
