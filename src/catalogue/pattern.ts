// Phrases written as patterns, so that one line stands for a family: `(cho|xin) (tôi|em)? hỏi`.

const MOST_PHRASES = 500;

/** Groups in round brackets, alternatives between bars, `?` after a group or word that may be missing. Brackets do not nest. */
export function expandPattern(pattern: string): string[] {
  let phrases = [''];
  for (const [, group, word = '', optional] of pattern.matchAll(/(?:\(([^()]*)\)|([^\s()?]+))(\?)?/g)) {
    const choices = [...(group?.split('|') ?? [word]), ...(optional === undefined ? [] : [''])];
    phrases = phrases.flatMap((phrase) => choices.map((choice) => `${phrase} ${choice}`.trim()));
    if (phrases.length > MOST_PHRASES) throw new Error(`"${pattern}" stands for more than ${MOST_PHRASES} phrases`);
  }
  return phrases.filter((phrase) => phrase !== '');
}
