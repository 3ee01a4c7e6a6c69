// Reads a request's raw bytes up to a limit; the signature is checked over exactly these.
import type { IncomingMessage } from 'node:http';

export const BODY_LIMIT_BYTES = 5 * 1024 * 1024;

export type Body = { outcome: 'read'; bytes: Buffer } | { outcome: 'too-large' } | { outcome: 'aborted' };

const EMPTY = Buffer.alloc(0);

export function readBody(request: IncomingMessage, limit: number = BODY_LIMIT_BYTES): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.resolve({ outcome: 'too-large' });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        chunks.length = 0;
        resolve({ outcome: 'too-large' });
        return;
      }
      chunks.push(chunk);
    });
    request.on('end', () => {
      const [first] = chunks;
      resolve({
        outcome: 'read',
        bytes: chunks.length === 1 && first !== undefined ? first : chunks.length === 0 ? EMPTY : Buffer.concat(chunks),
      });
    });
    request.on('error', () => resolve({ outcome: 'aborted' }));
    request.on('close', () => resolve({ outcome: 'aborted' }));
  });
}
