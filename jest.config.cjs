// Five projects, from quick to slow: the parts of `npm test`. `unit` is the everyday part; `cluster` needs a redis-server and a
// MongoDB; `engine` kills and starves real processes; `e2e` runs the built bot against the simulators; `browser` needs a real
// Chromium. Storage and workers run the compiled code of dist/: build first (`npm test` does).
// By hand: npx jest --selectProjects unit --testPathPatterns PATH
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: {
    '^.+\\.(ts|js|mjs)$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!(intl-messageformat|@formatjs)/)'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

const tests = readdirSync(join(__dirname, 'test'), { recursive: true })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => name.split('\\').join('/'));
/** A test that starts a real server of the cluster home belongs to `cluster`, wherever it lies. */
const withServers = tests.filter((name) =>
  /from '[^']*(redis-server\.js|mongo-engine\/engine\.mjs)'/.test(readFileSync(join(__dirname, 'test', name), 'utf8')),
);
/** One that opens the desk over HTTP with an engine behind it belongs to `e2e`. */
const withDesk = tests.filter((name) =>
  /from '[^']*(office-stage|access-stage)\.js'/.test(readFileSync(join(__dirname, 'test', name), 'utf8')),
);
const others = tests.filter((name) => !withServers.includes(name));

const project = (displayName, names) => ({
  ...shared,
  displayName,
  // An empty list would mean what jest itself takes for tests.
  testMatch: names.length > 0 ? names.map((name) => `<rootDir>/test/${name}`) : ['<rootDir>/test/none'],
});
const apart = ['engine', 'e2e', 'browser'];
const folderOf = (name) => (withDesk.includes(name) ? 'e2e' : name.split('/')[0]);

module.exports = {
  testTimeout: 30_000,
  projects: [
    project(
      'unit',
      others.filter((name) => !apart.includes(folderOf(name))),
    ),
    project('cluster', withServers),
    ...apart.map((folder) =>
      project(
        folder,
        others.filter((name) => folderOf(name) === folder),
      ),
    ),
  ],
};
