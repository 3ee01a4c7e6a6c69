// Reads a catalogue file, one JSON object a line: Procedures of docs/portal-api.yaml, or rows of the published national
// catalogue (published-row.ts), recognised by their fields. Bad lines are counted and said, never fatal by themselves.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { readProcedure } from '../portal/procedure-shape.js';
import type { Procedure } from '../records/procedure.js';
import { fromPublishedRow, isPublishedRow } from './published-row.js';

export interface SkippedLine {
  /** From 1. */
  line: number;
  /** What is wrong, without the line's content. */
  reason: string;
}

export interface ImportedProcedures {
  /** In file order; a code that comes twice keeps its last row. */
  items: Procedure[];
  /** All that were skipped. */
  skippedCount: number;
  /** The first of them, at most 100. */
  skipped: SkippedLine[];
}

/** The longest published row has some 70,000 characters. */
const MAX_LINE = 1_000_000;
const MAX_ROWS = 50_000;
const MAX_REPORTED = 100;

/** @throws Error when there is no usable line at all. */
export async function importProcedures(lines: AsyncIterable<string> | Iterable<string>): Promise<ImportedProcedures> {
  const items = new Map<string, Procedure>();
  const skipped: SkippedLine[] = [];
  let skippedCount = 0;
  let line = 0;
  for await (const content of lines) {
    line++;
    if (content.trim() === '') continue;
    const reading = readLine(content, items.size);
    if (typeof reading !== 'string') {
      items.set(reading.code, reading);
      continue;
    }
    skippedCount++;
    if (skipped.length < MAX_REPORTED) skipped.push({ line, reason: reading });
  }
  if (items.size === 0) {
    const first = skipped[0];
    throw new Error(
      first === undefined ? 'no procedures in the file' : `no usable line; line ${first.line}: ${first.reason}`,
    );
  }
  return { items: [...items.values()], skippedCount, skipped };
}

/** Reads as a stream: a file of 25 MB never stands in memory whole. */
export async function importProcedureFile(path: string): Promise<ImportedProcedures> {
  const input = createReadStream(path, 'utf8');
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  try {
    return await importProcedures(lines);
  } finally {
    lines.close();
    input.destroy();
  }
}

/** The procedure, or why not. */
function readLine(content: string, have: number): Procedure | string {
  if (content.length > MAX_LINE) return `longer than ${MAX_LINE} characters`;
  if (have >= MAX_ROWS) return `more than ${MAX_ROWS} procedures`;
  let value: unknown;
  try {
    value = JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch {
    return 'not JSON';
  }
  const reading = readProcedure(isPublishedRow(value) ? fromPublishedRow(value) : value);
  return reading.result === 'read' ? reading.procedure : reading.reason;
}
