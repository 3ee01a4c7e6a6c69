// The contract of this folder: what a message means. Types and the factory; the parts live beside it.
// Pure and synchronous: the model is data, the clock an argument, the same input gives the same answer.

export const INTENTS = [
  'greet',
  'goodbye',
  'thanks',
  'affirm',
  'deny',
  'bot.capabilities',
  'bot.identity',
  'procedure.ask',
  'dossier.track',
  'feedback.send',
  'feedback.track',
  'rating.give',
  'staff.request',
  'office.contact',
  'statistics.ask',
  'portal.help',
  'payment.ask',
  'appointment.book',
  'news.ask',
  'notify.subscribe',
  'notify.unsubscribe',
  'privacy.request',
  'emergency',
  'insult',
  'none',
] as const;

/** Names fixed by docs/architecture.md, section 5. */
export type Intent = (typeof INTENTS)[number];

/**
 * `dossier-code`: valid and canonical, `H56.14-240823-0001`. `dossier-code-partial`: meant as one but not valid: ask back, never guess.
 * `procedure-code`: `d.dddddd`. `id-number`: any personal or business number that must be masked. `date`: `YYYY-MM-DD`, or `--MM-DD`
 * without a year. `month`: `YYYY-MM` or `--MM`. `year`: `YYYY`. `agency`: canonical name. `place`: name as written, normalised.
 * `person`: a group on which a case depends (`child`, `foreigner`, …). `aspect`: an `Aspect`.
 */
export type EntityType =
  | 'dossier-code'
  | 'dossier-code-partial'
  | 'procedure-code'
  | 'phone'
  | 'id-number'
  | 'email'
  | 'date'
  | 'month'
  | 'year'
  | 'agency'
  | 'place'
  | 'person'
  | 'aspect';

/** `start` and `end` are UTF-16 offsets in the original message; `text` is that slice, `value` its canonical form. */
export interface Entity {
  type: EntityType;
  value: string;
  text: string;
  start: number;
  end: number;
}

export const ASPECTS = ['documents', 'fee', 'time', 'where', 'how', 'conditions', 'forms', 'online'] as const;

/** What about a procedure is asked. */
export type Aspect = (typeof ASPECTS)[number];

export interface ScoredIntent {
  intent: Intent;
  /** Calibrated, 0..1. */
  confidence: number;
}

export interface Understanding {
  /** The message as it came, cut to 2,000 UTF-16 units. */
  text: string;
  /** Lower case, canonical spelling, abbreviations written out, no punctuation. */
  normalized: string;
  intent: Intent;
  /** Calibrated probability that `intent` is right, 0..1. */
  confidence: number;
  /** `confidence` reaches the floor; when false, ask back. */
  certain: boolean;
  /** The next likely intents, best first, at most 4. */
  alternatives: ScoredIntent[];
  /** In order of position. */
  entities: Entity[];
  /** In order of mention, each once. */
  aspects: Aspect[];
  /** What remains for the procedure search; empty when only the aspect was named ("phí bao nhiêu?"). */
  query: string;
}
