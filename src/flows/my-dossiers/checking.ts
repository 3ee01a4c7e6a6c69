// How somebody shows that a number is theirs: the code sent to it, or the code of one dossier filed with it and the last four
// digits of its applicant's ID number (those of the phone would prove nothing here: the number was just given).
import { MINUTE } from '../../lib/clock.js';
import type { DossierAnswer, DossiersAnswer } from '../../portal/portal.js';
import { readDossierCode } from '../dossier-tracking/addresses.js';
import { unanswered } from '../dossier-tracking/answers.js';
import { checkProof, guessedDossier, PROOF_COUNTS, proofIn } from '../dossier-tracking/proof.js';
import { DOSSIER } from '../dossier-tracking/texts.js';
import type { Choice, Step, StepResult, Turn } from '../flow.js';
import { nothing } from '../flow.js';
import { guess, mayGuess } from '../guesses.js';
import type { Heard } from '../heard.js';
import { menuChoice, staffChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import { serviceFacts } from '../service/texts.js';
import {
  CODE_COUNTS,
  claiming,
  claimOf,
  FORGET_CLAIM,
  lastOf,
  maskedNumber,
  numberIn,
  remembersClaim,
  sendCode,
} from './claim.js';
import { mineOf, opened } from './list.js';
import { MINE } from './texts.js';

const ASK = { go: 'mine.number' } as const;

/** Starts the check of a number; one that was checked before opens at once. */
export const claim: Step<{ phone: string }> = {
  // The number stands in no address.
  read: () => undefined,
  passing: true,
  async show(turn, { phone }) {
    const { otp, portal } = turn.services;
    if (!portal.configured) return { go: 'dossier.ask' };
    if (mineOf(turn)?.number === otp.subject(phone)) return { go: 'mine.list:1' };
    return otp.sends ? sends(turn, phone) : { ...remembersClaim(turn, phone), go: 'mine.by-dossier' };
  },
};

export const resend: Step = {
  read: nothing,
  passing: true,
  show(turn) {
    const claimed = claimOf(turn);
    return claimed === undefined ? ASK : sends(turn, claimed.phone);
  },
};

async function sends(turn: Turn, phone: string): Promise<StepResult> {
  const { texts, otp } = turn.services;
  if (!(await mayGuess(turn, guessedNumber(turn, phone)))) return locked(turn);
  const sending = await sendCode(turn, phone);
  switch (sending.result) {
    case 'sent':
      return { ...remembersClaim(turn, phone, { id: sending.id, digest: sending.digest }), go: 'mine.code' };
    case 'limited': {
      const { province } = serviceFacts(texts);
      const choices = [choice(texts.format(MINE.useDossier), 'mine.by-dossier'), staffChoice(texts), menuChoice(texts)];
      const kept = claimOf(turn)?.phone === phone ? {} : remembersClaim(turn, phone);
      return { ...kept, say: [say(texts.format(MINE.tooManyCodes, { province }), choices)] };
    }
    case 'failed':
      return {
        ...remembersClaim(turn, phone),
        ...(otp.sends && { say: [say(texts.format(MINE.sendFailed))] }),
        go: 'mine.by-dossier',
      };
  }
}

function guessedNumber({ services: { otp } }: Turn, phone: string): string {
  return `phone:${otp.subject(phone)}`;
}

function locked({ services: { texts } }: Turn): StepResult {
  const { province, national } = serviceFacts(texts);
  const text = texts.format(MINE.locked, { province, national });
  return { say: [say(text, [staffChoice(texts), menuChoice(texts)])], ...dropped };
}

/** The number of a check that ended is dropped with it. */
const dropped = {
  remember: { claim: undefined },
  timers: [{ type: 'cancel' as const, name: FORGET_CLAIM }],
};

const cancel = (): StepResult => ({ ...dropped, go: 'talk.cancelled' });

export const code: Step = {
  read: nothing,
  show(turn) {
    const { texts } = turn.services;
    const claimed = claimOf(turn);
    if (claimed?.code === undefined) return ASK;
    const number = maskedNumber(lastOf(claimed.phone));
    const text = texts.format(MINE.codeSent, { number, minutes: CODE_COUNTS / MINUTE });
    return { say: [say(text, codeChoices(turn))], wait: {} };
  },
  hear(turn, heard) {
    const { texts } = turn.services;
    if (heard.plain.length <= LONGEST_RESEND && RESEND.test(heard.plain)) return { go: 'mine.resend' };
    if (WHERE.test(heard.plain)) return { go: 'mine.code' };
    const typed = codeIn(heard);
    if (typed === undefined) return anotherNumber(heard);
    const claimed = claimOf(turn);
    const sent = claimed?.code;
    if (claimed === undefined || sent === undefined || sent.until < turn.now)
      return { say: [say(texts.format(MINE.codeExpired), codeChoices(turn))], wait: {} };
    if (typed === 'wrong-shape') return { say: [say(texts.format(MINE.codeShape), codeChoices(turn))], wait: {} };
    return judged(turn, claimed.phone, sent, typed);
  },
  cancel,
  remind(turn) {
    const claimed = claimOf(turn);
    if (claimed?.code === undefined) return undefined;
    return turn.services.texts.format(MINE.codeReminder, { number: maskedNumber(lastOf(claimed.phone)) });
  },
};

/** Folded: asks for another code, or has none yet. */
const RESEND =
  /\b(?:gui lai|lay ma moi|ma moi|ma khac)\b|\b(?:chua|khong|ko|k|hok)\b.{0,10}\b(?:nhan|thay|co|ve|toi|den)\b.{0,12}(?:\bma\b|\bsms\b|\btin\b|\bgi\b|$)/;
const LONGEST_RESEND = 45;
const WHERE = /\b(?:nhap|go|dien|ghi|gui|viet)\b.{0,6}\b(?:dau|nao|cho nao)\b/;
const WANTS_CODE = /\b(?:nhan|gui|lay|cho) (?:toi |em |minh )?(?:ma|otp|sms)\b|\bma 6 so\b/;
const HAS_NO_CODE = /\b(?:quen|mat|khong|ko|k|hok|chua)\b.{0,8}\b(?:ma|giay hen|bien nhan)\b/;

/** "123456", "123 456", "1 2 3 4 5 6", "ma la 123456 nhe"; a message with more digits than a code has is about something else. */
function codeIn(heard: Heard): string | 'wrong-shape' | undefined {
  if (heard.text.length > 60 || heard.meaning.entities.some(({ type }) => type.includes('code'))) return undefined;
  const digits = heard.text.replace(/\D/g, '');
  if (digits.length === 6 && /^\D*\d(?:[\s.,-]*\d){5}\D*$/.test(heard.text)) return digits;
  return /^[\d\s.,-]+$/.test(heard.text.trim()) && digits.length >= 3 && digits.length <= 8 ? 'wrong-shape' : undefined;
}

function anotherNumber(heard: Heard): StepResult | undefined {
  const phone = numberIn(heard);
  return phone === undefined || phone === 'wrong-shape' ? undefined : claiming(phone);
}

async function judged(
  turn: Turn,
  phone: string,
  sent: { id: string; digest: string },
  typed: string,
): Promise<StepResult> {
  const { otp, texts, portal } = turn.services;
  const guessed = await guess(turn, guessedNumber(turn, phone), async () =>
    otp.matches(phone, sent.id, typed, sent.digest) ? 'right' : 'wrong',
  );
  if (guessed.outcome === 'locked') return locked(turn);
  if (guessed.outcome === 'wrong')
    return { say: [say(texts.format(MINE.codeWrong, { left: guessed.left }), codeChoices(turn))], wait: {} };
  const answer = await portal.dossiersOf(phone, turn.signal);
  // The code stays good: the portal will be back sooner than another SMS is paid for.
  if (answer.result !== 'ok') return { say: [say(texts.format(MINE.codeUnused), codeChoices(turn))], wait: {} };
  return opened(turn, phone, answer.items);
}

function codeChoices({ services: { texts } }: Turn): Choice[] {
  return [
    choice(texts.format(MINE.resend), 'mine.resend'),
    choice(texts.format(MINE.change), 'mine.number'),
    choice(texts.format(MINE.useDossier), 'mine.by-dossier'),
    menuChoice(texts),
  ];
}

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
