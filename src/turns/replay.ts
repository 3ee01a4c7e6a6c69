// The way back from the dead letters: staff put an event or a reply into its lane once more, or drop it.
import { eventId, systemLane } from '../lib/ids.js';
import type { DeadLetter, RecordChange, Records } from '../records/records.js';
import type { Acceptor } from './accept.js';
import type { Codec, SendPayload } from './codec.js';

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
      const { body, tracked }: SendPayload = this.codec.openSend(original, found.payload);
      await this.acceptor.append(eventId(`${original}~replay`), found.lane, now, {
        kind: 'resend',
        body,
        ...(tracked === undefined ? {} : { tracked: { entry: tracked.entry, item: tracked.item ?? original } }),
      });
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
