// The rules of .dependency-cruiser.cjs against a small house that breaks each of them: a checker that sees no imports
// would call everything clean.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

interface Violation {
  from: string;
  to: string;
  rule: { name: string };
}

/** Lays out the files in an empty folder and returns `rule: from → to`, sorted. */
function violations(files: Record<string, string>): string[] {
  const house = mkdtempSync(join(tmpdir(), 'mot-cua-house-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(house, name)), { recursive: true });
      writeFileSync(join(house, name), text);
    }
    symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
    const folders = ['src', 'simulators', 'dist/src', 'dist/simulators'];
    for (const folder of folders) mkdirSync(join(house, folder), { recursive: true });
    const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const config = join(root, '.dependency-cruiser.cjs');
    const { stdout } = spawnSync(
      process.execPath,
      [program, '--config', config, '--output-type', 'json', '--no-progress', ...folders],
      { cwd: house, encoding: 'utf8', maxBuffer: 20_000_000 },
    );
    const { summary } = JSON.parse(stdout) as { summary: { violations: Violation[] } };
    return summary.violations
      .map(({ from, to, rule }) => `${rule.name}: ${from} → ${to.replace(/^.*(?=node_modules)/, '')}`)
      .sort();
  } finally {
    rmSync(house, { recursive: true });
  }
}

const empty = 'export const x = 1;\nexport type X = number;\n';

it('reports an import that climbs to a higher floor, also when it is a type alone', () => {
  expect(
    violations({
      'src/lib/ids.ts': "import { x } from '../turns/turn.js';\nexport const y: number = x;\n",
      'src/language/fold.ts': "import type { X } from '../flows/flow.js';\nexport type Y = X;\n",
      'src/turns/turn.ts': empty,
      'src/flows/flow.ts': "import { x } from '../turns/turn.js';\nexport const z = x;\nexport type X = number;\n",
    }),
  ).toEqual([
    'floor-lib: src/lib/ids.ts → src/turns/turn.ts',
    'floor-records-language: src/language/fold.ts → src/flows/flow.ts',
  ]);
});

it('reports whoever reaches past a contract', () => {
  expect(
    violations({
      'src/storage/embedded/open.ts': "import { x } from '../../flows/flow.js';\nexport const y = x;\n",
      'src/flows/flow.ts': empty,
      'src/turns/engine.ts': "import type { y } from '../storage/embedded/open.js';\nexport type Z = typeof y;\n",
      'src/channels/zalo/zalo.ts': "export { z } from '../../turns/turn.js';\n",
      'src/turns/turn.ts': 'export const z = 1;\n',
      'src/language/model.ts': "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n",
      'simulators/start.ts': "export const load = () => import('../src/turns/turn.js');\n",
      'src/main.ts': "import { y } from './storage/embedded/open.js';\nexport const s = y;\n",
    }),
  ).toEqual([
    'channels-do-not-know-turns: src/channels/zalo/zalo.ts → src/turns/turn.ts',
    'floor-turns-channels-media-otp: src/turns/engine.ts → src/storage/embedded/open.ts',
    'language-is-pure: src/language/model.ts → fs',
    'simulators-stand-alone: simulators/start.ts → src/turns/turn.ts',
    'storage-knows-contracts-only: src/storage/embedded/open.ts → src/flows/flow.ts',
    'storage-only-from-main: src/turns/engine.ts → src/storage/embedded/open.ts',
  ]);
});

it('reports circles, the bot framework outside its folder and missing files in the compiled code', () => {
  expect(
    violations({
      'dist/src/turns/one.js': "import { b } from './two.js';\nexport const a = () => b;\n",
      'dist/src/turns/two.js': "import { a } from './one.js';\nexport const b = () => a;\n",
      'dist/src/bot/adapter.js': "export { BotAdapter } from 'botbuilder';\n",
      'dist/src/flows/flow.js': "export { TurnContext } from 'botbuilder';\nexport { gone } from './gone.js';\n",
    }),
  ).toEqual([
    'botbuilder-only-in-bot: dist/src/flows/flow.js → node_modules/botbuilder/lib/index.js',
    'no-circular: dist/src/turns/one.js → dist/src/turns/two.js',
    'not-to-unresolvable: dist/src/flows/flow.js → ./gone.js',
  ]);
});

it('lets types of the bot framework and circles of types pass', () => {
  expect(
    violations({
      'src/flows/a.ts':
        "import type { Activity } from 'botframework-schema';\nimport type { B } from './b.js';\nexport type A = Activity | B;\n",
      'src/flows/b.ts': "import type { A } from './a.js';\nexport type B = A[];\n",
      'dist/src/flows/a.js': 'export {};\n',
    }),
  ).toEqual([]);
});
