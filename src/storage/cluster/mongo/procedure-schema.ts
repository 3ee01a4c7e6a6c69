// A procedure as it is stored, and where its sync resumes.
import { Schema } from 'mongoose';
import type { Procedure, ProcedureCase, ProcedureDocument, ProcedureMethod } from '../../../records/procedure.js';
import type { SyncState } from '../../../records/records.js';

export interface ProcedureRow extends Omit<Procedure, 'code'> {
  /** The code. */
  _id: string;
}

const text = { type: String, required: true };
const part = { _id: false, strict: 'throw' } as const;

const method = {
  channel: { ...text, enum: ['online', 'in-person', 'post'] },
  timeText: String,
  feeText: String,
  note: String,
} satisfies Record<keyof ProcedureMethod, unknown>;

const paper = { name: text, originals: Number, copies: Number, formUrl: String } satisfies Record<
  keyof ProcedureDocument,
  unknown
>;

const oneCase = { name: String, documents: [new Schema(paper, part)] } satisfies Record<keyof ProcedureCase, unknown>;

const row = {
  _id: text,
  name: text,
  field: text,
  levels: [{ type: String, enum: ['ministry', 'province', 'commune', 'other'] }],
  onlineLevel: { ...text, enum: ['full', 'partial', 'information'] },
  executingAgency: String,
  methods: [new Schema(method, part)],
  cases: [new Schema(oneCase, part)],
  steps: String,
  conditions: String,
  results: [String],
  legalBasis: [String],
  url: String,
  updatedAt: text,
} satisfies Record<keyof ProcedureRow, unknown>;

export const procedureSchema = new Schema<ProcedureRow>(row, {
  collection: 'procedures',
  versionKey: false,
  strict: 'throw',
  minimize: false,
});

export interface SyncPosition extends SyncState {
  _id: string;
}

const position = {
  _id: text,
  updatedSince: String,
  cursor: String,
  finishedAt: Number,
  changedAt: Number,
  file: String,
} satisfies Record<keyof SyncPosition, unknown>;

export const positionSchema = new Schema<SyncPosition>(position, {
  collection: 'positions',
  versionKey: false,
  strict: 'throw',
});
