export class NoMongo extends Error {}

export interface TestMongo {
  /** Names no database: each test takes one of its own. */
  readonly uri: string;
  /** Undefined for a server that MONGODB_URI names. */
  pid(): number | undefined;
  /** Ends it and removes its data; does nothing to a server that MONGODB_URI names. */
  stop(): Promise<void>;
  /** kill -9; rejects for a server that MONGODB_URI names. */
  kill(): Promise<void>;
  /** After `kill`: the same port and data again. */
  restart(): Promise<void>;
}

export function prepareMongo(): string;
export function startMongo(options?: { own?: boolean; under?: string }): Promise<TestMongo>;
