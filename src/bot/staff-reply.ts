// What an officer sends a citizen from the desk: their own words as they are, a picture or a file, a card of the bot's. Decides what
// may be sent; who may send it, and what it does to the ticket, is decided before.
import { z } from 'zod';
import { type OutgoingActivity, ownFileActivity } from '../channels/activity.js';
import { windowAt } from '../channels/windows.js';
import { dossierCard } from '../flows/dossier-tracking/card.js';
import type { Turn } from '../flows/flow.js';
import { say } from '../flows/message.js';
import { subscriptionTo } from '../flows/notify/subscriptions.js';
import { procedureCard } from '../flows/procedure-lookup/card.js';
import { addressOf } from '../lib/ids.js';
import type { JsonObject } from '../lib/json.js';
import type { TranscriptFile, TranscriptLine } from '../records/transcript.js';
import { spokenLine, wordsOf } from './transcript.js';

/** Longest text of one answer, UTF-16 units: as much as a line of the transcript holds. */
export const LONGEST_ANSWER = 20_000;

const reply = z.object({
  text: z.string().max(LONGEST_ANSWER).optional(),
  file: z
    .object({
      blob: z.string().min(1).max(200),
      kind: z.enum(['image', 'file']),
      name: z.string().min(1).max(200),
      mimeType: z.string().min(1).max(100),
    })
    .optional(),
  card: z.union([z.object({ procedure: z.string().max(80) }), z.object({ dossier: z.string().max(80) })]).optional(),
});

export type StaffReplyRefusal =
  | 'reply.empty'
  | 'window.closed'
  | 'procedure.unknown'
  /** The citizen neither named this dossier here nor showed that it is theirs. */
  | 'dossier.unproven'
  | 'dossier.not-found'
  | 'portal.unavailable';

/** `line` is the officer's in the transcript; `billed`: the platform charges for it. */
export type StaffReply =
  | { activities: OutgoingActivity[]; line: TranscriptLine; billed: boolean }
  | { refused: StaffReplyRefusal };

/**
 * `data`: of the desk action `ticket.reply`. `lastCitizenAt`: platform time of the citizen's last act, from which the messaging window
 * counts. Nothing is sent when a part of it may not be. The activities go into the turn's replies, the line into its lines.
 */
export async function staffReply(
  turn: Turn,
  data: JsonObject,
  { user, lastCitizenAt }: { user: string; lastCitizenAt: number | undefined },
): Promise<StaffReply> {
  const read = reply.safeParse(data);
  const text = read.data?.text?.trim() ?? '';
  const { file, card } = read.data ?? {};
  if (!read.success || (text === '' && file === undefined && card === undefined)) return { refused: 'reply.empty' };
  const channel = addressOf(turn.lane)?.channel;
  const window = channel === undefined ? 'closed' : windowAt(channel, lastCitizenAt, turn.now).state;
  if (window === 'closed') return { refused: 'window.closed' };
  const shown = card === undefined ? undefined : await cardOf(turn, card);
  if (typeof shown === 'string') return { refused: shown };
  const activities = [
    ...(text === '' ? [] : [say(text)]),
    ...(file === undefined ? [] : [ownFileActivity(file)]),
    ...(shown === undefined ? [] : [shown]),
  ];
  const { text: cardText = '', choices } = shown === undefined ? {} : wordsOf(shown);
  const files: TranscriptFile[] = file === undefined ? [] : [{ kind: file.kind, blob: file.blob, name: file.name }];
  const line = spokenLine('staff', text, {
    user,
    ...(choices === undefined ? {} : { choices }),
    ...(files.length === 0 ? {} : { files }),
  });
  return { activities, line: withCard(line, cardText), billed: window === 'billed' };
}

/** The card's words are the bot's, with no numbers of people: an address in them stays as it is. */
function withCard(line: TranscriptLine, cardText: string): TranscriptLine {
  if (cardText === '') return line;
  const below = (text: string) => (text === '' ? cardText : `${text}\n\n${cardText}`);
  const { text = '', original } = line;
  return { ...line, text: below(text), ...(original === undefined ? {} : { original: below(original) }) };
}

type Card = { procedure: string } | { dossier: string };

async function cardOf(turn: Turn, card: Card): Promise<OutgoingActivity | StaffReplyRefusal> {
  if ('dossier' in card) return dossierOf(turn, card.dossier);
  const procedure = turn.services.catalogue.get(card.procedure);
  return procedure === undefined ? 'procedure.unknown' : procedureCard(turn.services.texts, procedure);
}

/** What the bot shows of a dossier by its code alone, without the buttons: an officer is there already. */
async function dossierOf(turn: Turn, code: string): Promise<OutgoingActivity | StaffReplyRefusal> {
  const { texts, portal, workingDays } = turn.services;
  if (!(await isTheirs(turn, code))) return 'dossier.unproven';
  const answer = await portal.dossier(code, undefined, turn.signal);
  if (answer.result === 'not-found') return 'dossier.not-found';
  if (answer.result !== 'found') return 'portal.unavailable';
  return say(dossierCard(texts, answer.dossier, turn.now, workingDays));
}

/** Proved, among those of a number that was checked, followed, or named by the citizen in this conversation and found. */
async function isTheirs(turn: Turn, code: string): Promise<boolean> {
  const { proven, mine, dossier, dossiers } = turn.facts;
  if (proven?.code === code && proven.until > turn.now) return true;
  if (mine?.codes.includes(code) === true && mine.until > turn.now) return true;
  if (dossier === code || dossiers?.includes(code) === true) return true;
  return (await subscriptionTo(turn, code)) !== undefined;
}
