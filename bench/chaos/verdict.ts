// The judgement over one citizen's texts of one round: what was lost, applied twice, reordered or repeated. Pure.
import type { Heard, Letter } from './stage.js';

export interface Evidence {
  user: string;
  /** Answered 200 in this round; in the order in which they were accepted where `ordered`. */
  accepted: readonly { text: string; messageId: string }[];
  /** False where the platform's own schedule decided the order of acceptance. */
  ordered: boolean;
  heard: readonly Pick<Heard, 'text' | 'at'>[];
  /** New in this round, of all citizens. */
  letters: readonly Letter[];
  /** Turns before this round. */
  turnsBefore: number;
  /** What the records say after it. */
  turnsOnRecord: number;
  /** A text first answered then or later may have been repeated; never without it. */
  repeatsFrom?: number;
}

export interface Verdict {
  /** Turns after this round. */
  turns: number;
  lost: number;
  doubled: number;
  disordered: number;
  /** Answers heard a second time. */
  repeated: number;
  /** Repeats that invariant 6 does not allow. */
  wronglyRepeated: number;
  /** Violations in words, without any text. */
  says: string[];
}

/** What the bot says when replies grew too old, or a turn failed. */
const APOLOGY = /^(TOO LATE|SORRY)$/;
const ANSWER = /^(\d+) (\S+)$/;

export function judge(evidence: Evidence): Verdict {
  const { user, accepted, ordered, heard, letters, turnsBefore, turnsOnRecord, repeatsFrom } = evidence;
  const verdict: Verdict = {
    turns: turnsBefore,
    lost: 0,
    doubled: 0,
    disordered: 0,
    repeated: 0,
    wronglyRepeated: 0,
    says: [],
  };
  const says = (what: string) => verdict.says.push(`${user}: ${what}`);

  const answers = new Map<string, { counts: number[]; firstAt: number }>();
  for (const { text, at } of heard) {
    if (APOLOGY.test(text)) continue;
    const [, count = '', about = ''] = ANSWER.exec(text) ?? [];
    const before = answers.get(about);
    if (before === undefined) answers.set(about, { counts: [Number(count)], firstAt: at });
    else before.counts.push(Number(count));
  }

  // What never became a turn: its event stands in the dead letters.
  const turns = accepted.filter(
    ({ messageId }) => !letters.some(({ id }) => id.startsWith('event:') && names(id, messageId)),
  );
  let expected = turnsBefore;
  for (const { text, messageId } of turns) {
    expected += 1;
    const answer = answers.get(text);
    if (answer === undefined) {
      if (letters.some(({ id }) => names(id, messageId))) continue;
      verdict.lost += 1;
      says(`${text} was answered 200 and never again`);
      continue;
    }
    if (new Set(answer.counts).size > 1) {
      verdict.doubled += 1;
      says(`${text} was counted as ${answer.counts.join(' and as ')}`);
    }
    const repeats = answer.counts.length - 1;
    verdict.repeated += repeats;
    const allowed = repeatsFrom !== undefined && answer.firstAt >= repeatsFrom ? 1 : 0;
    if (repeats > allowed) {
      verdict.wronglyRepeated += repeats - allowed;
      says(`${text} was answered ${answer.counts.length} times`);
    }
    const [count = 0] = answer.counts;
    if (ordered && count !== expected) {
      if (count > expected) verdict.doubled += 1;
      else verdict.lost += 1;
      says(`${text} was turn ${count} instead of ${expected}`);
      expected = count;
    }
  }
  verdict.turns = turnsBefore + turns.length;

  const firsts = [...answers].map(
    ([
      text,
      {
        counts: [count = 0],
      },
    ]) => ({ text, count }),
  );
  for (const [index, { text, count }] of firsts.entries()) {
    const before = firsts[index - 1];
    if (before !== undefined && count <= before.count) {
      verdict.disordered += 1;
      says(`${text} came after ${before.text}, as turn ${count} after ${before.count}`);
    }
    if (!ordered && (count <= turnsBefore || count > verdict.turns)) {
      verdict.doubled += 1;
      says(`${text} was turn ${count}, and there were ${verdict.turns}`);
    }
    if (!accepted.some((one) => one.text === text)) {
      verdict.wronglyRepeated += 1;
      says(`${text} was answered and not written in this round`);
    }
  }

  if (turnsOnRecord !== verdict.turns) {
    if (turnsOnRecord > verdict.turns) verdict.doubled += 1;
    else verdict.lost += 1;
    says(`the records know ${turnsOnRecord} turns, there were ${verdict.turns}`);
  }
  return verdict;
}

/** Ids of letters carry the event's id, which carries the platform's message id. */
function names(letterId: string, messageId: string): boolean {
  return new RegExp(`:${messageId}(#|$)`).test(letterId);
}
