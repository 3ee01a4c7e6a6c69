// Every satisfaction figure in one place: shares that are never told without their number, the scorecard of agencies, and the
// groups of QĐ 766/QĐ-TTg. Pure; the sources are named at each rule.

/** Fewer ratings say nothing about an agency, and much about single citizens (our rule). */
export const FEWEST_FOR_PERCENT = 10;

/** A part of `n`: the percentage is absent where `n` is too small for one. */
export interface Share {
  n: number;
  part: number;
  /** 0..100, one decimal. */
  percent?: number;
}

/** Throws RangeError unless 0 ≤ part ≤ n, both whole. */
export function share(part: number, n: number): Share {
  checkPart(part, n);
  return n < FEWEST_FOR_PERCENT ? { n, part } : { n, part, percent: Math.round((part / n) * 1000) / 10 };
}

/** Of the five steps: "hài lòng" and "rất hài lòng" count as satisfied (SIPAS). */
export function isSatisfied(score: number): boolean {
  return score >= 4;
}

export function isDissatisfied(score: number): boolean {
  return score <= 2;
}

export interface Rated {
  /** 1..5, like those of `criteria`. */
  score: number;
  criteria: Readonly<Record<string, number>>;
}

export interface RatingSummary {
  n: number;
  /** How many gave 1, 2, … 5. */
  steps: readonly [number, number, number, number, number];
  satisfied: Share;
  dissatisfied: Share;
  /** By criterion: the satisfied of those who answered it. */
  criteria: Readonly<Record<string, Share>>;
}

export function summarise(ratings: Iterable<Rated>): RatingSummary {
  const steps: [number, number, number, number, number] = [0, 0, 0, 0, 0];
  const answered = new Map<string, { satisfied: number; n: number }>();
  for (const { score, criteria } of ratings) {
    const step = score - 1;
    if (step !== 0 && step !== 1 && step !== 2 && step !== 3 && step !== 4)
      throw new RangeError('a score is a whole number from 1 to 5');
    steps[step]++;
    for (const [key, level] of Object.entries(criteria)) {
      const before = answered.get(key) ?? { satisfied: 0, n: 0 };
      answered.set(key, { satisfied: before.satisfied + (isSatisfied(level) ? 1 : 0), n: before.n + 1 });
    }
  }
  const n = steps.reduce((sum, count) => sum + count, 0);
  const criteria = [...answered].map(([key, { satisfied, n: of }]) => [key, share(satisfied, of)] as const);
  return {
    n,
    steps,
    satisfied: share(steps[3] + steps[4], n),
    dissatisfied: share(steps[0] + steps[1], n),
    criteria: Object.fromEntries(criteria),
  };
}

/** (all − dissatisfied or overdue) / all, as summaries of QĐ 766 give it. `bad`: dossiers that are either, counted once. */
export function satisfactionRatio({ all, bad }: { all: number; bad: number }): Share {
  checkPart(bad, all);
  return share(all - bad, all);
}

/** The nine criteria of the scorecard for handling procedures (NĐ 61/2018, articles 31–34; TT 01/2018/TT-VPCP), 0–2 points each. */
export const SCORECARD_CRITERIA = [
  'total-time',
  'agency-time',
  'returns-for-papers',
  'agencies-contacted',
  'one-stop-desk',
  'publicity',
  'attitude',
  'feedback-heard',
  'online-service',
] as const;
export type ScorecardCriterion = (typeof SCORECARD_CRITERIA)[number];
export type Grade = 'excellent' | 'good' | 'fair' | 'average' | 'weak';

/** From so many of 18 points on: Xuất sắc, Tốt, Khá, Trung bình; below them Yếu. */
const GRADES: readonly (readonly [number, Grade])[] = [
  [15, 'excellent'],
  [12, 'good'],
  [9, 'fair'],
  [6, 'average'],
];
const MOST_PER_CRITERION = 2;

/** Throws RangeError for points outside 0..2. */
export function scorecard(points: Readonly<Record<ScorecardCriterion, number>>): { total: number; grade: Grade } {
  let total = 0;
  for (const criterion of SCORECARD_CRITERIA) {
    const given = points[criterion];
    if (!(given >= 0 && given <= MOST_PER_CRITERION)) throw new RangeError(`${criterion}: 0 to 2 points`);
    total += given;
  }
  return { total, grade: GRADES.find(([from]) => total >= from)?.[1] ?? 'weak' };
}

/** Points of the five groups of QĐ 766/QĐ-TTg (23 June 2022), 100 together. */
export const QD766_GROUPS = { publicity: 18, progress: 20, digitisation: 22, online: 22, satisfaction: 18 } as const;

/** The satisfaction group in three parts of six. */
const PART = 6;
/** From so large a part of satisfied ratings on, handling has all its points. */
const FULL_FROM = 0.9;

/*
 * The formulas below were observed on the national portal's figures of one province (domain reference, section 5): they are
 * not printed in the decision.
 */

/** 20 × on time / received; 0 while nothing was received. */
export function progressPoints({ onTime, received }: { onTime: number; received: number }): number {
  checkPart(onTime, received);
  return received === 0 ? 0 : QD766_GROUPS.progress * (onTime / received);
}

/** min(6, 6 × satisfied / rated / 0.90); 0 while nothing is rated. */
export function handlingPoints({ satisfied, rated }: { satisfied: number; rated: number }): number {
  checkPart(satisfied, rated);
  return rated === 0 ? 0 : Math.min(PART, (PART * (satisfied / rated)) / FULL_FROM);
}

/** 6 × those answered on time, or answered to the citizen's satisfaction, of all feedback; 6 where there was none. */
export function feedbackPoints({ good, all }: { good: number; all: number }): number {
  checkPart(good, all);
  return all === 0 ? PART : PART * (good / all);
}

export interface SatisfactionCounts {
  ratings: { satisfied: number; rated: number };
  feedback: { all: number; onTime: number; satisfied: number };
}

/** The satisfaction group, at most 18. */
export function satisfactionPoints({ ratings, feedback }: SatisfactionCounts): number {
  const { all, onTime, satisfied } = feedback;
  return handlingPoints(ratings) + feedbackPoints({ good: onTime, all }) + feedbackPoints({ good: satisfied, all });
}

function checkPart(part: number, n: number): void {
  if (!Number.isInteger(part) || !Number.isInteger(n) || part < 0 || part > n)
    throw new RangeError('a part must be a whole number between 0 and the whole');
}
