// Dossier tracking: by code alone what anybody may know, after the proof what belongs to the applicant.
import type { WorkingDays } from '../../lib/working-days.js';
import type { Dossier, DossierAnswer } from '../../portal/portal.js';
import type { Flow, Step, StepResult, Turn } from '../flow.js';
import { nothing } from '../flow.js';
import type { Heard } from '../heard.js';
import { menuChoice, staffChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import { claiming, numberIn } from '../my-dossiers/claim.js';
import { shortened } from '../paging.js';
import { serviceFacts } from '../service/texts.js';
import type { Texts } from '../texts.js';
import { dossierAddress, MOST_CODES, readDossierCode, readDossierCodes } from './addresses.js';
import { lookUp, stopped, unanswered } from './answers.js';
import { dossierCard, dossierWhen, statusWords } from './card.js';
import { cardChoices, collect, pay, resubmit, supplement } from './choices.js';
import { photographed } from './photo.js';
import { FORGET_PROOF, prove } from './prove.js';
import { DOSSIER } from './texts.js';

const LISTED_NAME = 120;

type CodeMemory = { code: string };

function asks(key: typeof DOSSIER.ask): Step {
  return {
    read: nothing,
    show({ services: { texts, portal } }) {
      if (!portal.configured) {
        const text = texts.format(DOSSIER.notConnectedAny, { portal: serviceFacts(texts).portal });
        return { say: [say(text, [menuChoice(texts)])] };
      }
      const choices = [
        choice(texts.format(DOSSIER.byPhone), 'mine.ask'),
        choice(texts.format(DOSSIER.forgot), 'dossier.lost'),
        menuChoice(texts),
      ];
      return { say: [say(texts.format(key), choices)], wait: {} };
    },
    receive: (turn, body) => photographed(turn, body, 'asked'),
    hear(_turn, heard) {
      const { meaning } = heard;
      const result = codesIn(heard);
      if (result !== undefined) return result;
      if (LOST.test(heard.plain)) return { go: 'dossier.lost' };
      const phone = numberIn(heard);
      if (phone !== undefined && phone !== 'wrong-shape') return claiming(phone);
      if (phone === 'wrong-shape' && /^(?:0|84)/.test(heard.plain)) return { go: 'mine.number' };
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
  const phone = numberIn(heard);
  if (phone !== undefined && phone !== 'wrong-shape') return claiming(phone);
  const last = turn.facts.dossier;
  return { go: last === undefined ? 'dossier.ask' : dossierAddress([last]) };
}

const lost: Step = {
  read: nothing,
  show({ services: { texts } }) {
    const { portal, province } = serviceFacts(texts);
    const choices = [choice(texts.format(DOSSIER.byPhone), 'mine.ask'), staffChoice(texts), menuChoice(texts)];
    return { say: [say(texts.format(DOSSIER.lost, { portal, province }), choices)] };
  },
};

type Told = (texts: Texts, dossier: Dossier, now: number, calendar: WorkingDays) => string;

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
      const text = words(turn.services.texts, answer.dossier, turn.now, turn.services.workingDays);
      return { say: [say(text, cardChoices(turn, answer.dossier))], remember: { dossier: code, shown: 'dossier' } };
    },
  };
}

const show = tells(dossierCard);
const when = tells(dossierWhen);

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
      say: [say(texts.format(DOSSIER.many, { list: lines.join('\n\n') }), choices)],
      ...(dossier === undefined ? {} : { remember: { dossier, dossiers, shown: 'dossier' } }),
    };
  },
};

function isFound(answer: DossierAnswer | 'stopped' | undefined): boolean {
  return answer !== undefined && answer !== 'stopped' && answer.result === 'found';
}

export const dossierFlow: Flow = {
  name: 'dossier',
  version: 1,
  texts: { name: 'dossier-tracking', keys: DOSSIER },
  start: 'ask',
  steps: {
    ask: asks(DOSSIER.ask),
    partial: asks(DOSSIER.partial),
    lost,
    show,
    when,
    many,
    prove,
    pay,
    supplement,
    resubmit,
    collect,
  },
  intents: { 'dossier.track': tracked },
  receive: (turn, body) => photographed(turn, body, 'unasked'),
  timers: { [FORGET_PROOF]: () => ({ remember: { proven: undefined } }) },
};
