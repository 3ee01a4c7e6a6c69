// The tokens of one platform account as they are stored.
import { Schema } from 'mongoose';

export interface AccountTokenDocument {
  /** `<channel>:<account>`. */
  _id: string;
  /** Grows by one with every save; a save names the version it replaces. */
  version: number;
  /** Sealed. */
  payload: Buffer;
}

export const accountTokenSchema = new Schema<AccountTokenDocument>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true, min: 1 },
    payload: { type: Buffer, required: true },
  },
  { collection: 'account_tokens', versionKey: false, strict: 'throw' },
);
