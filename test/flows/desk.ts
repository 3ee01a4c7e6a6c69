// The desk for the conversation tests: officers on duty, what they do in a citizen's lane, and what became of it.

import { HOUR } from '../../src/lib/clock.js';
import { systemLane } from '../../src/lib/ids.js';
import type { JsonObject } from '../../src/lib/json.js';
import { DESK_OUTCOME } from '../../src/records/desk-records.js';
import { putDocument } from '../../src/records/documents.js';
import { DUTY } from '../../src/records/staff.js';
import { TICKET, type Ticket } from '../../src/records/ticket.js';
import { TRANSCRIPT, type TranscriptLine } from '../../src/records/transcript.js';
import type { Effect } from '../../src/turns/turn.js';
import { Citizen } from './citizen.js';
import { type Town, townWithDesk } from './town.js';

export function onDuty(place: Town, user: string, now: number): void {
  const duty = { agencies: ['mot-cua'], name: user, room: 3, since: now, until: now + 12 * HOUR };
  place.documents.apply(systemLane('desk', `duty:${user}`), putDocument(DUTY, user, duty));
}

/** A citizen of a town with a desk. */
export class Client extends Citizen {
  constructor(options: { place?: Town; user?: string; onDuty?: boolean } = {}) {
    const place = options.place ?? townWithDesk();
    super({ town: place, ...(options.user === undefined ? {} : { user: options.user }) });
    if (options.onDuty !== false) onDuty(place, 'lan', this.now);
  }

  /** Their newest ticket as it is stored. */
  async stored(): Promise<{ id: string; body: Ticket }> {
    const query = { index: 'lane', under: [this.lane], order: 'down', limit: 1 } as const;
    const [ticket] = (await this.town.documents.find(TICKET, query)).documents;
    if (ticket === undefined) throw new Error('there is no ticket');
    return ticket;
  }

  async ticket(): Promise<Ticket> {
    return (await this.stored()).body;
  }

  /** What an officer does to the newest ticket, unless `data` names another; the outcome. */
  async staff(user: string, action: string, data: JsonObject = {}): Promise<string> {
    const { id, body } = await this.stored();
    await this.does({
      kind: 'desk-action',
      action,
      by: { user, name: user },
      data: { ticket: id, agency: body.agency, ...data },
    });
    return (await this.town.documents.get(DESK_OUTCOME, this.eventId))?.body.outcome ?? 'no outcome';
  }

  /** Lines of the last turn in the transcript. */
  get lines(): TranscriptLine[] {
    return this.effects('document').flatMap(({ kind, body }) =>
      kind === TRANSCRIPT.name ? (body as { lines: TranscriptLine[] }).lines : [],
    );
  }

  /** What the last turn appended to other lanes, or its own. */
  get appended(): Extract<Effect, { type: 'append' }>[] {
    return this.last.effects.filter((effect) => effect.type === 'append');
  }

  private effects(type: 'document') {
    return this.last.effects.flatMap((effect) =>
      effect.type === 'record' && effect.change.type === type ? [effect.change] : [],
    );
  }
}
