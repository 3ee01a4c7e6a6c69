// Dossier tracking: by code alone what anybody may know, after the proof what belongs to the applicant.
import { HOUR } from '../../lib/clock.js';
import type { Dossier, DossierAnswer } from '../../portal/portal.js';
import type { CounterRule } from '../../records/counters.js';
import type { Choice, Flow, Step, StepResult, Turn } from '../flow.js';
import { nothing } from '../flow.js';
import type { Heard } from '../heard.js';
import { menuChoice, staffChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import { shortened } from '../paging.js';
import { serviceFacts } from '../service/texts.js';
import type { Texts } from '../texts.js';
import { dossierAddress, MOST_CODES, proveAddress, readDossierCode, readDossierCodes } from './addresses.js';
import { daysOverdue, dossierCard, dossierWhen, personalPart, statusWords } from './card.js';
import { checkProof, isLocked, PROOF_COUNTS, proofIn } from './proof.js';
import { DOSSIER } from './texts.js';

/** Codes are guessable (agency, date, running number): whoever keeps missing is stopped. */
const UNKNOWN_CODES: CounterRule = { limit: 15, windowMs: HOUR };
const FORGET_PROOF = 'forget-proof';
const LISTED_NAME = 120;

type CodeMemory = { code: string };
type ProveMemory = { code: string; askedAt?: number };

function asks(key: typeof DOSSIER.ask): Step {
  return {
    read: nothing,
    show({ services: { texts, portal } }) {
      if (!portal.configured) {
        const text = texts.format(DOSSIER.notConnectedAny, { portal: serviceFacts(texts).portal });
        return { say: [say(text, [menuChoice(texts)])] };
      }
      return {
        say: [say(texts.format(key), [choice(texts.format(DOSSIER.forgot), 'dossier.lost'), menuChoice(texts)])],
        wait: {},
      };
    },
    hear(_turn, heard) {
      const { meaning } = heard;
      const result = codesIn(heard);
      if (result !== undefined) return result;
      if (LOST.test(heard.plain)) return { go: 'dossier.lost' };
      // Something like a code that is none: only digits and the marks of a code.
      const tried = /^[\dA-Za-z][\d\s.\-/–A-Za-z]{5,40}$/.test(heard.text.trim()) && /\d{3}/.test(heard.text);
      const elsewhere = meaning.certain && meaning.intent !== 'dossier.track' && meaning.intent !== 'none';
      return tried && !elsewhere ? { go: 'dossier.partial' } : undefined;
    },
  };
}

/** Where the codes in a message lead; undefined when it holds none. */
function codesIn(heard: Heard): StepResult | undefined {
  const codes = [...new Set(heard.entities('dossier-code').map(({ value }) => value))];
  if (codes.length > 0) return { go: dossierAddress(codes) };
  return heard.entities('dossier-code-partial').length > 0 ? { go: 'dossier.partial' } : undefined;
}

/** Folded. */
const LOST = /\b(?:quen|mat|khong nho|ko nho|k nho|lac|khong co|ko co|k co|chua co) (?:ma|giay hen|bien nhan)\b/;

function tracked(turn: Turn, heard: Heard): StepResult {
  const result = codesIn(heard);
  const total = new Set(heard.entities('dossier-code').map(({ value }) => value)).size;
  if (result !== undefined && total > MOST_CODES) {
    const { texts } = turn.services;
    return { ...result, say: [say(texts.format(DOSSIER.tooManyCodes, { count: MOST_CODES }))] };
  }
  if (result !== undefined) return result;
  if (LOST.test(heard.plain)) return { go: 'dossier.lost' };
  const last = turn.facts.dossier;
  return { go: last === undefined ? 'dossier.ask' : dossierAddress([last]) };
}

const lost: Step = {
  read: nothing,
  show({ services: { texts } }) {
    const { portal, province } = serviceFacts(texts);
    return { say: [say(texts.format(DOSSIER.lost, { portal, province }), [staffChoice(texts), menuChoice(texts)])] };
  },
};

type Told = (texts: Texts, dossier: Dossier, now: number) => string;

function tells(words: Told): Step<CodeMemory> {
  return {
    read([text]) {
      const code = readDossierCode(text);
      return code === undefined ? undefined : { code };
    },
    async show(turn, { code }) {
      const answer = await lookUp(turn, code);
      if (answer === 'stopped') return stopped(turn);
      if (answer.result !== 'found') return { ...unanswered(turn, code, answer), remember: { dossier: undefined } };
      const text = words(turn.services.texts, answer.dossier, turn.now);
      return { say: [say(text, cardChoices(turn, answer.dossier))], remember: { dossier: code, shown: 'dossier' } };
    },
  };
}

const show = tells(dossierCard);
const when = tells(dossierWhen);

function cardChoices(turn: Turn, dossier: Dossier): Choice[] {
  const { texts, catalogue } = turn.services;
  const needsPeople = daysOverdue(dossier, turn.now) > 0 || [3, 8].includes(dossier.status);
  const procedure =
    catalogue.get(dossier.procedureCode) === undefined ? undefined : `proc.show:${dossier.procedureCode}`;
  return [
    choice(texts.format(DOSSIER.detail), proveAddress(dossier.code)),
    ...(needsPeople
      ? [staffChoice(texts), choice(texts.format(DOSSIER.feedback), 'door.feedback')]
      : procedure === undefined
        ? []
        : [choice(texts.format(DOSSIER.procedure), procedure)]),
    choice(texts.format(DOSSIER.another), 'dossier.ask'),
  ];
}

const many: Step<{ codes: string[] }> = {
  read([text]) {
    const codes = readDossierCodes(text);
    return codes.length === 0 ? undefined : { codes };
  },
  async show(turn, { codes }) {
    const { texts } = turn.services;
    const answers = await Promise.all(codes.map((code) => lookUp(turn, code)));
    const bad = answers.find(
      (answer) => answer !== 'stopped' && answer.result !== 'found' && answer.result !== 'not-found',
    );
    if (bad !== undefined) return unanswered(turn, codes.join(', '), bad, dossierAddress(codes));
    if (answers.includes('stopped')) return stopped(turn);
    const lines = answers.map((answer, i) => {
      const line = { n: i + 1, code: codes[i] ?? '' };
      if (answer === 'stopped' || answer.result !== 'found') return texts.format(DOSSIER.shortMissing, line);
      const procedure = shortened(answer.dossier.procedureName, LISTED_NAME);
      return texts.format(DOSSIER.shortLine, { ...line, procedure, status: statusWords(texts, answer.dossier) });
    });
    const choices = codes.map((code, i) => choice(texts.format(DOSSIER.nth, { n: i + 1 }), dossierAddress([code])));
    const [dossier, ...dossiers] = codes.filter((_code, i) => isFound(answers[i]));
    return {
      say: [say(texts.format(DOSSIER.many, { list: lines.join('\n') }), choices)],
      ...(dossier === undefined ? {} : { remember: { dossier, dossiers, shown: 'dossier' } }),
    };
  },
};

function isFound(answer: DossierAnswer | 'stopped' | undefined): boolean {
  return answer !== undefined && answer !== 'stopped' && answer.result === 'found';
}

const prove: Step<ProveMemory> = {
  read: show.read,
  async show(turn, { code }) {
    const { texts, portal } = turn.services;
    if (!portal.configured) return unanswered(turn, code, { result: 'unavailable', reason: 'not-configured' });
    if (await isLocked(turn, code)) return locked(turn);
    const { proven } = turn.facts;
    const again = proven !== undefined && proven.code === code && proven.until > turn.now;
    const text = texts.format(again ? DOSSIER.proveAgain : DOSSIER.prove, { code });
    return { say: [say(text)], wait: { code, askedAt: turn.now } };
  },
  hear(turn, heard, memory) {
    if ((memory.askedAt ?? 0) + PROOF_COUNTS < turn.now) return undefined;
    const proof = proofIn(heard);
    if (proof === undefined) return undefined;
    if (proof === 'wrong-shape') return { say: [say(turn.services.texts.format(DOSSIER.proofShape))], wait: memory };
    return proved(turn, memory, proof.digits);
  },
  remind: (turn, { code, askedAt }) =>
    (askedAt ?? 0) + PROOF_COUNTS < turn.now ? undefined : turn.services.texts.format(DOSSIER.proveReminder, { code }),
};

async function proved(turn: Turn, memory: ProveMemory, digits: string): Promise<StepResult> {
  const { texts } = turn.services;
  const { code } = memory;
  const result = await checkProof(turn, code, digits);
  switch (result.outcome) {
    case 'locked':
      return locked(turn);
    case 'wrong':
      return { say: [say(texts.format(DOSSIER.proofWrong, { left: result.left }), [menuChoice(texts)])], wait: memory };
    case 'proven': {
      const until = turn.now + PROOF_COUNTS;
      const { personal } = result.dossier;
      const text =
        personal === undefined ? texts.format(DOSSIER.noDetail, { code }) : personalPart(texts, code, personal);
      return {
        say: [say(text, [choice(texts.format(DOSSIER.another), 'dossier.ask'), staffChoice(texts), menuChoice(texts)])],
        remember: { dossier: code, proven: { code, until } },
        timers: [{ type: 'set', name: FORGET_PROOF, dueAt: until }],
      };
    }
    case 'unanswered':
      if (result.answer.result === 'found')
        return { say: [say(texts.format(DOSSIER.noDetail, { code }), [menuChoice(texts)])] };
      return unanswered(turn, code, result.answer, proveAddress(code));
  }
}

function locked({ services: { texts } }: Turn): StepResult {
  const { province, national } = serviceFacts(texts);
  return {
    say: [say(texts.format(DOSSIER.proofLocked, { province, national }), [staffChoice(texts), menuChoice(texts)])],
  };
}

async function lookUp(turn: Turn, code: string): Promise<DossierAnswer | 'stopped'> {
  const { portal, counters } = turn.services;
  if (!portal.configured) return { result: 'unavailable', reason: 'not-configured' };
  const key = `unknown-dossier:${turn.lane}`;
  if (!(await counters.peek(key, UNKNOWN_CODES)).allowed) return 'stopped';
  const answer = await portal.dossier(code, undefined, turn.signal);
  if (answer.result === 'not-found') await counters.take(key, UNKNOWN_CODES, `${turn.eventId}:${code}`);
  return answer;
}

function stopped({ services: { texts } }: Turn): StepResult {
  const { province } = serviceFacts(texts);
  return { say: [say(texts.format(DOSSIER.tooManyUnknown, { province }), [staffChoice(texts), menuChoice(texts)])] };
}

/** What is true when the portal gave no dossier. */
function unanswered(
  turn: Turn,
  code: string,
  answer: Exclude<DossierAnswer, { result: 'found' }>,
  retry = dossierAddress([code]),
): StepResult {
  const { texts } = turn.services;
  const { portal } = serviceFacts(texts);
  if (answer.result === 'not-found') {
    const choices = [choice(texts.format(DOSSIER.forgot), 'dossier.lost'), staffChoice(texts), menuChoice(texts)];
    return { say: [say(texts.format(DOSSIER.notFound, { code }), choices)] };
  }
  if (answer.result === 'unavailable' && answer.reason === 'not-configured') {
    return { say: [say(texts.format(DOSSIER.notConnected, { code, portal }), [menuChoice(texts)])] };
  }
  const choices = [choice(texts.format(DOSSIER.again), retry), staffChoice(texts), menuChoice(texts)];
  return { say: [say(texts.format(DOSSIER.unavailable, { portal }), choices)] };
}

export const dossierFlow: Flow = {
  name: 'dossier',
  version: 1,
  texts: { name: 'dossier-tracking', keys: DOSSIER },
  start: 'ask',
  steps: { ask: asks(DOSSIER.ask), partial: asks(DOSSIER.partial), lost, show, when, many, prove },
  intents: { 'dossier.track': tracked },
  timers: { [FORGET_PROOF]: () => ({ remember: { proven: undefined } }) },
};
