// What `npm test` was asked for and what came of it: pure parts, no processes.

export const PARTS = ['checks', 'unit', 'cluster', 'engine', 'e2e', 'browser'];

export class UnknownPart extends Error {}

/**
 * Parts in the order of PARTS; all when none is named. Words after the first part that are no parts narrow the tests by path.
 * Throws UnknownPart when the first word is neither a part nor looks like a path.
 */
export function partsOf(words) {
  const parts = PARTS.filter((part) => words.includes(part));
  const patterns = words.filter((word) => !PARTS.includes(word));
  const [stray] = patterns;
  if (parts.length === 0 && stray !== undefined && !/[/.]/.test(stray))
    throw new UnknownPart(
      `"${stray}" is no part of the tests. Parts: ${PARTS.join(', ')}. A path narrows them: npm test unit ${stray}`,
    );
  if (parts.length > 0) return { parts, patterns };
  return { parts: patterns.length > 0 ? PARTS.filter((part) => part !== 'checks') : PARTS, patterns };
}

/** `report` is what jest wrote; without one, or when jest failed for a reason of its own, the part failed as a whole. */
export function addUp(name, status, report) {
  if (report === undefined) return { name, passed: 0, failed: 1, reason: 'jest did not finish' };
  const { numPassedTests: passed, numFailedTests, numRuntimeErrorTestSuites } = report;
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  if (failed === 0 && status !== 0) return { name, passed, failed: 1, reason: `jest ended with ${status}` };
  return { name, passed, failed };
}

/** What is printed at the end; `line` is the last one, for programs to read. */
export function verdict(results) {
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  const skipped = results.filter((result) => result.skipped !== undefined);
  const bad = results.filter((result) => result.failed > 0).map(({ name }) => name);
  return {
    ok: failed === 0,
    lines: [...results.filter((result) => result.skipped === undefined).map(resultLine), ...skipped.map(skippedLine)],
    next: nextStep(bad),
    line: `${passed} passed, ${failed} failed`,
  };
}

function resultLine({ name, passed, failed, reason }) {
  const counts = failed === 0 ? `${passed} passed` : `${passed} passed, ${failed} failed`;
  return `  ${name.padEnd(13)}${counts}${reason === undefined ? '' : ` (${reason})`}`;
}

function skippedLine({ name, skipped }) {
  return `  !!! SKIPPED: ${name}. ${skipped}`;
}

function nextStep(bad) {
  const [first] = bad;
  if (first === undefined) return 'All is well. Next: npm run demo';
  if (first === 'lint') return 'Next: "npm run format" mends most of what the linter found.';
  if (first === 'types') return 'Next: "npm run typecheck" shows the type errors alone.';
  if (first === 'architecture') return 'Next: "npm run architecture" shows the imports that break a floor.';
  if (first === 'build') return 'Next: mend what the compiler says, then run it again.';
  return `Next: run the failed part alone, for example: npm test ${first} PATH`;
}
