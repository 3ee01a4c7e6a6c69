// GET /exports/tickets.csv and .xlsx: tickets as tables. Each is written down in the audit trail of every agency in it before its
// first row leaves. CSV streams in constant memory; XLSX is packed by a thread and bounded.
import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import type { DeskActions } from '../actions.js';
import { MOST_XLSX_ROWS } from '../api.js';
import { BAD_REQUEST, NOT_FOUND } from '../refusals.js';
import type { DeskRequest, DeskRoute } from '../route.js';
import { readDays } from './days.js';
import type { OfficeParts } from './office.js';
import { agenciesAsked } from './scope.js';
import { TICKET_TITLES } from './ticket-columns.js';
import { countTickets, type TicketTable, ticketPages } from './ticket-rows.js';
import { XlsxWriter } from './xlsx.js';

const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export function exportRoutes({ documents, agencies, staff, actions }: OfficeParts): DeskRoute[] {
  const xlsx = new XlsxWriter();

  function tableOf(request: DeskRequest): { table: TicketTable; name: string } | typeof NOT_FOUND {
    const of = agenciesAsked(request, agencies, 'tickets.export');
    if (of === undefined) return NOT_FOUND;
    const days = readDays(request.query, request.now);
    if (days === undefined) return BAD_REQUEST;
    const table = { documents, agencies, staff, of, days, now: request.now };
    return { table, name: `yeu-cau_${days.first}_${days.last}` };
  }

  return [
    {
      method: 'get',
      path: '/exports/tickets.csv',
      needs: 'tickets.export',
      async handle(request) {
        const asked = tableOf(request);
        if ('status' in asked) return asked;
        await audit(actions, request, asked.table, 'csv');
        const stream = Readable.from(csv(asked.table, request.signal), { objectMode: false });
        return { status: 200, stream, type: 'text/csv; charset=utf-8', filename: `${asked.name}.csv` };
      },
    },
    {
      method: 'get',
      path: '/exports/tickets.xlsx',
      needs: 'tickets.export',
      async handle(request) {
        const asked = tableOf(request);
        if ('status' in asked) return asked;
        const rows = await countTickets(asked.table, MOST_XLSX_ROWS + 1);
        if (rows > MOST_XLSX_ROWS) return { status: 413, error: 'export.too-big', detail: { most: MOST_XLSX_ROWS } };
        await audit(actions, request, asked.table, 'xlsx');
        const file = await xlsx.write(titled(asked.table, request.signal), request.signal);
        if (file === undefined) return { status: 503, error: 'desk.busy' };
        return { status: 200, stream: Readable.from([file]), type: XLSX_TYPE, filename: `${asked.name}.xlsx` };
      },
    },
  ];
}

/** A line for each agency of which there are rows, as its trail is its own. */
async function audit(
  actions: Pick<DeskActions, 'audit'>,
  { who, now }: DeskRequest,
  table: TicketTable,
  format: 'csv' | 'xlsx',
): Promise<void> {
  const { from, to } = table.days;
  for (const agency of table.of) {
    const rows = await countTickets({ ...table, of: [agency] });
    if (rows === 0) continue;
    const line = {
      agency,
      by: who.id,
      action: 'tickets.export',
      object: `export:${format}`,
      detail: { rows, from, to },
    };
    await actions.audit(line, now);
  }
}

async function* titled(table: TicketTable, signal: AbortSignal) {
  yield [[...TICKET_TITLES]];
  yield* ticketPages(table, signal);
}

/**
 * The mark at its head lets Excel read it as UTF-8. A cell that a spreadsheet would take for a formula gets an apostrophe (OWASP, CSV
 * injection): names and tags are what people typed.
 */
async function* csv(table: TicketTable, signal: AbortSignal): AsyncGenerator<string> {
  yield stringify([[...TICKET_TITLES]], { bom: true, record_delimiter: 'windows' });
  for await (const rows of ticketPages(table, signal))
    if (rows.length > 0) yield stringify(rows, { escape_formulas: true, record_delimiter: 'windows' });
}
