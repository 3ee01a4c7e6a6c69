// The contract of a conversation ("flow"): named steps, each a small function. Routing between them lives in listening.ts.
import type { Separation } from '../catalogue/separation.js';
import type { OutgoingActivity } from '../channels/activity.js';
import type { InboundBody } from '../channels/channel.js';
import type { Aspect, Intent, Language, Understanding } from '../language/language.js';
import type { EventId, LaneId } from '../lib/ids.js';
import type { JsonObject } from '../lib/json.js';
import type { KeyedHash } from '../lib/keyed-hash.js';
import type { WorkingDays } from '../lib/working-days.js';
import type { Pictures } from '../media/pictures.js';
import type { OneTimeCodes } from '../otp/one-time-codes.js';
import type { Portal, PortalReports } from '../portal/portal.js';
import type { Counters } from '../records/counters.js';
import type { Documents } from '../records/documents.js';
import type { Procedure } from '../records/procedure.js';
import type { RatingSubject } from '../records/rating.js';
import type { Records } from '../records/records.js';
import type { Effect, LaneMode, TimerChange } from '../turns/turn.js';
import type { FeedbackCategory } from './feedback/categories.js';
import type { ReportDraft } from './feedback/draft.js';
import type { LaneTicket } from './handover/events.js';
import type { HandoverServices } from './handover/services.js';
import type { Heard } from './heard.js';
import type { SkipReason } from './notify/decide.js';
import type { NoticeRules } from './notify/rules.js';
import type { OfficeDirectory } from './office-contact/directory.js';
import type { Questionnaire } from './rating/questionnaire.js';
import type { HelpTopics } from './service-help/topics.js';
import type { TextFile, Texts } from './texts.js';

export interface ProcedureHit {
  code: string;
  name: string;
  /** Calibrated, 0..1. */
  score: number;
}

/** What a citizen does in the conversation itself, as opposed to leaving it. */
export type CitizenBody = Extract<
  InboundBody,
  { kind: 'text' | 'tap' | 'entry' | 'media' | 'location' | 'contact-info' }
>;

/** What a citizen sends that is no words. */
export type SharedBody = Extract<CitizenBody, { kind: 'media' | 'location' | 'contact-info' }>;

/** What the flows need around them; each is satisfied by the real thing and by a small fake. */
export interface FlowServices {
  texts: Texts;
  language: { understand(text: string): Understanding } & Pick<Language, 'placesNamed'>;
  catalogue: {
    /** 0 while no catalogue could be loaded. */
    size(): number;
    search(query: string, limit: number): ProcedureHit[];
    get(code: string): Procedure | undefined;
    /** The one question that tells these hits of a query apart best; undefined when they are better listed by name. */
    separate(hits: readonly ProcedureHit[], query: string): Separation | undefined;
  };
  portal: Pick<Portal, 'configured' | 'dossier' | 'dossiersOf' | 'news' | 'statistics'> &
    Pick<PortalReports, 'feedback'>;
  offices: OfficeDirectory;
  counters: Counters;
  otp: OneTimeCodes;
  /** Await `turn.recordsSettled()` before reading what this lane may just have written; so it is with `records`. */
  documents: Documents;
  records: Pick<Records, 'contact' | 'notUnderstoodOf'>;
  help: HelpTopics;
  /** Received pictures; where it is missing none can be taken. */
  pictures?: Pictures;
  workingDays: WorkingDays;
  /** What is asked beside the score when something is rated. */
  questionnaire: Questionnaire;
  /** When the bot may speak first, and under what a dossier's subscribers are found. */
  notices: { rules: NoticeRules; dossierKeys: Pick<KeyedHash, 'current' | 'all'> };
  /** Under what a conversation's rating of something is found. */
  ratingKeys: Pick<KeyedHash, 'current' | 'all'>;
  /** The categories of reports, and whether one may come without a name and number. */
  feedback: { categories: readonly FeedbackCategory[]; contact: 'required' | 'optional' };
  /** Public address of the picture on Zalo's form for name and number; without one the form is not shown. */
  contactPicture?: string;
  /** Staff who answer at the desk; where it is missing nobody does, and the bot names the hotlines. */
  handover?: HandoverServices;
  /** Address of the privacy page. */
  privacyUrl: string;
}

/**
 * Where a button leads: `<flow>.<step>` and arguments after colons, e.g. `proc.aspect:1.001193:fee`. It is the payload of
 * the button, so it works for ever, may be typed by hand, and proves nothing. At most 200 characters, no personal data.
 */
export type Address = string;

/** A step that was shown, with what it remembers. Kept as JSON. */
export type Place = {
  /** `<flow>.<step>` */
  at: string;
  /** The flow's version when this was written. */
  v: number;
  memory: JsonObject;
};

/** What the citizen can pick by tapping, by its number or by typing its title. */
export type Choice = {
  title: string;
  payload: Address;
  /** The whole name when the title is a short form of it. */
  name?: string;
};

/** What the conversation is about right now; follow-up questions refer to it. */
export type Facts = {
  /** Code of the last procedure. */
  procedure?: string;
  /** What was asked about the procedure last: "còn kết hôn?" asks the same of another. */
  aspects?: Aspect[];
  /** Code of the last dossier. */
  dossier?: string;
  /** Codes of the dossiers before it, newest first, at most 3. */
  dossiers?: string[];
  /** Id of the last office. */
  office?: string;
  /** Shown after the procedure: "when will it be done?" means the dossier, "open on Saturday?" the office. */
  shown?: 'dossier' | 'office';
  /** A report that is being written; gone once it is sent or given up. */
  report?: ReportDraft;
  /** Dossier whose proof was right, and until when that counts (ms). The proof itself is kept nowhere. */
  proven?: { code: string; until: number };
  /** A phone number that is a claim so far, and the code on its way to it; forgotten at `until` (ms). */
  claim?: { phone: string; until: number; code?: { id: string; digest: string; until: number } };
  /** A number that was checked, as a digest and its last three digits, with the codes of its dossiers; forgotten at `until` (ms). */
  mine?: { number: string; last: string; codes: string[]; until: number };
  /** What was last rated or asked about, and when (ms); `invited`: the bot asked on its own, and nothing was said yet. */
  rating?: RatingSubject & { at: number; invited?: true };
  /** When the citizen last was angry at the bot or complained of an official (ms): who then wants people is not kept waiting. */
  angered?: number;
};

export interface Turn {
  readonly lane: LaneId;
  readonly eventId: EventId;
  readonly now: number;
  /** When it happened, by the platform's clock. */
  readonly at: number;
  readonly mode: LaneMode;
  readonly signal: AbortSignal;
  readonly facts: Readonly<Facts>;
  /** Misunderstandings in a row before this message. */
  readonly misses: number;
  /** The conversation's last case with staff, open or closed. */
  readonly ticket?: LaneTicket;
  /** Beginning of what the citizen said, masked: staff see it in their queue. */
  readonly preview?: string;
  readonly services: FlowServices;
  /** Resolves once what earlier turns of this lane stored can be read. */
  recordsSettled(): Promise<void>;
  /** Whether a button with this address leads somewhere: offers a conversation only where it exists. */
  knows(address: Address): boolean;
}

/** What a step makes of the turn. Empty means: shown, nothing more to say. */
export interface StepResult {
  say?: OutgoingActivity[];
  /** Go on to another step after `say`. */
  go?: Address | { at: string; memory: JsonObject };
  /** Stay the open question, remembering this. */
  wait?: JsonObject;
  /** The question that was open is settled, whichever it was. */
  close?: true;
  /** What numbers and titles refer to from now on, where it differs from the buttons shown. */
  pick?: Choice[];
  /** Changes to the facts; `undefined` forgets one. */
  remember?: { [K in keyof Facts]?: Facts[K] | undefined };
  effects?: Effect[];
  timers?: TimerChange[];
  /** The case with staff as it is now (handover/machine.ts); who speaks from now on follows from it. */
  ticket?: LaneTicket;
  /** The message was not understood: two in a row offer staff. */
  missed?: true;
  /** Of a notice: what its decision goes by. */
  notice?: NoticeAbout;
  /** After `say`, everything that this lane keeps is deleted, its state and timers too; `effects` still happen, after it. */
  forget?: true;
}

/** What a notice tells about itself, beside its words: by this it is decided whether, when and how it is said. */
export interface NoticeAbout {
  /** Nothing is said, for this reason; kept all the same. */
  skip?: SkipReason;
  /** When it happened; now, unless told. */
  at?: number;
  /** A newer notice about the same takes the place of one that waits. */
  subject?: string;
  /** What an approved template may be filled with (notify/rules.ts); without them nothing leaves outside the window. */
  values?: Record<string, string>;
  /** Of the subject: templates may be for some states only. */
  state?: number;
  /** Waits for the end of the quiet hours even where the citizen is writing now: no answer to anything they did. */
  patient?: true;
}

export type MaybePromise<T> = T | Promise<T>;

export interface Step<M extends JsonObject = JsonObject> {
  /** What the arguments of a payload mean; undefined refuses them. They may have been typed by hand. */
  read(args: readonly string[]): M | undefined;
  show(turn: Turn, memory: M): MaybePromise<StepResult>;
  /** An answer to this step's open question; undefined when the message is about something else. */
  hear?(turn: Turn, heard: Heard, memory: M): MaybePromise<StepResult | undefined>;
  /** A picture, location or contact as an answer to this step's open question; undefined when it is none. */
  receive?(turn: Turn, body: SharedBody, memory: M): MaybePromise<StepResult | undefined>;
  /** Where "quay lại" leads from this step's open question; the way that was come, unless told. */
  back?(turn: Turn, memory: M): Address | undefined;
  /** What "hủy" does beside closing this step's open question; undefined leaves the words to the bot. */
  cancel?(turn: Turn, memory: M): MaybePromise<StepResult | undefined>;
  /** One sentence that repeats the open question after something else was answered. */
  remind?(turn: Turn, memory: M): string | undefined;
  /** Nobody has to answer: the question is repeated once, then it waits in silence. */
  remindsOnce?: true;
  /** Asks for a proof or a one-time code: what is answered is written down masked only. */
  secret?: true;
  /** Nothing to come back to with "quay lại". */
  passing?: true;
  /** Showing it does something lasting: no link from outside leads here, only the citizen's own tap or words. */
  acts?: true;
}

export interface Flow {
  /** First part of its addresses: short, no dot or colon. */
  name: string;
  /** Raise it when a step's memory changes its shape. */
  version: number;
  texts: TextFile;
  steps: Readonly<Record<string, Step>>;
  /** Step that starts the conversation anew when an old memory cannot be migrated. */
  start: string;
  /** Memory of version `from` in today's shape; undefined starts again. */
  migrate?(step: string, memory: JsonObject, from: number): JsonObject | undefined;
  intents?: Partial<Record<Intent, (turn: Turn, heard: Heard) => MaybePromise<StepResult>>>;
  /** Looks at a message before choices and meaning do; undefined leaves it to them. Must be quick. */
  overhear?(turn: Turn, heard: Heard): StepResult | undefined;
  /** A picture, location or contact that no open question took; undefined leaves it to others. */
  receive?(turn: Turn, body: SharedBody): MaybePromise<StepResult | undefined>;
  /** Timers of this flow that fell due. */
  timers?: Readonly<Record<string, (turn: Turn) => MaybePromise<StepResult>>>;
  /**
   * What the bot says on its own, by name (turns/turn.ts, NoticeBody): leaves the conversation where it is, and its open
   * question is repeated. Undefined says nothing.
   */
  notices?: Readonly<Record<string, (turn: Turn, data: JsonObject) => MaybePromise<StepResult | undefined>>>;
  /** Whether a notice that had to wait, or to take another way, is still to be said; one without this is. */
  wanted?: Readonly<Record<string, (turn: Turn, data: JsonObject) => Promise<boolean>>>;
}

/** For steps that remember nothing. */
export const nothing = (): JsonObject => ({});
