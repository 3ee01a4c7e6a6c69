// A dead letter as it is stored.
import { Schema } from 'mongoose';
import type { DeadLetter } from '../../../records/records.js';

export interface DeadLetterDocument extends Omit<DeadLetter, 'id'> {
  _id: string;
  /** Time and id: the order of the pages, the same for every reader. */
  key: string;
  /** Ids of the status writes that were applied, the last ones: repeating one changes nothing, whatever came after it. */
  applied: string[];
}

export const deadLetterSchema = new Schema<DeadLetterDocument>(
  {
    _id: { type: String, required: true },
    key: { type: String, required: true },
    lane: String,
    source: { type: String, required: true, enum: ['event', 'reply', 'effect', 'webhook'] },
    reason: { type: String, required: true },
    at: { type: Number, required: true, min: 0 },
    payload: { type: Buffer, required: true },
    status: { type: String, required: true, enum: ['open', 'replayed', 'dropped'] },
    applied: [String],
  },
  { collection: 'dead_letters', versionKey: false, strict: 'throw', minimize: false },
);

/** Wide enough for every time that JavaScript knows. */
const DIGITS = 16;

export function pageKey(at: number, id: string): string {
  return `${String(at).padStart(DIGITS, '0')}:${id}`;
}

export function markOf(key: string): string {
  return Buffer.from(key).toString('base64url');
}

/** Undefined for what is no mark of ours. */
export function keyOf(mark: string): string | undefined {
  const key = Buffer.from(mark, 'base64url').toString();
  return /^\d{16}:/.test(key) ? key : undefined;
}
