// Every operation the two storage threads know, by name, with the types of what goes in and comes out.
import { recordReads, recordWrites } from './record-operations.js';
import { sessionReads, sessionWrites } from './session-operations.js';
import type { Sql } from './sql.js';
import { turnReads, turnWrites } from './turn-operations.js';
import { wordReads } from './word-operations.js';

export const writes = { ...turnWrites, ...recordWrites, ...sessionWrites };
export const reads = { ...turnReads, ...recordReads, ...sessionReads, ...wordReads };

export type Operations = Record<string, (sql: Sql, argument: never) => unknown>;

export type ArgumentOf<Op> = Op extends (sql: Sql, argument: infer Argument) => unknown ? Argument : undefined;
export type ResultOf<Op> = Op extends (sql: Sql, argument: never) => infer Result ? Result : never;

export type ThreadRole = 'writer' | 'reader';

export interface ThreadOptions {
  role: ThreadRole;
  file: string;
  lockFile: string;
  maxPages?: number;
}

export interface OperationCall {
  name: string;
  argument: unknown;
}

export type OperationReply = { ok: true; value: unknown } | { ok: false; code: string; storage: boolean };
