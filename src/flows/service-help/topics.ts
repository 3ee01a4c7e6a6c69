// Help topics about the service itself (accounts, uploads, paying): one YAML file each in help/, parsed once, matched by words.
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { plainWords } from '../heard.js';
import type { ServiceFacts } from '../service/texts.js';
import type { SourceFile, TextLimits } from '../texts.js';
import { PLATFORM_LIMITS, TemplateError } from '../texts.js';

export interface HelpTopic {
  id: string;
  /** Fits on a button. */
  title: string;
  answer: string;
  /** Ids of other topics worth offering. */
  related: readonly string[];
}

export interface HelpTopics {
  readonly all: readonly HelpTopic[];
  get(id: string): HelpTopic | undefined;
  /** The topic whose keywords the message holds; the longest keywords decide. */
  match(text: string): HelpTopic | undefined;
  /** The topic that the message names by a phrase of its own: no guess, whatever the intent looks like. */
  named(text: string): HelpTopic | undefined;
}

const ID = /^[a-z][a-z-]{1,40}$/;

/**
 * Parses the files of help/; throws `TemplateError` with file and line of every problem. Answers may name the
 * `{portal}`, `{national}` and `{province}` of templates/vi/service.yaml.
 */
export function loadHelp(
  files: readonly SourceFile[],
  facts: ServiceFacts,
  limits: TextLimits = PLATFORM_LIMITS,
): HelpTopics {
  const schema = z.strictObject({
    title: z.string().min(1).max(limits.title),
    keywords: z.array(z.string().min(2)).min(1),
    /** Words that mean this topic wherever they stand: two or more, unlike any procedure's name. */
    phrases: z.array(z.string().regex(/\S \S/, 'a phrase is two words or more')).default([]),
    answer: z.string().min(1).max(limits.text),
    related: z.array(z.string()).max(3).default([]),
  });
  const problems: string[] = [];
  const topics: WithWords[] = [];
  for (const file of files) {
    const id = file.path.replace(/^.*[\\/]/, '').replace(/\.ya?ml$/, '');
    const lines = new LineCounter();
    const document = parseDocument(file.content, { lineCounter: lines, prettyErrors: false });
    const at = (offset: number) => `${file.path}:${lines.linePos(offset).line}`;
    for (const error of document.errors) problems.push(`${at(error.pos[0])}: not valid YAML: ${error.message}`);
    if (document.errors.length > 0) continue;
    if (!ID.test(id)) problems.push(`${file.path}:1: a topic's file name is lower case letters and dashes`);
    const parsed = schema.safeParse(document.toJS());
    if (parsed.success) {
      const { title, keywords, phrases, related } = parsed.data;
      const answer = filled(parsed.data.answer.trim().normalize('NFC'), facts);
      const unknown = /\{\w*\}/.exec(answer)?.[0];
      if (unknown !== undefined) problems.push(`${file.path}:1: answer: uses the unknown variable ${unknown}`);
      const worded = (list: readonly string[]) => list.map((words) => plainWords(filled(words, facts)));
      topics.push({ id, title, answer, related, keywords: worded(keywords), phrases: worded(phrases) });
    } else {
      for (const { path, message } of parsed.error.issues) {
        const node = document.getIn(
          path.map((part) => (typeof part === 'symbol' ? String(part) : part)),
          true,
        );
        const range = (node as { range?: [number, number, number] } | undefined)?.range;
        problems.push(`${at(range?.[0] ?? 0)}: ${path.join('.') || 'topic'}: ${message}`);
      }
    }
  }
  const ids = new Set(topics.map(({ id }) => id));
  for (const { id, related } of topics) {
    for (const other of related)
      if (!ids.has(other)) problems.push(`${id}.yaml:1: related: there is no topic "${other}"`);
  }
  if (problems.length > 0) throw new TemplateError(problems);
  return new LoadedTopics(topics);
}

function filled(answer: string, { portal, national, province }: ServiceFacts): string {
  return answer.replaceAll('{portal}', portal).replaceAll('{national}', national).replaceAll('{province}', province);
}

type WithWords = HelpTopic & { keywords: readonly string[]; phrases: readonly string[] };
type Words = readonly { words: string; topic: HelpTopic }[];

class LoadedTopics implements HelpTopics {
  private readonly byId: ReadonlyMap<string, HelpTopic>;
  private readonly keywords: Words;
  private readonly phrases: Words;

  constructor(topics: readonly WithWords[]) {
    this.byId = new Map(topics.map((topic) => [topic.id, topic]));
    const worded = (of: (topic: WithWords) => readonly string[]): Words =>
      topics.flatMap((topic) => of(topic).map((words) => ({ words: ` ${words} `, topic })));
    this.phrases = worded(({ phrases }) => phrases);
    this.keywords = [...worded(({ keywords }) => keywords), ...this.phrases];
  }

  get all(): readonly HelpTopic[] {
    return [...this.byId.values()];
  }

  get(id: string): HelpTopic | undefined {
    return this.byId.get(id);
  }

  match(text: string): HelpTopic | undefined {
    return longestIn(text, this.keywords);
  }

  named(text: string): HelpTopic | undefined {
    return longestIn(text, this.phrases);
  }
}

function longestIn(text: string, all: Words): HelpTopic | undefined {
  const said = ` ${plainWords(text)} `;
  let best: Words[number] | undefined;
  for (const one of all) if (said.includes(one.words) && one.words.length > (best?.words.length ?? 0)) best = one;
  return best?.topic;
}
