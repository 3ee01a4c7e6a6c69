// Five projects, from quick to slow: the parts of `npm test`. `unit` is the everyday part; `cluster` needs a redis-server and a
// MongoDB; `engine` kills and starves real processes; `e2e` runs the built bot against the simulators; `browser` needs a real
// Chromium. Storage and workers run the compiled code of dist/: build first (`npm test` does).
// By hand: npx jest --selectProjects unit --testPathPatterns PATH
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

/** Tests with a real server of the cluster home, by their names. */
const cluster = ['<rootDir>/test/cluster/**/*.test.ts', '<rootDir>/test/storage/{redis,mongo,cluster}*.test.ts'];

module.exports = {
  testTimeout: 30_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: [
        '<rootDir>/test/(engine|e2e|browser|cluster)/',
        '<rootDir>/test/storage/(redis|mongo|cluster)[^/]*\\.test\\.ts$',
      ],
    },
    { ...shared, displayName: 'cluster', testMatch: cluster },
    { ...shared, displayName: 'engine', testMatch: ['<rootDir>/test/engine/**/*.test.ts'] },
    { ...shared, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'] },
    { ...shared, displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.test.ts'] },
  ],
};
