// A ticket as one row of the desk's lists and live events: names of staff instead of ids, a mark instead of the platform's id.
import { createHash } from 'node:crypto';
import { maskPersonal } from '../../language/mask.js';
import { cleanLine } from '../../lib/clean-text.js';
import { addressOf, type LaneId } from '../../lib/ids.js';
import type { KeyedHash } from '../../lib/keyed-hash.js';
import { present } from '../../portal/present.js';
import type { StoredDocument } from '../../records/documents.js';
import { nextDue, type Ticket } from '../../records/ticket.js';
import type { TicketRow } from '../api.js';
import type { StaffDirectory } from '../staff-directory.js';

export type StoredTicket = StoredDocument<Ticket>;

/** Without letters and figures that are taken for each other. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const MARK_LENGTH = 4;

export interface RowParts {
  staff: Pick<StaffDirectory, 'nameOf'>;
  /** For marks of persons: of DATA_KEY. */
  persons: Pick<KeyedHash, 'current'>;
}

export class TicketRows {
  constructor(private readonly parts: RowParts) {}

  /** The same for everybody who may see it. */
  async of({ id, lane, body: ticket }: StoredTicket): Promise<TicketRow> {
    const { assignee, citizen } = ticket;
    return present({
      id,
      agency: ticket.agency,
      team: ticket.team,
      channel: addressOf(lane)?.channel ?? 'zalo',
      reason: ticket.reason,
      about: ticket.about,
      // A name is what the citizen typed; some type a number.
      name: citizen?.name === undefined ? undefined : maskPersonal(cleanLine(citizen.name)),
      person: this.markOf(lane),
      priority: ticket.priority,
      status: ticket.status,
      assignee: assignee === undefined ? undefined : { id: assignee, name: await this.nameOf(assignee) },
      answerFrom: ticket.answerFrom,
      tags: ticket.tags,
      resolution: ticket.resolution,
      openedAt: ticket.openedAt,
      waitingSince: ticket.waitingSince,
      changedAt: ticket.changedAt,
      closedAt: ticket.closedAt,
      unanswered: ticket.unanswered,
      reopened: ticket.reopened,
      dueAt: nextDue(ticket),
      preview: ticket.preview,
      revision: ticket.revision,
    });
  }

  all(tickets: readonly StoredTicket[]): Promise<TicketRow[]> {
    return Promise.all(tickets.map((ticket) => this.of(ticket)));
  }

  private async nameOf(id: string): Promise<string> {
    return (await this.parts.staff.nameOf(id)) ?? id;
  }

  private markOf(lane: LaneId): string {
    const bytes = createHash('sha256').update(this.parts.persons.current(lane)).digest();
    return Array.from(bytes.subarray(0, MARK_LENGTH), (byte) => LETTERS[byte % LETTERS.length]).join('');
  }
}
