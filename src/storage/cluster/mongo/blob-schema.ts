// A blob as it is stored: its facts in one document, its sealed bytes in chunks.
import { Schema } from 'mongoose';
import type { BlobInfo } from '../../../records/blobs.js';

export interface BlobDocument extends Omit<BlobInfo, 'id'> {
  _id: string;
  /** Which chunks are its own: a put that was cut off leaves others, which nobody reads. */
  upload: string;
  chunks: number;
}

export const blobSchema = new Schema<BlobDocument>(
  {
    _id: { type: String, required: true },
    lane: { type: String, required: true },
    mimeType: { type: String, required: true },
    sizeBytes: { type: Number, required: true, min: 0 },
    createdAt: { type: Number, required: true },
    upload: { type: String, required: true },
    chunks: { type: Number, required: true, min: 0 },
  },
  { collection: 'blobs', versionKey: false, strict: 'throw' },
);

export interface BlobChunkDocument {
  /** `<upload>:<number>`. */
  _id: string;
  blob: string;
  /** The blob's lane: deletion on request finds also what a cut-off put left. */
  lane: string;
  bytes: Buffer;
}

/** Sealed, header and tag included. */
export const MAX_CHUNK_BYTES = 256 * 1024;

export const blobChunkSchema = new Schema<BlobChunkDocument>(
  {
    _id: { type: String, required: true },
    blob: { type: String, required: true },
    lane: { type: String, required: true },
    bytes: { type: Buffer, required: true, validate: (bytes: Buffer) => bytes.length <= MAX_CHUNK_BYTES },
  },
  { collection: 'blob_chunks', versionKey: false, strict: 'throw' },
);
