// The language as the build trained it, and the files it was trained from. Tests that use the model need a build before them, as
// those of storage and workers do; `npm test` builds whatever changed.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { createLanguage, type Language, type LanguageModel, parseLanguageModel } from '../../src/language/language.js';
import {
  aliasFileSchema,
  aliasSlot,
  type IntentFile,
  intentFileSchema,
  type SlotFile,
  slotFileSchema,
} from '../../src/language/training/intent-files.js';

export const ROOT = join(__dirname, '..', '..');
export const INTENTS_FOLDER = join(ROOT, 'intents');

export function yamlFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));
}

export function readYaml(file: string): unknown {
  return parse(readFileSync(file, 'utf8'));
}

export function trainingFiles(): { intents: IntentFile[]; slots: SlotFile[] } {
  const aliases = yamlFiles(join(INTENTS_FOLDER, 'aliases')).map((file) => aliasFileSchema.parse(readYaml(file)));
  return {
    intents: yamlFiles(INTENTS_FOLDER).map((file) => intentFileSchema.parse(readYaml(file))),
    slots: [
      ...yamlFiles(join(INTENTS_FOLDER, 'slots')).map((file) => slotFileSchema.parse(readYaml(file))),
      aliasSlot(aliases),
    ],
  };
}

/** Read, not trained: under jest the training takes minutes. */
export function trainedModel(): LanguageModel {
  const file = join(ROOT, 'dist', 'intents-model.json');
  if (!existsSync(file)) throw new Error('dist/intents-model.json is missing: run "npm run build" first');
  return parseLanguageModel(JSON.parse(readFileSync(file, 'utf8')));
}

export function trainedLanguage(): Language {
  return createLanguage(trainedModel());
}
