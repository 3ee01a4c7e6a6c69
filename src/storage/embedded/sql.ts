// A thin skin over libsql: prepared statements by their text, transactions, and the file's settings. Used inside the
// storage threads, and by programs that need no event loop while they work (storage/backup).
import Database from 'libsql';

export type SqlValue = string | number | null | Uint8Array;
export type Row = Record<string, unknown>;

export interface SqlOptions {
  file: string;
  /** Upper bound of the file in pages of 4 KiB; a write beyond it fails like a full disk. */
  maxPages?: number;
}

/** Values go to the driver as one array: it takes a lone Buffer or null for a set of named parameters, and dies of it. */
export class Sql {
  private readonly database: Database.Database;
  private readonly statements = new Map<string, Database.Statement>();

  constructor(options: SqlOptions) {
    this.database = new Database(options.file, { timeout: 5000 });
    this.exec('PRAGMA journal_mode = WAL');
    // FULL: a commit is on disk before it is answered.
    this.exec('PRAGMA synchronous = FULL');
    this.exec('PRAGMA cache_size = -32768');
    this.exec('PRAGMA temp_store = MEMORY');
    if (options.maxPages !== undefined) this.exec(`PRAGMA max_page_count = ${options.maxPages}`);
  }

  /** Number of rows changed. */
  run(text: string, ...values: SqlValue[]): number {
    return this.prepared(text).run(values.map(bindable)).changes;
  }

  /** Rowid of the inserted row. */
  insert(text: string, ...values: SqlValue[]): number {
    return Number(this.prepared(text).run(values.map(bindable)).lastInsertRowid);
  }

  get(text: string, ...values: SqlValue[]): Row | undefined {
    return this.prepared(text).get(values.map(bindable)) as Row | undefined;
  }

  all(text: string, ...values: SqlValue[]): Row[] {
    return this.prepared(text).all(values.map(bindable)) as Row[];
  }

  /** The single number of a single row. */
  number(text: string, ...values: SqlValue[]): number {
    const row = this.get(text, ...values) ?? {};
    return Number(Object.values(row)[0] ?? 0);
  }

  exec(text: string): void {
    this.database.exec(text);
  }

  transaction<T>(work: () => T): T {
    this.run('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.run('COMMIT');
      return result;
    } catch (error) {
      // A full disk has rolled back already; a second ROLLBACK would hide the cause.
      if (this.database.inTransaction) this.run('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.database.close();
  }

  private prepared(text: string): Database.Statement {
    let statement = this.statements.get(text);
    if (statement === undefined) {
      statement = this.database.prepare(text);
      this.statements.set(text, statement);
    }
    return statement;
  }
}

/** Bytes arrive from the other thread as a plain Uint8Array; the driver wants a Buffer. */
function bindable(value: SqlValue): string | number | null | Buffer {
  return value instanceof Uint8Array && !Buffer.isBuffer(value)
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : (value as string | number | null | Buffer);
}

export function bytes(row: Row, column: string): Buffer {
  const value = row[column];
  if (Buffer.isBuffer(value)) return value;
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  throw new TypeError(`column ${column} holds no bytes`);
}

export function text(row: Row, column: string): string {
  return String(row[column]);
}

export function integer(row: Row, column: string): number {
  return Number(row[column]);
}
