// Makes about 200 sample dossiers, the same ones for the same day: over all ten states, several agencies and all shapes
// of codes, with dates counted from "now". Invented people only; how a state changes is in dossier-status.ts.
import { compactDate, isoTime } from './calendar.js';
import { changeStatus, collectAt, payUrl, type StatusChange } from './dossier-status.js';
import { processingDays, type Situation, type Times, timesOf } from './dossier-times.js';
import { type Applicant, inventApplicants } from './people.js';
import { type Random, seededRandom } from './random.js';
import type { Agency, SampleData } from './sample-data.js';
import type { Dossier, Procedure } from './schemas.js';

/** A dossier as the portal keeps it: everything, and what proves that somebody is its applicant. */
export interface DossierRecord {
  dossier: Dossier;
  applicant: Applicant;
  /** Filed over the internet rather than at a counter. */
  online: boolean;
}

/** How many dossiers are in which situation, and the states that lead there. */
const plan: readonly { situation: Situation; count: number; path: readonly number[] }[] = [
  { situation: 'waiting', count: 20, path: [] },
  { situation: 'accepted', count: 20, path: [2] },
  { situation: 'rejected', count: 12, path: [3] },
  { situation: 'in-progress', count: 25, path: [2, 4] },
  { situation: 'due-soon', count: 10, path: [2, 4] },
  { situation: 'overdue', count: 10, path: [2, 4] },
  { situation: 'supplement', count: 18, path: [2, 4, 5] },
  { situation: 'payment', count: 16, path: [2, 4, 6] },
  { situation: 'withdrawn', count: 8, path: [7] },
  { situation: 'stopped', count: 9, path: [2, 4, 8] },
  { situation: 'ready', count: 22, path: [2, 4, 9] },
  { situation: 'returned', count: 30, path: [2, 4, 9, 10] },
];

export function generateDossiers(sample: SampleData, now: number, seed = 20_251): DossierRecord[] {
  const { procedures } = sample;
  if (procedures.length === 0) return [];
  const random = seededRandom(seed);
  const applicants = inventApplicants(sample.people, 90, random);
  const nextNumber = new Map<string, number>();
  const records: DossierRecord[] = [];
  for (const { situation, count, path } of plan) {
    for (let made = 0; made < count; made += 1) {
      const procedure = random.pick(procedures);
      const agency = agencyFor(procedure, sample.agencies, random);
      const times = timesOf(situation, processingDays(procedure, random), now, random);
      const series = `${agency.identifier}-${compactDate(times.submitted)}`;
      const number = nextNumber.get(series) ?? random.between(1, 60);
      nextNumber.set(series, number + 1);
      const code = `${series}-${String(number).padStart(4, '0')}`;
      const applicant = random.pick(applicants);
      const first = newDossier(code, procedure, agency, applicant, times, sample, random);
      const dossier = path.reduce((current, status, index) => {
        const change = detailsOf(status, current, procedure, sample, random);
        return changeStatus(current, change, times.changes[index] ?? now, sample.texts);
      }, first);
      records.push({ dossier, applicant, online: random.chance(0.7) });
    }
  }
  return records;
}

function newDossier(
  code: string,
  procedure: Procedure,
  agency: Agency,
  applicant: Applicant,
  times: Times,
  { texts }: SampleData,
  random: Random,
): Dossier {
  const submittedAt = isoTime(times.submitted);
  const amount = publishedFee(procedure);
  const paid = random.chance(0.6);
  const fee = amount === undefined ? undefined : { amount, paid, ...(paid ? {} : { payUrl: payUrl(code, texts) }) };
  return {
    code,
    procedureCode: procedure.code,
    procedureName: procedure.name,
    status: 1,
    statusLabel: texts.labels['1'] ?? '1',
    agency: agency.name,
    submittedAt,
    ...(times.due === undefined ? {} : { dueAt: isoTime(times.due) }),
    ...(fee === undefined ? {} : { fee }),
    history: [{ at: submittedAt, status: 1, note: texts.notes['1'] ?? '1' }],
    applicant: { name: applicant.name, phone: applicant.phone },
  };
}

function detailsOf(
  status: number,
  dossier: Dossier,
  procedure: Procedure,
  { texts }: SampleData,
  random: Random,
): StatusChange {
  const reasons = texts.reasons[String(status)];
  const documents = (procedure.cases ?? []).flatMap((one) => (one.documents ?? []).map((document) => document.name));
  const missing = documents.length > 0 ? documents : texts.fallbackDocuments;
  return {
    status,
    ...(reasons === undefined ? {} : { statusReason: random.pick(reasons) }),
    ...(status === 5 ? { missingDocuments: missing.slice(0, random.between(1, 2)) } : {}),
    ...(status === 6 && dossier.fee === undefined
      ? { fee: { amount: random.pick(texts.fallbackFees), paid: false, payUrl: payUrl(dossier.code, texts) } }
      : {}),
    ...(status === 9 ? { collectAt: collectAt(random.pick(texts.collectAt), dossier.agency) } : {}),
  };
}

/** The published fee in dong when one plain amount is given ("8.000 đồng"), else none. */
function publishedFee(procedure: Procedure): number | undefined {
  for (const method of procedure.methods ?? []) {
    const digits = /(\d{1,3}(?:[.,]\d{3})+)\s*(?:đ|đồng|vnđ|việt nam đồng)/iu.exec(
      (method.feeText ?? '').normalize('NFC'),
    )?.[1];
    if (digits !== undefined) return Number(digits.replace(/[.,]/g, ''));
  }
  return undefined;
}

/** Police matters go to the police, commune matters to a commune, the rest to the department of that field. */
function agencyFor(procedure: Procedure, agencies: readonly Agency[], random: Random): Agency {
  const field = procedure.field.normalize('NFC').toLowerCase();
  const handles = (agency: Agency): boolean => agency.fields.some((word) => field.includes(word));
  const police = agencies.filter((agency) => agency.level === 'police');
  const isPolice = /công an/iu.test((procedure.executingAgency ?? '').normalize('NFC')) || police.some(handles);
  const candidates = isPolice
    ? police
    : agencies.filter((agency) => agency.level === (procedure.levels.includes('commune') ? 'commune' : 'province'));
  const fitting = candidates.filter(handles);
  if (fitting.length > 0) return random.pick(fitting);
  const general = candidates.filter((agency) => agency.fields.length === 0);
  return random.pick(general.length > 0 ? general : candidates.length > 0 ? candidates : agencies);
}
