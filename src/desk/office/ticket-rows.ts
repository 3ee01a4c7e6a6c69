// Tickets of agencies that were opened in some days, page by page in the order of their opening: a table of any size in the memory
// of one page. What becomes of the rows is exports.ts.
import type { Agencies } from '../../flows/handover/agencies.js';
import type { Documents } from '../../records/documents.js';
import { TICKET } from '../../records/ticket.js';
import type { Days } from './days.js';
import type { OfficeParts } from './office.js';
import { type Cell, ticketCells } from './ticket-columns.js';

const ROWS_AT_ONCE = 500;
/** Counting ends here: more rows than any office has. */
const MOST_COUNTED = 10_000_000;

export interface TicketTable {
  documents: Documents;
  agencies: Agencies;
  staff: OfficeParts['staff'];
  /** Ids of agencies. */
  of: readonly string[];
  days: Pick<Days, 'from' | 'to'>;
  now: number;
}

export async function countTickets({ documents, of, days }: TicketTable, most = MOST_COUNTED): Promise<number> {
  let rows = 0;
  for (const agency of of) {
    if (rows >= most) break;
    rows += await documents.count(TICKET, { index: 'opened', under: [agency], ...days }, most - rows);
  }
  return rows;
}

/** Ends when `signal` aborts. */
export async function* ticketPages(table: TicketTable, signal: AbortSignal): AsyncGenerator<Cell[][]> {
  const { documents, agencies, staff, of, days, now } = table;
  for (const agency of of) {
    const found = agencies.get(agency);
    const teams = new Map(found?.teams.map(({ id, name }) => [id, name]));
    let after: string | undefined;
    do {
      if (signal.aborted) return;
      const page = await documents.find(TICKET, {
        index: 'opened',
        under: [agency],
        ...days,
        limit: ROWS_AT_ONCE,
        ...(after === undefined ? {} : { after }),
      });
      const rows: Cell[][] = [];
      for (const ticket of page.documents) {
        const { team, assignee } = ticket.body;
        rows.push(
          ticketCells(ticket, {
            agency: found?.name ?? agency,
            team: team === undefined ? undefined : (teams.get(team) ?? team),
            assignee: assignee === undefined ? undefined : ((await staff.nameOf(assignee)) ?? assignee),
            now,
          }),
        );
      }
      yield rows;
      after = page.next;
    } while (after !== undefined);
  }
}
