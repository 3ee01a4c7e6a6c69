// What the desk's API and its pages say to each other: types only, imported by both (`import type`). Times are ms since 1970; personal
// numbers are masked in everything that stands here. The same in words: docs/desk-api.yaml.

import type { WindowState } from '../channels/windows.js';
import type { ChannelName } from '../lib/ids.js';
import type { DayFigures } from '../records/desk-records.js';
import type { Grant } from '../records/staff.js';
import type { HandoverReason, Priority, Resolution, Target, TicketStatus, TicketStep } from '../records/ticket.js';
import type { TranscriptEntry } from '../records/transcript.js';
import type { LaneMode } from '../turns/turn.js';
import type { Permission } from './permissions.js';

export interface Problem {
  error: string;
  detail?: object;
}

export interface Page<T> {
  items: T[];
  /** Mark of the next page. */
  next?: string;
}

// Signing in -------------------------------------------------------------------------------------------------------------

/** POST /sign-in. Answer: Me; 403 `sign-in.wrong`, 429 `sign-in.too-often` with detail.retryAfter in seconds. */
export interface SignIn {
  username: string;
  password: string;
}

/** POST /password. Answer: Me. Ends every other session. 400 `password.too-short` (10), `.too-long`, `.common`, `.username`, `.same`; 403 `password.wrong`. */
export interface ChangePassword {
  current: string;
  next: string;
}

/** GET /me */
export interface Me {
  id: string;
  username: string;
  name: string;
  /** Nothing but POST /password is allowed until the password was changed. */
  mustChange: boolean;
  /** To be sent as header `x-csrf-token` with everything but GET. */
  csrf: string;
  agencies: { id: string; name: string; teams: { id: string; name: string }[]; permissions: Permission[] }[];
  /** Of roles in all agencies (`*`), also those to come. */
  everywhere: Permission[];
  duty?: { room: number; until: number };
}

/** PUT /duty; renewed by the page once a minute, over after three. */
export interface SetDuty {
  onDuty: boolean;
  room?: number;
}

// Queue and conversations -------------------------------------------------------------------------------------------------

/** `breached`: a target is past. */
export const QUEUE_VIEWS = ['waiting', 'mine', 'open', 'breached', 'closed'] as const;
export type QueueView = (typeof QUEUE_VIEWS)[number];

export interface TicketRow {
  /** HT-7K3F-92 */
  id: string;
  agency: string;
  team?: string;
  channel: ChannelName;
  reason: HandoverReason;
  about?: { dossier?: string; procedure?: string; feedback?: string };
  /** Name that the citizen gave; else the page says "Công dân" and `person`. */
  name?: string;
  /** Short, stable mark of the person, e.g. `k7f2`: not their platform id. */
  person: string;
  priority: Priority;
  status: TicketStatus;
  assignee?: { id: string; name: string };
  answerFrom?: number;
  tags: string[];
  resolution?: Resolution;
  openedAt: number;
  waitingSince: number;
  changedAt: number;
  closedAt?: number;
  unanswered: number;
  reopened: number;
  dueAt?: number;
  /** Beginning of the citizen's last words, masked. */
  preview?: string;
  revision: number;
}

/** GET /queue?agency=&view=&after= ; `agency` may be left out: all that may be seen. */
export interface Queue extends Page<TicketRow> {
  /** Counted up to 1,000. */
  counts: Record<QueueView, number>;
}

/** A target; `left`: working time until it is due, ms, as it was when this was answered; absent once met. */
export type TargetView = Target & { left?: number };

/** GET /tickets/:id */
export interface TicketDetail extends TicketRow {
  mode: LaneMode;
  window: { state: WindowState; until?: number };
  /** What may be sent now: text length, kinds of files. */
  allowed: { text: number; images: boolean; files: boolean; maxFileBytes: number };
  targets: { firstAnswer: TargetView; nextAnswer?: TargetView; resolution: TargetView };
  history: (TicketStep & { byName?: string; toName?: string })[];
  /** Other tickets of this conversation, newest first, at most 10. */
  earlier: TicketRow[];
  /** Dossiers that the citizen proved or subscribed to: codes alone, details by GET /dossiers/:code. */
  dossiers: string[];
  /** Reports of this conversation. */
  feedback: { code: string; status: string; at: number }[];
  /** What the one who asks may do with it now. */
  may: { claim: boolean; work: boolean; supervise: boolean; reveal: boolean };
}

/** A line of the transcript, `original` left out: it comes from POST /tickets/:id/reveal. */
export interface EntryView {
  id: string;
  at: number;
  ticket?: string;
  lines: (Omit<TranscriptEntry['lines'][number], 'original'> & { userName?: string; masked?: true })[];
  understood?: TranscriptEntry['understood'];
  /** Of what was sent in this turn. */
  delivery?: { state: 'sending' | 'sent' | 'failed'; reason?: string };
}

/** GET /tickets/:id/entries?before=<id> : newest page first, within it oldest first. */
export interface Entries {
  entries: EntryView[];
  /** For what stands before these. */
  before?: string;
}

/** POST /tickets/:id/reveal → the original lines of one entry. Audited. */
export interface Reveal {
  entry: string;
}
export interface Revealed {
  lines: (string | null)[];
}

/** GET /tickets/:id/entries/:entry/files/:blob : the bytes of a file that stands in this entry. No JSON. */

/** GET /agencies : every agency, for transfers; names alone. */
export interface AgencyNames {
  items: { id: string; name: string; teams: { id: string; name: string }[] }[];
}

/** GET /colleagues?agency= : who may be given a conversation of this agency. `open`: what they have now. */
export interface Colleagues {
  items: { id: string; name: string; onDuty: boolean; open: number }[];
}

/** What every action answers: 200 with the ticket as it then is, or 409 with why not (`ticket.taken`, `ticket.closed` …). */
export interface ActionResult {
  ticket: TicketRow;
  /** Of reply and notes: the transcript's entry that it became. */
  entry?: string;
}

/** POST /tickets/:id/reply. At least one of them. `file`: id from POST /tickets/:id/files. */
export interface Reply {
  /** Chosen by the page, a UUID: the same again is sent once. */
  key: string;
  text?: string;
  file?: string;
  /** Sent as the bot's own card. */
  card?: { procedure: string } | { dossier: string };
}

/** POST /tickets/:id/files (raw body, `content-type` as the browser says, header `x-file-name` percent-encoded) */
export interface Uploaded {
  file: string;
  kind: 'image' | 'file';
  name: string;
  sizeBytes: number;
}

/** POST /tickets/:id/notes */
export interface Note {
  key: string;
  text: string;
}

/** POST /tickets/:id/claim and /release have no body. POST /tickets/:id/assign: */
export interface Assign {
  to: string;
}

/** POST /tickets/:id/transfer */
export interface Transfer {
  agency: string;
  team?: string;
  note?: string;
}

/** PUT /tickets/:id/tags */
export interface SetTags {
  tags: string[];
}

/** PUT /tickets/:id/priority */
export interface SetPriority {
  priority: Priority;
}

/** POST /tickets/:id/close */
export interface Close {
  resolution: Resolution;
}

/** POST /search → Found: no diacritics needed, every word must occur. A POST, so that names stand in no address. */
export interface Search {
  q: string;
  agency?: string;
  after?: string;
}
export interface Found
  extends Page<{ ticket: TicketRow /** What was found, masked. */; snippet?: string; at: number }> {}

/** GET /procedures?q= : best first, at most 10. */
export interface ProcedureFound {
  code: string;
  name: string;
  score: number;
}

/** GET /procedures/:code : what a card of it rests on. Times and fees as published. */
export interface ProcedureView {
  code: string;
  name: string;
  field: string;
  agency?: string;
  methods: { channel: 'online' | 'in-person' | 'post'; time?: string; fee?: string }[];
  documents: string[];
  url?: string;
}

/** GET /dossiers/:code?ticket= : the portal's own words; audited. */
export interface DossierView {
  code: string;
  state: string;
  procedure?: string;
  agency?: string;
  receivedAt?: number;
  dueAt?: number;
}

// Live --------------------------------------------------------------------------------------------------------------------

/**
 * GET /live (server-sent events); 429 `live.too-many` where the member has 20 open. After a reconnect the page reads anew what it
 * shows: nothing is replayed.
 */
export interface LiveEvents {
  ticket: TicketRow;
  /** Went to an agency that this desk does not see. */
  gone: { ticket: string };
  /** A new entry, or what became of one, in a ticket's conversation. */
  entry: { ticket: string; entry: string };
  duty: Record<string, never>;
  ping: { at: number };
}

// The rest ----------------------------------------------------------------------------------------------------------------

/** GET /canned?agency= ; PUT /canned/:id ; DELETE /canned/:id */
export interface Canned {
  id: string;
  agency: string;
  title: string;
  text: string;
}

/** GET /supervision?agency= */
export interface Supervision {
  onDuty: { id: string; name: string; room: number; open: number; since: number }[];
  waiting: number;
  oldestWaitingSince?: number;
  breached: TicketRow[];
  open: number;
}

/** GET /statistics?agency=&from=2026-11-01&to=2026-11-30 */
export interface Statistics {
  days: DayFigures[];
  /** Of ratings of talks with staff in these days. */
  ratings: {
    count: number;
    /** Absent for fewer than 10: the mean of a few says little. */
    mean?: number;
    /** How many gave 1, 2, … 5. */
    byScore: number[];
    /** Scores of 4 and 5; `percent` is absent as the mean is. */
    satisfied: { n: number; part: number; percent?: number };
  };
}

/** GET /dead-letters?agency=&status=&after= (open ones unless told, oldest first) ; POST /dead-letters/:id/replay|drop → {status} */
export interface DeadLetterView {
  id: string;
  source: 'event' | 'reply' | 'effect' | 'webhook';
  reason: string;
  at: number;
  status: 'open' | 'replayed' | 'dropped';
  channel?: ChannelName;
  /** Whether it can be put into its lane once more; the others can only be dropped. */
  replayable: boolean;
  /** Open ticket of its conversation. */
  ticket?: string;
}

/**
 * GET /not-understood?agency=&view=open|all&after= (without a label unless told, oldest first) ; PUT /not-understood/:id/label (Label) ;
 * GET /not-understood/export?agency=&as=jsonl|yaml (YAML: blocks to paste into intents/)
 */
export interface NotUnderstoodView {
  id: string;
  at: number;
  text: string;
  guesses: { intent: string; confidence: number }[];
  offered: string[];
  chosen?: string;
  label?: Label;
}
/** A meaning, or `ignored`. */
export interface Label {
  intent?: string;
  procedure?: string;
  ignored?: true;
}

/**
 * GET /feedback?agency=&status=&after= (changed last first) ; GET /feedback/:code ; POST /feedback/:code/classify|forward|answer|publish →
 * the report as it then is, or 409 with why not
 */
export interface FeedbackView {
  code: string;
  category: string;
  categoryName: string;
  content: string;
  place?: string;
  photos: string[];
  createdAt: number;
  delivery: 'queued' | 'sent' | 'rejected' | 'undelivered';
  /** The portal's state, `answered` at the desk, else `delivery`. */
  status: string;
  answer?: string;
  /** Whose staff look after it. */
  agency?: string;
  dueAt?: number;
  publishConsent: boolean;
  published: boolean;
}
/** GET /feedback/:code/photos/:blob : the bytes of a photo that stands in the report. No JSON. */

/** GET /feedback/categories : what a report may be about. */
export interface FeedbackCategories {
  items: { id: string; name: string }[];
}
export interface ClassifyFeedback {
  category: string;
}
export interface ForwardFeedback {
  agency: string;
}
export interface AnswerFeedback {
  key: string;
  text: string;
}

/** GET /data-requests?agency=&view=open|all&after= (open, most urgent first, unless told) ; POST /data-requests/:id/done → DataRequestView */
export interface DataRequestView {
  id: string;
  agency: string;
  type: 'view' | 'delete' | 'withdraw';
  source: 'chat' | 'platform';
  purpose?: string;
  at: number;
  answerBy: number;
  doneBy: number;
  doneAt?: number;
  /** Of an open withdrawal: the citizen's reports that the portal has. */
  reports?: string[];
}

/** GET /staff ; POST /staff (answer: the password, once) ; PATCH /staff/:id ; POST /staff/:id/password */
export interface StaffView {
  id: string;
  username: string;
  name: string;
  grants: Grant[];
  disabled: boolean;
  mustChange: boolean;
}
export interface NewStaff {
  username: string;
  name: string;
  grants: Grant[];
}
export interface ChangeStaff {
  name?: string;
  grants?: Grant[];
  disabled?: boolean;
}
export interface GivenPassword {
  staff: StaffView;
  password: string;
}

/** GET /audit?agency=&after= : newest first. `agency=*`: what was done to no agency in particular; for those who may read all. */
export interface AuditView {
  seq: number;
  at: number;
  by: string;
  byName?: string;
  action: string;
  object: string;
  detail: Record<string, string | number | boolean>;
}

/** GET /exports/tickets.csv and /exports/tickets.xlsx ?agency=&from=&to= (opened in these days; XLSX at most 50,000 rows, else 413) */
export const MOST_XLSX_ROWS = 50_000;
