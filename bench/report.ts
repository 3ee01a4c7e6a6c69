// The bench's output: a table for people, the same rows as JSON for programs.

export interface Row {
  section: string;
  what: string;
  /** Name → figure with its unit in the name, as in `p99 ms`. */
  figures: Record<string, number>;
  /** What was hoped for and whether it was reached; undefined where nothing was. */
  aim?: { text: string; met: boolean };
  /** Why it could not be measured: the bench then fails. */
  missing?: string;
}

const WIDTH = 56;

export function printTable(rows: readonly Row[], write: (line: string) => void): void {
  let section = '';
  for (const row of rows) {
    if (row.section !== section) {
      section = row.section;
      write(`\n${section}`);
    }
    const figures = Object.entries(row.figures).map(([name, value]) => `${name} ${shown(value)}`);
    if (row.missing !== undefined) write(`  !!! NOT MEASURED: ${row.what}. ${row.missing}`);
    else write(`  ${row.what.padEnd(WIDTH)} ${figures.join(' · ')}`);
    if (row.aim !== undefined) write(`  ${''.padEnd(WIDTH)} aim: ${row.aim.text}: ${row.aim.met ? 'met' : 'NOT met'}`);
  }
}

function shown(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
