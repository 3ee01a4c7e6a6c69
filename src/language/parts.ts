// Which clauses of a message are questions of their own. Cautious: two questions taken for one are asked about again, one taken
// for two gets an answer that nobody wanted.
import type { Clause } from './clauses.js';
import type { Intent } from './intents.js';
import type { Aspect, Entity, Part } from './language.js';
import type { Word } from './normalise.js';

/** What one clause means by itself. */
export interface Reading {
  intent: Intent;
  confidence: number;
  certain: boolean;
  entities: Entity[];
  aspects: Aspect[];
  query: string;
}

const MOST_PARTS = 3;

// Politeness, story and noise belong to the question beside them.
const NO_QUESTION = new Set<Intent>(['greet', 'goodbye', 'thanks', 'affirm', 'deny', 'none', 'insult']);
// These speak for the whole message.
const WHOLE = new Set<Intent>(['emergency', 'insult']);

const ASKS =
  /\b(?:gi|sao|nao|dau|ai|may|nhieu|bao (?:lau|gio|nhieu)|ko|hay (?:khong|chua))\b|\b(?:khong|chua|duoc|roi)(?: (?:a|vay|ad|nhi|ha|ta|ban|admin|the|nhe|oi))*$/;
const WANTS =
  /\b(?:muon|can|xin|cho hoi|hoi|nho|giup|huong dan|tra cuu|kiem tra|xem|dat lich|phan anh|khieu nai|gap|cho)\b/;
// Words that say nothing about which procedure is meant.
const GENERIC = new Set(
  (
    'lam nop xin cap dang ky thu tuc ho so giay to giay can duoc mat het do cai nay kia no thi la co khong phai hoi muon cho cua em toi minh con anh chi ' +
    'bao nhieu gi sao nao dau may luon nua them roi chua va voi ve o tai den khi nhe a ad ban oi lay nhan ket qua xong phi tien ngay gio lau ' +
    'online mang truc tuyen truoc sau cung nhu the vay day'
  ).split(' '),
);

interface Piece {
  clause: Clause;
  reading: Reading;
  words: readonly Word[];
}

/** The questions of a message when there are two or three; else none. `read` understands words by themselves. */
export function partsOf(
  message: string,
  clauses: readonly Clause[],
  whole: Reading,
  read: (words: readonly Word[]) => Reading,
): Part[] {
  if (clauses.length < 2 || (WHOLE.has(whole.intent) && whole.certain)) return [];
  const pieces = clauses.map((clause): Piece => ({ clause, reading: read(clause.words), words: clause.words }));
  if (pieces.some(({ reading }) => reading.intent === 'emergency' && reading.certain)) return [];
  const questions: Piece[] = [];
  let lead: readonly Word[] = [];
  for (const piece of pieces) {
    const last = questions.at(-1);
    if (!isQuestion(piece)) {
      if (last === undefined) lead = [...lead, ...piece.words];
      else last.words = [...last.words, ...piece.words];
    } else if (last === undefined) questions.push({ ...piece, words: [...lead, ...piece.words] });
    else if (startsAnother(last, piece)) questions.push(piece);
    else join(last, piece);
  }
  if (questions.length < 2 || questions.length > MOST_PARTS) return [];
  return questions.map(({ reading, words }): Part => {
    const start = words[0]?.start ?? 0;
    const end = words.at(-1)?.end ?? start;
    const merged = read(words);
    return {
      text: message.slice(start, end),
      start,
      end,
      intent: reading.intent,
      confidence: reading.confidence,
      certain: reading.certain,
      entities: merged.entities,
      aspects: merged.aspects,
      query: merged.query,
    };
  });
}

function isQuestion({ reading, clause }: Piece): boolean {
  return reading.certain && !NO_QUESTION.has(reading.intent) && clause.words.length > 0;
}

function startsAnother(before: Piece, piece: Piece): boolean {
  const [a, b] = [before.reading, piece.reading];
  // "phí bao nhiêu", "nộp ở đâu": about what was just asked.
  if (b.intent === 'procedure.ask' && topic(piece.clause.words, b).size === 0) return false;
  if (b.intent === 'office.contact' && !b.entities.some(({ type }) => type === 'agency') && piece.clause.cut === 'weak')
    return false;
  if (a.intent !== b.intent)
    return piece.clause.cut === 'plain' ? says(before) && says(piece) : asks(before) && asks(piece);
  if (a.intent !== 'procedure.ask') return false;
  const [first, second] = [topic(before.words, a), topic(piece.clause.words, b)];
  const shared = [...second].filter((word) => first.has(word)).length;
  return asks(before) && asks(piece) && first.size > 0 && shared * 2 < Math.min(first.size, second.size);
}

function join(question: Piece, piece: Piece): void {
  question.words = [...question.words, ...piece.words];
}

function asks({ clause, reading }: Piece): boolean {
  return reading.aspects.length > 0 || hasCode(reading) || ASKS.test(foldedOf(clause.words));
}

function says(piece: Piece): boolean {
  return asks(piece) || WANTS.test(foldedOf(piece.clause.words));
}

function hasCode({ entities }: Reading): boolean {
  return entities.some(({ type }) => type === 'dossier-code' || type === 'procedure-code');
}

function foldedOf(words: readonly Word[]): string {
  return words.map(({ folded }) => folded).join(' ');
}

/** The words of a clause that may name a procedure. */
function topic(words: readonly Word[], { entities }: Reading): Set<string> {
  const asked = entities.filter(({ type }) => type === 'aspect' || type === 'date' || type === 'month');
  return new Set(
    words
      .filter((word) => !GENERIC.has(word.folded) && !asked.some((one) => word.start < one.end && one.start < word.end))
      .map(({ folded }) => folded),
  );
}
