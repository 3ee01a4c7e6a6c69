// Builds the portal simulator's sample catalogue: facts from a catalogue dump (JSONL, given as an argument) joined with
// the texts written for this project in simulators/portal/data/steps/*.yaml. Run by hand; nothing needs it at run time.
//   node scripts/sample-catalogue.mjs <procedures.jsonl>
// How a published record becomes a row of the portal contract is in sample-catalogue-facts.mjs and -papers.mjs.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { factsOf, listsOf } from './sample-catalogue-facts.mjs';

const dataFolder = new URL('../simulators/portal/data/', import.meta.url);
const stepsFolder = new URL('steps/', dataFolder);

const input = process.argv[2];
if (input === undefined) {
  console.error('Usage: node scripts/sample-catalogue.mjs <procedures.jsonl>');
  process.exit(2);
}

/** @type {Map<string, any>} the published records by procedure code */
const published = new Map();
for (const line of readFileSync(input, 'utf8').split('\n')) {
  if (line.trim() === '') continue;
  const record = JSON.parse(line);
  published.set(record.code, record);
}

const rows = [];
const problems = [];
const seen = new Set();
for (const file of readdirSync(stepsFolder).sort()) {
  if (!file.endsWith('.yaml')) continue;
  for (const entry of parse(readFileSync(new URL(file, stepsFolder), 'utf8'))) {
    const record = published.get(entry.code);
    if (record === undefined) problems.push(`${file}: ${entry.code} is not in the dump`);
    else if (seen.has(entry.code)) problems.push(`${file}: ${entry.code} is there twice`);
    else {
      seen.add(entry.code);
      try {
        rows.push(row(record, entry));
      } catch (error) {
        problems.push(`${file}: ${entry.code}: ${error.message}`);
      }
    }
  }
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
const output = new URL('procedures.jsonl', dataFolder);
writeFileSync(output, rows.map((item) => `${JSON.stringify(item)}\n`.normalize('NFC')).join(''));
console.log(`${rows.length} procedures written to ${fileURLToPath(output)}`);

/** The row in the order of the contract; absent fields are left out, never null. */
function row(record, entry) {
  const { url, updatedAt, ...facts } = factsOf(record, entry);
  return {
    ...facts,
    steps: numbered(entry.steps),
    ...(entry.conditions === undefined ? {} : { conditions: bulleted(entry.conditions) }),
    ...listsOf(record),
    ...(url === undefined ? {} : { url }),
    updatedAt,
  };
}

function numbered(steps) {
  return steps.map((step, index) => `${index + 1}. ${step.trim()}`).join('\n');
}

function bulleted(conditions) {
  return conditions.map((condition) => `- ${condition.trim()}`).join('\n');
}
