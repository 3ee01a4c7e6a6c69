// A number is checked by the code of one dossier filed with it and the last four digits of its applicant's ID number (those of
// the phone would prove nothing here: the number was just given).
import type { DossierAnswer, DossiersAnswer } from '../../portal/portal.js';
import { readDossierCode } from '../dossier-tracking/addresses.js';
import { unanswered } from '../dossier-tracking/answers.js';
import { checkProof, guessedDossier, PROOF_COUNTS, proofIn } from '../dossier-tracking/proof.js';
import { DOSSIER } from '../dossier-tracking/texts.js';
import type { Step, StepResult, Turn } from '../flow.js';
import { nothing } from '../flow.js';
import { mayGuess } from '../guesses.js';
import { menuChoice, staffChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import { anotherNumber, claimOf, lastOf, maskedNumber } from './claim.js';
import { ASK, cancel, dropped, locked } from './ended.js';
import { opened } from './list.js';
import { MINE } from './texts.js';

/** Folded. */
const WANTS_CODE = /\b(?:nhan|gui|lay|cho) (?:toi |em |minh )?(?:ma|otp|sms)\b|\bma 6 so\b/;
const HAS_NO_CODE = /\b(?:quen|mat|khong|ko|k|hok|chua)\b.{0,8}\b(?:ma|giay hen|bien nhan)\b/;

export const byDossier: Step = {
  read: nothing,
  show(turn) {
    const { texts, otp } = turn.services;
    const claimed = claimOf(turn);
    if (claimed === undefined) return ASK;
    const choices = [
      choice(texts.format(MINE.change), 'mine.number'),
      ...(otp.sends ? [choice(texts.format(MINE.useCode), 'mine.resend')] : []),
      choice(texts.format(DOSSIER.forgot), 'dossier.lost'),
      menuChoice(texts),
    ];
    return {
      say: [say(texts.format(MINE.byDossier, { number: maskedNumber(lastOf(claimed.phone)) }), choices)],
      wait: {},
    };
  },
  hear(turn, heard) {
    if (claimOf(turn) === undefined) return undefined;
    const [entity] = heard.entities('dossier-code');
    const found = readDossierCode(entity?.value);
    if (found !== undefined) return { go: `mine.proof:${found}` };
    if (turn.services.otp.sends && WANTS_CODE.test(heard.plain)) return { go: 'mine.resend' };
    if (HAS_NO_CODE.test(heard.plain)) return { go: 'dossier.lost' };
    if (heard.entities('dossier-code-partial').length > 0)
      return { say: [say(turn.services.texts.format(MINE.badCode))], wait: {} };
    return anotherNumber(heard);
  },
  cancel,
  remind: (turn) => (claimOf(turn) === undefined ? undefined : turn.services.texts.format(MINE.byDossierReminder)),
};

type ProofMemory = { code: string; askedAt?: number };

export const proof: Step<ProofMemory> = {
  secret: true,
  read([text]) {
    const read = readDossierCode(text);
    return read === undefined ? undefined : { code: read };
  },
  async show(turn, { code: asked }) {
    if (claimOf(turn) === undefined) return ASK;
    if (!(await mayGuess(turn, guessedDossier(asked)))) return locked(turn);
    const text = turn.services.texts.format(MINE.proof, { code: asked });
    return { say: [say(text)], wait: { code: asked, askedAt: turn.now } };
  },
  async hear(turn, heard, memory) {
    const { texts } = turn.services;
    const claimed = claimOf(turn);
    if (claimed === undefined || (memory.askedAt ?? 0) + PROOF_COUNTS < turn.now) return undefined;
    const given = proofIn(heard);
    if (given === undefined) return undefined;
    if (given === 'wrong-shape') return { say: [say(texts.format(DOSSIER.proofShape))], wait: memory };
    if (claimed.phone.endsWith(given.digits)) return { say: [say(texts.format(MINE.proofNotPhone))], wait: memory };
    const checked = await checkProof(turn, memory.code, given.digits);
    switch (checked.outcome) {
      case 'locked':
        return locked(turn);
      case 'wrong':
        return { say: [say(texts.format(DOSSIER.proofWrong, { left: checked.left }))], wait: memory };
      case 'unanswered':
        return notSeen(turn, memory.code, checked.answer);
      case 'proven': {
        const answer = await turn.services.portal.dossiersOf(claimed.phone, turn.signal);
        return proven(turn, claimed.phone, memory.code, answer);
      }
    }
  },
  cancel,
  remind: (turn, { code: asked, askedAt }) =>
    claimOf(turn) === undefined || (askedAt ?? 0) + PROOF_COUNTS < turn.now
      ? undefined
      : turn.services.texts.format(MINE.proofReminder, { code: asked }),
};

function notSeen(turn: Turn, asked: string, answer: DossierAnswer | DossiersAnswer): StepResult {
  const bad = answer.result === 'not-found' || answer.result === 'unavailable' || answer.result === 'rate-limited';
  return unanswered(turn, asked, bad ? answer : { result: 'unavailable', reason: 'bad-answer' }, `mine.proof:${asked}`);
}

/** A dossier that is theirs opens the list of the number it was filed with, and of no other. */
function proven(turn: Turn, phone: string, asked: string, answer: DossiersAnswer): StepResult {
  const { texts } = turn.services;
  if (answer.result !== 'ok') return notSeen(turn, asked, answer);
  if (answer.items.some((dossier) => dossier.code === asked)) return opened(turn, phone, answer.items);
  const text = texts.format(MINE.otherNumber, { code: asked, number: maskedNumber(lastOf(phone)) });
  const choices = [choice(texts.format(MINE.change), 'mine.number'), staffChoice(texts), menuChoice(texts)];
  return { ...dropped, say: [say(text, choices)] };
}
