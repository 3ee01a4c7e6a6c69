// How events, state, timers and outbox items are sealed and opened. The context ties each sealed value to its place.
import type { EventId, LaneId } from '../lib/ids.js';
import type { Json, JsonObject } from '../lib/json.js';
import type { Sealer } from '../lib/sealing.js';
import type { RecordChange } from '../records/records.js';
import type { EventBody, LaneMode } from './turn.js';

export interface EventPayload {
  at: number;
  body: EventBody;
}

/** A lane's state as the engine keeps it; `data` belongs to the handler. */
export interface LaneState {
  v: 1;
  mode: LaneMode;
  /** Platform time of the newest event taken. */
  lastAt: number;
  /** Last position given to an effect. */
  seq: number;
  /** Timer name → its newest generation. */
  timers: Record<string, number>;
  data: JsonObject;
}

export interface SendPayload {
  body: JsonObject;
  /** Says that replies were dropped; never replaced by another apology. */
  apology?: true;
  /** Said on the bot's own accord: the notice's id. */
  notice?: string;
  tracked?: Tracked;
}

/** What becomes of the message is kept as DELIVERY of this transcript entry. */
export interface Tracked {
  entry: string;
  /** A message that staff sent once more: the outbox item that it was first. */
  item?: string;
}

export interface AppendPayload {
  lane: LaneId;
  at: number;
  body: EventBody;
}

/** What each sealed value is tied to: without the same words it does not open. */
export const sealedAs = {
  event: (id: string) => `event:${id}`,
  state: (lane: string) => `state:${lane}`,
  timer: (lane: string, name: string) => `timer:${lane}:${name}`,
  raw: (id: string) => `raw:${id}`,
  item: (id: string) => `outbox:${id}`,
};

export class Codec {
  constructor(private readonly sealer: Sealer) {}

  sealEvent(id: EventId, payload: EventPayload): Buffer {
    return this.sealer.sealJson(payload, sealedAs.event(id));
  }

  openEvent(id: EventId, sealed: Buffer): EventPayload {
    return this.sealer.openJson(sealed, sealedAs.event(id)) as EventPayload;
  }

  /** `text`: the state as JSON. */
  sealState(lane: LaneId, text: string): Buffer {
    return this.sealer.seal(text, sealedAs.state(lane));
  }

  openState(lane: LaneId, sealed: Buffer): LaneState {
    return this.sealer.openJson(sealed, sealedAs.state(lane)) as LaneState;
  }

  sealTimer(lane: LaneId, name: string, payload: Json): Buffer {
    return this.sealer.sealJson(payload, sealedAs.timer(lane, name));
  }

  openTimer(lane: LaneId, name: string, sealed: Buffer): Json {
    return this.sealer.openJson(sealed, sealedAs.timer(lane, name)) as Json;
  }

  sealRaw(id: string, bytes: Buffer): Buffer {
    return this.sealer.seal(bytes, sealedAs.raw(id));
  }

  sealItem(id: string, payload: SendPayload | RecordChange | AppendPayload): Buffer {
    return this.sealer.sealJson(payload, sealedAs.item(id));
  }

  openSend(id: string, sealed: Buffer): SendPayload {
    return this.sealer.openJson(sealed, sealedAs.item(id)) as SendPayload;
  }

  openRecord(id: string, sealed: Buffer): RecordChange {
    return this.sealer.openJson(sealed, sealedAs.item(id)) as RecordChange;
  }

  openAppend(id: string, sealed: Buffer): AppendPayload {
    return this.sealer.openJson(sealed, sealedAs.item(id)) as AppendPayload;
  }
}
