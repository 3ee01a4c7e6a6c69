// Reads a Procedure of docs/portal-api.yaml, from the portal or from a file. Required fields must be right; of the rest, what
// does not fit is left out.
import { z } from 'zod';
import type { Procedure } from '../records/procedure.js';
import { listOf, optionalCount, optionalText, optionalUrl, present, text } from './present.js';

/** A province's copy appends its agency (`1.004235.000.00.00.H51`); the national code is what counts (domain reference, 2.2). */
export const procedureCode = z
  .string()
  .transform((value) => /^\s*(\d\.\d{6})(?!\d)/.exec(value)?.[1] ?? '')
  .refine((code) => code !== '', 'a code such as 1.001193 is needed');

const method = z
  .object({
    channel: z.enum(['online', 'in-person', 'post']),
    timeText: optionalText(1000),
    feeText: optionalText(4000),
    note: optionalText(8000),
  })
  .transform(present);

const document = z
  .object({
    name: text(8000),
    originals: optionalCount(99),
    copies: optionalCount(99),
    formUrl: optionalUrl,
  })
  .transform(present);

const procedureCase = z.object({ name: optionalText(2000), documents: listOf(document, 80) }).transform(present);

const procedure = z
  .object({
    code: procedureCode,
    name: text(1500),
    field: text(300),
    levels: listOf(z.enum(['ministry', 'province', 'commune', 'other']).catch('other'), 8),
    onlineLevel: z.enum(['full', 'partial', 'information']).catch('information'),
    executingAgency: optionalText(2000),
    methods: listOf(method, 20),
    cases: listOf(procedureCase, 40),
    steps: optionalText(50_000),
    conditions: optionalText(50_000),
    results: listOf(text(1000), 30),
    legalBasis: listOf(text(1000), 60),
    url: optionalUrl,
    updatedAt: z
      .string()
      .max(40)
      .refine((value) => Number.isFinite(Date.parse(value)), 'not a date'),
  })
  .transform(present);

export type ProcedureReading = { result: 'read'; procedure: Procedure } | { result: 'bad'; reason: string };

/** `reason` names the field and what is wrong with it, never what it held. */
export function readProcedure(value: unknown): ProcedureReading {
  const parsed = procedure.safeParse(value);
  return parsed.success
    ? { result: 'read', procedure: parsed.data }
    : { result: 'bad', reason: reasonOf(parsed.error) };
}

export function reasonOf(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'does not fit';
  const message = issue.message.split(',')[0] ?? '';
  return issue.path.length === 0 ? message : `${issue.path.join('.')}: ${message}`;
}
