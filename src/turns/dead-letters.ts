// Dead letters: what could not be processed or delivered, with its reason. The way back from there is replay.ts.
import { createHash } from 'node:crypto';
import { systemLane } from '../lib/ids.js';
import type { DeadLetter, RecordChange, RecordWrite } from '../records/records.js';
import type { Codec } from './codec.js';
import type { OutboxItem, StoredEvent } from './turn-store.js';

/** Enough of an unreadable webhook to see what it was. */
const MAX_KEPT_BYTES = 64 * 1024;

export function eventLetter(
  event: Pick<StoredEvent, 'id' | 'lane' | 'payload'>,
  reason: string,
  at: number,
): RecordChange {
  return letter({ id: `event:${event.id}`, lane: event.lane, source: 'event', reason, at, payload: event.payload });
}

export function itemLetter(item: OutboxItem, reason: string, at: number): RecordChange {
  const source = item.kind === 'send' ? 'reply' : 'effect';
  return letter({ id: `${source}:${item.id}`, lane: item.lane, source, reason, at, payload: item.payload });
}

/** One letter per reason and day, so that a misconfigured subscription cannot fill the disk. */
export function webhookLetter(codec: Codec, source: string, reason: string, rawBody: Buffer, at: number): RecordWrite {
  const day = new Date(at).toISOString().slice(0, 10);
  const id = `webhook:${source}:${createHash('sha256').update(reason).digest('hex').slice(0, 12)}:${day}`;
  const payload = codec.sealRaw(id, rawBody.subarray(0, MAX_KEPT_BYTES));
  const change = letter({ id, source: 'webhook', reason: reason.slice(0, 100), at, payload });
  return { id, lane: systemLane('portal', 'webhook'), laneSeq: 0, change };
}

function letter({ payload, ...rest }: Omit<DeadLetter, 'status'>): RecordChange {
  return { type: 'dead-letter', letter: { ...rest, payload: payload.toString('base64') } };
}
