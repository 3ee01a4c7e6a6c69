// The figures of a run, for people: one line per fault and home, totals, and every violation in words.
import type { Outcome } from './run.js';

export interface Row {
  fault: string;
  home: string;
  times: number;
  texts: number;
  lost: number;
  doubled: number;
  disordered: number;
  wronglyRepeated: number;
  repeated: number;
  letters: number;
  stuck: number;
  crashed: number;
  recoveries: number[];
}

const HOMES = { embedded: 'embedded', cluster: 'cluster', replicated: 'cluster, min. 1 replica' };

export function rowsOf(outcomes: readonly Outcome[]): Row[] {
  const rows = new Map<string, Row>();
  for (const outcome of outcomes) {
    const home = HOMES[outcome.home];
    const key = `${outcome.fault} ${home}`;
    const row = rows.get(key) ?? emptyRow(outcome.fault, home);
    rows.set(key, row);
    add(row, outcome);
  }
  return [...rows.values()].sort((a, b) => a.fault.localeCompare(b.fault) || a.home.localeCompare(b.home));
}

export function total(rows: readonly Row[]): Row {
  const sum = emptyRow('all faults', '');
  for (const row of rows) {
    for (const key of COUNTS) sum[key] += row[key];
    sum.recoveries.push(...row.recoveries);
  }
  return sum;
}

/** Lost, doubled, reordered, wrongly repeated, stuck or crashed. */
export function isClean(row: Row): boolean {
  return row.lost + row.doubled + row.disordered + row.wronglyRepeated + row.stuck + row.crashed === 0;
}

const COUNTS = [
  'times',
  'texts',
  'lost',
  'doubled',
  'disordered',
  'wronglyRepeated',
  'repeated',
  'letters',
  'stuck',
  'crashed',
] as const;

const HEAD = [
  'fault',
  'home',
  'times',
  'texts',
  'lost',
  'double',
  'order',
  'excess',
  'stuck',
  'repeated',
  'letters',
  'median s',
  'max s',
];

/** Markdown that is readable as it stands. */
export function tableOf(rows: readonly Row[]): string {
  const lines = [HEAD, ...[...rows, total(rows)].map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const text = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column < 2 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [text(HEAD), rule, ...lines.slice(1).map(text)].join('\n');
}

/** Why replies or events ended in the dead letters, and how often. */
export function reasonsOf(outcomes: readonly Outcome[]): string {
  const reasons = new Map<string, number>();
  for (const outcome of outcomes)
    for (const { reason } of 'letters' in outcome ? outcome.letters : [])
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const sorted = [...reasons].sort(([, a], [, b]) => b - a);
  return sorted.length === 0 ? 'none' : sorted.map(([reason, count]) => `${reason} ${count}`).join(', ');
}

function emptyRow(fault: string, home: string): Row {
  const counts = { times: 0, texts: 0, lost: 0, doubled: 0, disordered: 0, wronglyRepeated: 0 };
  return { fault, home, ...counts, repeated: 0, letters: 0, stuck: 0, crashed: 0, recoveries: [] };
}

function add(row: Row, outcome: Outcome): void {
  row.times += 1;
  if ('stuck' in outcome) {
    row.stuck += 1;
    return;
  }
  row.texts += outcome.texts;
  row.lost += outcome.lost;
  row.doubled += outcome.doubled;
  row.disordered += outcome.disordered;
  row.wronglyRepeated += outcome.wronglyRepeated;
  row.repeated += outcome.repeated;
  row.letters += outcome.letters.length;
  row.crashed += outcome.crashed;
  row.recoveries.push(outcome.recoveryMs);
}

function cellsOf(row: Row): string[] {
  const { times, texts, lost, doubled, disordered, wronglyRepeated, stuck, crashed, repeated, letters } = row;
  const numbers = [times, texts, lost, doubled, disordered, wronglyRepeated, stuck + crashed, repeated, letters];
  const sorted = [...row.recoveries].sort((a, b) => a - b);
  const seconds = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map((ms) =>
    ms === undefined ? '-' : (ms / 1000).toFixed(1),
  );
  return [row.fault, row.home, ...numbers.map((number) => number.toLocaleString('en-US')), ...seconds];
}
