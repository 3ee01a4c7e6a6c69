// Dead letters: what could not be processed or delivered, with its reason, and the way back from there.
import { createHash } from 'node:crypto';
import { eventId, systemLane } from '../lib/ids.js';
import type { DeadLetter, RecordChange, Records, RecordWrite } from '../records/records.js';
import type { Acceptor } from './accept.js';
import type { Codec, SendPayload } from './codec.js';
import type { OutboxItem, StoredEvent } from './turn-store.js';

/** Enough of an unreadable webhook to see what it was. */
const MAX_KEPT_BYTES = 64 * 1024;

export function eventLetter(event: StoredEvent, reason: string, at: number): RecordChange {
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

export type ReplayOutcome = 'replayed' | 'not-found' | 'not-open' | 'not-replayable';

export class DeadLetters {
  constructor(
    private readonly records: Records,
    private readonly acceptor: Acceptor,
    private readonly codec: Codec,
  ) {}

  /** Puts the event, or the reply, into its lane once more. Repeating a replay is harmless. */
  async replay(id: string, now: number): Promise<ReplayOutcome> {
    const found = await this.records.deadLetter(id);
    if (found === undefined) return 'not-found';
    if (found.status !== 'open') return 'not-open';
    if (found.lane === undefined) return 'not-replayable';
    const original = id.slice(id.indexOf(':') + 1);
    if (found.source === 'event') {
      const { at, body } = this.codec.openEvent(eventId(original), found.payload);
      await this.acceptor.append(eventId(`${original}~replay`), found.lane, at, body);
    } else if (found.source === 'reply') {
      const { body }: SendPayload = this.codec.openSend(original, found.payload);
      await this.acceptor.append(eventId(`${original}~replay`), found.lane, now, { kind: 'resend', body });
    } else {
      return 'not-replayable';
    }
    await this.mark(found, 'replayed');
    return 'replayed';
  }

  async drop(id: string): Promise<ReplayOutcome | 'dropped'> {
    const found = await this.records.deadLetter(id);
    if (found === undefined) return 'not-found';
    if (found.status !== 'open') return 'not-open';
    await this.mark(found, 'dropped');
    return 'dropped';
  }

  private async mark(letter: DeadLetter, status: 'replayed' | 'dropped'): Promise<void> {
    const lane = letter.lane ?? systemLane('portal', 'webhook');
    const change: RecordChange = { type: 'dead-letter-status', id: letter.id, status };
    await this.records.apply([{ id: `${letter.id}~${status}`, lane, laneSeq: 0, change }]);
  }
}
