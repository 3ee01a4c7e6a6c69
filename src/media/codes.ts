// Reads QR and bar codes from a picture in a worker thread of its own, which ends with the reading. Nothing is kept.
import { Worker } from 'node:worker_threads';
import { SECOND } from '../lib/clock.js';
import { workerFile } from '../lib/worker-file.js';
import { type Pixels, pixelsOf, type View } from './encode.js';
import type { CodeReading } from './pictures.js';

/** How the picture is looked at, the likeliest first: as it is, closer, clearer, and turned for bar codes that lie askew. */
const VIEWS: readonly View[] = [
  { longestSide: 1200 },
  { longestSide: 2600 },
  { longestSide: 1200, enhanced: true },
  { longestSide: 1400, degrees: 45 },
];

const READING_MS = 5 * SECOND;
/** Of the worker's JavaScript; the decoder's own memory is bounded by the pixels it is given. */
const WORKER_LIMITS = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16 };

/** Never rejects. `timeout` when the picture took too long to read. */
export async function readCodes(picture: Buffer, signal: AbortSignal, limitMs = READING_MS): Promise<CodeReading> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  const worker = new Worker(workerFile(import.meta.url, './code-worker.js'), { resourceLimits: WORKER_LIMITS });
  // A look that is under way hears of it below; between two looks there is nobody else to.
  worker.on('error', () => undefined);
  try {
    for (const view of VIEWS) {
      const pixels = await pixelsOf(picture, view);
      if (typeof pixels === 'string') return { result: 'refused', reason: pixels };
      if (limited.aborted) return { result: 'refused', reason: 'timeout' };
      const text = await look(worker, pixels, limited);
      if (text.length > 0) return { result: 'found', text };
    }
    return { result: 'none' };
  } catch {
    return { result: 'refused', reason: limited.aborted ? 'timeout' : 'unavailable' };
  } finally {
    void worker.terminate();
  }
}

function look(worker: Worker, pixels: Pixels, signal: AbortSignal): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const done = new AbortController();
    const over = (error: Error) => {
      done.abort();
      reject(error);
    };
    signal.addEventListener('abort', () => over(new Error('aborted')), { once: true, signal: done.signal });
    const failed = (error: Error) => over(error);
    const ended = () => over(new Error('the worker that reads codes has ended'));
    done.signal.addEventListener('abort', () => worker.off('error', failed).off('exit', ended), { once: true });
    worker.once('error', failed).once('exit', ended);
    worker.once('message', (texts: string[]) => {
      done.abort();
      resolve(texts);
    });
    worker.postMessage(pixels, [pixels.grey.buffer]);
  });
}
