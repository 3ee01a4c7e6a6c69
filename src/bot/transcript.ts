// The transcript of a citizen's lane: what one turn adds to it, as one document. Runs in every turn of the bot, so it is cheap and
// never throws; what becomes of the messages that were sent is turns/delivery.ts.
import { infoRequestOf, type OutgoingActivity, templateOf } from '../channels/activity.js';
import type { Attachment, InboundBody } from '../channels/channel.js';
import { allChoices, labelled, type Message, plainText, readMessage } from '../channels/choices.js';
import { safeEnd } from '../channels/text-parts.js';
import { readConversation } from '../flows/conversation.js';
import { maskPersonal } from '../language/mask.js';
import { LONGEST_MESSAGE } from '../language/normalise.js';
import { cleanLine } from '../lib/clean-text.js';
import type { Json, JsonObject } from '../lib/json.js';
import { putDocument } from '../records/documents.js';
import {
  entryId,
  type Speaker,
  TRANSCRIPT,
  type TranscriptEntry,
  type TranscriptFile,
  type TranscriptLine,
  type Understood,
} from '../records/transcript.js';
import type { EventBody, TurnOutcome, TurnRequest } from '../turns/turn.js';

/** As TRANSCRIPT has them. */
const MOST = { lines: 60, text: 20_000, choices: 40, choice: 400, files: 20, name: 200, procedures: 5 };

/** What is written down of a turn: TurnWork has it. */
export interface SpokenTurn {
  readonly request: Pick<TurnRequest, 'event' | 'now' | 'data'>;
  readonly replies: readonly OutgoingActivity[];
  readonly notices: NonNullable<TurnOutcome['notices']>;
  readonly effects: TurnOutcome['effects'];
  /** What nobody else says: words of staff, notes, steps of the ticket. In the turn of a staff reply the replies are theirs. */
  readonly lines: readonly TranscriptLine[];
  tracked?: string;
}

export interface TranscriptAbout {
  /** Whose conversation it is now: the open ticket's agency, else the account's. */
  agency: string;
  /** The open ticket, also one that this turn opened or closed: what becomes of each message is then kept as well. */
  ticket?: string;
  understood?: Understood;
  /** Nothing is kept beside the masked words: they are no matter of staff, or may be a proof. */
  maskedOnly?: boolean;
  /** Ids of blobs, by the number of the attachment that was kept. */
  kept?: ReadonlyMap<number, string>;
}

/** Call it last in the turn. A turn that forgets the citizen, and one without words, leaves none. */
export function transcribe(work: SpokenTurn, { agency, ticket, understood, kept, maskedOnly }: TranscriptAbout): void {
  const { event, now } = work.request;
  if (work.effects.some((effect) => effect.type === 'record' && effect.change.type === 'contact-forget')) return;
  const staffReply = event.body.kind === 'desk-action' && work.lines.some(({ by }) => by === 'staff');
  const lines = [
    ...citizenLines(event.body, work.request.data, kept),
    ...work.lines,
    ...(staffReply ? [] : work.replies.map(botLine)),
    ...work.notices.map(({ message }) => botLine(message)),
  ].slice(0, MOST.lines);
  if (lines.length === 0) return;
  const entry: TranscriptEntry = {
    at: now,
    agency,
    lines: lines.map(bounded).map((line) => (maskedOnly === true ? withoutOriginal(line) : line)),
    // The engine puts the number there where the turn is tracked: it knows what the messages became.
    sends: 0,
    ...(ticket === undefined ? {} : { ticket }),
    ...(understood === undefined ? {} : { understood: boundedUnderstood(understood) }),
  };
  const id = entryId(event.id);
  if (ticket !== undefined) work.tracked = id;
  work.effects.push({ type: 'record', change: putDocument(TRANSCRIPT, id, entry) });
}

/** A line of somebody's own words: masked, with the original beside it where it differs. */
export function spokenLine(by: Speaker, words: string, more: Omit<TranscriptLine, 'by' | 'text'> = {}): TranscriptLine {
  const original = cut(words, MOST.text);
  const text = masked(original);
  return { by, ...more, ...(text === '' ? {} : { text }), ...(text === original ? {} : { original }) };
}

/** `user`: the officer it is about. */
export function stepLine(step: NonNullable<TranscriptLine['step']>, user?: string): TranscriptLine {
  return { by: 'system', step, ...(user === undefined ? {} : { user }) };
}

/** What a citizen did, or an officer in the platform's own inbox; nothing for events of nobody. */
function citizenLines(body: EventBody, data: JsonObject, kept: TranscriptAbout['kept']): TranscriptLine[] {
  switch (body.kind) {
    case 'text':
      return [spokenLine('citizen', body.text)];
    case 'edit':
      return [spokenLine('citizen', body.text, { step: 'edited' })];
    case 'tap':
      return [spokenLine('citizen', body.title ?? titleOf(body.payload, data))];
    case 'media':
      return [
        spokenLine('citizen', body.text ?? '', { files: body.attachments.map((one, i) => fileOf(one, kept?.get(i))) }),
      ];
    case 'location': {
      const { latitude, longitude } = body;
      return [{ by: 'citizen', files: [{ kind: 'location', latitude, longitude }] }];
    }
    case 'contact-info':
      return [spokenLine('citizen', contactWords(body), { files: [{ kind: 'contact' }] })];
    case 'entry':
      return [stepLine('entered')];
    case 'leave':
      return [stepLine('left')];
    case 'staff-message': {
      const files = body.attachments?.map((one) => fileOf(one, undefined)) ?? [];
      const line = spokenLine('platform', body.text ?? '', files.length === 0 ? {} : { files });
      return line.text === undefined && files.length === 0 ? [stepLine('platform-took-over')] : [line];
    }
    case 'staff-left':
      return [stepLine('platform-left')];
    default:
      return [];
  }
}

/** Zalo's taps come without a title: it stands among the choices last shown, where it was one of them. */
function titleOf(payload: string, data: JsonObject): string {
  const { conversation } = data;
  const memory: Json | undefined =
    typeof conversation === 'object' && conversation !== null && !Array.isArray(conversation)
      ? conversation.memory
      : undefined;
  const choice = readConversation(memory).conversation.choices.find((one) => one.payload === payload);
  return choice === undefined ? `[${payload}]` : labelled(choice.title, choice.name ?? '');
}

function contactWords({ name, phone, address }: Extract<InboundBody, { kind: 'contact-info' }>): string {
  return [name, phone, address].filter((part) => part !== undefined && part !== '').join('\n');
}

/** Files are named after people and their numbers. */
function fileOf({ kind, name = '' }: Attachment, blob: string | undefined): TranscriptFile {
  const shown = masked(cleanLine(name));
  return { kind, ...(shown === '' ? {} : { name: shown }), ...(blob === undefined ? {} : { blob }) };
}

/** A message as the citizen saw it, flattened to lines of text. */
export function wordsOf(activity: OutgoingActivity): Pick<TranscriptLine, 'text' | 'choices' | 'files'> {
  const template = templateOf(activity);
  const message = readMessage(activity);
  const request = infoRequestOf(activity);
  const asked = request === undefined ? '' : `${request.title}\n${request.text}`;
  const text =
    template === undefined
      ? plainText(message) || asked
      : template.parameters.map(({ name, value }) => `${name}: ${value}`).join('\n');
  const choices = allChoices(message).map(({ title }) => title);
  const files = pictures(message);
  return {
    ...(text === '' ? {} : { text }),
    ...(choices.length === 0 ? {} : { choices }),
    ...(files.length === 0 ? {} : { files }),
  };
}

function botLine(activity: OutgoingActivity): TranscriptLine {
  const { text = '', ...more } = wordsOf(activity);
  if (mayRepeatNumbers(text)) return spokenLine('bot', text, more);
  return { by: 'bot', ...more, ...(text === '' ? {} : { text }) };
}

function pictures({ pictures: shown }: Message): TranscriptFile[] {
  return shown.map(({ name }) => (name === '' ? { kind: 'image' } : { kind: 'image', name }));
}

/** Everything that masking hides has an @ or four figures near each other in it, or stands beyond what is read. */
const MAYBE_PERSONAL = /@|\p{Nd}(?:[^\p{L}\p{N}]{0,4}\p{Nd}){3}/u;

function masked(text: string): string {
  return text.length <= LONGEST_MESSAGE && !MAYBE_PERSONAL.test(text) ? text : maskPersonal(text);
}

const MOBILE_OR_ID =
  /(?<!\d)(?:(?:\+?84|0)[ .-]?[35789](?:[ .-]?\d){8}|\d{9}|\d{12}|\d{3}[ -]\d{3}[ -]\d{3}|\d{3}(?:[ .-]\d{3}){3})(?!\d)/;
const ADDRESS = /[\p{L}\p{N}]@[\p{L}\p{N}-]+\./u;

/** The bot repeats what a citizen wrote (a report before it is sent); its own words have no numbers of people. */
function mayRepeatNumbers(text: string): boolean {
  return MOBILE_OR_ID.test(text) || ADDRESS.test(text);
}

function bounded(line: TranscriptLine): TranscriptLine {
  const { text, original, choices, files } = line;
  return {
    ...line,
    ...(text === undefined ? {} : { text: cut(text, MOST.text) }),
    ...(original === undefined ? {} : { original: cut(original, MOST.text) }),
    ...(choices === undefined
      ? {}
      : { choices: choices.slice(0, MOST.choices).map((choice) => cut(choice, MOST.choice)) }),
    ...(files === undefined
      ? {}
      : {
          files: files
            .slice(0, MOST.files)
            .map((one) => (one.name === undefined ? one : { ...one, name: cut(one.name, MOST.name) })),
        }),
  };
}

function withoutOriginal({ original: _original, ...line }: TranscriptLine): TranscriptLine {
  return line;
}

function boundedUnderstood({ intent, confidence, procedures }: Understood): Understood {
  return {
    intent,
    confidence,
    ...(procedures === undefined ? {} : { procedures: procedures.slice(0, MOST.procedures) }),
  };
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, safeEnd(text, most));
}
