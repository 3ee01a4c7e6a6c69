// The question for the proof of a dossier, and the part of it that only the applicant may see.
import type { Dossier } from '../../portal/portal.js';
import type { Address, Choice, Step, StepResult, Turn } from '../flow.js';
import { mayGuess } from '../guesses.js';
import { menuChoice, staffChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import { serviceFacts } from '../service/texts.js';
import { proveAddress, readDossierCode } from './addresses.js';
import { unanswered } from './answers.js';
import { personalPart } from './card.js';
import { subscribeChoice } from './choices.js';
import { checkProof, guessedDossier, PROOF_COUNTS, proofIn } from './proof.js';
import { DOSSIER } from './texts.js';

export const FORGET_PROOF = 'forget-proof';

type ProveMemory = { code: string; askedAt?: number };

export const prove: Step<ProveMemory> = {
  secret: true,
  read([text]) {
    const code = readDossierCode(text);
    return code === undefined ? undefined : { code };
  },
  async show(turn, { code }) {
    const { texts, portal } = turn.services;
    if (!portal.configured) return unanswered(turn, code, { result: 'unavailable', reason: 'not-configured' });
    if (!(await mayGuess(turn, guessedDossier(code)))) return locked(turn);
    const { proven } = turn.facts;
    const again = proven !== undefined && proven.code === code && proven.until > turn.now;
    const text = texts.format(again ? DOSSIER.proveAgain : DOSSIER.prove, { code });
    return { say: [say(text)], wait: { code, askedAt: turn.now } };
  },
  hear(turn, heard, memory) {
    const proof = proofIn(heard);
    if (proof === undefined) return undefined;
    if ((memory.askedAt ?? 0) + PROOF_COUNTS < turn.now) return late(turn, proveAddress(memory.code));
    if (proof === 'wrong-shape') return { say: [say(turn.services.texts.format(DOSSIER.proofShape))], wait: memory };
    return proved(turn, memory, proof.digits);
  },
  remind: (turn, { code, askedAt }) =>
    (askedAt ?? 0) + PROOF_COUNTS < turn.now ? undefined : turn.services.texts.format(DOSSIER.proveReminder, { code }),
};

/** Digits for a question of long ago are not looked at: it is asked again, and says why. */
export function late({ services: { texts } }: Turn, again: Address): StepResult {
  return { say: [say(texts.format(DOSSIER.proveLate))], go: again };
}

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
        say: [say(text, provenChoices(turn, result.dossier))],
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

function provenChoices(turn: Turn, dossier: Dossier): Choice[] {
  const { texts } = turn.services;
  return [
    ...subscribeChoice(turn, dossier),
    choice(texts.format(DOSSIER.another), 'dossier.ask'),
    staffChoice(texts),
    menuChoice(texts),
  ];
}

export function locked({ services: { texts } }: Turn): StepResult {
  const { province, national } = serviceFacts(texts);
  return {
    say: [
      say(texts.format(DOSSIER.proofLocked, { province, national }), [
        staffChoice(texts, 'staff.ask:flow'),
        menuChoice(texts),
      ]),
    ],
  };
}
