// How entries become what is drawn: days, and runs of lines by the same speaker. Pure.
import type { EntryView } from '../../../../../src/desk/api.js';
import { dayKey } from '../../../parts/format.js';

export type LineView = EntryView['lines'][number];

export interface ShownLine {
  key: string;
  at: number;
  entry: EntryView;
  line: LineView;
  /** Of the entry's lines: what a reveal answers by. */
  index: number;
  /** The first of a run: it carries name and time. */
  head: boolean;
  /** The last line that left in this turn: it carries the delivery state. */
  sent: boolean;
  /** The citizen's first line of the turn: it carries what the bot understood. */
  understood: boolean;
}

export interface ShownDay {
  day: string;
  at: number;
  lines: ShownLine[];
}

/** A run ends after this silence, ms. */
const RUN = 5 * 60_000;
const OUTGOING = new Set(['bot', 'staff']);

export function daysOf(entries: readonly EntryView[]): ShownDay[] {
  const days: ShownDay[] = [];
  let before: ShownLine | undefined;
  for (const entry of entries) {
    const day = dayKey(entry.at);
    if (days.at(-1)?.day !== day) {
      days.push({ day, at: entry.at, lines: [] });
      before = undefined;
    }
    const lastSent = entry.lines.findLastIndex(({ by }) => OUTGOING.has(by));
    const firstHeard = entry.lines.findIndex(({ by }) => by === 'citizen');
    for (const [index, line] of entry.lines.entries()) {
      const shown: ShownLine = {
        key: `${entry.id}:${index}`,
        at: entry.at,
        entry,
        line,
        index,
        head: before === undefined || !sameRun(before, line, entry.at),
        sent: index === lastSent && entry.delivery !== undefined,
        understood: index === firstHeard && entry.understood !== undefined,
      };
      days.at(-1)?.lines.push(shown);
      before = shown;
    }
  }
  return days;
}

function sameRun(before: ShownLine, line: LineView, at: number): boolean {
  return before.line.by === line.by && before.line.user === line.user && at - before.at < RUN;
}
