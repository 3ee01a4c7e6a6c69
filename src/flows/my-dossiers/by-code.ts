// A number is checked by a code that is sent to it: sending, typing, sending again.
import { MINUTE } from '../../lib/clock.js';
import type { Choice, MaybePromise, Step, StepResult, Turn } from '../flow.js';
import { nothing } from '../flow.js';
import { guess, mayGuess } from '../guesses.js';
import type { Heard } from '../heard.js';
import { menuChoice, staffChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import { serviceFacts } from '../service/texts.js';
import { anotherNumber, CODE_COUNTS, claimOf, lastOf, maskedNumber, remembersClaim, sendCode } from './claim.js';
import { ASK, cancel, locked } from './ended.js';
import { mineOf, opened } from './list.js';
import { MINE } from './texts.js';

/** Starts the check of a number; one that was checked before opens at once. */
export const claim: Step<{ phone: string }> = {
  // The number stands in no address.
  read: () => undefined,
  passing: true,
  hear: hearCode,
  cancel,
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
  hear: hearCode,
  cancel,
  show(turn) {
    const claimed = claimOf(turn);
    return claimed === undefined ? ASK : sends(turn, claimed.phone);
  },
};

async function sends(turn: Turn, phone: string): Promise<StepResult> {
  const { texts, otp } = turn.services;
  if (!(await mayGuess(turn, guessedNumber(turn, phone)))) return locked(turn);
  const sending = await sendCode(turn, phone);
  // A code that is still good stays good.
  const before = claimOf(turn)?.phone === phone ? claimOf(turn) : undefined;
  const kept = before === undefined ? remembersClaim(turn, phone) : {};
  switch (sending.result) {
    case 'sent':
      return { ...remembersClaim(turn, phone, { id: sending.id, digest: sending.digest }), go: 'mine.code' };
    case 'limited': {
      const { province } = serviceFacts(texts);
      const choices = [choice(texts.format(MINE.useDossier), 'mine.by-dossier'), staffChoice(texts), menuChoice(texts)];
      const text = texts.format(MINE.tooManyCodes, { province });
      return { ...kept, say: [say(text, choices)], ...(before?.code && { wait: {} }) };
    }
    case 'failed':
      return {
        ...kept,
        ...(otp.sends && { say: [say(texts.format(MINE.sendFailed))] }),
        go: 'mine.by-dossier',
      };
  }
}

function guessedNumber({ services: { otp } }: Turn, phone: string): string {
  return `phone:${otp.subject(phone)}`;
}

export const code: Step = {
  secret: true,
  read: nothing,
  show(turn) {
    const { texts } = turn.services;
    const claimed = claimOf(turn);
    if (claimed?.code === undefined) return ASK;
    const number = maskedNumber(lastOf(claimed.phone));
    const text = texts.format(MINE.codeSent, { number, minutes: CODE_COUNTS / MINUTE });
    return { say: [say(text, codeChoices(turn))], wait: {} };
  },
  hear: hearCode,
  cancel,
  remind(turn) {
    const claimed = claimOf(turn);
    if (claimed?.code === undefined) return undefined;
    return turn.services.texts.format(MINE.codeReminder, { number: maskedNumber(lastOf(claimed.phone)) });
  },
};

function hearCode(turn: Turn, heard: Heard): MaybePromise<StepResult | undefined> {
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
}

/** Folded: asks for another code, or has none yet. */
const RESEND =
  /\b(?:gui lai|lay ma moi|ma moi|ma khac)\b|\b(?:chua|khong|ko|k|hok)\b.{0,10}\b(?:nhan|thay|co|ve|toi|den)\b.{0,12}(?:\bma\b|\bsms\b|\btin\b|\bgi\b|$)/;
const LONGEST_RESEND = 45;
const WHERE = /\b(?:nhap|go|dien|ghi|gui|viet)\b.{0,6}\b(?:dau|nao|cho nao)\b/;

/** "123456", "123 456", "1 2 3 4 5 6", "ma la 123456 nhe"; a message with more digits than a code has is about something else. */
function codeIn(heard: Heard): string | 'wrong-shape' | undefined {
  if (heard.text.length > 60 || heard.meaning.entities.some(({ type }) => type.includes('code'))) return undefined;
  const digits = heard.text.replace(/\D/g, '');
  if (digits.length === 6 && /^\D*\d(?:[\s.,-]*\d){5}\D*$/.test(heard.text)) return digits;
  return /^[\d\s.,-]+$/.test(heard.text.trim()) && digits.length >= 3 && digits.length <= 8 ? 'wrong-shape' : undefined;
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
