// Clear keys for what must be found without being readable where it is stored: an HMAC under a key made from DATA_KEY.
import { createHmac, hkdfSync } from 'node:crypto';

const BYTES = 16;

/** One purpose each, so that hashes of different purposes cannot be compared. */
export class KeyedHash {
  private readonly keys: readonly Buffer[];

  /** `secrets`: DATA_KEY's, the current one first. */
  constructor(secrets: readonly Buffer[], purpose: string) {
    this.keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', `keyed-hash:${purpose}`, 32)));
  }

  /** What is written from now on. */
  current(text: string): string {
    return this.all(text)[0] ?? '';
  }

  /** What it may be written under: the current hash first, then those of keys that only open. */
  all(text: string): string[] {
    return this.keys.map((key) =>
      createHmac('sha256', key).update(text).digest().subarray(0, BYTES).toString('base64url'),
    );
  }
}
