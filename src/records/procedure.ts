// A procedure as the portal contract describes it (docs/portal-api.yaml) and as the catalogue keeps it.

export type ProcedureLevel = 'ministry' | 'province' | 'commune' | 'other';
export type OnlineLevel = 'full' | 'partial' | 'information';
export type SubmissionChannel = 'online' | 'in-person' | 'post';

export interface ProcedureMethod {
  channel: SubmissionChannel;
  /** As published, never reworded. */
  timeText?: string;
  /** As published, never reworded. */
  feeText?: string;
  note?: string;
}

export interface ProcedureDocument {
  name: string;
  originals?: number;
  copies?: number;
  formUrl?: string;
}

/** Trường hợp. One unnamed case when the procedure has no cases. */
export interface ProcedureCase {
  name?: string;
  documents: ProcedureDocument[];
}

export interface Procedure {
  /** `d.dddddd`, e.g. `1.001193`. */
  code: string;
  name: string;
  /** Lĩnh vực. */
  field: string;
  levels: ProcedureLevel[];
  onlineLevel: OnlineLevel;
  executingAgency?: string;
  methods: ProcedureMethod[];
  cases: ProcedureCase[];
  steps?: string;
  conditions?: string;
  results: string[];
  legalBasis: string[];
  /** Where to submit online, or the official page. */
  url?: string;
  /** ISO 8601. */
  updatedAt: string;
}
