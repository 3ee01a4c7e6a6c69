// The language as the build trains it, for tests. Trained once per state of the intents and kept in .cache/, which git ignores.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
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
import { trainLanguageModel } from '../../src/language/training/train.js';

export const ROOT = join(__dirname, '..', '..');
export const INTENTS_FOLDER = join(ROOT, 'intents');

export function yamlFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)],
  );
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

export function trainedModel(): LanguageModel {
  const digest = createHash('sha256');
  for (const file of [...filesUnder(INTENTS_FOLDER), ...filesUnder(join(ROOT, 'src', 'language'))])
    digest.update(readFileSync(file));
  const hash = digest.digest('hex');
  const kept = join(ROOT, '.cache', `test-intents-${hash.slice(0, 16)}.json`);
  try {
    return parseLanguageModel(JSON.parse(readFileSync(kept, 'utf8')));
  } catch {
    const { model } = trainLanguageModel({ ...trainingFiles(), hash });
    mkdirSync(join(ROOT, '.cache'), { recursive: true });
    // Two test processes may train at once: each puts a whole file in place.
    writeFileSync(`${kept}.${process.pid}`, JSON.stringify(model));
    renameSync(`${kept}.${process.pid}`, kept);
    return model;
  }
}

export function trainedLanguage(): Language {
  return createLanguage(trainedModel());
}
