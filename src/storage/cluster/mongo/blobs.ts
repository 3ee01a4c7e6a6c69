// Blobs in MongoDB, sealed, in chunks. The chunks are there before the blob's own document: what can be found is whole.
import { randomUUID } from 'node:crypto';
import type { Connection, Model } from 'mongoose';
import { CodedError } from '../../../lib/errors.js';
import type { Sealer } from '../../../lib/sealing.js';
import type { BlobInfo, Blobs } from '../../../records/blobs.js';
import {
  type BlobChunkDocument,
  type BlobDocument,
  blobChunkSchema,
  blobSchema,
  MAX_CHUNK_BYTES,
} from './blob-schema.js';
import { isDuplicateKey, reaching } from './failures.js';

/** Room for what sealing adds. */
const PLAIN_CHUNK_BYTES = MAX_CHUNK_BYTES - 64;
/** 4 MB a message. */
const CHUNKS_AT_ONCE = 16;

export class MongoBlobs implements Blobs {
  private readonly blobs: Model<BlobDocument>;
  private readonly chunks: Model<BlobChunkDocument>;

  constructor(
    connection: Connection,
    private readonly sealer: Sealer,
  ) {
    this.blobs = connection.model<BlobDocument>('Blob', blobSchema);
    this.chunks = connection.model<BlobChunkDocument>('BlobChunk', blobChunkSchema);
  }

  put({ id, lane, mimeType, createdAt }: Omit<BlobInfo, 'sizeBytes'>, bytes: Buffer): Promise<void> {
    return reaching(async () => {
      let upload = await this.uploadOf(id);
      if (upload === undefined) {
        const fresh = randomUUID();
        const chunks = Math.ceil(bytes.length / PLAIN_CHUNK_BYTES);
        for (let from = 0; from < chunks; from += CHUNKS_AT_ONCE) {
          const numbers = Array.from({ length: Math.min(CHUNKS_AT_ONCE, chunks - from) }, (_, index) => from + index);
          const documents = numbers.map((number) => ({
            _id: chunkId(fresh, number),
            blob: id,
            lane,
            bytes: this.sealer.seal(
              bytes.subarray(number * PLAIN_CHUNK_BYTES, (number + 1) * PLAIN_CHUNK_BYTES),
              chunkSealedAs(id, number, chunks),
            ),
          }));
          await this.chunks.insertMany(documents);
        }
        const blob = { _id: id, lane, mimeType, createdAt, sizeBytes: bytes.length, upload: fresh, chunks };
        upload = await this.insertOrFind(blob);
      }
      // What a put that was cut off, or was slower than another, has left.
      await this.chunks.deleteMany({ blob: id, _id: { $not: new RegExp(`^${upload}:`) } });
    });
  }

  get(id: string): Promise<{ info: BlobInfo; bytes: Buffer } | undefined> {
    return reaching(async () => {
      const found = await this.blobs.findById(id).lean();
      if (found === null) return undefined;
      const { lane, mimeType, sizeBytes, createdAt, upload, chunks } = found;
      const parts: Buffer[] = [];
      for (let from = 0; from < chunks; from += CHUNKS_AT_ONCE)
        parts.push(...(await this.read(found, upload, from, Math.min(from + CHUNKS_AT_ONCE, chunks))));
      return { info: { id, lane, mimeType, sizeBytes, createdAt }, bytes: Buffer.concat(parts) };
    });
  }

  /** The document first: a deletion that was cut off leaves chunks that nobody can find, and repeating it removes them. */
  delete(id: string): Promise<void> {
    return reaching(async () => {
      await this.blobs.deleteOne({ _id: id });
      await this.chunks.deleteMany({ blob: id });
    });
  }

  /** Chunks that belong to no blob of the lane go as well: an earlier deletion, or a put, was cut off. */
  deleteLane(lane: string, upTo = Number.MAX_SAFE_INTEGER): Promise<number> {
    return reaching(async () => {
      const { deletedCount } = await this.blobs.deleteMany({ lane, createdAt: { $lte: upTo } });
      const left = await this.blobs.find({ lane }, { _id: 1 }).lean();
      await this.chunks.deleteMany({ lane, blob: { $nin: left.map(({ _id }) => _id) } });
      return deletedCount;
    });
  }

  private async uploadOf(id: string): Promise<string | undefined> {
    const found = await this.blobs.findById(id, { upload: 1 }).lean();
    return found?.upload;
  }

  /** The upload that counts: ours, or that of a faster one. */
  private async insertOrFind(blob: BlobDocument): Promise<string> {
    try {
      await this.blobs.create(blob);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    return (await this.uploadOf(blob._id)) ?? blob.upload;
  }

  private async read({ _id, chunks }: BlobDocument, upload: string, from: number, to: number): Promise<Buffer[]> {
    const ids = Array.from({ length: to - from }, (_, index) => chunkId(upload, from + index));
    const found = await this.chunks.find({ _id: { $in: ids } }).lean();
    const byId = new Map(found.map((chunk) => [chunk._id, chunk.bytes]));
    return ids.map((id, index) => {
      const sealed = byId.get(id);
      if (sealed === undefined) throw new CodedError('blobs.incomplete', 'a chunk of the blob is gone');
      return this.sealer.open(sealed, chunkSealedAs(_id, from + index, chunks));
    });
  }
}

function chunkId(upload: string, number: number): string {
  return `${upload}:${number}`;
}

/** Chunks cannot be left out, swapped or moved to another blob. */
export function chunkSealedAs(id: string, number: number, chunks: number): string {
  return `blob:${id}:${number}/${chunks}`;
}
