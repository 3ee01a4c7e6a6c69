// `npm test [checks] [unit] [cluster] [engine] [e2e] [browser] [pattern …]`: sets up what the tests need, runs them, and ends with one
// plain line, `N passed, N failed`. Without a part it runs all; a pattern narrows the jest parts to matching paths.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, runToEnd } from './run.mjs';
import { install, isBuildCurrent, requireNode } from './setup.mjs';
import { readyEngine } from './test-engines.mjs';
import { addUp, partsOf, UnknownPart, verdict } from './test-parts.mjs';

/** Longer than any honest run: what hangs must not hang for ever. */
const JEST_WITHIN_MS = 9 * 60_000;
/** Sources for the floors, compiled code for what counts at run time; see .dependency-cruiser.cjs. */
const RULED_FOLDERS = ['src', 'simulators', 'dist/src', 'dist/simulators'];
const CHECKS = [
  { name: 'lint', says: 'Lint: biome check', args: ['node_modules/@biomejs/biome/bin/biome', 'check', '.'] },
  {
    name: 'types',
    says: 'Types: tsc over sources and tests',
    args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.test.json'],
  },
  {
    name: 'types-web',
    says: "Types: tsc over the desk's pages",
    args: ['node_modules/typescript/bin/tsc', '-p', 'web/tsconfig.json'],
  },
  {
    name: 'architecture',
    says: 'Architecture: the floors of docs/architecture.md',
    args: [
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      ...RULED_FOLDERS,
    ],
  },
];
const inCI = Boolean(process.env.CI) && process.env.CI !== 'false';

requireNode();
const { parts, patterns } = chosen();
install();

const results = [];
if (buildWorks()) {
  if (parts.includes('checks')) for (const check of CHECKS) results.push(runCheck(check));
  for (const part of parts) if (part !== 'checks') results.push(await runJest(part));
} else {
  console.log('\nNothing else was run: the tests use what the build makes.');
}
end();

function chosen() {
  try {
    return partsOf(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof UnknownPart)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

function buildWorks() {
  if (!isBuildCurrent()) {
    say("Build: tsc, the language model, the desk's pages");
    const status = runToEnd('node', ['scripts/build.mjs']);
    results.push(oneResult('build', status));
    return status === 0;
  }
  results.push(oneResult('build', 0));
  return true;
}

function runCheck({ name, says, args }) {
  say(says);
  return oneResult(name, runToEnd('node', args));
}

async function runJest(part) {
  const engine = await readyEngine(part);
  if (engine !== undefined) {
    if (inCI) return { name: part, passed: 0, failed: 1, reason: engine };
    return { name: part, passed: 0, failed: 0, skipped: engine };
  }
  say(`Tests: ${part}`);
  const folder = join(root, 'test-results');
  const file = join(folder, `${part}.json`);
  mkdirSync(folder, { recursive: true });
  rmSync(file, { force: true });
  const narrowed = patterns.flatMap((pattern) => ['--testPathPatterns', pattern]);
  // The unit tests are many and small; the others start processes of their own and need the machine's cores for them.
  const workers = part === 'unit' ? ['--maxWorkers', '100%'] : [];
  const args = ['--selectProjects', part, '--passWithNoTests', '--json', '--outputFile', file, ...workers, ...narrowed];
  const status = runToEnd(
    'node',
    ['node_modules/jest/bin/jest.js', ...args],
    {},
    {
      // jest repeats its JSON on stdout; people read what it writes to stderr.
      stdio: ['inherit', 'ignore', 'inherit'],
      timeout: JEST_WITHIN_MS,
      killSignal: 'SIGKILL',
    },
  );
  return addUp(part, status, readReport(file));
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function oneResult(name, status) {
  return status === 0 ? { name, passed: 1, failed: 0 } : { name, passed: 0, failed: 1 };
}

function say(what) {
  console.log(`\n── ${what}`);
}

function end() {
  const { lines, next, line, ok } = verdict(results);
  console.log(`\n${lines.join('\n')}`);
  if (next !== undefined) console.log(`\n${next}`);
  console.log(`\n${line}`);
  process.exit(ok ? 0 : 1);
}
