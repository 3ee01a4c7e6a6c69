// Labels as lines for the training files: JSON lines for programs, and YAML whose blocks are pasted into intents/. Pure.

/** What staff said a message means; the text is masked. */
export interface TrainingLine {
  text: string;
  intent?: string;
  procedure?: string;
}

/** One line each, whatever is in the text. */
export function jsonLine({ text, intent, procedure }: TrainingLine): string {
  const line = {
    text: oneLine(text),
    ...(intent === undefined ? {} : { intent }),
    ...(procedure === undefined ? {} : { procedure }),
  };
  return `${JSON.stringify(line)}\n`;
}

/**
 * By file: the lines of an intent as they stand below its `examples: |`, and those of procedures as they stand in a file of
 * intents/aliases. Each text once.
 */
export function trainingYaml(lines: readonly TrainingLine[]): string {
  const intents = new Map<string, Set<string>>();
  const procedures = new Map<string, Set<string>>();
  for (const { text, intent, procedure } of lines) {
    if (intent !== undefined) put(intents, intent, oneLine(text));
    if (procedure !== undefined) put(procedures, procedure, oneLine(text));
  }
  const blocks = sorted(intents).map(
    ([intent, texts]) => `# intents/${intent}.yaml\nexamples: |\n${texts.map((text) => `  ${text}\n`).join('')}`,
  );
  if (procedures.size > 0) {
    const lists = sorted(procedures).map(
      ([code, texts]) => `${code}:\n${texts.map((text) => `  - ${JSON.stringify(text)}\n`).join('')}`,
    );
    blocks.push(`# intents/aliases/*.yaml\n${lists.join('')}`);
  }
  return blocks.join('\n');
}

function put(groups: Map<string, Set<string>>, name: string, text: string): void {
  const texts = groups.get(name) ?? new Set();
  groups.set(name, texts.add(text));
}

function sorted(groups: ReadonlyMap<string, ReadonlySet<string>>): [string, string[]][] {
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, texts]) => [name, [...texts]]);
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{C}]+/gu, ' ').trim();
}
