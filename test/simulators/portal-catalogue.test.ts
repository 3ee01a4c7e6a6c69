// The sample catalogue that the simulated portal serves: every line is a whole `Procedure` of the portal contract.
// Plain checks, so that the file is judged by the contract's words and not by somebody's parser.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(__dirname, '../../simulators/portal/data/procedures.jsonl');
const text = readFileSync(file, 'utf8');
const lines = text.split('\n').filter((line) => line !== '');
const rows = lines.map((line) => JSON.parse(line) as Record<string, unknown>);

const allowedFields = [
  'code',
  'name',
  'field',
  'levels',
  'onlineLevel',
  'executingAgency',
  'methods',
  'cases',
  'steps',
  'conditions',
  'results',
  'legalBasis',
  'url',
  'updatedAt',
];

/** The codes people ask for most, all of them published in the catalogue of mid-2026. */
const mostAsked = `
  1.001193 2.000986 2.000635 1.004884 1.004859 1.000894 2.000806 1.004873 1.000656 1.001022 2.001263 2.000815 2.000884
  1.004222 1.004194 1.002755 1.010038 1.003197 1.010041 2.001159 1.003677 1.014061 1.014062 1.014063 1.014064 3.000228
  1.001456 1.010386 3.000348 3.000347 3.000353 1.012575 1.013067 1.013076 1.013080 3.000333 1.013978 1.012753 1.013831
  1.012784 1.013949 1.013823 1.012783 1.012786 1.013225 1.001612 2.000720 1.001266 2.001583 2.001199 2.002043 2.002029
  1.008498 1.001613 2.000693 1.002759 1.001939 1.002179 1.011606 1.011607 1.011608 2.001827 1.013133 1.013138 1.012812
  2.000829 2.001478 3.000489 1.001437`
  .trim()
  .split(/\s+/);

/** What is wrong with a row, one sentence each; empty when it keeps the contract. */
function faultsOf(row: Record<string, unknown>): string[] {
  const faults: string[] = [];
  const check = (good: boolean, fault: string): void => {
    if (!good) faults.push(fault);
  };
  for (const name of Object.keys(row)) check(allowedFields.includes(name), `unknown field ${name}`);
  check(isText(row.code) && /^\d\.\d{6}$/.test(row.code), 'code is not d.dddddd');
  check(isText(row.name), 'no name');
  check(isText(row.field), 'no field');
  check(isListOf(row.levels, oneOf('ministry', 'province', 'commune', 'other')), 'levels');
  check(oneOf('full', 'partial', 'information')(row.onlineLevel), 'onlineLevel');
  check(row.executingAgency === undefined || isText(row.executingAgency), 'executingAgency');
  check(isListOf(row.methods, isMethod), 'methods');
  check(row.cases === undefined || isListOf(row.cases, isCase), 'cases');
  check(isText(row.steps) && /^1\. /.test(row.steps) && row.steps.length <= 900, 'steps');
  check(row.conditions === undefined || (isText(row.conditions) && row.conditions.length <= 400), 'conditions');
  check(row.results === undefined || isListOf(row.results, isText), 'results');
  check(row.legalBasis === undefined || isListOf(row.legalBasis, isLawNumber), 'legalBasis');
  check(row.url === undefined || (isText(row.url) && /^https:\/\//.test(row.url)), 'url');
  check(isText(row.updatedAt) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(row.updatedAt), 'updatedAt');
  return faults;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() === value && value !== '';
}

function isListOf(value: unknown, good: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((item) => good(item));
}

function oneOf(...values: string[]): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && values.includes(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isMethod(value: unknown): boolean {
  return (
    isRecord(value) &&
    oneOf('online', 'in-person', 'post')(value.channel) &&
    [value.timeText, value.feeText].every((item) => item === undefined || isText(item)) &&
    Object.keys(value).every((name) => ['channel', 'timeText', 'feeText'].includes(name))
  );
}

function isCase(value: unknown): boolean {
  return isRecord(value) && (value.name === undefined || isText(value.name)) && isListOf(value.documents, isPaper);
}

function isPaper(value: unknown): boolean {
  return isRecord(value) && isText(value.name) && isCount(value.originals) && isCount(value.copies);
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0;
}

function isLawNumber(value: unknown): boolean {
  return isText(value) && /^[\d.]+\/(?:\d{4}\/)?[A-ZĐ0-9-]+(?:-TTg)?$/.test(value);
}

function caseNames(row: Record<string, unknown>): unknown[] {
  return Array.isArray(row.cases) ? row.cases.map((item) => (isRecord(item) ? item.name : undefined)) : [];
}

function channels(row: Record<string, unknown>): unknown[] {
  return Array.isArray(row.methods) ? row.methods.map((item) => (isRecord(item) ? item.channel : undefined)) : [];
}

describe('The sample catalogue of the simulated portal', () => {
  it('holds at least 120 procedures, each code once', () => {
    expect(rows.length).toBeGreaterThanOrEqual(120);
    expect(new Set(rows.map((row) => row.code)).size).toBe(rows.length);
  });

  it('is written in composed Unicode without invisible characters', () => {
    expect(text).toBe(text.normalize('NFC'));
    expect(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]/.test(text)).toBe(false);
  });

  it('keeps the portal contract on every line', () => {
    const faulty = rows
      .map((row) => ({ code: row.code, faults: faultsOf(row) }))
      .filter(({ faults }) => faults.length > 0);
    expect(faulty).toEqual([]);
  });

  it('numbers three to six short steps for every procedure', () => {
    const odd = rows.filter((row) => {
      const steps = String(row.steps).split('\n');
      return steps.length < 3 || steps.length > 6 || steps.some((step, index) => !step.startsWith(`${index + 1}. `));
    });
    expect(odd.map((row) => row.code)).toEqual([]);
  });

  it('has every procedure that people ask for most', () => {
    const codes = new Set(rows.map((row) => row.code));
    expect(mostAsked.filter((code) => !codes.has(code))).toEqual([]);
  });

  it('says "information" exactly where nothing can be filed online', () => {
    const wrong = rows.filter((row) => (row.onlineLevel === 'information') === channels(row).includes('online'));
    expect(wrong.map((row) => row.code)).toEqual([]);
  });

  it('lets a citizen tell the cases of one procedure apart', () => {
    const confusing = rows.filter((row) => {
      const names = caseNames(row);
      return names.length > 1 && (new Set(names).size < names.length || names.includes(undefined));
    });
    expect(confusing.map((row) => row.code)).toEqual([]);
    expect(rows.filter((row) => caseNames(row).length > 1).length).toBeGreaterThanOrEqual(15);
  });
});
