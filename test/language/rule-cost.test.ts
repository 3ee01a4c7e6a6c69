// A rule is a regular expression over what a citizen wrote. In a repeated list of phrases no sentence may be readable in
// two ways ("ho so" beside "ho" and "so"): each repetition would double the time, and one message would stop the bot.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const FOLDER = join(__dirname, '..', '..', 'intents');

/** Bodies of `(?:(?:a|b) )*`, `(?: (?:a|b))*` and `(?:a |b )*`, also with `+`. */
function repeatedLists(expression: string): string[] {
  const bodies: string[] = [];
  const starts: number[] = [];
  for (let at = 0; at < expression.length; at += 1) {
    if (expression[at] === '\\') at += 1;
    else if (expression[at] === '(') starts.push(at);
    else if (expression[at] === ')') {
      const start = starts.pop() ?? 0;
      if (/^[*+]/.test(expression.slice(at + 1))) bodies.push(expression.slice(start, at + 1));
    }
  }
  return bodies;
}

/** Every phrase of a group without repetitions, as words; undefined when it holds more than words, lists and options. */
function phrases(expression: string): string[][] | undefined {
  if (/[\\[\].*+{}^$=!<]/.test(expression)) return undefined;
  let at = 0;
  const alternatives = (): string[] => {
    let all: string[] = [];
    let current = [''];
    while (at < expression.length && expression[at] !== ')') {
      if (expression[at] === '|') {
        all = all.concat(current);
        current = [''];
        at += 1;
        continue;
      }
      let next: string[];
      if (expression.startsWith('(?:', at)) {
        at += 3;
        next = alternatives();
        at += 1;
      } else {
        next = [expression[at] ?? ''];
        at += 1;
      }
      if (expression[at] === '?') {
        next = [...next, ''];
        at += 1;
      }
      current = current.flatMap((head) => next.map((tail) => head + tail));
    }
    return all.concat(current);
  };
  return alternatives().map((phrase) => phrase.trim().split(/ +/));
}

/** Sardinas and Patterson: two phrases that start alike leave a rest; a code is ambiguous when such a rest is a phrase. */
function ambiguous(code: readonly string[][]): string | undefined {
  const key = (words: readonly string[]) => words.join(' ');
  const known = new Set<string>();
  const unique = new Set(code.map(key));
  if (unique.size < code.length) return code.map(key).find((one, i, all) => all.indexOf(one) !== i);
  const rests = (heads: readonly string[][], tails: readonly string[][]) =>
    heads.flatMap((head) =>
      tails
        .filter((tail) => tail.length > head.length && head.every((word, i) => word === tail[i]))
        .map((tail) => tail.slice(head.length)),
    );
  let open = rests(code, code);
  while (open.length > 0) {
    const whole = open.find((rest) => unique.has(key(rest)));
    if (whole !== undefined) return key(whole);
    open = [...rests(code, open), ...rests(open, code)].filter((rest) => {
      const isNew = !known.has(key(rest));
      known.add(key(rest));
      return isNew;
    });
  }
  return undefined;
}

const rules = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => {
    const { rules: list = [] } = parse(readFileSync(join(FOLDER, name), 'utf8')) as {
      rules?: { match: string; unless?: string }[];
    };
    return list.flatMap(({ match, unless }) =>
      [match, ...(unless === undefined ? [] : [unless])].map((one) => ({ name, one })),
    );
  });

describe('the rules', () => {
  it('can be checked', () => {
    expect(ambiguous([['ho', 'so'], ['ho'], ['so']])).toBe('so');
    expect(ambiguous([['a', 'b'], ['c'], ['a'], ['b', 'c']])).toBe('c');
    expect(ambiguous([['a', 'b'], ['a'], ['c']])).toBeUndefined();
    expect(phrases('(?:nhan (?:duoc)?|a) ')).toEqual([['nhan', 'duoc'], ['nhan'], ['a']]);
    expect(rules.some(({ one }) => repeatedLists(one).some((list) => phrases(list) !== undefined))).toBe(true);
  });

  it.each([...new Set(rules.map(({ name }) => name))])('of %s read every repeated phrase in one way only', (file) => {
    const lists = rules.filter(({ name }) => name === file).flatMap(({ one }) => repeatedLists(one));
    const found = lists.flatMap((list) => {
      const code = phrases(list.replace(/[*+?]$/, ''));
      const phrase = code === undefined ? undefined : ambiguous(code);
      return phrase === undefined ? [] : [`“${phrase}” in ${list.slice(0, 80)}`];
    });
    expect(found).toEqual([]);
  });
});
