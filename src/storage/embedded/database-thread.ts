// The main thread's end of a storage thread: calls wait in line, and all that wait go over together, so that the
// writer can put them into one transaction. The event loop never waits for a disk.
import { Worker } from 'node:worker_threads';
import { CodedError, StorageUnavailable } from '../../lib/errors.js';
import { workerFile } from '../../lib/worker-file.js';
import type { ArgumentOf, OperationCall, OperationReply, Operations, ResultOf, ThreadOptions } from './operations.js';

/** More than this in one message would hold the next ones up. */
const MAX_BATCH = 512;
/** As many as this leave at once instead of waiting for the others of their round: the thread works while the rest arrives. */
const EARLY_BATCH = 16;
/** Callers beyond this get an answer at once instead of a place in an endless line. */
const MAX_WAITING = 50_000;

interface Waiting extends OperationCall {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

export class DatabaseThread<Known extends Operations> {
  private readonly worker: Worker;
  private waiting: Waiting[] = [];
  private inFlight: Waiting[] | undefined;
  private scheduled = false;
  private failed: Error | undefined;

  private constructor(worker: Worker) {
    this.worker = worker;
    worker.on('message', (replies: OperationReply[]) => this.answer(replies));
    worker.on('error', (cause) => this.fail(new StorageUnavailable('storage.thread-died', { cause })));
    worker.on('exit', () => this.fail(new StorageUnavailable('storage.thread-ended')));
  }

  /** Throws CodedError `storage.locked` when another process uses the folder. */
  static async start<Known extends Operations>(options: ThreadOptions): Promise<DatabaseThread<Known>> {
    const worker = new Worker(workerFile(import.meta.url, './database-worker.js'), { workerData: options });
    await new Promise<void>((resolve, reject) => {
      worker.once('error', reject);
      worker.once('message', (message: unknown) => {
        worker.off('error', reject);
        if (message === 'ready') return resolve();
        const { failed } = message as { failed: string };
        reject(new CodedError(failed, `the ${options.role} of ${options.file} could not start`));
      });
    });
    return new DatabaseThread<Known>(worker);
  }

  call<Name extends keyof Known & string>(
    name: Name,
    argument: ArgumentOf<Known[Name]>,
  ): Promise<ResultOf<Known[Name]>> {
    if (this.failed) return Promise.reject(this.failed);
    if (this.waiting.length >= MAX_WAITING) return Promise.reject(new StorageUnavailable('storage.overloaded'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ name, argument, resolve: resolve as (value: unknown) => void, reject });
      this.schedule();
    });
  }

  async close(): Promise<void> {
    while (this.failed === undefined && (this.inFlight !== undefined || this.waiting.length > 0)) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (this.failed !== undefined) return;
    const ended = new Promise((resolve) => this.worker.once('exit', resolve));
    this.worker.postMessage('close');
    await ended;
  }

  private schedule(): void {
    if (this.inFlight !== undefined) return;
    if (this.waiting.length >= EARLY_BATCH) {
      this.send();
      return;
    }
    if (this.scheduled) return;
    this.scheduled = true;
    // After the current round of I/O callbacks: whatever arrived together travels together.
    setImmediate(() => {
      this.scheduled = false;
      this.send();
    });
  }

  private send(): void {
    if (this.inFlight !== undefined || this.waiting.length === 0 || this.failed !== undefined) return;
    const batch = this.waiting.length <= MAX_BATCH ? this.waiting : this.waiting.slice(0, MAX_BATCH);
    this.waiting = this.waiting.length <= MAX_BATCH ? [] : this.waiting.slice(MAX_BATCH);
    this.inFlight = batch;
    this.worker.postMessage(batch.map(({ name, argument }) => ({ name, argument })));
  }

  private answer(replies: OperationReply[]): void {
    const batch = this.inFlight ?? [];
    this.inFlight = undefined;
    this.send();
    batch.forEach((call, index) => {
      const reply = replies[index];
      if (reply?.ok) call.resolve(reply.value);
      else if (reply === undefined || reply.storage)
        call.reject(new StorageUnavailable(reply?.code ?? 'storage.no-reply'));
      else call.reject(new CodedError(reply.code, `storage operation ${call.name} failed`));
    });
  }

  private fail(error: Error): void {
    if (this.failed !== undefined) return;
    this.failed = error;
    for (const call of [...(this.inFlight ?? []), ...this.waiting]) call.reject(error);
    this.inFlight = undefined;
    this.waiting = [];
  }
}
