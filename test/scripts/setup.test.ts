// The deciding parts of the commands. They are plain Node programs, so each table runs in one Node of its own.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const scripts = resolve(__dirname, '../../scripts');

/** Calls an exported function of a script once per argument list. What it throws comes back as `{ threw: message }`. */
function calls(script: string, name: string, lists: readonly unknown[][]): unknown[] {
  const url = pathToFileURL(join(scripts, script)).href;
  const program = `
    const { ${name} } = await import(${JSON.stringify(url)});
    const call = async (list) => { try { return await ${name}(...list); } catch (error) { return { threw: error.message }; } };
    const results = [];
    for (const list of ${JSON.stringify(lists)}) results.push((await call(list)) ?? null);
    console.log(JSON.stringify(results));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as unknown[];
}

it('takes the versions of Node that package.json names, and no others', () => {
  const versions = ['18.20.0', '20.18.3', '20.19.0', '21.7.0', '22.11.0', '22.12.0', '23.5.0', '24.0.0', '26.1.0'];
  const fits = calls(
    'setup.mjs',
    'nodeFits',
    versions.map((version) => [version]),
  );
  expect(versions.filter((_, index) => fits[index])).toEqual(['20.19.0', '22.12.0', '24.0.0', '26.1.0']);
});

it('installs when a package of the lock file is missing or has another version, whatever the optional ones do', () => {
  const lock = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/zod': { version: '4.6.7' },
      'node_modules/@libsql/darwin': { version: '0.5.29', optional: true },
    },
  };
  const installed = (version: string) => ({ packages: { 'node_modules/zod': { version } } });
  expect(
    calls('setup.mjs', 'missingPackages', [
      [lock, installed('4.6.7')],
      [lock, installed('4.6.6')],
      [lock, undefined],
    ]),
  ).toEqual([[], ['node_modules/zod'], ['node_modules/zod']]);
});

it('runs every part of the tests when none is named, and the named ones in their usual order', () => {
  const all = ['checks', 'unit', 'cluster', 'engine', 'e2e', 'browser'];
  expect(
    calls('test-parts.mjs', 'partsOf', [[[]], [['e2e', 'unit']], [['unit', 'config']], [['test/config.test.ts']]]),
  ).toEqual([
    { parts: all, patterns: [] },
    { parts: ['unit', 'e2e'], patterns: [] },
    { parts: ['unit'], patterns: ['config'] },
    { parts: all.slice(1), patterns: ['test/config.test.ts'] },
  ]);
});

it('does not take a misspelt part for a path that matches nothing', () => {
  const [refused] = calls('test-parts.mjs', 'partsOf', [[['browsers']]]) as { threw: string }[];
  expect(refused?.threw).toMatch(/"browsers" is no part of the tests. Parts: checks, unit/);
});

it('counts a test file that could not run, and a jest that ended badly, as failures', () => {
  const report = { numPassedTests: 5, numFailedTests: 1, numRuntimeErrorTestSuites: 2 };
  const clean = { numPassedTests: 5, numFailedTests: 0, numRuntimeErrorTestSuites: 0 };
  expect(
    calls('test-parts.mjs', 'addUp', [
      ['unit', 1, report],
      ['unit', 0, clean],
      ['unit', 1, clean],
      ['unit', 1],
    ]),
  ).toEqual([
    { name: 'unit', passed: 5, failed: 3 },
    { name: 'unit', passed: 5, failed: 0 },
    { name: 'unit', passed: 5, failed: 1, reason: 'jest ended with 1' },
    { name: 'unit', passed: 0, failed: 1, reason: 'jest did not finish' },
  ]);
});

it('ends with one plain line that sums up, and says loudly what was skipped', () => {
  const [bad, good] = calls('test-parts.mjs', 'verdict', [
    [
      [
        { name: 'build', passed: 1, failed: 0 },
        { name: 'unit', passed: 7, failed: 2 },
        { name: 'browser', passed: 0, failed: 0, skipped: 'It needs chromium.' },
      ],
    ],
    [[{ name: 'unit', passed: 7, failed: 0 }]],
  ]) as { ok: boolean; line: string; lines: string[]; next: string }[];
  expect(bad).toMatchObject({ ok: false, line: '8 passed, 2 failed' });
  expect(bad?.lines.at(-1)).toBe('  !!! SKIPPED: browser. It needs chromium.');
  expect(bad?.next).toContain('npm test unit PATH');
  expect(good).toMatchObject({ ok: true, line: '7 passed, 0 failed' });
});

it('finds the next free port for the demo, passing by those it gave away already', async () => {
  const [first] = calls('demo-port.mjs', 'freePort', [[20_000, 500]]) as number[];
  const [next] = calls('demo-port.mjs', 'freePort', [[first, 500, [first]]]) as number[];
  expect(first).toBeGreaterThanOrEqual(20_000);
  expect(next).toBeGreaterThan(first ?? 0);
});
