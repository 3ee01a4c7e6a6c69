// Near-duplicates told apart by one question: "in the country, or with a foreigner?". Pure; the wording is in templates/, by key.
import { syllablesOf } from './terms.js';
import { DIMENSIONS, type Dimension, TRAITS, type Traits, VALUES } from './traits.js';

export interface Candidate {
  code: string;
  name: string;
  /** Calibrated, 0..1. */
  score: number;
  traits: Traits;
}

/** One answer to the question: `none` stands for the procedures that have no value there ("không có yếu tố nước ngoài"). */
export interface SeparationChoice {
  value: string;
  /** Best first. */
  codes: string[];
}

export interface Separation {
  dimension: Dimension;
  /** Two or three, the likeliest first. No code stands in two. */
  choices: SeparationChoice[];
}

/** More than a citizen reads at a glance. */
const MOST_CHOICES = 3;
/** In bits: a question that tells less is not worth its turn. */
const LEAST_INFORMATION = 0.45;
/** Dimensions where having no value is an answer by itself. */
const PLAIN: ReadonlySet<Dimension> = new Set(['foreign', 'border']);
/** A way to file says nothing about what is wanted: asked when nothing else differs. */
const LAST_RESORT: ReadonlySet<Dimension> = new Set(['online', 'level', 'who']);
const LAST_RESORT_FACTOR = 0.8;
/** Share of the shorter name's words that near-duplicates have in common. */
const ALIKE = 0.6;
/** A straggler with another name may be left out when so much of the probability lies with the near-duplicates. */
const MOST_OF_IT = 0.85;

/**
 * The question with the highest expected information about which candidate is meant; undefined when none tells enough, or when
 * the candidates are no near-duplicates of the first: different things are better listed by name. `said` is not asked again.
 */
export function separate(all: readonly Candidate[], said: Traits): Separation | undefined {
  const candidates = nearDuplicates(all);
  if (candidates.length < 2 || weightOf(candidates) < MOST_OF_IT * weightOf(all)) return undefined;
  let best: Separation | undefined;
  let most = LEAST_INFORMATION;
  for (let at = 0; at < TRAITS; at++) {
    const dimension = DIMENSIONS[at];
    if (dimension === undefined || said[at] !== 0) continue;
    const choices = choicesOf(dimension, at, candidates);
    if (choices === undefined) continue;
    const information = informationOf(choices, candidates) * (LAST_RESORT.has(dimension) ? LAST_RESORT_FACTOR : 1);
    if (information > most) {
      best = { dimension, choices };
      most = information;
    }
  }
  return best;
}

/** The first and those whose names are much like its own. */
function nearDuplicates(all: readonly Candidate[]): Candidate[] {
  const words = wordsOf(all[0]?.name ?? '');
  return all.filter(({ name }) => {
    const other = wordsOf(name);
    const common = [...other].filter((word) => words.has(word)).length;
    return common >= ALIKE * Math.min(words.size, other.size);
  });
}

function weightOf(candidates: readonly Candidate[]): number {
  return candidates.reduce((sum, { score }) => sum + score, 0);
}

function wordsOf(name: string): Set<string> {
  return new Set(syllablesOf(name.replace(/^\s*thủ tục\s+/iu, '')).map(({ folded }) => folded));
}

/** Undefined when the dimension does not divide the candidates cleanly: one of them has no value, or several. */
function choicesOf(dimension: Dimension, at: number, candidates: readonly Candidate[]): SeparationChoice[] | undefined {
  const groups = new Map<string, string[]>();
  for (const { code, traits } of candidates) {
    const value = answerOf(dimension, traits[at] ?? 0);
    if (value === undefined) return undefined;
    groups.set(value, [...(groups.get(value) ?? []), code]);
  }
  if (groups.size < 2 || groups.size > MOST_CHOICES) return undefined;
  return [...groups].map(([value, codes]) => ({ value, codes }));
}

function answerOf(dimension: Dimension, bits: number): string | undefined {
  if (bits === 0 && PLAIN.has(dimension)) return 'none';
  // A name that says nothing of it is the first issue: "Đăng ký kết hôn".
  if (bits === 0) return dimension === 'act' ? 'first' : undefined;
  const values: readonly string[] = VALUES[dimension];
  // Handled at several levels: the citizen goes to the nearest.
  if (dimension === 'level') return values.find((_value, bit) => (bits & (1 << bit)) !== 0);
  const set = values.filter((_value, bit) => (bits & (1 << bit)) !== 0);
  return set.length === 1 ? set[0] : undefined;
}

/** Entropy of the answer, in bits: what is learnt on average by asking. */
function informationOf(choices: readonly SeparationChoice[], candidates: readonly Candidate[]): number {
  const total = weightOf(candidates);
  if (total === 0) return 0;
  return choices.reduce((sum, { codes }) => {
    const share = candidates.reduce((part, { code, score }) => (codes.includes(code) ? part + score : part), 0) / total;
    return share === 0 ? sum : sum - share * Math.log2(share);
  }, 0);
}
