// One change of a dossier's state and all it does to the other fields. The sample dossiers are made by replaying such
// changes, and the control routes use the same function. Who hears of it is not decided here.
import { isoTime } from './calendar.js';
import type { DossierTexts } from './sample-data.js';
import type { Dossier, Fee } from './schemas.js';

export interface StatusChange {
  /** 1 to 10, the national state codes. */
  status: number;
  /** The portal's own words; the national label when left out. */
  statusLabel?: string | undefined;
  statusReason?: string | undefined;
  missingDocuments?: string[] | undefined;
  fee?: Fee | undefined;
  /** A new appointment, ISO time. */
  dueAt?: string | undefined;
  collectAt?: string | undefined;
  /** What the history says; a standard sentence when left out. */
  note?: string | undefined;
}

const withReason = new Set([3, 5, 7, 8]);

/** A new dossier as it is after the change at epoch milliseconds `at`; the one given is left alone. */
export function changeStatus(before: Dossier, change: StatusChange, at: number, texts: DossierTexts): Dossier {
  const { statusReason: _reason, missingDocuments: _missing, collectAt: _collect, fee: _fee, ...kept } = before;
  const { status } = change;
  const key = String(status);
  const time = isoTime(at);
  const after: Dossier = {
    ...kept,
    status,
    statusLabel: change.statusLabel ?? texts.labels[key] ?? key,
    history: [...(before.history ?? []), { at: time, status, note: change.note ?? texts.notes[key] ?? key }],
  };
  if (change.dueAt !== undefined) after.dueAt = change.dueAt;

  if (withReason.has(status)) after.statusReason = change.statusReason ?? texts.reasons[key]?.[0] ?? after.statusLabel;
  else if (change.statusReason !== undefined) after.statusReason = change.statusReason;

  if (status === 2) after.acceptedAt = before.acceptedAt ?? time;
  if (status === 5) after.missingDocuments = change.missingDocuments ?? texts.fallbackDocuments.slice(0, 1);
  if (status === 9 || status === 10) {
    after.finishedAt = before.status === 9 && before.finishedAt !== undefined ? before.finishedAt : time;
  } else if (status === 3 || status === 7) after.finishedAt = time;
  else delete after.finishedAt;
  if (status === 9) after.collectAt = change.collectAt ?? collectAt(texts.collectAt[0] ?? '', before.agency);

  const fee = feeAfter(before, change, texts);
  if (fee !== undefined) after.fee = fee;
  return after;
}

/** Fills the agency into one of the sample's sentences about where a result waits. */
export function collectAt(template: string, agency: string): string {
  return template.replace('{agency}', agency);
}

/** The dossier's own payment page; it stands under .example, so that nobody can pay there. */
export function payUrl(code: string, texts: DossierTexts): string {
  return texts.payUrl.replace('{code}', code);
}

/** State 6 asks for money; a result is given out only when it is paid; a dossier that ends early owes nothing. */
function feeAfter(before: Dossier, change: StatusChange, texts: DossierTexts): Fee | undefined {
  if (change.fee !== undefined) return change.fee;
  if (change.status === 6) {
    const amount = before.fee?.amount ?? texts.fallbackFees[0] ?? 1000;
    return { amount, paid: false, payUrl: payUrl(before.code, texts) };
  }
  if (before.fee === undefined) return undefined;
  if (change.status === 3 || change.status === 7) return before.fee.paid ? before.fee : undefined;
  const settled = change.status >= 9 || (before.status === 6 && change.status === 4);
  return settled ? { amount: before.fee.amount, paid: true } : before.fee;
}
