// The floors of docs/architecture.md as rules. A floor may import itself and what lies below it, nothing above.
// Sources are read for the floors, where types count as well; dist/ for what only matters when the program runs
// (docs/decisions/0007-architecture-rules.md).
const floors = [
  ['lib'],
  ['records', 'language'],
  ['catalogue', 'portal'],
  ['turns', 'channels', 'media', 'otp'],
  ['flows'],
  ['bot'],
  ['desk', 'notices', 'reports'],
  ['http'],
];

const upward = floors.map((floor, level) => ({
  name: `floor-${floor.join('-')}`,
  comment: `src/{${floor.join(',')}} may import its own floor and the floors below`,
  severity: 'error',
  from: { path: `^src/(${floor.join('|')})/` },
  to: {
    path: `^src/(${[...floors.slice(level + 1).flat(), 'main', 'storage', 'config', 'program-files', 'understand', 'backup', 'audit', 'desk-password'].join('|')})(/|\\.ts$)`,
  },
}));

const sources = [
  ...upward,
  {
    name: 'channels-do-not-know-turns',
    comment: 'a platform is one folder: what becomes of its events is not its business',
    from: { path: '^src/channels/' },
    to: { path: '^src/turns/' },
  },
  {
    name: 'storage-only-from-main',
    comment:
      'everybody else sees the contracts of turns and records; the programs of back-ups and of a lost password work on the storage itself',
    from: { path: '^src/', pathNot: '^src/(main\\.ts|backup\\.ts|desk-password\\.ts|storage/)' },
    to: { path: '^src/storage/' },
  },
  {
    name: 'storage-knows-contracts-only',
    from: { path: '^src/storage/' },
    to: { path: '^src/(channels/(?!account-tokens)|flows|bot|desk|notices|reports|http|main)' },
  },
  { name: 'simulators-stand-alone', from: { path: '^simulators/' }, to: { path: '^src/' } },
  { name: 'src-knows-no-simulator', from: { path: '^src/' }, to: { path: '^simulators/' } },
  {
    name: 'language-is-pure',
    comment: 'language does no I/O',
    from: { path: '^src/language/' },
    to: { dependencyTypes: ['core'], path: '^(node:)?(fs|net|http|https|child_process|worker_threads|dns)' },
  },
];

const compiled = [
  {
    name: 'no-circular',
    comment: 'two files that need each other at run time are one file, or three',
    from: { path: '^dist/' },
    to: { circular: true },
  },
  {
    name: 'botbuilder-only-in-bot',
    comment: 'its types may be imported anywhere, its code in src/bot alone',
    from: { path: '^dist/src/', pathNot: '^dist/src/bot/' },
    to: { path: 'node_modules/(botbuilder|botframework)' },
  },
];

const everywhere = [{ name: 'not-to-unresolvable', from: {}, to: { couldNotResolve: true } }];

module.exports = {
  forbidden: [...sources, ...compiled, ...everywhere].map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    // TypeScript 7 has no compiler API for the usual parser.
    parser: 'swc',
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      // Packages that name what may be imported of them.
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
