// A dossier's change as it travels from the portal's lane to a subscriber's: what anybody with the code may see, nothing more.
import { z } from 'zod';
import type { JsonObject } from '../../lib/json.js';
import type { Dossier } from '../../portal/portal.js';

/** Name of the notice. */
export const DOSSIER_CHANGED = 'dossier.changed';

export type PublicDossier = Omit<Dossier, 'personal'>;

/** `at`: the portal's time of the change. */
export interface DossierChange {
  dossier: PublicDossier;
  at: number;
}

const time = z.number().optional();

const change = z.object({
  at: z.number(),
  dossier: z.object({
    code: z.string(),
    procedureCode: z.string(),
    procedureName: z.string(),
    status: z.number(),
    statusLabel: z.string(),
    agency: z.string(),
    submittedAt: z.number(),
    acceptedAt: time,
    dueAt: time,
    finishedAt: time,
    collectAt: z.string().optional(),
  }),
});

/** Undefined when it is none; whatever else stands in it, the personal part first of all, is left behind. */
export function readChange(data: unknown): DossierChange | undefined {
  const read = change.safeParse(data);
  return read.success ? (read.data as DossierChange) : undefined;
}

export function changeData(read: DossierChange): JsonObject {
  return JSON.parse(JSON.stringify(read)) as JsonObject;
}

export type KnownState = { status: number; dueAt?: number; at: number };

export function stateOf({ dossier: { status, dueAt }, at }: DossierChange): KnownState {
  return { status, ...(dueAt === undefined ? {} : { dueAt }), at };
}

/** Whether there is anything new for somebody who knows `known`: by time and by state, whatever order events come in. */
export function newsOf(known: KnownState | undefined, next: KnownState): 'news' | 'older' | 'unchanged' {
  if (known === undefined) return 'news';
  if (next.at < known.at) return 'older';
  return next.status === known.status && next.dueAt === known.dueAt ? 'unchanged' : 'news';
}

/** Nothing comes after these states. */
export function isFinal({ status }: { status: number }): boolean {
  return status === 3 || status === 7 || status === 10;
}

/** The result is there or was handed out: what the agency did can be rated. */
export function isDone({ status }: { status: number }): boolean {
  return status === 9 || status === 10;
}
