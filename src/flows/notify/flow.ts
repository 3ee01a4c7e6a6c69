// Being told when a dossier changes: asking for it with the proof and an agreement, one's list, and stopping it anywhere.
import type { Dossier } from '../../portal/portal.js';
import { vnDate } from '../dates.js';
import { dossierAddress, readDossierCode } from '../dossier-tracking/addresses.js';
import { lookUp, stopped, unanswered } from '../dossier-tracking/answers.js';
import { statusWords } from '../dossier-tracking/card.js';
import { checkProof, guessedDossier, PROOF_COUNTS, proofIn } from '../dossier-tracking/proof.js';
import { FORGET_PROOF, late, locked } from '../dossier-tracking/prove.js';
import { DOSSIER } from '../dossier-tracking/texts.js';
import type { Choice, Flow, Step, StepResult, Turn } from '../flow.js';
import { nothing } from '../flow.js';
import { mayGuess } from '../guesses.js';
import type { Heard } from '../heard.js';
import { menuChoice, staffChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import { isTheirs } from '../my-dossiers/list.js';
import { DOSSIER_CHANGED, isFinal } from './change.js';
import {
  agreed,
  consent,
  ending,
  MOST_SUBSCRIPTIONS,
  rekeyed,
  SUBSCRIPTION_REKEYED,
  subscribing,
  subscriptionsOf,
  subscriptionTo,
} from './subscriptions.js';
import { NOTIFY } from './texts.js';
import { dossierChanged, stillFollowed } from './told.js';

/** The others are picked by their number. */
const BUTTONS = 4;

type CodeMemory = { code: string };
type ProveMemory = { code: string; askedAt?: number };

function readCode([text]: readonly string[]): CodeMemory | undefined {
  const code = readDossierCode(text);
  return code === undefined ? undefined : { code };
}

/** Where the code in a message leads; undefined when it holds none. */
function codeIn(heard: Heard, step: string): string | undefined {
  const code = readDossierCode(heard.entities('dossier-code')[0]?.value);
  return code === undefined ? undefined : `notify.${step}:${code}`;
}

const ask: Step = {
  read: nothing,
  show({ services: { texts } }) {
    return {
      say: [say(`${texts.format(NOTIFY.onlyDossiers)} ${texts.format(NOTIFY.ask)}`, [menuChoice(texts)])],
      wait: {},
    };
  },
  hear({ services: { texts } }, heard) {
    const go = codeIn(heard, 'subscribe');
    if (go !== undefined) return { go };
    if (heard.entities('dossier-code-partial').length === 0) return undefined;
    return { say: [say(texts.format(NOTIFY.partial), [menuChoice(texts)])], wait: {} };
  },
};

/** What stands in the way of following this dossier; the dossier itself when nothing does. */
async function checked(turn: Turn, code: string): Promise<{ dossier: Dossier } | StepResult> {
  const { texts, portal } = turn.services;
  if (!portal.configured) return unanswered(turn, code, { result: 'unavailable', reason: 'not-configured' });
  if (!isTheirs(turn, code)) return { go: `notify.prove:${code}` };
  const before = await subscriptionTo(turn, code);
  if (before !== undefined && before.body.endsAt === undefined && (await agreed(turn)))
    return { say: [say(texts.format(NOTIFY.already, { code }), [look(turn, code), mine(turn), menuChoice(texts)])] };
  if ((await subscriptionsOf(turn)).length >= MOST_SUBSCRIPTIONS)
    return { say: [say(texts.format(NOTIFY.tooMany, { count: MOST_SUBSCRIPTIONS }), [mine(turn), menuChoice(texts)])] };
  const answer = await lookUp(turn, code);
  if (answer === 'stopped') return stopped(turn);
  if (answer.result !== 'found') return unanswered(turn, code, answer, `notify.subscribe:${code}`);
  const { dossier } = answer;
  if (!isFinal(dossier)) return { dossier };
  const status = statusWords(texts, dossier);
  return { say: [say(texts.format(NOTIFY.finished, { code, status }), [look(turn, code), menuChoice(texts)])] };
}

const subscribe: Step<CodeMemory> = {
  read: readCode,
  async show(turn, { code }) {
    const { texts } = turn.services;
    const result = await checked(turn, code);
    if (!('dossier' in result)) return result;
    const choices = [
      choice(texts.format(NOTIFY.yes), `notify.yes:${code}`),
      choice(texts.format(NOTIFY.no), 'notify.no'),
    ];
    return { say: [say(texts.format(NOTIFY.agree, { code }), choices)], remember: { dossier: code }, wait: { code } };
  },
  hear(_turn, { meaning }, { code }) {
    if (!meaning.certain) return undefined;
    if (meaning.intent === 'affirm') return { go: `notify.yes:${code}` };
    return meaning.intent === 'deny' ? { go: 'notify.no' } : undefined;
  },
  remind: ({ services: { texts } }, { code }) => texts.format(NOTIFY.agreeReminder, { code }),
};

const prove: Step<ProveMemory> = {
  secret: true,
  read: readCode,
  async show(turn, { code }) {
    if (!(await mayGuess(turn, guessedDossier(code)))) return locked(turn);
    return { say: [say(turn.services.texts.format(NOTIFY.prove, { code }))], wait: { code, askedAt: turn.now } };
  },
  async hear(turn, heard, memory) {
    const { texts } = turn.services;
    const { code } = memory;
    const proof = proofIn(heard);
    if (proof === undefined) return undefined;
    if (hasExpired(turn, memory)) return late(turn, `notify.prove:${code}`);
    if (proof === 'wrong-shape') return { say: [say(texts.format(DOSSIER.proofShape))], wait: memory };
    const result = await checkProof(turn, code, proof.digits);
    switch (result.outcome) {
      case 'locked':
        return locked(turn);
      case 'wrong': {
        const text = texts.format(DOSSIER.proofWrong, { left: result.left });
        return { say: [say(text, [menuChoice(texts)])], wait: memory };
      }
      case 'proven': {
        const until = turn.now + PROOF_COUNTS;
        return {
          remember: { dossier: code, proven: { code, until } },
          timers: [{ type: 'set', name: FORGET_PROOF, dueAt: until }],
          go: `notify.subscribe:${code}`,
        };
      }
      case 'unanswered':
        if (result.answer.result === 'found')
          return { say: [say(texts.format(DOSSIER.noDetail, { code }), [staffChoice(texts), menuChoice(texts)])] };
        return unanswered(turn, code, result.answer, `notify.subscribe:${code}`);
    }
  },
  remind: (turn, memory) =>
    hasExpired(turn, memory) ? undefined : turn.services.texts.format(NOTIFY.proveReminder, { code: memory.code }),
};

function hasExpired({ now }: Turn, { askedAt = 0 }: ProveMemory): boolean {
  return askedAt + PROOF_COUNTS < now;
}

/** The address may have been typed by hand: the proof is asked for here as well. */
const yes: Step<CodeMemory> = {
  read: readCode,
  async show(turn, { code }) {
    const { texts } = turn.services;
    const result = await checked(turn, code);
    if (!('dossier' in result)) return result;
    const status = statusWords(texts, result.dossier);
    return {
      close: true,
      say: [say(texts.format(NOTIFY.done, { code, status }), [mine(turn), off(turn, code), menuChoice(texts)])],
      effects: await subscribing(turn, result.dossier),
    };
  },
  passing: true,
  acts: true,
};

const no: Step = {
  read: nothing,
  show: ({ services: { texts } }) => ({ close: true, say: [say(texts.format(NOTIFY.declined), [menuChoice(texts)])] }),
  passing: true,
};

const list: Step = {
  read: nothing,
  async show(turn) {
    const { texts } = turn.services;
    const { lines, shown, choices, count } = await listed(turn);
    if (count === 0) return { say: [say(texts.format(NOTIFY.none), [menuChoice(texts)])] };
    return { say: [say(texts.format(NOTIFY.list, { list: lines }), shown)], pick: choices };
  },
};

/** "Ngừng nhận tin": one subscription ends at once, of several the citizen says which. */
const stop: Step = {
  read: nothing,
  async show(turn) {
    const { texts } = turn.services;
    const { lines, shown, choices, count, only } = await listed(turn);
    if (count === 0) {
      return { say: [say(texts.format(NOTIFY.none), [menuChoice(texts)])], effects: await consent(turn, false) };
    }
    if (only !== undefined) return { go: `notify.off:${only}` };
    return { say: [say(texts.format(NOTIFY.which, { count, list: lines }), shown)], pick: choices };
  },
  acts: true,
};

interface Listed {
  lines: string;
  /** What numbers mean: the subscriptions in their order, then all of them. */
  choices: Choice[];
  shown: Choice[];
  count: number;
  /** Code of the only one. */
  only?: string;
}

async function listed(turn: Turn): Promise<Listed> {
  const { texts } = turn.services;
  const all = await subscriptionsOf(turn);
  const lines = all.map(({ body: { code, procedure, since } }, i) =>
    texts.format(NOTIFY.listLine, { n: i + 1, code, procedure, date: vnDate(since) }),
  );
  const list = { lines: lines.join('\n'), count: all.length };
  const [first, second] = all;
  if (first !== undefined && second === undefined) {
    const choices = [off(turn, first.body.code)];
    return { ...list, choices, shown: choices, only: first.body.code };
  }
  const each = all.map(({ body }, i) => choice(texts.format(NOTIFY.stopNth, { n: i + 1 }), `notify.off:${body.code}`));
  const every = choice(texts.format(NOTIFY.stopAll), 'notify.stop-all');
  return { ...list, choices: [...each, every], shown: [...each.slice(0, BUTTONS - 1), every] };
}

const offStep: Step<CodeMemory> = {
  read: readCode,
  async show(turn, { code }) {
    const { texts } = turn.services;
    const found = await subscriptionTo(turn, code);
    const key = found === undefined || found.body.endsAt !== undefined ? NOTIFY.notFollowed : NOTIFY.stopped;
    const others = (await subscriptionsOf(turn)).filter(({ id }) => id !== found?.id);
    const choices = [...(others.length > 0 ? [mine(turn)] : []), look(turn, code), menuChoice(texts)];
    return {
      say: [say(texts.format(key, { code }), choices)],
      effects: found === undefined ? [] : ending([found]),
    };
  },
  passing: true,
  acts: true,
};

const stopAll: Step = {
  read: nothing,
  async show(turn) {
    const effects = [...ending(await subscriptionsOf(turn)), ...(await consent(turn, false))];
    const { texts } = turn.services;
    return { say: [say(texts.format(NOTIFY.stoppedAll), [menuChoice(texts)])], effects };
  },
  passing: true,
  acts: true,
};

function look({ services: { texts } }: Turn, code: string): Choice {
  return choice(texts.format(NOTIFY.look), dossierAddress([code]));
}

function off({ services: { texts } }: Turn, code: string): Choice {
  return choice(texts.format(NOTIFY.stopOne), `notify.off:${code}`);
}

function mine({ services: { texts } }: Turn): Choice {
  return choice(texts.format(NOTIFY.mine), 'notify.list');
}

/** Folded, whole: what the button says, where it is gone. */
const LIST =
  /^(?:xem )?(?:(?:cac )?(?:tin|ho so) (?:toi |minh )?(?:dang nhan(?: tin)?|dang theo doi)|toi dang nhan tin (?:nao|gi|ho so nao))$/;

export const notifyFlow: Flow = {
  name: 'notify',
  version: 1,
  texts: { name: 'notify', keys: NOTIFY },
  start: 'ask',
  steps: { ask, subscribe, prove, yes, no, list, stop, 'stop-all': stopAll, off: offStep } as Flow['steps'],
  intents: {
    'notify.subscribe': (turn, heard) => {
      const last = turn.facts.dossier;
      return { go: codeIn(heard, 'subscribe') ?? (last === undefined ? 'notify.ask' : `notify.subscribe:${last}`) };
    },
    'notify.unsubscribe': (_turn, heard) => ({ go: codeIn(heard, 'off') ?? 'notify.stop' }),
  },
  overhear: (_turn, { plain }) => (LIST.test(plain) ? { go: 'notify.list' } : undefined),
  notices: { [DOSSIER_CHANGED]: dossierChanged, [SUBSCRIPTION_REKEYED]: rekeyed },
  wanted: { [DOSSIER_CHANGED]: stillFollowed },
};
