import fc from 'fast-check';
import {
  FEWEST_FOR_PERCENT,
  feedbackPoints,
  handlingPoints,
  progressPoints,
  QD766_GROUPS,
  SCORECARD_CRITERIA,
  type ScorecardCriterion,
  satisfactionPoints,
  satisfactionRatio,
  scorecard,
  share,
  summarise,
} from '../../src/reports/satisfaction.js';

const part = fc.nat(2000).chain((n) => fc.record({ n: fc.constant(n), part: fc.nat(n) }));

describe('a share', () => {
  it('always says of how many, and has no percentage under ten', () => {
    expect(share(9, 9)).toEqual({ n: 9, part: 9 });
    expect(share(9, 10)).toEqual({ n: 10, part: 9, percent: 90 });
    expect(share(2, 3)).not.toHaveProperty('percent');
    expect(share(667, 1000)).toEqual({ n: 1000, part: 667, percent: 66.7 });
    expect(share(0, 0)).toEqual({ n: 0, part: 0 });
  });

  it('lies between 0 and 100 wherever there is one', () => {
    fc.assert(
      fc.property(part, ({ n, part }) => {
        const { percent } = share(part, n);
        expect(percent === undefined).toBe(n < FEWEST_FOR_PERCENT);
        if (percent !== undefined) expect(percent >= 0 && percent <= 100).toBe(true);
      }),
    );
  });

  it.each([
    [5, 4],
    [-1, 4],
    [1.5, 4],
    [Number.NaN, 4],
  ])('refuses %d of %d', (some, all) => expect(() => share(some, all)).toThrow(RangeError));
});

it('counts the steps, the satisfied and each criterion of those who answered it', () => {
  const ratings = [
    ...Array.from({ length: 8 }, () => ({ score: 5, criteria: { time: 5 } })),
    { score: 4, criteria: { time: 1, attitude: 5 } },
    { score: 3, criteria: { time: 3 } },
    { score: 1, criteria: {} },
  ];
  expect(summarise(ratings)).toEqual({
    n: 11,
    steps: [1, 0, 1, 1, 8],
    satisfied: { n: 11, part: 9, percent: 81.8 },
    dissatisfied: { n: 11, part: 1, percent: 9.1 },
    criteria: { time: { n: 10, part: 8, percent: 80 }, attitude: { n: 1, part: 1 } },
  });
  expect(() => summarise([{ score: 6, criteria: {} }])).toThrow(RangeError);
});

it('takes what was dissatisfied or overdue off the whole', () => {
  expect(satisfactionRatio({ all: 200, bad: 13 })).toEqual({ n: 200, part: 187, percent: 93.5 });
  expect(satisfactionRatio({ all: 4, bad: 1 })).toEqual({ n: 4, part: 3 });
});

describe('the scorecard', () => {
  const all = (points: number) =>
    Object.fromEntries(SCORECARD_CRITERIA.map((one) => [one, points])) as Record<ScorecardCriterion, number>;

  it('has nine criteria and 18 points', () => {
    expect(SCORECARD_CRITERIA).toHaveLength(9);
    expect(scorecard(all(2))).toEqual({ total: 18, grade: 'excellent' });
    expect(scorecard(all(0))).toEqual({ total: 0, grade: 'weak' });
  });

  it.each([
    [15, 'excellent'],
    [14.9, 'good'],
    [12, 'good'],
    [11.9, 'fair'],
    [9, 'fair'],
    [8.9, 'average'],
    [6, 'average'],
    [5.9, 'weak'],
  ])('grades %d points as %s', (total, grade) => {
    const points = all(0);
    let left = total;
    for (const criterion of SCORECARD_CRITERIA) {
      points[criterion] = Math.min(2, left);
      left -= points[criterion];
    }
    const result = scorecard(points);
    expect(result.grade).toBe(grade);
    expect(result.total).toBeCloseTo(total);
  });

  it('refuses points outside 0 to 2', () => {
    expect(() => scorecard({ ...all(1), attitude: 3 })).toThrow(/attitude/);
    expect(() => scorecard({ ...all(1), publicity: Number.NaN })).toThrow(RangeError);
  });
});

describe('the groups of QĐ 766', () => {
  it('are 100 points together', () => {
    expect(Object.values(QD766_GROUPS).reduce((sum, points) => sum + points, 0)).toBe(100);
  });

  it('give progress by what was on time', () => {
    expect(progressPoints({ onTime: 95, received: 100 })).toBeCloseTo(19);
    expect(progressPoints({ onTime: 0, received: 0 })).toBe(0);
  });

  it('give handling all its points from nine in ten on, none while nothing is rated', () => {
    expect(handlingPoints({ satisfied: 90, rated: 100 })).toBeCloseTo(6);
    expect(handlingPoints({ satisfied: 100, rated: 100 })).toBe(6);
    expect(handlingPoints({ satisfied: 45, rated: 100 })).toBeCloseTo(3);
    expect(handlingPoints({ satisfied: 0, rated: 0 })).toBe(0);
  });

  it('give feedback all its points where there was none', () => {
    expect(feedbackPoints({ good: 0, all: 0 })).toBe(6);
    expect(feedbackPoints({ good: 3, all: 4 })).toBeCloseTo(4.5);
  });

  it('add up to at most 18 for satisfaction, and never fall when one more is satisfied', () => {
    const nothing = { ratings: { satisfied: 0, rated: 0 }, feedback: { all: 0, onTime: 0, satisfied: 0 } };
    expect(satisfactionPoints(nothing)).toBe(12);
    fc.assert(
      fc.property(part, part, ({ n: rated, part: satisfied }, { n: all, part: good }) => {
        const points = (more: number) =>
          satisfactionPoints({
            ratings: { satisfied: Math.min(rated, satisfied + more), rated },
            feedback: { all, onTime: good, satisfied: good },
          });
        expect(points(0)).toBeGreaterThanOrEqual(0);
        expect(points(0)).toBeLessThanOrEqual(QD766_GROUPS.satisfaction + 1e-9);
        expect(points(1)).toBeGreaterThanOrEqual(points(0));
      }),
    );
  });
});
