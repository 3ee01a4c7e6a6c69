// Reads simulators/portal/data (or the folder given as dataDir, file by file) and checks every shape once, so that a
// broken sample stops the start with its file and line. What is made out of it lives in dossiers.ts and contents.ts.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { newsItemSchema, officeSchema, type Procedure, procedureSchema } from './schemas.js';

const agencySchema = z.strictObject({
  name: z.string(),
  /** The first part of this agency's dossier codes. */
  identifier: z.string(),
  level: z.enum(['province', 'commune', 'police']),
  /** Lower-case words of the fields (lĩnh vực) that it handles. */
  fields: z.array(z.string()),
});
export type Agency = z.infer<typeof agencySchema>;

const names = z.array(z.string()).min(1);
const peopleSchema = z.strictObject({ surnames: names, middleNames: names, inventedNames: names });
export type People = z.infer<typeof peopleSchema>;

const textsSchema = z.strictObject({
  labels: z.record(z.string(), z.string()),
  notes: z.record(z.string(), z.string()),
  reasons: z.record(z.string(), names),
  fallbackDocuments: names,
  fallbackFees: z.array(z.int().min(1000)).min(1),
  collectAt: names,
  payUrl: z.string(),
});
export type DossierTexts = z.infer<typeof textsSchema>;

const newsSeedSchema = newsItemSchema.omit({ url: true, publishedAt: true }).extend({ daysAgo: z.int().min(0) });
export type NewsSeed = z.infer<typeof newsSeedSchema>;

const officeSeedSchema = officeSchema.omit({
  province: true,
  address: true,
  phone: true,
  email: true,
  hours: true,
  updatedAt: true,
});
export type OfficeSeed = z.infer<typeof officeSeedSchema>;

export interface SampleData {
  procedures: Procedure[];
  agencies: Agency[];
  people: People;
  texts: DossierTexts;
  news: NewsSeed[];
  offices: OfficeSeed[];
}

/** The sample folder beside the sources; compiled files stand under dist/, where the data is not copied. */
function ownDataDir(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const beside = join(here, 'data');
  return existsSync(beside) ? beside : join(here, '../../../simulators/portal/data');
}

function parseAt<T>(schema: z.ZodType<T>, text: string, where: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${where} is not JSON`, { cause });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Error(`${where}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** Loads the sample; without a procedures.jsonl the catalogue, and with it the dossiers, are empty. */
export function loadSampleData(dataDir?: string): SampleData {
  const pathOf = (file: string): string => {
    const given = dataDir === undefined ? undefined : join(dataDir, file);
    return given !== undefined && existsSync(given) ? given : join(ownDataDir(), file);
  };
  const read = <T>(file: string, schema: z.ZodType<T>): T =>
    parseAt(schema, readFileSync(pathOf(file), 'utf8'), pathOf(file));
  return {
    procedures: readProcedures(pathOf('procedures.jsonl')),
    agencies: read('agencies.json', z.array(agencySchema).min(1)),
    people: read('people.json', peopleSchema),
    texts: read('dossier-texts.json', textsSchema),
    news: read('news.json', z.array(newsSeedSchema)),
    offices: read('offices.json', z.array(officeSeedSchema)),
  };
}

function readProcedures(path: string): Procedure[] {
  if (!existsSync(path)) return [];
  const byCode = new Map<string, Procedure>();
  for (const [index, line] of readFileSync(path, 'utf8').split('\n').entries()) {
    if (line.trim() === '') continue;
    const where = `${path}:${index + 1}`;
    const procedure = parseAt(procedureSchema, line, where) as Procedure;
    if (byCode.has(procedure.code)) throw new Error(`${where}: procedure ${procedure.code} stands there twice`);
    byCode.set(procedure.code, procedure);
  }
  return [...byCode.values()];
}
