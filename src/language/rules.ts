// Rules of intents/*.yaml, compiled: patterns that decide without the classifier.
import type { Prepared } from './features.js';
import type { Intent } from './intents.js';
import type { IntentRule } from './model.js';

/** Returns the intents of the highest rank that fired; empty when none did. */
export function compileRules(rules: readonly IntentRule[]): (prepared: Prepared) => Intent[] {
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
    for (const rule of compiled) {
      // Sorted by rank: below the first that fired nothing can win.
      if (rank !== undefined && rule.rank < rank) break;
      const text = rule.on === 'accented' ? prepared.accented : prepared.folded;
      if (!rule.match.test(text) || rule.unless?.test(text)) continue;
      fired.push(rule.intent);
      rank = rule.rank;
    }
    return fired;
  };
}
