// The floors of docs/architecture.md as rules. A floor may import itself and what lies below it, nothing above.
const floors = [
  ['lib'],
  ['records', 'language'],
  ['catalogue', 'portal'],
  ['turns', 'channels'],
  ['flows'],
  ['bot'],
  ['desk', 'notices', 'reports'],
  ['http'],
];

const upward = floors.map((floor, level) => ({
  name: `floor-${floor.join('-')}`,
  severity: 'error',
  comment: `src/{${floor.join(',')}} may import its own floor and the floors below`,
  from: { path: `^src/(${floor.join('|')})/` },
  to: { path: `^src/(${[...floors.slice(level + 1).flat(), 'main', 'storage', 'config'].join('|')})(/|\\.ts$)` },
}));

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true, dependencyTypesNot: ['type-only'] } },
    ...upward,
    { name: 'channels-do-not-know-turns', severity: 'error', from: { path: '^src/channels/' }, to: { path: '^src/turns/' } },
    { name: 'storage-only-from-main', severity: 'error', from: { path: '^src/(?!main\\.ts|storage/)' }, to: { path: '^src/storage/' } },
    { name: 'storage-knows-contracts-only', severity: 'error', from: { path: '^src/storage/' }, to: { path: '^src/(channels/(?!account-tokens)|flows|bot|desk|notices|reports|http|main)' } },
    { name: 'botbuilder-only-in-bot', severity: 'error', from: { path: '^src/(?!bot/)' }, to: { path: 'node_modules/(botbuilder|botbuilder-core)/', dependencyTypesNot: ['type-only'] } },
    { name: 'simulators-stand-alone', severity: 'error', from: { path: '^simulators/' }, to: { path: '^src/' } },
    { name: 'src-knows-no-simulator', severity: 'error', from: { path: '^src/' }, to: { path: '^simulators/' } },
    { name: 'language-is-pure', severity: 'error', comment: 'language does no I/O', from: { path: '^src/language/' }, to: { dependencyTypes: ['core'], path: '^(fs|node:fs|net|http|child_process|worker_threads)' } },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
