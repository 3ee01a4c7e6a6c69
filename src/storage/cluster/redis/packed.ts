// How outbox items, timers and states lie in Redis: a small readable head, then the sealed payload as it came.
import { z } from 'zod';
import { CodedError } from '../../../lib/errors.js';
import type { EventId, LaneId } from '../../../lib/ids.js';
import type { LaneMode } from '../../../turns/turn.js';
import type { DueTimer, OutboxItem, StoredEvent } from '../../../turns/turn-store.js';
import { bytesOf, listOf, type Reply, textOf } from './reply.js';

const NEWLINE = 0x0a;

const itemHead = z.tuple([z.string(), z.number(), z.enum(['send', 'record', 'append']), z.number()]);
const timerHead = z.tuple([z.number(), z.number(), z.string(), z.string()]);

/** `["lane",laneSeq,"kind",createdAt]`, newline, payload. */
export function packItem({ lane, laneSeq, kind, createdAt, payload }: OutboxItem): Buffer {
  return pack([lane, laneSeq, kind, createdAt], payload);
}

export function unpackItem(id: string, partition: number, packed: Buffer, resends: number): OutboxItem {
  const { head, payload } = unpack(packed);
  const [lane, laneSeq, kind, createdAt] = itemHead.parse(head);
  return { id, lane: lane as LaneId, partition, laneSeq, kind, payload, createdAt, resends };
}

export interface TimerPlace {
  lane: LaneId;
  name: string;
}

export function timerField({ lane, name }: TimerPlace): string {
  return JSON.stringify([lane, name]);
}

/** `[generation,dueAt,"name","lane"]`, newline, payload. The scripts read the generation. */
export function packTimer(
  lane: LaneId,
  { generation, dueAt, name, payload }: { generation: number; dueAt: number; name: string; payload: Buffer },
): Buffer {
  return pack([generation, dueAt, name, lane], payload);
}

export function unpackTimer(partition: number, packed: Buffer): DueTimer {
  const { head, payload } = unpack(packed);
  const [generation, dueAt, name, lane] = timerHead.parse(head);
  return { lane: lane as LaneId, partition, name, generation, dueAt, payload };
}

function pack(head: readonly (string | number)[], payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), payload]);
}

function unpack(packed: Buffer): { head: unknown; payload: Buffer } {
  const end = packed.indexOf(NEWLINE);
  if (end < 0) throw new CodedError('redis.unreadable', 'a value in Redis has no head');
  return { head: JSON.parse(packed.toString('utf8', 0, end)), payload: packed.subarray(end + 1) };
}

/** A state's head: one letter for the mode, then its expiry as 13 digits. The scripts write and read it. */
const STATE_HEAD_BYTES = 14;

export const MODE_LETTER: Record<LaneMode, string> = { bot: 'b', waiting: 'w', staff: 's' };

export function unpackState(packed: Buffer): Buffer {
  return splitState(packed).payload;
}

export function splitState(packed: Buffer): { head: Buffer; payload: Buffer } {
  return { head: packed.subarray(0, STATE_HEAD_BYTES), payload: packed.subarray(STATE_HEAD_BYTES) };
}

/** One entry of the stream, `[position, [i, id, l, lane, a, acceptedAt, p, payload]]`, as the accept script writes it. */
export function unpackEvent(partition: number, entry: Reply): StoredEvent {
  const [position, fields] = listOf(entry);
  const [, id, , lane, , acceptedAt, , payload] = listOf(fields);
  return {
    position: textOf(position),
    id: textOf(id) as EventId,
    lane: textOf(lane) as LaneId,
    partition,
    payload: bytesOf(payload),
    acceptedAt: Number(textOf(acceptedAt)),
    throws: 0,
    deaths: 0,
  };
}
