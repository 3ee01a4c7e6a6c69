// How often the right procedure comes first, on labelled questions and a full catalogue that are not part of the repository.
// Without them (MOT_CUA_DATA names their folder) there is nothing to measure.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importProcedureFile } from '../../src/catalogue/import.js';
import { createProcedureSearch, type ProcedureSearch } from '../../src/catalogue/search.js';
import { loadSearchData } from '../../src/catalogue/search-data.js';
import { fold } from '../../src/language/fold.js';

const folder = process.env.MOT_CUA_DATA ?? join(__dirname, '../../../shared/data');
const questionFile = join(folder, 'questions.dev.jsonl');
const catalogueFile = join(folder, 'procedures.jsonl');

interface Question {
  text: string;
  /** Every code that counts as right. */
  accept: string[];
}

const here = existsSync(questionFile) && existsSync(catalogueFile);

(here ? describe : describe.skip)('the search over a full catalogue', () => {
  let search: ProcedureSearch;
  let questions: Question[];

  beforeAll(async () => {
    const { items } = await importProcedureFile(catalogueFile);
    search = createProcedureSearch(items, loadSearchData(join(__dirname, '../../intents')));
    questions = readFileSync(questionFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  });

  /** The share of questions with a right procedure among the first `depth`. */
  function recall(depth: number, write: (text: string) => string = (text) => text): number {
    const found = questions.filter(({ text, accept }) =>
      search.search(write(text), depth).some(({ code }) => accept.includes(code)),
    );
    return found.length / questions.length;
  }

  it('puts the right procedure first for at least 85 % of the questions', () => {
    expect(recall(1)).toBeGreaterThanOrEqual(0.85);
  });

  it('has it among the first five for at least 95 %', () => {
    expect(recall(5)).toBeGreaterThanOrEqual(0.95);
  });

  it('loses at most two points when the diacritics are left out', () => {
    expect(recall(1) - recall(1, fold)).toBeLessThanOrEqual(0.02);
  });

  it('gives scores that mean something: the sure answers are right', () => {
    const sure = questions
      .map(({ text, accept }) => ({ hit: search.search(text, 1)[0], accept }))
      .filter(({ hit }) => (hit?.score ?? 0) >= 0.75);
    const right = sure.filter(({ hit, accept }) => accept.includes(hit?.code ?? ''));
    expect(sure.length).toBeGreaterThan(questions.length / 2);
    expect(right.length / sure.length).toBeGreaterThanOrEqual(0.95);
  });
});
