// All that the portal keeps while it runs, in memory: made from the sample at the start and at every reset.
import { furnishOffices, publishNews } from './contents.js';
import { type DossierRecord, generateDossiers } from './dossiers.js';
import { createIdempotencyKeys, type IdempotencyKeys } from './idempotency.js';
import { createProofLocks, type ProofLocks } from './proof-locks.js';
import type { SampleData } from './sample-data.js';
import type { Feedback, FeedbackStatus, NewsItem, Office, Procedure, Rating } from './schemas.js';

export interface FeedbackRecord {
  feedback: Feedback;
  status: FeedbackStatus;
  /** When it was answered last, epoch milliseconds; the reopening window counts from here. */
  answeredAt?: number;
}

export interface PortalState {
  procedures: Map<string, Procedure>;
  /** Removed procedures and when, epoch milliseconds. */
  removedProcedures: Map<string, number>;
  dossiers: Map<string, DossierRecord>;
  offices: Office[];
  news: NewsItem[];
  /** By the portal's own code. */
  feedback: Map<string, FeedbackRecord>;
  /** Ids of stored pictures and their sizes in bytes; the pixels are not kept. */
  files: Map<string, number>;
  ratings: Rating[];
  proofLocks: ProofLocks;
  keys: {
    feedback: IdempotencyKeys<string>;
    reopen: IdempotencyKeys<FeedbackStatus>;
    files: IdempotencyKeys<string>;
    ratings: IdempotencyKeys<true>;
  };
}

export function createState(sample: SampleData, now: number): PortalState {
  return {
    procedures: new Map(sample.procedures.map((procedure) => [procedure.code, procedure])),
    removedProcedures: new Map(),
    dossiers: new Map(generateDossiers(sample, now).map((record) => [record.dossier.code, record])),
    offices: furnishOffices(sample.offices, now),
    news: publishNews(sample.news, now),
    feedback: new Map(),
    files: new Map(),
    ratings: [],
    proofLocks: createProofLocks(),
    keys: {
      feedback: createIdempotencyKeys(),
      reopen: createIdempotencyKeys(),
      files: createIdempotencyKeys(),
      ratings: createIdempotencyKeys(),
    },
  };
}
