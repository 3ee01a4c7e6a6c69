// An XLSX file from pages of cells, written by a thread (xlsx-worker.ts). One at a time: each takes some hundred MB while it lasts.
import { Worker } from 'node:worker_threads';
import { workerFile } from '../../lib/worker-file.js';
import { JobQueue } from '../../media/queue.js';
import type { Cell } from './ticket-columns.js';

export type XlsxMessage = { type: 'rows'; rows: Cell[][] } | { type: 'end' };

const MOST_MB = 1500;
const AT_ONCE = 1;
const WAITING = 10;

export class XlsxWriter {
  private readonly queue = new JobQueue(AT_ONCE, WAITING);

  /** The first row are the titles. Undefined when too many wait for theirs, or when `signal` aborts. Rejects when the thread fails. */
  async write(pages: AsyncIterable<Cell[][]>, signal: AbortSignal): Promise<Buffer | undefined> {
    return this.queue.run(signal, () => written(pages, signal));
  }
}

async function written(pages: AsyncIterable<Cell[][]>, signal: AbortSignal): Promise<Buffer | undefined> {
  const worker = new Worker(workerFile(import.meta.url, './xlsx-worker.js'), {
    resourceLimits: { maxOldGenerationSizeMb: MOST_MB },
  });
  const file = new Promise<Buffer | undefined>((resolve, reject) => {
    worker.once('message', (bytes: Uint8Array) =>
      resolve(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
    );
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread that writes XLSX ended (${code})`)));
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  // Awaited after the pages only: what goes wrong before is told then.
  file.catch(() => undefined);
  try {
    for await (const rows of pages) worker.postMessage({ type: 'rows', rows } satisfies XlsxMessage);
    if (signal.aborted) return undefined;
    worker.postMessage({ type: 'end' } satisfies XlsxMessage);
    return await file;
  } finally {
    await worker.terminate();
  }
}
