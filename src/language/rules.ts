// Rules of intents/*.yaml, compiled: patterns that decide without the classifier.
import type { Prepared } from './features.js';
import type { Intent } from './intents.js';
import type { IntentRule } from './model.js';

/** From this rank on a rule decides alone; below it is evidence for the classifier. */
const DECISIVE_RANK = 85;

/**
 * What a rule adds to the logit of its intent. Its author thought of the phrases that it takes, hardly ever of all that it also takes:
 * one that read the whole message makes its intent e⁶ = 400 times likelier, one that found something within it e³ = 20 times, and where the
 * other words speak against it the bot asks.
 */
const WHOLE_MESSAGE = 6;
const WITHIN = 3;

export interface Ruled {
  intents: Intent[];
  /** Decides alone. */
  decisive: boolean;
  /** What it adds to the logits of `intents`. */
  weight: number;
}

/** Returns the intents of the highest rank that fired; empty when none did. */
export function compileRules(rules: readonly IntentRule[]): (prepared: Prepared) => Ruled {
  const compiled = rules
    .map((rule) => ({
      ...rule,
      match: new RegExp(rule.match, 'u'),
      unless: rule.unless === undefined ? undefined : new RegExp(rule.unless, 'u'),
    }))
    .sort((a, b) => b.rank - a.rank);
  return (prepared) => {
    const fired: Intent[] = [];
    let rank: number | undefined;
    let weight = 0;
    for (const rule of compiled) {
      // Sorted by rank: below the first that fired nothing can win.
      if (rank !== undefined && rule.rank < rank) break;
      const text = rule.on === 'accented' ? prepared.accented : prepared.folded;
      const found = rule.match.exec(text)?.[0];
      if (found === undefined || rule.unless?.test(text)) continue;
      fired.push(rule.intent);
      rank = rule.rank;
      weight = Math.max(weight, found.length === text.length ? WHOLE_MESSAGE : WITHIN);
    }
    return { intents: fired, decisive: (rank ?? 0) >= DECISIVE_RANK, weight };
  };
}
