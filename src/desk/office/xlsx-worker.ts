// Writes one XLSX file on a thread of its own: the packing of 50,000 rows takes seconds, and webhooks must be answered meanwhile.
// Gets pages of cells, then `end`; answers with the file's bytes.
import { parentPort } from 'node:worker_threads';
import writeXlsxFile from 'write-excel-file/node';
import type { XlsxMessage } from './xlsx.js';

const port = parentPort;
if (port === null) throw new Error('xlsx-worker runs as a worker thread');

const SHEET = 'Yêu cầu';
const rows: ({ value: string | number; type?: StringConstructor; fontWeight?: 'bold' } | null)[][] = [];

port.on('message', (message: XlsxMessage) => {
  if (message.type === 'rows') {
    const bold = rows.length === 0 ? ({ fontWeight: 'bold' } as const) : {};
    // A text is a text cell, whatever it begins with: no formula can come of it.
    for (const cells of message.rows)
      rows.push(
        cells.map((value) => {
          if (value === '') return null;
          return typeof value === 'string' ? { value, type: String, ...bold } : { value };
        }),
      );
    return;
  }
  void write();
});

async function write(): Promise<void> {
  const bytes = await writeXlsxFile(rows, { sheet: SHEET, stickyRowsCount: 1 }).toBuffer();
  const own = new Uint8Array(bytes);
  port?.postMessage(own, [own.buffer]);
}
