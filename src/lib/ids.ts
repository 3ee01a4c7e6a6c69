// Branded ids: strings that must not be swapped. Building and splitting them lives here, storing them does not.

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** `<channel>:<account>:<user>` for a citizen's conversation, `<kind>:<id>` for a system lane such as `portal:H01-…`. */
export type LaneId = Branded<'LaneId'>;

/** Unique id of an event; the durable insert under it is the dedupe. */
export type EventId = Branded<'EventId'>;

/** Name of a messaging platform that a folder in `channels/` serves. */
export type ChannelName = 'zalo' | 'messenger';

export interface CitizenAddress {
  channel: ChannelName;
  account: string;
  user: string;
}

const CHANNELS: ReadonlySet<string> = new Set<ChannelName>(['zalo', 'messenger']);

export function citizenLane({ channel, account, user }: CitizenAddress): LaneId {
  return `${channel}:${account}:${user}` as LaneId;
}

export function systemLane(kind: 'portal' | 'desk' | 'broadcast', id: string): LaneId {
  return `${kind}:${id}` as LaneId;
}

/** The citizen behind a lane, or undefined for a system lane. */
export function addressOf(lane: LaneId): CitizenAddress | undefined {
  const [channel = '', account = '', ...user] = lane.split(':');
  if (!CHANNELS.has(channel) || account === '' || user.length === 0) return undefined;
  return { channel: channel as ChannelName, account, user: user.join(':') };
}

export function eventId(text: string): EventId {
  return text as EventId;
}
