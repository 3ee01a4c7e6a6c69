// What somebody at the phone page can type: one dossier code per situation with its proof, and phones with several
// dossiers. Shown openly because every applicant is invented.
import { DAY } from './calendar.js';
import type { DossierRecord } from './dossiers.js';

export interface DossierHint {
  /** e.g. `overdue`, `due-soon`, `supplement`, `ready`. */
  situation: string;
  code: string;
  /** Four digits for X-Applicant-Proof: the end of the phone number. */
  proof: string;
  /** The end of the ID number, which proves as well. */
  idProof: string;
  status: number;
  statusLabel: string;
  procedureName: string;
}

export interface Hints {
  dossiers: DossierHint[];
  phones: { phone: string; dossiers: number }[];
}

const situations: readonly [name: string, fits: (record: DossierRecord, now: number) => boolean][] = [
  ['overdue', (record, now) => handled(record) && dueIn(record, now) < 0],
  ['due-soon', (record, now) => handled(record) && dueIn(record, now) >= 0 && dueIn(record, now) <= 3 * DAY],
  ['in-progress', (record, now) => record.dossier.status === 4 && dueIn(record, now) > 3 * DAY],
  ['supplement', ({ dossier }) => dossier.status === 5],
  ['payment', ({ dossier }) => dossier.status === 6],
  ['ready', ({ dossier }) => dossier.status === 9],
  ['returned', ({ dossier }) => dossier.status === 10],
  ['waiting', ({ dossier }) => dossier.status === 1],
  ['accepted', ({ dossier }) => dossier.status === 2],
  ['rejected', ({ dossier }) => dossier.status === 3],
  ['withdrawn', ({ dossier }) => dossier.status === 7],
  ['stopped', ({ dossier }) => dossier.status === 8],
];

export function hintsFrom(records: readonly DossierRecord[], now: number): Hints {
  const dossiers = situations.flatMap(([situation, fits]) => {
    const record = records.find((one) => fits(one, now));
    if (record === undefined) return [];
    const { code, status, statusLabel, procedureName } = record.dossier;
    const { phone, idNumber } = record.applicant;
    const proofs = { proof: phone.slice(-4), idProof: idNumber.slice(-4) };
    return [{ situation, code, ...proofs, status, statusLabel, procedureName }];
  });
  const perPhone = new Map<string, number>();
  for (const { applicant } of records) perPhone.set(applicant.phone, (perPhone.get(applicant.phone) ?? 0) + 1);
  const phones = [...perPhone]
    .map(([phone, count]) => ({ phone, dossiers: count }))
    .sort((one, other) => other.dossiers - one.dossiers || one.phone.localeCompare(other.phone))
    .slice(0, 30);
  return { dossiers, phones };
}

function handled({ dossier }: DossierRecord): boolean {
  return dossier.status === 2 || dossier.status === 4;
}

function dueIn({ dossier }: DossierRecord, now: number): number {
  return dossier.dueAt === undefined ? Number.NaN : Date.parse(dossier.dueAt) - now;
}
