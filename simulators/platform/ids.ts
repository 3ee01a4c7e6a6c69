// Identifiers in the platforms' shapes. All are strings: most are beyond what a JavaScript number can hold.
import { randomBytes } from 'node:crypto';

let pool = '';

/** `length` decimal digits, never starting with 0, drawn from a pool so that a send costs no system call. */
export function digits(length: number): string {
  if (pool.length < length) pool = Array.from(randomBytes(1024), (byte) => byte % 10).join('');
  const drawn = pool.slice(0, length);
  pool = pool.slice(length);
  return drawn.startsWith('0') ? `7${drawn.slice(1)}` : drawn;
}

/** `length` characters of the URL-safe base64 alphabet. */
export function urlSafe(length: number): string {
  return randomBytes(Math.ceil((length * 3) / 4))
    .toString('base64url')
    .slice(0, length);
}

/** `length` hexadecimal characters. */
export function hex(length: number): string {
  return randomBytes(Math.ceil(length / 2))
    .toString('hex')
    .slice(0, length);
}
