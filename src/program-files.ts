// The files that the settings name, and those that come with the program in their place. A slip in one stops the start with a
// sentence that names the setting.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importCatalogueFile } from './catalogue/file-source.js';
import type { Config } from './config.js';
import { type Agencies, readAgencies } from './flows/handover/agencies.js';
import { DEFAULT_RULES, type NoticeRules, readNoticeRules } from './flows/notify/rules.js';
import { type Questionnaire, readQuestionnaire } from './flows/rating/questionnaire.js';
import { localDataKey } from './lib/data-key.js';
import { CodedError } from './lib/errors.js';
import type { Log } from './lib/log.js';
import { readWorkingDays, type WorkingDays } from './lib/working-days.js';
import type { Records } from './records/records.js';

/** The folder that holds templates/, intents/ and help/; the compiled code lies two folders below. */
export const ROOT = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(here: string): string {
  return here.endsWith(join('dist', 'src')) ? join(here, '..', '..') : join(here, '..');
}

export function readHolidays({ holidaysFile }: Config): WorkingDays {
  const path = holidaysFile ?? join(ROOT, 'calendar', 'vietnam.yaml');
  return read('HOLIDAYS_FILE', 'calendar.file', path, readWorkingDays);
}

export function readQuestions({ questionnaireFile }: Config): Questionnaire {
  const path = questionnaireFile ?? join(ROOT, 'questionnaires', 'rating.yaml');
  return read('QUESTIONNAIRE_FILE', 'questionnaire.file', path, readQuestionnaire);
}

export function readNotices({ noticesFile }: Config): NoticeRules {
  return noticesFile === undefined ? DEFAULT_RULES : read('NOTICES_FILE', 'notices.file', noticesFile, readNoticeRules);
}

export function readOffices({ agenciesFile }: Config, workingDays: WorkingDays): Agencies {
  const path = agenciesFile ?? join(ROOT, 'agencies', 'default.yaml');
  return read('AGENCIES_FILE', 'agencies.file', path, (text) => readAgencies(text, workingDays));
}

/** Throws CodedError with the setting's name and what is wrong. */
function read<T>(setting: string, code: string, path: string, parse: (text: string) => T): T {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    if (cause instanceof CodedError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CodedError(code, `${setting} cannot be used: ${why}`, { cause });
  }
}

export function ownDataKey({ dataDir }: Config, log: Log): Buffer {
  const { key, made } = localDataKey(dataDir);
  if (made)
    log.warn({
      action: 'config.note',
      reason: 'DATA_KEY is not set: a key was made and kept beside the data; back it up, or set DATA_KEY',
    });
  return key;
}

export async function importCatalogue(config: Config, records: Records, log: Log): Promise<void> {
  if (config.catalogueFile === undefined) return;
  // With a portal the file only fills the time until the first sync.
  if (config.portal !== undefined && (await records.procedures()).items.length > 0) return;
  try {
    const found = await importCatalogueFile(config.catalogueFile, records);
    if (found === 'unchanged') return;
    const { imported, removed, skipped, skippedCount } = found;
    log.info({ action: 'catalogue.imported', count: imported, detail: { removed, skipped: skippedCount } });
    for (const { line, reason } of skipped.slice(0, 20))
      log.warn({ action: 'catalogue.line-skipped', reason, count: line });
  } catch (cause) {
    throw new CodedError('catalogue.file', 'CATALOGUE_FILE cannot be imported', { cause });
  }
}
