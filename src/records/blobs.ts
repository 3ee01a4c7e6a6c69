// Blobs: received pictures and files, sealed by the implementation.

/**
 * Ids of what citizens and staff sent each other begin with it: it is kept as long as the words beside it. Everything else is a
 * picture of a report (retention.ts).
 */
export const CHAT_FILE = 'chat-';

export interface BlobInfo {
  id: string;
  /** The lane it came from: deletion on request goes by it. */
  lane: string;
  mimeType: string;
  sizeBytes: number;
  createdAt: number;
}

export interface Blobs {
  /** Idempotent by id; durable before it resolves. */
  put(info: Omit<BlobInfo, 'sizeBytes'>, bytes: Buffer): Promise<void>;
  get(id: string): Promise<{ info: BlobInfo; bytes: Buffer } | undefined>;
  delete(id: string): Promise<void>;
  /** What was received until `upTo` (ms), or all of it; returns how many. */
  deleteLane(lane: string, upTo?: number): Promise<number>;
}
