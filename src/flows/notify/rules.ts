// NOTICES_FILE: when the bot may speak first and by which approved templates. Read once at the start; a slip stops it with a hint.
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { CodedError } from '../../lib/errors.js';
import type { ChannelName } from '../../lib/ids.js';
import { nearest } from '../../lib/nearest.js';
import type { QuietHours } from './quiet.js';

/**
 * What a template may be filled with, by event. All of it is what the notice says in plain words too, and nothing of the
 * applicant: a template's text shows on a locked screen.
 */
export const NOTICE_VALUES = {
  'dossier.changed': ['code', 'procedure', 'status', 'due', 'agency'],
  'feedback.accepted': ['code'],
  'feedback.status': ['code', 'status'],
  'rating.invite': ['code'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const EVENTS = Object.keys(NOTICE_VALUES);
const MOST_TEMPLATES = 100;
const MOST_PARAMETERS = 20;
/** Zalo's limits by kind of parameter; what is longer is shortened at a word. */
const FIT: Readonly<Record<string, number>> = { code: 30, status: 30, due: 20 };
const FIT_ELSE = 90;

export interface TemplateParameter {
  name: string;
  /** One of the event's values. */
  value: string;
  most: number;
}

export interface TemplateRule {
  event: string;
  channel: ChannelName;
  /** Of this OA or Page alone. */
  account?: string;
  /** Only for these states of the subject. */
  states?: readonly number[];
  /** Zalo: the template's id. Messenger: its name. */
  template: string;
  language?: string;
  parameters: readonly TemplateParameter[];
}

export interface NoticeRules {
  quiet?: QuietHours;
  /** In the part of Zalo's window that is paid for: a normal message, a template where there is one, or nothing. */
  billed: 'message' | 'template' | 'skip';
  templates: readonly TemplateRule[];
}

const clock = z
  .string()
  .regex(/^([01]?\d|2[0-3]):[0-5]\d$/, 'a time such as "21:00", in quotes')
  .transform((text) => {
    const [hours = 0, minutes = 0] = text.split(':').map(Number);
    return hours * 60 + minutes;
  });

const parameter = z.union([
  z.string().min(1).max(60),
  z.strictObject({ value: z.string().min(1).max(60), most: z.number().int().min(1).max(400).optional() }),
]);

const file = z.strictObject({
  quiet: z
    .union([z.literal('off'), z.strictObject({ from: clock, to: clock })])
    .optional()
    .refine(
      (quiet) => typeof quiet !== 'object' || quiet.from !== quiet.to,
      'from and to are the same: write "quiet: off"',
    ),
  billed: z.enum(['message', 'template', 'skip']).optional(),
  templates: z
    .array(
      z.strictObject({
        event: z.string(),
        channel: z.enum(['zalo', 'messenger']),
        account: z
          .string()
          .regex(/^\d{5,25}$/, 'digits in quotes, as in the channel’s settings')
          .optional(),
        states: z.array(z.number().int().min(0).max(999)).min(1).max(30).optional(),
        template: z.string('in quotes').min(1).max(512),
        language: z
          .string()
          .regex(/^[a-z]{2}(_[A-Z]{2})?$/, 'such as vi or en_US')
          .optional(),
        parameters: z
          .record(z.string().regex(/^\w{1,60}$/, 'letters, digits and _ only'), parameter)
          .refine((map) => Object.keys(map).length <= MOST_PARAMETERS, `at most ${MOST_PARAMETERS}`)
          .default({}),
      }),
    )
    .max(MOST_TEMPLATES)
    .optional(),
});

const NIGHT: QuietHours = { from: 21 * 60, to: 7 * 60 };

/** Without a file: quiet nights, and nothing outside the free window. */
export const DEFAULT_RULES: NoticeRules = { quiet: NIGHT, billed: 'template', templates: [] };

/** Throws CodedError `notices.file` that names every problem, with its line where the YAML itself is broken. */
export function readNoticeRules(text: string): NoticeRules {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken !== undefined) throw problem([`line ${lines.linePos(broken.pos[0]).line}: ${broken.code}`]);
  const parsed = file.safeParse(document.toJS() ?? {});
  if (!parsed.success) throw problem(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
  const { quiet, billed, templates = [] } = parsed.data;
  const problems: string[] = [];
  const read = templates.map(({ parameters, account, states, language, ...rest }, index): TemplateRule => {
    const known = knownValues(rest.event);
    if (known === undefined) problems.push(`templates.${index}.event: ${notKnown(rest.event, EVENTS)}`);
    if (rest.channel === 'zalo' && language !== undefined)
      problems.push(`templates.${index}.language: only Messenger’s templates have one`);
    return {
      ...rest,
      ...(account === undefined ? {} : { account }),
      ...(states === undefined ? {} : { states }),
      ...(language === undefined ? {} : { language }),
      parameters: Object.entries(parameters).map(([name, given]) => {
        const { value, most } = typeof given === 'string' ? { value: given, most: undefined } : given;
        if (known !== undefined && !known.includes(value))
          problems.push(`templates.${index}.parameters.${name}: ${notKnown(value, known)}`);
        return { name, value, most: most ?? FIT[value] ?? FIT_ELSE };
      }),
    };
  });
  if (problems.length > 0) throw problem(problems);
  return {
    ...(quiet === 'off' ? {} : { quiet: quiet ?? NIGHT }),
    billed: billed ?? DEFAULT_RULES.billed,
    templates: read,
  };
}

function knownValues(event: string): readonly string[] | undefined {
  return Object.hasOwn(NOTICE_VALUES, event) ? NOTICE_VALUES[event as keyof typeof NOTICE_VALUES] : undefined;
}

function notKnown(name: string, known: readonly string[]): string {
  const near = nearest(name, known, 3);
  return near === undefined ? `is one of ${known.join(', ')}` : `did you mean ${near}?`;
}

function problem(lines: readonly string[]): CodedError {
  const list = lines.slice(0, 20).map((line) => `  - ${line}`);
  return new CodedError('notices.file', `NOTICES_FILE is not usable:\n${list.join('\n')}`);
}
