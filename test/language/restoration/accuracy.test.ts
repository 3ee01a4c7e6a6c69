// How many syllables are restored right, on a full catalogue and questions that are not part of the repository. Without them
// (MOT_CUA_DATA names their folder) there is nothing to measure. Prints its figures.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importProcedureFile } from '../../../src/catalogue/import.js';
import { fold } from '../../../src/language/fold.js';
import { normalise, wordsOf } from '../../../src/language/normalise.js';
import type { Restorer } from '../../../src/language/restoration/restorer.js';
import type { Procedure } from '../../../src/records/procedure.js';
import { restorerFor } from './trained.js';

const folder = process.env.MOT_CUA_DATA ?? join(__dirname, '../../../../shared/data');
const questionFile = join(folder, 'questions.dev.jsonl');
const catalogueFile = join(folder, 'procedures.jsonl');
const HELD_OUT = 10;

/** The share of words that come back as they were, once all marks are taken away. */
function accuracy(restorer: Restorer, texts: readonly string[]): number {
  let right = 0;
  let all = 0;
  for (const text of texts) {
    const meant = normalise(text).split(' ');
    const restored = restorer.read(wordsOf(fold(text))).map((word) => word.restored);
    all += meant.length;
    // Where an abbreviation made the two unequally long, they are compared from both ends.
    const same = (at: number) => restored[at] === meant[at];
    const first = meant.findIndex((_word, at) => !same(at));
    if (restored.length === meant.length || first < 0) right += meant.filter((_word, at) => same(at)).length;
    else {
      const last = meant.findIndex((_word, back) => restored.at(-1 - back) !== meant.at(-1 - back));
      right += Math.min(meant.length, first + last);
    }
  }
  return right / all;
}

/** Numbers of the groups of names that share at least 70 % of their words, directly or over others. */
function nearIdentical(names: readonly string[]): number[] {
  const words = names.map((name) => new Set(fold(name).match(/[a-z0-9]+/g)));
  const group = names.map((_name, at) => at);
  const first = (at: number): number => {
    let own = at;
    while (group[own] !== own) own = group[own] ?? own;
    return own;
  };
  const alike = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => {
    if (Math.min(a.size, b.size) < 0.7 * Math.max(a.size, b.size)) return false;
    let shared = 0;
    for (const word of a) if (b.has(word)) shared++;
    return shared / (a.size + b.size - shared) >= 0.7;
  };
  for (const [at, own] of words.entries()) {
    for (let other = 0; other < at; other++) {
      if (first(at) !== first(other) && alike(own, words[other] ?? new Set())) group[first(at)] = first(other);
    }
  }
  return names.map((_name, at) => first(at));
}

function figure(what: string, share: number): number {
  process.stdout.write(`${what}: ${(100 * share).toFixed(2)} % of the syllables\n`);
  return share;
}

const here = existsSync(questionFile) && existsSync(catalogueFile);

(here ? describe : describe.skip)('restoring diacritics with a full catalogue', () => {
  let procedures: Procedure[];
  let questions: string[];

  beforeAll(async () => {
    procedures = (await importProcedureFile(catalogueFile)).items;
    questions = readFileSync(questionFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { text: string; has_diacritics: boolean })
      .filter((question) => question.has_diacritics)
      .map(({ text }) => text);
  });

  it('gets at least 97 % of the syllables of names that it never saw', () => {
    const isHeld = (at: number) => at % HELD_OUT === 3;
    const restorer = restorerFor(procedures.filter((_one, at) => !isHeld(at)));
    const held = procedures.filter((_one, at) => isHeld(at)).map(({ name }) => name);
    expect(figure('one name in ten held out', accuracy(restorer, held))).toBeGreaterThanOrEqual(0.97);
  });

  it('gets at least 97 % where whole groups of near-identical names are unknown', () => {
    const groups = nearIdentical(procedures.map(({ name }) => name));
    const order = [...new Set(groups)];
    const heldGroups = new Set(order.filter((_group, at) => at % HELD_OUT === 3));
    const isHeld = (at: number) => heldGroups.has(groups[at] ?? -1);
    const restorer = restorerFor(procedures.filter((_one, at) => !isHeld(at)));
    const held = procedures.filter((_one, at) => isHeld(at)).map(({ name }) => name);
    expect(figure('one group of names in ten held out', accuracy(restorer, held))).toBeGreaterThanOrEqual(0.97);
  });

  it('gets at least 93 % of the syllables of citizens’ questions', () => {
    expect(figure('questions', accuracy(restorerFor(procedures), questions))).toBeGreaterThanOrEqual(0.93);
    expect(figure('questions, without a catalogue', accuracy(restorerFor(), questions))).toBeGreaterThanOrEqual(0.93);
  });

  it('changes next to nothing in what was written with care', () => {
    const restorer = restorerFor(procedures);
    const words = questions.flatMap((text) => restorer.read(wordsOf(text)));
    const changed = words.filter((word) => word.restored !== word.text);
    expect(figure('accented questions left as they are', 1 - changed.length / words.length)).toBeGreaterThan(0.995);
  });
});
