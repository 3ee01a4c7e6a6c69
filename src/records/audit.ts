// The audit trail: who did what at the desk, in one chain of hashes per agency, so that a line that is changed or taken out is
// seen (`npm run audit`). Ids and codes only, nothing personal. Written by the lane `desk:audit:<agency>` alone.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../lib/json.js';
import type { DocumentKind } from './documents.js';
import { keptUntil } from './retention.js';

export type AuditLine = {
  agency: string;
  /** From 1, without a gap. */
  seq: number;
  at: number;
  /** Id of staff, or `system`. */
  by: string;
  /** Such as `ticket.claim`. */
  action: string;
  /** What it was done to: `ticket:HT-7K3F-92`. */
  object: string;
  detail: Record<string, string | number | boolean>;
  /** Hash of the line before; empty for the first. */
  before: string;
  hash: string;
};

export function auditLineId(agency: string, seq: number): string {
  return `${agency}:${seq}`;
}

/** Hash of a line over everything in it, the hash of the line before included. */
export function auditHash(line: Omit<AuditLine, 'hash'>): string {
  return createHash('sha256').update(canonicalJson(line)).digest('base64url');
}

export const AUDIT: DocumentKind<AuditLine> = {
  name: 'audit',
  body: z.object({
    agency: z.string().max(100),
    seq: z.number().int().min(1),
    at: z.number(),
    by: z.string().max(100),
    action: z.string().max(80),
    object: z.string().max(200),
    detail: z.record(z.string().max(60), z.union([z.string().max(200), z.number(), z.boolean()])),
    before: z.string().max(60),
    hash: z.string().max(60),
  }) as unknown as z.ZodType<AuditLine>,
  indexes: { line: ({ agency, seq }) => [agency, seq], time: ({ agency, at }) => [agency, at] },
  keepUntil: ({ at }) => keptUntil('audit', at),
  staysWhenForgotten: true,
};
