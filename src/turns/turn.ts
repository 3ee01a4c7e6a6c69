// What a turn is given and what it returns. The engine runs turns; what they mean is decided by the handler.
import type { OutgoingActivity } from '../channels/activity.js';
import type { InboundBody } from '../channels/channel.js';
import type { EventId, LaneId } from '../lib/ids.js';
import type { Json, JsonObject } from '../lib/json.js';
import type { RecordChange } from '../records/records.js';

/** Who speaks in a lane: only turns change it. Under `staff` the bot is silent. */
export type LaneMode = 'bot' | 'waiting' | 'staff';

/** The portal's webhook event, in the system lane `portal:<subject>`. */
export interface PortalEventBody {
  kind: 'portal-event';
  type: string;
  occurredAt: number;
  data: JsonObject;
}

/** Something to tell the portal, in the system lane `portal:<subject>`: its turns try until the portal answered. */
export interface PortalTaskBody {
  kind: 'portal-task';
  task: string;
  data: JsonObject;
}

/** Something the bot says on its own accord in a citizen's lane; what it says and whether is decided by the lane's turn. */
export interface NoticeBody {
  kind: 'notice';
  name: string;
  data: JsonObject;
}

/**
 * Something staff did at the desk, in the lane that it changes: a citizen's, or a system lane `desk:<record>`. Permissions were
 * checked by the desk; the lane's turn decides what becomes of it and writes DESK_OUTCOME under the event's id.
 */
export interface DeskActionBody {
  kind: 'desk-action';
  /** Such as `ticket.claim`. */
  action: string;
  /** Who; `system` for what the desk does by itself. */
  by: { user: string; name: string };
  data: JsonObject;
}

export type EventBody =
  | InboundBody
  | PortalEventBody
  | PortalTaskBody
  | NoticeBody
  | DeskActionBody
  /** A timer that fell due. */
  | { kind: 'timer'; name: string; generation: number; payload: Json }
  /** Staff replayed a reply that had ended in the dead letters; the engine sends it, no handler sees it. */
  | { kind: 'resend'; body: JsonObject; tracked?: { entry: string; item: string } };

export interface TurnEvent {
  id: EventId;
  lane: LaneId;
  /** Platform time, ms. */
  at: number;
  acceptedAt: number;
  /** Older by platform time than the last turn's event; never re-sorted. */
  late: boolean;
  body: EventBody;
}

export interface TurnRequest {
  event: TurnEvent;
  mode: LaneMode;
  /** The handler's own state as the last commit left it; `{}` for a new or expired lane. */
  data: JsonObject;
  now: number;
  /** 0 for the first try. */
  throws: number;
  /** Aborts when the turn's time (20 s) is over. */
  signal: AbortSignal;
  /** Resolves once this lane's earlier record effects are applied; await it before reading records. */
  recordsSettled(): Promise<void>;
}

/** Work that follows the commit, idempotent by event id + position. */
export type Effect =
  | { type: 'record'; change: RecordChange }
  /** An event for another lane. */
  | { type: 'append'; lane: LaneId; at: number; body: EventBody };

/** A timer is an event of this lane that becomes due. Setting a name again replaces it; stale generations are ignored. */
export type TimerChange =
  | { type: 'set'; name: string; dueAt: number; payload?: Json }
  | { type: 'cancel'; name: string };

export interface TurnOutcome {
  mode: LaneMode;
  data: JsonObject;
  /** In order; ignored for system lanes. */
  replies: OutgoingActivity[];
  /** Id of the transcript's entry: what becomes of each reply and notice is then kept as DELIVERY. */
  tracked?: string;
  /**
   * What the bot says on its own accord: leaves beside the replies and after everybody's. One that cannot be delivered comes back
   * to the lane as the notice `notice.failed` with its id and the reason.
   */
  notices?: { id: string; message: OutgoingActivity }[];
  effects: Effect[];
  timers: TimerChange[];
}

/** Name of the notice by which a lane hears that one of its own notices did not arrive. */
export const NOTICE_FAILED = 'notice.failed';

/** Throws only for the unexpected: three throws end in a dead letter. */
export type TurnHandler = (request: TurnRequest) => Promise<TurnOutcome>;

/** What the engine says on its own, already in words (from templates). */
export interface EngineTexts {
  /** The event could not be processed. */
  turnFailed: OutgoingActivity;
  /** Replies grew too old to send. */
  repliesTooOld: OutgoingActivity;
}
