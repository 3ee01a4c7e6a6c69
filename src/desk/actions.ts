// How the desk lets something happen: an event in the lane that it changes, and a wait for what that lane decided. Whoever calls
// has checked permissions before.
import { randomUUID } from 'node:crypto';
import { sleep } from '../lib/backoff.js';
import type { Clock } from '../lib/clock.js';
import { StorageUnavailable } from '../lib/errors.js';
import { type EventId, eventId, type LaneId } from '../lib/ids.js';
import type { JsonObject } from '../lib/json.js';
import type { AuditLine } from '../records/audit.js';
import { DESK_OUTCOME, type DeskOutcome } from '../records/desk-records.js';
import type { Documents } from '../records/documents.js';
import type { Acceptor } from '../turns/accept.js';
import { audited } from '../turns/desk-action.js';
import type { DeskActionBody } from '../turns/turn.js';

const WAIT_MS = 3000;
const FIRST_LOOK_MS = 5;
const LONGEST_PAUSE_MS = 160;

export type Performed = Pick<DeskOutcome, 'outcome' | 'detail'>;

export interface DeskActionsOptions {
  acceptor: Pick<Acceptor, 'append'>;
  documents: Pick<Documents, 'get'>;
  clock: Clock;
  /** 3 s unless told. */
  waitMs?: number;
}

/** The event of the action that `key` names. */
export const actionEvent = (key: string): EventId => eventId(`desk:${key}`);

export class DeskActions {
  constructor(private readonly options: DeskActionsOptions) {}

  /**
   * What the lane's turn made of it: `done` or the code of a refusal. `slow`: no outcome within 3 s, it may still happen.
   * `key` names the action for good, such as `<ticket>:<UUID of the page>`: the same again is done once and has the same outcome.
   * Throws StorageUnavailable when the action could not be stored: then it does not happen.
   */
  async perform(
    lane: LaneId,
    action: string,
    by: DeskActionBody['by'],
    data: JsonObject,
    key: string = randomUUID(),
  ): Promise<Performed | 'slow'> {
    const id = actionEvent(key);
    const { acceptor, clock } = this.options;
    const { user, name } = by;
    await acceptor.append(id, lane, clock(), { kind: 'desk-action', action, by: { user, name }, data });
    return this.outcome(id);
  }

  /** A line in the audit trail of what no lane decides, such as a sign-in. Durable when it resolves; throws as `perform`. */
  async audit(line: Parameters<typeof audited>[1], now: AuditLine['at']): Promise<void> {
    const effect = audited(now, line);
    if (effect.type !== 'append') return;
    await this.options.acceptor.append(eventId(`desk:${randomUUID()}`), effect.lane, effect.at, effect.body);
  }

  private async outcome(id: EventId): Promise<Performed | 'slow'> {
    const begun = performance.now();
    const waitMs = this.options.waitMs ?? WAIT_MS;
    for (let pause = FIRST_LOOK_MS; performance.now() - begun < waitMs; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      await sleep(pause);
      const found = await this.look(id);
      if (found !== undefined) return found;
    }
    return 'slow';
  }

  /** The action is stored: a storage that does not answer now may by the next look. */
  private async look(id: EventId): Promise<Performed | undefined> {
    try {
      const found = await this.options.documents.get(DESK_OUTCOME, id);
      if (found === undefined) return undefined;
      const { outcome, detail } = found.body;
      return { outcome, ...(detail === undefined ? {} : { detail }) };
    } catch (error) {
      if (error instanceof StorageUnavailable) return undefined;
      throw error;
    }
  }
}
