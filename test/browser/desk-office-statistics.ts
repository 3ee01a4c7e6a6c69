// Invented figures of the desk for the tests of its page of statistics.
import type { Statistics } from '../../src/desk/api.js';
import { NOW } from './desk-office-data.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The last 70 days, fewer on weekends. */
export function statistics(from: string, to: string): Statistics {
  const days = Array.from({ length: 70 }, (_, i) => {
    const at = NOW - (69 - i) * DAY;
    const weekday = new Date(at + 7 * HOUR).getUTCDay();
    const busy = weekday === 0 || weekday === 6 ? 0.15 : 1;
    const opened = Math.round((46 + 14 * Math.sin(i / 2.6) + (i % 5) * 3) * busy);
    const answered = Math.round(opened * 0.93);
    const shares = [0, 0, 0, 0, 0, 1, 3, 9, 16, 15, 12, 6, 4, 11, 14, 12, 8, 5, 4, 5, 4, 2, 1, 0];
    return {
      agency: 'mot-cua',
      day: new Date(at + 7 * HOUR).toISOString().slice(0, 10),
      opened,
      closed: Math.round(opened * 0.95),
      reopened: Math.round(opened * 0.05),
      answered,
      firstAnswerMs: answered * (6.5 + 2.4 * Math.cos(i / 3)) * MINUTE,
      breached: Math.round(opened * 0.04 * (1 + Math.sin(i))),
      hours: shares.map((share) => Math.round((opened * share) / 132)),
    };
  }).filter(({ day }) => day >= from && day <= to);
  const count = days.reduce((all, { closed }) => all + Math.round(closed / 3), 0);
  const byScore = [0.03, 0.04, 0.1, 0.28, 0.55].map((share) => Math.round(count * share));
  const all = byScore.reduce((sum, one) => sum + one, 0);
  const sum = byScore.reduce((total, one, i) => total + one * (i + 1), 0);
  const part = (byScore[3] ?? 0) + (byScore[4] ?? 0);
  return {
    days,
    ratings: {
      count: all,
      ...(all < 10 ? {} : { mean: Math.round((sum / all) * 100) / 100 }),
      byScore,
      satisfied: { n: all, part },
    },
  };
}
