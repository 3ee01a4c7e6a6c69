// Sealing of everything personal that is stored: AES-256-GCM under DATA_KEY. Old keys still open, the first one seals.
import { createCipheriv, createDecipheriv, createHash, randomFillSync } from 'node:crypto';
import { CodedError } from './errors.js';
import { KeyedHash } from './keyed-hash.js';

const VERSION = 1;
const KEY_ID_BYTES = 4;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES + IV_BYTES;
/** Random bytes are drawn in blocks: one system call for many initialisation vectors. */
const POOL_BYTES = IV_BYTES * 512;

interface DataKey {
  id: number;
  secret: Buffer;
}

export class Sealer {
  private readonly keys: readonly DataKey[];
  private readonly pool = Buffer.allocUnsafe(POOL_BYTES);
  private poolAt = POOL_BYTES;

  /** `secrets`: 32 bytes each, the current key first. */
  constructor(secrets: readonly Buffer[]) {
    if (secrets.length === 0) throw new CodedError('sealing.no-key', 'at least one data key is needed');
    this.keys = secrets.map((secret) => {
      if (secret.length !== 32) throw new CodedError('sealing.key-length', 'a data key must be 32 bytes');
      return { id: createHash('sha256').update('key-id').update(secret).digest().readUInt32BE(0), secret };
    });
  }

  /** Hashes under the same keys, the current one first. */
  keyedHash(purpose: string): KeyedHash {
    return new KeyedHash(
      this.keys.map(({ secret }) => secret),
      purpose,
    );
  }

  /** Eight hexadecimal digits a key, the current one first; says nothing about the keys themselves. */
  get keyIds(): string[] {
    return this.keys.map(({ id }) => id.toString(16).padStart(8, '0'));
  }

  /** Which key sealed it: the one that seals now, one that only opens, or one that DATA_KEY does not list. */
  sealedBy(sealed: Buffer): 'current' | 'older' | 'unknown' {
    if (sealed.length < HEADER_BYTES + TAG_BYTES || sealed[0] !== VERSION) return 'unknown';
    const keyId = sealed.readUInt32BE(1);
    const index = this.keys.findIndex(({ id }) => id === keyId);
    return index === 0 ? 'current' : index > 0 ? 'older' : 'unknown';
  }

  /** Layout: version, key id, initialisation vector, ciphertext, tag. `context` must be the same to open it: it keeps a sealed value in its place. */
  seal(plain: string | Buffer, context: string): Buffer {
    const key = this.keys[0] as DataKey;
    const iv = this.nextIv();
    const cipher = createCipheriv('aes-256-gcm', key.secret, iv);
    cipher.setAAD(Buffer.from(context));
    const body = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain);
    const last = cipher.final();
    // Exactly sized, not from the shared pool: it may be copied to a storage thread whole.
    const sealed = Buffer.allocUnsafeSlow(HEADER_BYTES + body.length + last.length + TAG_BYTES);
    sealed[0] = VERSION;
    sealed.writeUInt32BE(key.id, 1);
    iv.copy(sealed, 1 + KEY_ID_BYTES);
    body.copy(sealed, HEADER_BYTES);
    last.copy(sealed, HEADER_BYTES + body.length);
    cipher.getAuthTag().copy(sealed, HEADER_BYTES + body.length + last.length);
    return sealed;
  }

  /** Throws `sealing.unreadable` for another context, an unknown key or changed bytes. */
  open(sealed: Buffer, context: string): Buffer {
    if (sealed.length < HEADER_BYTES + TAG_BYTES || sealed[0] !== VERSION) {
      throw new CodedError('sealing.unreadable', 'not a sealed value');
    }
    const keyId = sealed.readUInt32BE(1);
    const key = this.keys.find((candidate) => candidate.id === keyId);
    if (!key) throw new CodedError('sealing.unknown-key', 'sealed under a key that DATA_KEY does not list');
    const end = sealed.length - TAG_BYTES;
    try {
      const decipher = createDecipheriv('aes-256-gcm', key.secret, sealed.subarray(1 + KEY_ID_BYTES, HEADER_BYTES));
      decipher.setAAD(Buffer.from(context));
      decipher.setAuthTag(sealed.subarray(end));
      return Buffer.concat([decipher.update(sealed.subarray(HEADER_BYTES, end)), decipher.final()]);
    } catch (cause) {
      throw new CodedError('sealing.unreadable', 'sealed value does not open', { cause });
    }
  }

  sealJson(value: unknown, context: string): Buffer {
    return this.seal(JSON.stringify(value), context);
  }

  openJson(sealed: Buffer, context: string): unknown {
    return JSON.parse(this.open(sealed, context).toString('utf8'));
  }

  private nextIv(): Buffer {
    if (this.poolAt + IV_BYTES > POOL_BYTES) {
      randomFillSync(this.pool);
      this.poolAt = 0;
    }
    const iv = this.pool.subarray(this.poolAt, this.poolAt + IV_BYTES);
    this.poolAt += IV_BYTES;
    return iv;
  }
}
