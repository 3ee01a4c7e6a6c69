// A contact as it is stored.
import { Schema } from 'mongoose';
import type { Contact } from '../../../records/records.js';

export interface ContactDocument {
  /** The lane. */
  _id: string;
  /** Of the newest write. A forgotten contact keeps it, so that a repeated older write cannot bring the person back. */
  laneSeq: number;
  body: Omit<Contact, 'lane'>;
}

const body = {
  noticeVersion: String,
  noticeAt: Number,
  language: { type: String, enum: ['vi'] },
  lastInteractionAt: Number,
  following: Boolean,
} satisfies Record<keyof ContactDocument['body'], unknown>;

export const contactSchema = new Schema<ContactDocument>(
  {
    _id: { type: String, required: true },
    laneSeq: { type: Number, required: true },
    body: { type: new Schema(body, { _id: false, strict: 'throw' }), required: true },
  },
  { collection: 'contacts', versionKey: false, strict: 'throw', minimize: false },
);
