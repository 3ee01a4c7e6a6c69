// Procedure lookup: find it, choose among several, the summary, then what was asked about it.
import type { Aspect } from '../../language/language.js';
import type { Procedure } from '../../records/procedure.js';
import type { Choice, Flow, Step, StepResult, Turn } from '../flow.js';
import type { Heard } from '../heard.js';
import { menuChoice, staffChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import { PAGE_LENGTH, shortened } from '../paging.js';
import { spokenNumber } from '../picking.js';
import { serviceFacts } from '../service/texts.js';
import type { Texts } from '../texts.js';
import { aspectAddress, isProcedureCode, procedureAddress, readAspects, readCodes, readIndex } from './addresses.js';
import { apart } from './apart.js';
import { aspectPages, needsCase } from './aspects.js';
import { mainChoices, moreChoice, procedureCard } from './card.js';
import { askedProcedure, namedProcedure } from './search.js';
import { PROC } from './texts.js';
import { sourceOf } from './wording.js';

/** Pages sent at once; the rest follows on request: nobody reads several long messages in a row. */
const PAGES_AT_ONCE = 1;
const LISTED_NAME = 140;
const CASE_BUTTONS = 4;
const MOST_ASPECTS = 3;
const LONGEST_YES = 30;

type AskMemory = { aspects: Aspect[] };
type WhichMemory = { codes: string[]; aspects: Aspect[] };
type CodeMemory = { code: string };
type AspectMemory = { code: string; aspects: Aspect[]; caseIndex?: number; page: number };

const ask: Step<AskMemory> = {
  read: ([aspects]) => ({ aspects: readAspects(aspects) }),
  show: ({ services: { texts } }, memory) => ({
    say: [say(texts.format(memory.aspects.length === 0 ? PROC.ask : PROC.askAspect))],
    wait: memory,
  }),
  hear: (turn, heard, { aspects }) => (namesProcedure(heard) ? namedProcedure(turn, heard, aspects) : undefined),
};

/** Nearly everything said after "which procedure?" is a name, but for what is surely something else. */
function namesProcedure({ meaning }: Heard): boolean {
  if (meaning.entities.some(({ type }) => type.startsWith('dossier-code'))) return false;
  return (
    !meaning.certain || meaning.intent === 'procedure.ask' || (meaning.intent === 'none' && meaning.query.trim() !== '')
  );
}

const which: Step<WhichMemory> = {
  read([codes, aspects]) {
    const memory = { codes: readCodes(codes), aspects: readAspects(aspects) };
    return memory.codes.length === 0 ? undefined : memory;
  },
  show(turn, { codes, aspects }) {
    const { texts, catalogue } = turn.services;
    const found = codes.map((code) => catalogue.get(code)).filter((one) => one !== undefined);
    if (found.length === 0) return gone(turn);
    const [only, another] = found;
    if (only !== undefined && another === undefined) return isIt(turn, only, { codes, aspects });
    const names = found.map(({ name }) => shortened(name, LISTED_NAME));
    const list = names.map((name, i) => texts.format(PROC.listLine, { n: i + 1, name })).join('\n');
    // Either every button carries its name or none does: a mixture is hard to read.
    const fit = names.every((name) => name.length <= 20);
    const choices = found.map(({ code, name }, i) =>
      choice(
        fit ? (names[i] ?? name) : texts.format(PROC.number, { n: i + 1 }),
        procedureAddress(code, aspects),
        name.slice(0, LISTED_NAME),
      ),
    );
    const none = choice(texts.format(PROC.noneOfThese), 'proc.none');
    return { say: [say(texts.format(PROC.which, { list }), [...choices, none])], pick: [...choices, none] };
  },
  hear(_turn, heard, { codes: [code], aspects }) {
    if (heard.plain.length > LONGEST_YES || !heard.meaning.certain || code === undefined) return undefined;
    if (heard.meaning.intent === 'affirm') return { go: procedureAddress(code, aspects) };
    return heard.meaning.intent === 'deny' ? { go: 'proc.none' } : undefined;
  },
};

/** One guess that is not sure enough: a question to be answered by yes or no. */
function isIt({ facts, services: { texts } }: Turn, { code, name }: Procedure, memory: WhichMemory): StepResult {
  const choices = [
    choice(texts.format(PROC.yes), procedureAddress(code, memory.aspects)),
    choice(texts.format(PROC.no), 'proc.none'),
  ];
  const asked = { say: [say(texts.format(PROC.isIt, { name: shortened(name, LISTED_NAME) }), choices)], wait: memory };
  // "How much is it?" instead of yes is a yes, but for somebody who has a procedure at hand already.
  return facts.procedure === undefined ? { ...asked, remember: { procedure: code, aspects: memory.aspects } } : asked;
}

const none: Step<AskMemory> = {
  read: () => ({ aspects: [] }),
  show: ({ services: { texts } }, memory) => ({
    say: [
      say(texts.format(PROC.none, { portal: serviceFacts(texts).portal }), [staffChoice(texts), menuChoice(texts)]),
    ],
    wait: memory,
    remember: { procedure: undefined, aspects: undefined },
    missed: true,
  }),
  hear: (turn, heard, { aspects }) => (namesProcedure(heard) ? namedProcedure(turn, heard, aspects) : undefined),
};

const show: Step<CodeMemory> = {
  read: ([code]) => (isProcedureCode(code) ? { code } : undefined),
  show(turn, { code }) {
    const { texts, catalogue } = turn.services;
    const procedure = catalogue.get(code);
    if (procedure === undefined) return gone(turn);
    return {
      say: [procedureCard(texts, procedure)],
      remember: { procedure: code, shown: undefined },
    };
  },
};

const more: Step<CodeMemory> = {
  read: show.read,
  show(turn, { code }) {
    const { texts, catalogue } = turn.services;
    const procedure = catalogue.get(code);
    if (procedure === undefined) return gone(turn);
    const choices = [
      choice(texts.format(PROC.how), aspectAddress(code, 'how')),
      choice(texts.format(PROC.conditions), aspectAddress(code, 'conditions')),
      choice(texts.format(PROC.forms), aspectAddress(code, 'forms')),
      choice(texts.format(PROC.fileOnline), aspectAddress(code, 'online')),
    ];
    const name = shortened(procedure.name, LISTED_NAME);
    return {
      say: [say(texts.format(PROC.moreAbout, { name }), choices)],
      remember: { procedure: code, shown: undefined },
    };
  },
};

const aspect: Step<AspectMemory> = {
  read([code, named, caseText, page]) {
    const aspects = readAspects(named).slice(0, MOST_ASPECTS);
    if (!isProcedureCode(code) || aspects.length === 0) return undefined;
    const caseIndex = readIndex(caseText);
    const memory = { code, aspects, page: readIndex(page) ?? 0 };
    return caseIndex === undefined ? memory : { ...memory, caseIndex };
  },
  show(turn, memory) {
    const procedure = turn.services.catalogue.get(memory.code);
    if (procedure === undefined) return gone(turn);
    const answers = memory.aspects.filter((one) => memory.caseIndex !== undefined || !needsCase(procedure, one));
    if (answers.length === memory.aspects.length) return answerAspects(turn, procedure, answers, memory);
    const before = answers.length === 0 ? [] : (answerAspects(turn, procedure, answers, memory).say ?? []);
    const choosing = chooseCase(turn.services.texts, procedure);
    const remember = { procedure: procedure.code, aspects: memory.aspects, shown: undefined };
    return { ...choosing, say: [...before.map(withoutChoices), ...(choosing.say ?? [])], remember };
  },
};

function answerAspects(turn: Turn, procedure: Procedure, aspects: readonly Aspect[], memory: AspectMemory): StepResult {
  const { texts } = turn.services;
  const { code } = procedure;
  const atOnce = aspects.length === 1 ? PAGES_AT_ONCE : 1;
  const said: string[] = [];
  const next: Choice[] = [];
  for (const one of aspects) {
    const pages = aspectPages(texts, procedure, one, memory.caseIndex);
    const from = Math.min(memory.page, pages.length - 1);
    const until = Math.min(from + atOnce, pages.length);
    said.push(...pages.slice(from, until));
    if (until < pages.length) {
      const position = { page: until + 1, pages: pages.length };
      said.push(`${said.pop() ?? ''}\n${texts.format(PROC.continues, { page: until, pages: pages.length })}`);
      next.push(choice(texts.format(PROC.continueButton, position), aspectAddress(code, one, memory.caseIndex, until)));
    }
  }
  const offices = aspects.includes('where') ? [choice(texts.format(PROC.offices), 'office.ask')] : [];
  const choices = [...next, ...mainChoices(texts, code, aspects), ...offices].slice(0, 3);
  const parts = joinShort(said);
  const last = parts.pop() ?? '';
  // Where it comes from stands once, under the last message of the answer.
  const ending = say(`${last}\n\n${sourceOf(texts, procedure)}`, [...choices, moreChoice(texts, code)]);
  const remember = { procedure: code, aspects: [...memory.aspects], shown: undefined };
  return { say: [...parts.map((text) => say(text)), ending], remember };
}

/** Short answers to several questions read better as one message. */
function joinShort(texts: readonly string[]): string[] {
  const out: string[] = [];
  for (const text of texts) {
    const last = out.at(-1);
    if (last !== undefined && last.length + text.length + 2 <= PAGE_LENGTH / 2)
      out[out.length - 1] = `${last}\n\n${text}`;
    else out.push(text);
  }
  return out;
}

function chooseCase(texts: Texts, procedure: Procedure): StepResult {
  const { cases, code } = procedure;
  const all = cases.map((one, i) => {
    const name = one.name ?? texts.format(PROC.unnamedCase, { n: i + 1 });
    return choice(
      texts.format(PROC.caseButton, { n: i + 1 }),
      aspectAddress(code, 'documents', i),
      shortened(name, LISTED_NAME),
    );
  });
  const list = all.map((one, i) => texts.format(PROC.caseLine, { n: i + 1, name: one.name ?? one.title })).join('\n');
  const name = shortened(procedure.name, LISTED_NAME);
  const text = texts.format(PROC.chooseCase, { name, list, count: cases.length });
  const tapped = all.length <= CASE_BUTTONS;
  return {
    say: [tapped ? say(text, all) : say(`${text}\n${texts.format(PROC.caseTyped, { count: all.length })}`)],
    pick: all,
  };
}

/** "trường hợp 2" means the papers of the topic's second case, whatever buttons were shown last. */
function caseNamed(turn: Turn, { plain }: Heard): StepResult | undefined {
  const topic = turn.facts.procedure;
  if (topic === undefined || !/^(?:con |the )?(?:truong hop|th) /.test(plain)) return undefined;
  const number = spokenNumber(plain.replace(/^(?:con|the) /, ''));
  if (number === undefined || number < 1) return undefined;
  const cases = turn.services.catalogue.get(topic)?.cases.length ?? 0;
  // Past the last case, the list of cases (or the papers, where there is but one) is the answer.
  return {
    go: number <= cases ? aspectAddress(topic, 'documents', number - 1) : procedureAddress(topic, ['documents']),
  };
}

function withoutChoices(activity: ReturnType<typeof say>): ReturnType<typeof say> {
  return say(activity.text ?? '');
}

function gone({ services: { texts, catalogue } }: Turn): StepResult {
  const text = catalogue.size() === 0 ? PROC.notLoaded : PROC.gone;
  return { say: [say(texts.format(text, { portal: serviceFacts(texts).portal }), [menuChoice(texts)])] };
}

export const procedureFlow: Flow = {
  name: 'proc',
  version: 1,
  texts: { name: 'procedure-lookup', keys: PROC },
  start: 'ask',
  steps: { ask, which, apart, none, show, more, aspect },
  intents: { 'procedure.ask': askedProcedure },
  overhear: caseNamed,
};
