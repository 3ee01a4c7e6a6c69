// What Redis answers, read strictly: a shape that is not expected is an error of ours, never a silent zero.
import { CodedError } from '../../../lib/errors.js';

export type Reply = Buffer | string | number | null | undefined | readonly Reply[];

export function numberOf(reply: Reply): number {
  const number = Buffer.isBuffer(reply) || typeof reply === 'string' ? Number(reply.toString()) : reply;
  if (typeof number !== 'number' || Number.isNaN(number)) throw unexpected('a number');
  return number;
}

export function bytesOf(reply: Reply): Buffer {
  if (Buffer.isBuffer(reply)) return reply;
  if (typeof reply === 'string') return Buffer.from(reply);
  throw unexpected('bytes');
}

export function textOf(reply: Reply): string {
  return bytesOf(reply).toString();
}

export function listOf(reply: Reply): readonly Reply[] {
  if (Array.isArray(reply)) return reply;
  throw unexpected('a list');
}

function unexpected(wanted: string): CodedError {
  return new CodedError('redis.unexpected-reply', `Redis did not answer with ${wanted}`);
}
