// Reads a request's raw bytes up to a limit; the signature is checked over exactly these.
import type { IncomingMessage } from 'node:http';
import { SECOND } from '../lib/clock.js';

export const BODY_LIMIT_BYTES = 5 * 1024 * 1024;

export type Body = { outcome: 'read'; bytes: Buffer } | { outcome: 'too-large' } | { outcome: 'aborted' };

const EMPTY = Buffer.alloc(0);

/** Most clients read an answer only after they have sent everything: a refused body is let run out, this long at most. */
const DRAIN_MS = 2 * SECOND;

export function readBody(request: IncomingMessage, limit: number = BODY_LIMIT_BYTES): Promise<Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let draining: NodeJS.Timeout | undefined;
    const refuse = () => {
      chunks.length = 0;
      draining ??= setTimeout(() => resolve({ outcome: 'too-large' }), DRAIN_MS);
    };
    if (Number(request.headers['content-length'] ?? 0) > limit) refuse();
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (draining === undefined && size > limit) refuse();
      if (draining === undefined) chunks.push(chunk);
    });
    request.on('end', () => {
      clearTimeout(draining);
      if (draining !== undefined) return resolve({ outcome: 'too-large' });
      const [first] = chunks;
      resolve({
        outcome: 'read',
        bytes: chunks.length === 1 && first !== undefined ? first : chunks.length === 0 ? EMPTY : Buffer.concat(chunks),
      });
    });
    const aborted = () => {
      clearTimeout(draining);
      resolve({ outcome: 'aborted' });
    };
    request.on('error', aborted);
    request.on('close', aborted);
  });
}
