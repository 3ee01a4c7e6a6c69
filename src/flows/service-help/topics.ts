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
    answer: z.string().min(1).max(limits.text),
    related: z.array(z.string()).max(3).default([]),
  });
  const problems: string[] = [];
  const topics: (HelpTopic & { keywords: string[] })[] = [];
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
      const { title, keywords, related } = parsed.data;
      const answer = filled(parsed.data.answer.trim().normalize('NFC'), facts);
      const unknown = /\{\w*\}/.exec(answer)?.[0];
      if (unknown !== undefined) problems.push(`${file.path}:1: answer: uses the unknown variable ${unknown}`);
      topics.push({ id, title, answer, related, keywords: keywords.map(plainWords) });
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

class LoadedTopics implements HelpTopics {
  private readonly byId: ReadonlyMap<string, HelpTopic>;
  private readonly keywords: readonly { words: string; topic: HelpTopic }[];

  constructor(topics: readonly (HelpTopic & { keywords: string[] })[]) {
    this.byId = new Map(topics.map((topic) => [topic.id, topic]));
    this.keywords = topics.flatMap((topic) => topic.keywords.map((words) => ({ words: ` ${words} `, topic })));
  }

  get all(): readonly HelpTopic[] {
    return [...this.byId.values()];
  }

  get(id: string): HelpTopic | undefined {
    return this.byId.get(id);
  }

  match(text: string): HelpTopic | undefined {
    const said = ` ${plainWords(text)} `;
    let best: { words: string; topic: HelpTopic } | undefined;
    for (const keyword of this.keywords) {
      if (said.includes(keyword.words) && keyword.words.length > (best?.words.length ?? 0)) best = keyword;
    }
    return best?.topic;
  }
}
