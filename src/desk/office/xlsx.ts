// An XLSX file from pages of cells, written by a thread (xlsx-worker.ts). One at a time: each takes some hundred MB while it lasts.
import { Worker } from 'node:worker_threads';
import { workerFile } from '../../lib/worker-file.js';
import type { Cell } from './ticket-columns.js';

export type XlsxMessage = { type: 'rows'; rows: Cell[][] } | { type: 'end' };

const MOST_MB = 1500;

export class XlsxWriter {
  private last: Promise<unknown> = Promise.resolve();

  /** The first row are the titles. Rejects when the thread fails, or with the signal's reason. */
  write(pages: AsyncIterable<Cell[][]>, signal: AbortSignal): Promise<Buffer> {
    const written = this.last.then(
      () => this.one(pages, signal),
      () => this.one(pages, signal),
    );
    this.last = written;
    written.catch(() => undefined);
    return written;
  }

  private async one(pages: AsyncIterable<Cell[][]>, signal: AbortSignal): Promise<Buffer> {
    signal.throwIfAborted();
    const worker = new Worker(workerFile(import.meta.url, './xlsx-worker.js'), {
      resourceLimits: { maxOldGenerationSizeMb: MOST_MB },
    });
    const bytes = new Promise<Buffer>((resolve, reject) => {
      worker.once('message', (file: Uint8Array) => resolve(Buffer.from(file.buffer, file.byteOffset, file.byteLength)));
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`the thread that writes XLSX ended (${code})`)));
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    bytes.catch(() => undefined);
    try {
      for await (const rows of pages) {
        signal.throwIfAborted();
        worker.postMessage({ type: 'rows', rows } satisfies XlsxMessage);
      }
      worker.postMessage({ type: 'end' } satisfies XlsxMessage);
      return await bytes;
    } finally {
      await worker.terminate();
    }
  }
}
