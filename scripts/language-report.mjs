// `npm run language:report`: the built language, search and flows on the graded set (test/language/graded), beside plain BM25.
// It reads dist/: build first. The judging is language-report/measure.mjs, the bot language-report/bot.mjs.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';

const USAGE = `Usage: npm run -s language:report -- [--data] [--failures [--most N]] [--json]
  --data       also the development questions and phrases, where ../shared/data is present
  --failures   also the misses of the open half (even ids), the misleading ones first, at most N (60)
  --json       everything as one JSON object`;
const CONFUSIONS = 15;

const options = readOptions();
if (!existsSync(new URL('../dist/intents-model.json', import.meta.url))) {
  console.error('nothing is built: run "npm run build" first');
  process.exit(1);
}
const { fold } = await import('../dist/src/language/fold.js');
const { createBm25 } = await import('./language-report/bm25.mjs');
const { openBot, ROOT } = await import('./language-report/bot.mjs');
const measure = await import('./language-report/measure.mjs');
const { judgeParts, playTurns } = await import('./language-report/talks.mjs');
const { print } = await import('./language-report/print.mjs');

const report = await graded();
if (options.data) report.data = (await development()) ?? 'missing';
if (options.json) console.log(JSON.stringify(report, null, 1));
else print(report);

function readOptions() {
  try {
    return parseArgs({
      options: {
        data: { type: 'boolean', default: false },
        failures: { type: 'boolean', default: false },
        most: { type: 'string', default: '60' },
        json: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    process.exit(2);
  }
}

function jsonLines(file) {
  return readFileSync(file, 'utf8').split('\n').filter(Boolean).map(JSON.parse);
}

async function graded() {
  const folder = join(ROOT, 'test', 'language', 'graded');
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl') && name !== 'parts.jsonl');
  const lines = files.sort().flatMap((name) => jsonLines(join(folder, name)));
  const bot = await openBot(join(ROOT, 'simulators', 'portal', 'data', 'procedures.jsonl'));
  const judged = [];
  for (const line of lines) judged.push(await measure.judge(line, bot));

  const withKey = (key) => judged.filter((one) => one[key] !== undefined);
  const share = (key) => withKey(key).filter((one) => one[key]).length / withKey(key).length;
  const outside = judged.filter(({ line }) => line.accept?.length === 0);
  const ranked = judged.filter(({ rank }) => rank !== undefined).map(({ line }) => line);
  const result = {
    all: measure.figuresOf(judged),
    styles: measure.groupedBy(judged, ({ line }) => line.style),
    halves: measure.groupedBy(judged, ({ line }) => (measure.isOpen(line) ? 'open' : 'kept back')),
    intents: measure.groupedBy(judged, ({ line }) => measure.intentsOf(line)[0]),
    aspects: share('aspectsRight'),
    entities: share('entitiesRight'),
    outside: {
      lines: outside.length,
      answered: outside.filter(({ answer, outcome }) => outcome === 'wrong' && answer.place.startsWith('proc.')).length,
    },
    talks: await talks(parse(readFileSync(join(folder, 'turns.yaml'), 'utf8')), bot),
    parts: await severalQuestions(jsonLines(join(folder, 'parts.jsonl')), bot),
    baselines: baselines(ranked, bot.procedures),
    confusions: measure.confusionsOf(judged, CONFUSIONS),
  };
  if (options.failures) {
    const open = judged.filter(({ line }) => measure.isOpen(line));
    result.failures = measure.failuresOf(open, Number(options.most)).map(measure.describe);
  }
  return result;
}

async function talks(conversations, bot) {
  const wrong = [];
  for (const one of conversations) {
    const problem = await playTurns(one, bot);
    if (problem !== undefined) wrong.push(`${one.id} ${problem}`);
  }
  return { all: conversations.length, right: conversations.length - wrong.length, wrong };
}

async function severalQuestions(lines, bot) {
  const judged = [];
  for (const line of lines) judged.push({ line, ...(await judgeParts(line, bot)) });
  const wrong = judged.filter(({ understood, answered }) => !understood || !answered);
  return {
    all: judged.length,
    understood: judged.filter(({ understood }) => understood).length,
    answered: judged.filter(({ answered }) => answered).length,
    wrong: wrong.map(
      ({ line, understood }) =>
        `${line.id} ${understood ? 'understood, not answered' : 'not understood'} · ${line.text}`,
    ),
  };
}

function baselines(lines, procedures) {
  return {
    'BM25 on names, accented': measure.rankFigures(ranksOf(lines, createBm25(procedures))),
    'BM25 on names, stripped': measure.rankFigures(ranksOf(lines, createBm25(procedures, fold))),
  };
}

function ranksOf(lines, search) {
  return lines.map(({ text, accept }) => search(text).findIndex((code) => accept.includes(code)) + 1);
}

/** The same bot on the whole national catalogue; the data stays outside the project. */
async function development() {
  const folder = join(ROOT, '..', 'shared', 'data');
  if (!existsSync(join(folder, 'questions.dev.jsonl'))) return undefined;
  const bot = await openBot(join(folder, 'procedures.jsonl'));
  const questions = jsonLines(join(folder, 'questions.dev.jsonl'));
  const phrases = jsonLines(join(folder, 'intents.dev.jsonl'));
  const codes = (text) => bot.search(text).map(({ code }) => code);
  const stripped = (lines) => lines.map((line) => ({ ...line, text: fold(line.text) }));
  return {
    questions: {
      'as written': measure.rankFigures(ranksOf(questions, codes)),
      stripped: measure.rankFigures(ranksOf(stripped(questions), codes)),
      'BM25 on names, accented': measure.rankFigures(ranksOf(questions, createBm25(bot.procedures))),
      'BM25 on names, stripped': measure.rankFigures(ranksOf(questions, createBm25(bot.procedures, fold))),
    },
    phrases: {
      'as written': phraseFigures(phrases, bot),
      stripped: phraseFigures(stripped(phrases), bot),
    },
  };
}

function phraseFigures(phrases, bot) {
  const read = phrases.map(({ text, intent }) => {
    const { intent: understood, certain } = bot.understand(text);
    return { right: intent.split('|').includes(understood), certain };
  });
  return {
    lines: read.length,
    intent: read.filter(({ right }) => right).length / read.length,
    certainWrong: read.filter(({ right, certain }) => certain && !right).length / read.length,
  };
}
