// What the bot may say: texts declared in code, worded in templates/vi/*.yaml, checked against each other once at the start.
// Pure: file contents come in as arguments; text-files.ts reads them.
import { IntlMessageFormat } from 'intl-messageformat';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { CodedError } from '../lib/errors.js';
import { nearest } from '../lib/nearest.js';

/** `text` is a message or a part of one, `title` stands on a button. */
export type TextKind = 'text' | 'title';

export interface TextDraft<V extends string = string> {
  readonly kind: TextKind;
  readonly variables: readonly V[];
}

/** A text that exists: `id` is `<file>.<key>`; formatting it takes exactly the variables `V`. */
export interface TextKey<V extends string = never> extends TextDraft<V> {
  readonly id: string;
}

export type TextValues<V extends string> = Readonly<Record<V, string | number>>;

type Declared<T extends Record<string, TextDraft>> = {
  readonly [K in keyof T]: T[K] extends TextDraft<infer V> ? TextKey<V> : never;
};

/** One template file's declaration. */
export interface TextFile {
  readonly name: string;
  readonly keys: Readonly<Record<string, TextKey<string>>>;
}

export function text(): TextDraft<never>;
export function text<const V extends string>(first: V, ...others: V[]): TextDraft<V>;
export function text(...variables: string[]): TextDraft {
  return { kind: 'text', variables };
}

export function title(): TextDraft<never>;
export function title<const V extends string>(first: V, ...others: V[]): TextDraft<V>;
export function title(...variables: string[]): TextDraft {
  return { kind: 'title', variables };
}

/**
 * Declares the texts of `templates/vi/<name>.yaml`.
 * @example
 * const T = declareTexts('menu', { ask: text('name'), more: title() });
 * texts.format(T.ask, { name: 'An' });
 */
export function declareTexts<const T extends Record<string, TextDraft>>(name: string, drafts: T): Declared<T> {
  const keys: Record<string, TextKey<string>> = {};
  for (const [key, draft] of Object.entries(drafts)) keys[key] = { ...draft, id: `${name}.${key}` };
  return keys as Declared<T>;
}

/** Limits of the strictest platform, in UTF-16 units. */
export interface TextLimits {
  text: number;
  title: number;
}

/** Zalo and Messenger take 2,000 characters of text; Messenger's quick replies take 20. */
export const PLATFORM_LIMITS: TextLimits = { text: 2000, title: 20 };

export interface SourceFile {
  /** As an operator would open it, e.g. `templates/vi/menu.yaml`. */
  path: string;
  content: string;
}

/** Every problem of the templates at once, each as `path:line: what is wrong`. */
export class TemplateError extends CodedError {
  constructor(readonly problems: readonly string[]) {
    super('templates.invalid', `the templates cannot be used:\n  ${problems.join('\n  ')}`);
  }
}

type Compiled = (values: Readonly<Record<string, string | number>>) => string;

/** Formats declared texts. Made by `loadTexts`, which has checked that every one exists. */
export class Texts {
  constructor(private readonly compiled: ReadonlyMap<string, Compiled>) {}

  format<V extends string>(key: TextKey<V>, ...values: [V] extends [never] ? [] : [TextValues<V>]): string {
    const format = this.compiled.get(key.id);
    if (format === undefined) throw new CodedError('templates.not-loaded', `the text ${key.id} was never loaded`);
    return format(values[0] ?? {});
  }
}

const LOCALE = 'vi';
/** Room left in a button title for each variable (page and list numbers). */
const TITLE_VARIABLE = 3;

/** Compiles every text once; throws `TemplateError` naming file and line of all that is missing, unknown, wrong or too long. */
export function loadTexts(
  files: readonly SourceFile[],
  declared: readonly TextFile[],
  limits: TextLimits = PLATFORM_LIMITS,
): Texts {
  const problems: string[] = [];
  const compiled = new Map<string, Compiled>();
  const byName = new Map(files.map((file) => [nameOf(file.path), file]));
  for (const declaration of declared) {
    const file = byName.get(declaration.name);
    if (file === undefined) {
      problems.push(`${declaration.name}.yaml: the file is missing`);
      continue;
    }
    byName.delete(declaration.name);
    loadFile(file, declaration, limits, compiled, problems);
  }
  for (const file of byName.values()) problems.push(`${file.path}:1: no flow declares the texts of this file`);
  if (problems.length > 0) throw new TemplateError(problems);
  return new Texts(compiled);
}

function loadFile(
  file: SourceFile,
  declaration: TextFile,
  limits: TextLimits,
  compiled: Map<string, Compiled>,
  problems: string[],
): void {
  const lines = new LineCounter();
  const document = parseDocument(file.content, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number | undefined): string => `${file.path}:${lines.linePos(offset ?? 0).line}`;
  for (const error of document.errors) problems.push(`${at(error.pos[0])}: not valid YAML: ${error.message}`);
  if (document.errors.length > 0) return;
  if (!isMap(document.contents)) {
    problems.push(`${file.path}:1: must be a list of \`key: text\` lines`);
    return;
  }
  const missing = new Set(Object.keys(declaration.keys));
  for (const { key, value } of document.contents.items) {
    const name = isScalar(key) ? String(key.value) : '';
    const place = at(isScalar(key) ? key.range?.[0] : undefined);
    const draft = declaration.keys[name];
    if (draft === undefined) {
      problems.push(`${place}: unknown key "${name}"${closest(name, Object.keys(declaration.keys))}`);
      continue;
    }
    missing.delete(name);
    if (!isScalar(value) || typeof value.value !== 'string' || value.value.trim() === '') {
      problems.push(`${place}: "${name}" must be a text (put numbers in quotes)`);
      continue;
    }
    const result = compile(value.value.trim().normalize('NFC'), draft, limits[draft.kind]);
    if ('problem' in result) problems.push(`${place}: "${name}" ${result.problem}`);
    else compiled.set(draft.id, result.format);
  }
  for (const name of missing)
    problems.push(`${file.path}:${lines.lineStarts.length || 1}: the key "${name}" is missing`);
}

function compile(message: string, draft: TextKey<string>, limit: number): { format: Compiled } | { problem: string } {
  let parsed: IntlMessageFormat;
  try {
    parsed = new IntlMessageFormat(message, LOCALE, undefined, { ignoreTag: true });
  } catch (error) {
    return { problem: `is not a valid message: ${error instanceof Error ? error.message : 'syntax'}` };
  }
  const nodes = parsed.getAst() as MessageNode[];
  const known = new Set<string>(draft.variables);
  const unknown = [...variablesOf(nodes)].filter((name) => !known.has(name));
  if (unknown.length > 0) return { problem: `uses the unknown variable ${unknown.map((v) => `{${v}}`).join(', ')}` };
  const length = longest(nodes, draft.kind === 'title' ? TITLE_VARIABLE : 0);
  if (length > limit) return { problem: `is ${length} characters long, a platform takes ${limit}` };
  return { format: plain(nodes) ?? ((values) => String(parsed.format({ ...values }))) };
}

/** The part of the ICU syntax tree that is looked at here; the numbers are the parser's `TYPE`. */
interface MessageNode {
  type: number;
  value?: string;
  options?: Record<string, { value: MessageNode[] }>;
}
const LITERAL = 0;
const ARGUMENT = 1;
const POUND = 7;

/** Most texts are literals and simple variables: joining those takes well under a microsecond. */
function plain(nodes: readonly MessageNode[]): Compiled | undefined {
  if (!nodes.every((node) => node.type === LITERAL || node.type === ARGUMENT)) return undefined;
  return (values) => {
    let out = '';
    for (const node of nodes) out += node.type === LITERAL ? node.value : values[node.value ?? ''];
    return out;
  };
}

function* variablesOf(nodes: readonly MessageNode[]): Generator<string> {
  for (const node of nodes) {
    if (node.type !== LITERAL && node.type !== POUND && node.value !== undefined) yield node.value;
    for (const option of Object.values(node.options ?? {})) yield* variablesOf(option.value);
  }
}

function longest(nodes: readonly MessageNode[], perVariable: number): number {
  let sum = 0;
  for (const node of nodes) {
    if (node.type === LITERAL) sum += node.value?.length ?? 0;
    else if (node.options) sum += Math.max(...Object.values(node.options).map((o) => longest(o.value, perVariable)));
    else sum += perVariable;
  }
  return sum;
}

function nameOf(path: string): string {
  return path.replace(/^.*[\\/]/, '').replace(/\.ya?ml$/, '');
}

function closest(name: string, known: readonly string[]): string {
  const match = nearest(name, known, 3);
  return match === undefined ? '' : `; did you mean "${match}"?`;
}
