// A message that was not understood, as it is stored. MongoDB deletes it itself when its time is over (an index with a TTL).
import { Schema } from 'mongoose';

export interface NotUnderstoodDocument {
  _id: string;
  lane: string;
  /** Time and id: the order of the pages. */
  key: string;
  at: number;
  keepUntil: Date;
  /** Sealed. */
  payload: Buffer;
  chosen?: string;
}

export const notUnderstoodSchema = new Schema<NotUnderstoodDocument>(
  {
    _id: { type: String, required: true },
    lane: { type: String, required: true },
    key: { type: String, required: true },
    at: { type: Number, required: true, min: 0 },
    keepUntil: { type: Date, required: true },
    payload: { type: Buffer, required: true },
    chosen: String,
  },
  { collection: 'not_understood', versionKey: false, strict: 'throw' },
);
