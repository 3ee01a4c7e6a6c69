// Going on with a report: which question comes next, and the words that any of its questions understands.
import { HOUR } from '../../lib/clock.js';
import type { StoredDocument } from '../../records/documents.js';
import { FEEDBACK, type Report } from '../../records/feedback.js';
import type { Choice, Step, StepResult, Turn } from '../flow.js';
import { nothing } from '../flow.js';
import { type Heard, plainWords } from '../heard.js';
import { offeringContact, say } from '../message.js';
import { pick } from '../picking.js';
import type { TextKey } from '../texts.js';
import { doorFor, isDangerous } from './doors.js';
import { FIELDS, type Field, missing, newDraft, type ReportDraft, type ReportRules } from './draft.js';
import { cancelled, draftTimer } from './giving-up.js';
import { contactAlone, isAlike, isElsewhere } from './reading.js';
import { sharedIn, stillPhotos } from './shared.js';
import { FEEDBACK_TEXTS as T } from './texts.js';

/** A report like one sent within this time is asked about. */
const TWIN_WITHIN = HOUR;
const TWINS_LOOKED_AT = 5;
/** After this silence a message is not taken for an answer before it was asked for again. */
const FRESH_FOR = 12 * HOUR;

export function rulesOf({ services: { feedback, pictures } }: Turn): ReportRules {
  return { contact: feedback.contact, pictures: pictures !== undefined };
}

export function draftOf({ facts, now }: Turn): ReportDraft {
  return facts.report ?? newDraft(now);
}

/** Keeps the draft and leads to what is still missing, or to the summary. */
export async function advance(turn: Turn, draft: ReportDraft, before: StepResult['say'] = []): Promise<StepResult> {
  const { texts } = turn.services;
  const keep = (kept: ReportDraft) => ({ report: { ...kept, touched: turn.now } });
  const timers = [draftTimer(turn)];
  const { content } = draft;
  if (content !== undefined) {
    const plain = plainWords(content);
    const door = doorFor(plain);
    if (door !== undefined && draft.doors?.includes(door) !== true)
      return { say: before, go: `feedback.door:${door}`, remember: keep(draft), timers };
    if (draft.compared !== true) {
      const twin = await twinOf(turn, content);
      const compared = { ...draft, compared: true as const };
      const danger = isDangerous(plain) ? [say(texts.format(T.danger))] : [];
      const said = [...before, ...danger];
      if (twin !== undefined) return { say: said, go: `feedback.twin:${twin.id}`, remember: keep(compared), timers };
      return advance(turn, compared, said);
    }
  }
  const field = missing(draft, rulesOf(turn));
  if (draft.which !== undefined && field !== 'what' && field !== 'category')
    return { say: before, go: 'feedback.which', remember: keep(draft), timers };
  return { say: before, go: `feedback.${field ?? 'summary'}`, remember: keep(draft), timers };
}

async function twinOf(turn: Turn, content: string): Promise<StoredDocument<Report> | undefined> {
  const sent = await lastReports(turn, TWINS_LOOKED_AT);
  return sent.find(({ body }) => turn.now - body.createdAt <= TWIN_WITHIN && isAlike(body.content, content));
}

/** What this citizen sent from here, newest first. */
export async function lastReports(turn: Turn, most: number): Promise<StoredDocument<Report>[]> {
  await turn.recordsSettled();
  const query = { index: 'lane', under: [turn.lane], order: 'down', limit: most } as const;
  return (await turn.services.documents.find(FEEDBACK, query)).documents;
}

interface Question {
  /** Whatever was said of it before stands in the draft. */
  ask(turn: Turn, draft: ReportDraft): { text: string; choices: Choice[] };
  /** The draft with the answer; words instead ask again; undefined: about something else. */
  answer(turn: Turn, heard: Heard, draft: ReportDraft): Answer | undefined | Promise<Answer | undefined>;
  reminder: TextKey;
}
/** `repeat`: the question is put again after the words. */
export type Answer = { draft: ReportDraft } | { again: string; draft?: ReportDraft; repeat?: true } | { go: string };

/** One question of the form as a step. */
export function question(field: Field | 'which', { ask, answer, reminder }: Question): Step {
  return {
    read: nothing,
    show(turn) {
      const { text, choices } = ask(turn, draftOf(turn));
      const asked = say(text, choices);
      return { say: [field === 'contact' ? offeringContact(turn.services, asked) : asked], wait: {} };
    },
    async hear(turn, heard) {
      const draft = draftOf(turn);
      const picked = pick(heard.plain, ask(turn, draft).choices);
      if (picked === 'out-of-range') return undefined;
      if (picked !== undefined) return { go: picked.picked.payload };
      if (isElsewhere(heard)) return undefined;
      if (turn.now - draft.touched > FRESH_FOR && draft.content !== undefined) return { go: 'feedback.resume' };
      const result = beside(turn, heard, draft, field) ?? (await answer(turn, heard, draft));
      if (result === undefined) return undefined;
      if ('go' in result) return { go: result.go };
      if ('again' in result) {
        const { text, choices } = ask(turn, result.draft ?? draft);
        return {
          say: [result.repeat ? say(`${result.again}\n\n${text}`, choices) : say(result.again, choices)],
          wait: {},
          ...(result.draft === undefined ? {} : { remember: { report: { ...result.draft, touched: turn.now } } }),
        };
      }
      return advance(turn, result.draft);
    },
    async receive(turn, body) {
      const taken = await sharedIn(turn, body, draftOf(turn));
      if (taken === undefined) return undefined;
      if (field === 'photos' && body.kind === 'media') return stillPhotos(turn, taken);
      return advance(turn, taken.draft, taken.words === undefined ? [] : [say(taken.words)]);
    },
    back: (turn) => before(turn, field),
    cancel: cancelled,
    remind: ({ services: { texts } }) => texts.format(reminder),
  };
}

/** Name and number, said before they were asked for: they are kept, and the question is put again. */
function beside(
  { services: { texts } }: Turn,
  heard: Heard,
  draft: ReportDraft,
  field: Field | 'which',
): Answer | undefined {
  if (field === 'what' || field === 'contact') return undefined;
  const contact = contactAlone(heard);
  return contact === undefined
    ? undefined
    : { again: texts.format(T.added), draft: { ...draft, ...contact }, repeat: true };
}

/** The question before this one, answered or not; from the first the way leads out. */
export function before(turn: Turn, field: Field | 'which' | 'summary'): string | undefined {
  const asked = FIELDS.filter((one) => one !== 'photos' || rulesOf(turn).pictures);
  const at = field === 'summary' ? asked.length : asked.indexOf(field === 'which' ? 'place' : field);
  const previous = asked[at - (field === 'which' ? 0 : 1)];
  return previous === undefined ? undefined : `feedback.${previous}`;
}
