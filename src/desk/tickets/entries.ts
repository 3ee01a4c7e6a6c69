// What was said in a ticket's conversation, as the desk shows it: masked, with names of staff and what became of each message.
import type { Documents, StoredDocument } from '../../records/documents.js';
import { DELIVERY, type DeliveryRecord, TRANSCRIPT, type TranscriptEntry } from '../../records/transcript.js';
import type { Entries, EntryView } from '../api.js';
import type { SignedIn } from '../route.js';
import type { StaffDirectory } from '../staff-directory.js';
import { mergedPage } from './merged-pages.js';
import type { StoredTicket } from './rows.js';
import { seesEntry } from './seen.js';

const ENTRIES_PAGE = 40;
/** More calls than a turn makes. */
const MOST_SENDS = 60;

export interface EntryParts {
  documents: Pick<Documents, 'get' | 'find'>;
  staff: Pick<StaffDirectory, 'nameOf'>;
}

export class EntryViews {
  constructor(private readonly parts: EntryParts) {}

  /** The newest, or those that stand before the mark. Throws CodedError `records.bad-page`. */
  async page(ticket: StoredTicket, who: Pick<SignedIn, 'grants'>, before?: string): Promise<Entries> {
    // The storage's own mark holds the lane, and with it the citizen's id on the platform: that is not for browsers.
    const { documents, next } = await mergedPage(
      this.parts.documents,
      {
        kind: TRANSCRIPT,
        index: 'lane',
        under: [[ticket.lane]],
        order: 'down',
        numbersOf: ({ at }: TranscriptEntry) => [at],
      },
      ENTRIES_PAGE,
      before,
    );
    const seen = documents.filter((entry) => seesEntry(who, ticket, entry)).reverse();
    const entries = await Promise.all(seen.map((entry) => this.of(entry)));
    return { entries, ...(next === undefined ? {} : { before: next }) };
  }

  async of({ id, body: entry }: StoredDocument<TranscriptEntry>): Promise<EntryView> {
    const [lines, delivery] = await Promise.all([
      Promise.all(entry.lines.map((line) => this.line(line))),
      this.delivery(id, entry),
    ]);
    return {
      id,
      at: entry.at,
      ...(entry.ticket === undefined ? {} : { ticket: entry.ticket }),
      lines,
      ...(entry.understood === undefined ? {} : { understood: entry.understood }),
      ...(delivery === undefined ? {} : { delivery }),
    };
  }

  private async line({ original, ...line }: TranscriptEntry['lines'][number]): Promise<EntryView['lines'][number]> {
    const userName = line.user === undefined ? undefined : await this.parts.staff.nameOf(line.user);
    return {
      ...line,
      ...(userName === undefined ? {} : { userName }),
      ...(original === undefined ? {} : { masked: true }),
    };
  }

  /** Only turns of a conversation that staff have before them are followed. */
  private async delivery(id: string, { sends, ticket }: TranscriptEntry): Promise<EntryView['delivery']> {
    if (sends === 0 || ticket === undefined) return undefined;
    const { documents } = await this.parts.documents.find(DELIVERY, { index: 'entry', under: [id], limit: MOST_SENDS });
    return deliveryOf(
      documents.map(({ body }) => body),
      sends,
    );
  }
}

/** One that failed is a failure of the whole: the citizen did not see everything. */
function deliveryOf(fates: readonly DeliveryRecord[], sends: number): NonNullable<EntryView['delivery']> {
  const failed = fates.find(({ state }) => state === 'failed');
  if (failed !== undefined)
    return { state: 'failed', ...(failed.reason === undefined ? {} : { reason: failed.reason }) };
  return { state: fates.length >= sends ? 'sent' : 'sending' };
}
