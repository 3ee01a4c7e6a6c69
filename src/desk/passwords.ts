// Passwords of staff: which are taken, how they are kept (scrypt), and how one is compared. No two comparisons differ in cost,
// whether there is such a member or not.
import { randomBytes, randomInt, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { CodedError } from '../lib/errors.js';

/** 32 MB and a quarter of a second; one of those that OWASP's password storage cheat sheet holds for equally strong. */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Each takes memory and a thread of the pool that files are read with. */
const AT_ONCE = 2;
/** Whoever would wait longer than a quarter of a minute is told so. */
const MOST_WAITING = 100;

export const SHORTEST = 10;
export const LONGEST = 200;

export type PasswordProblem = 'password.too-short' | 'password.too-long' | 'password.username' | 'password.common';

/** The beginnings of what is tried first; what stands in the lists of most used passwords and what Vietnamese keyboards add. */
const COMMON = [
  '0123456789',
  '1234567890',
  '9876543210',
  'qwertyuiop',
  'asdfghjkl',
  '1qaz2wsx3edc',
  '1q2w3e4r5t',
  'password',
  'passw0rd',
  'matkhau',
  'motcua',
  'admin',
  'administrator',
  'abc123456',
  'abcd123456',
  'iloveyou',
  'changeme',
  'letmein',
  'welcome',
  'vietnam',
  'hochiminh',
  'hanoi',
];

/** Undefined when it may be used. Length counts characters. */
export function passwordProblem(password: string, username: string): PasswordProblem | undefined {
  const length = [...password].length;
  if (length < SHORTEST) return 'password.too-short';
  if (length > LONGEST) return 'password.too-long';
  const plain = plainOf(password);
  if (username !== '' && stem(plain) === stem(plainOf(username))) return 'password.username';
  const isCommon = COMMON.some((common) => plain === common || stem(plain) === stem(common));
  return isCommon || new Set(plain).size < 4 ? 'password.common' : undefined;
}

/** As it is typed without thinking: no capitals, no diacritics. */
function plainOf(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
}

/** `matkhau@2026!` is `matkhau` with what everybody adds; of digits alone nothing is left out. */
function stem(plain: string): string {
  const bare = plain.replace(/[^a-z0-9]/g, '');
  return bare.replace(/[0-9]+$/, '') || bare;
}

/** `scrypt$N$r$p$salt$hash`. Throws CodedError `desk.busy` when too many wait already. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, HASH_BYTES, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Of nobody: no password fits it. */
const NOBODYS = ['scrypt', COST.N, COST.r, COST.p, 'A'.repeat(22), 'A'.repeat(43)].join('$');

/** `stored`: undefined where there is no such member; it takes as long. Throws CodedError `desk.busy`, as `hashPassword` does. */
export async function passwordFits(password: string, stored: string | undefined): Promise<boolean> {
  const [scheme, N, r, p, salt = '', hash = ''] = (stored ?? NOBODYS).split('$');
  const wanted = Buffer.from(hash, 'base64url');
  if (scheme !== 'scrypt' || wanted.length === 0) return false;
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const given = await derive(password, Buffer.from(salt, 'base64url'), wanted.length, cost);
  return timingSafeEqual(given, wanted) && stored !== undefined;
}

/** Four groups of four, without what looks alike: 77 bits. */
export function newPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}

let running = 0;
const waiting: (() => void)[] = [];

async function derive(password: string, salt: Buffer, bytes: number, cost: typeof COST): Promise<Buffer> {
  if (waiting.length >= MOST_WAITING) throw new CodedError('desk.busy', 'too many passwords are checked at once');
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    const options: ScryptOptions = { ...cost, maxmem: 256 * cost.N * cost.r };
    // The same characters in another encoding are the same password.
    return await new Promise((resolve, reject) =>
      scrypt(password.normalize('NFC'), salt, bytes, options, (error, key) => (error ? reject(error) : resolve(key))),
    );
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}
