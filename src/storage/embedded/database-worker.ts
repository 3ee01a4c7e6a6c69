// A storage thread. The writer runs all operations that wait as one transaction: many callers share one disk sync.
// The reader runs them one by one. Neither knows what the bytes mean.
import { parentPort, workerData } from 'node:worker_threads';
import { codeOf } from '../../lib/errors.js';
import { lockFolder } from './folder-lock.js';
import {
  type OperationCall,
  type OperationReply,
  type Operations,
  reads,
  type ThreadOptions,
  writes,
} from './operations.js';
import { migrate } from './schema.js';
import { Sql } from './sql.js';

const options = workerData as ThreadOptions;
const port = parentPort;
if (port === null) throw new Error('this file runs as a worker thread');

/** Full disks and failing files pass; anything else is a fault of ours and would fail again. */
function isStorageTrouble(code: string): boolean {
  return /^SQLITE_(FULL|IOERR|BUSY|LOCKED|READONLY|CANTOPEN|NOMEM)/.test(code);
}

function failure(error: unknown): OperationReply {
  const code = codeOf(error);
  return { ok: false, code, storage: isStorageTrouble(code) };
}

function run(sql: Sql, operations: Operations, call: OperationCall): OperationReply {
  const operation = operations[call.name];
  if (operation === undefined) return { ok: false, code: 'storage.unknown-operation', storage: false };
  return { ok: true, value: operation(sql, call.argument as never) };
}

function writeAll(sql: Sql, calls: readonly OperationCall[]): OperationReply[] {
  try {
    return sql.transaction(() => calls.map((call) => run(sql, writes, call)));
  } catch (error) {
    const reply = failure(error);
    if (calls.length === 1 || (reply.ok === false && reply.storage)) return calls.map(() => reply);
    // One bad operation must not take its neighbours down: each gets a transaction of its own.
    return calls.flatMap((call) => writeAll(sql, [call]));
  }
}

function readAll(sql: Sql, calls: readonly OperationCall[]): OperationReply[] {
  return calls.map((call) => {
    try {
      return run(sql, reads, call);
    } catch (error) {
      return failure(error);
    }
  });
}

try {
  const lock = options.role === 'writer' ? lockFolder(options.lockFile) : undefined;
  const sql = new Sql({
    file: options.file,
    ...(options.maxPages === undefined ? {} : { maxPages: options.maxPages }),
  });
  if (options.role === 'writer') {
    migrate(sql);
    sql.transaction(() => writes.endLeases(sql));
  }
  port.on('message', (calls: OperationCall[] | 'close') => {
    if (calls === 'close') {
      sql.close();
      lock?.close();
      port.close();
      return;
    }
    port.postMessage(options.role === 'writer' ? writeAll(sql, calls) : readAll(sql, calls));
  });
  port.postMessage('ready');
} catch (error) {
  port.postMessage({ failed: codeOf(error) });
  port.close();
}
