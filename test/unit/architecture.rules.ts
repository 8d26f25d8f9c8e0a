import type { IForbiddenRuleType } from 'dependency-cruiser';

/** Code of a layer may import its own and the layers below it. */
const layer = (name: string, from: string, mayImport: readonly string[]): IForbiddenRuleType => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^(main|preload|renderer)/', pathNot: [from, ...mayImport] },
});
/** Rooms of the engine meet in flows, never behind their backs. */
const room = (name: string, mayImport: readonly string[]): IForbiddenRuleType => ({
  name: `engine-room-${name}`,
  severity: 'error',
  from: { path: `^main/engine/${name}/` },
  to: { path: '^main/engine/', pathNot: [name, ...mayImport].map((r) => `^main/engine/${r}/`) },
});

const FEATURE_ROOMS = ['transcripts', 'clips', 'renders', 'reviewer', 'storage'];

/** Imports point down only: domain <- contract <- engine <- api <- hosts; the renderer sees contract and domain. */
export const forbidden: readonly IForbiddenRuleType[] = [
  { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  layer('domain', '^main/domain/', []),
  layer('contract', '^main/contract/', ['^main/domain/']),
  layer('engine', '^main/engine/', ['^main/domain/']),
  layer('api', '^main/api/', ['^main/(domain|contract|engine)/']),
  layer('hosts', '^main/hosts/', ['^main/(domain|contract|engine|api)/']),
  layer('preload', '^preload/', ['^main/contract/']),
  layer('renderer', '^renderer/', ['^main/(domain|contract)/']),
  room('jobs', ['db']),
  room('db', []),
  room('media', ['db']),
  room('monitor', ['db']),
  ...FEATURE_ROOMS.map((name) => room(name, ['db', 'media'])),
  {
    name: 'pure-vocabulary',
    comment: 'Domain and contract run anywhere: no Node, no Electron.',
    severity: 'error',
    from: { path: '^main/(domain|contract)/' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'no-node-in-renderer',
    severity: 'error',
    from: { path: '^renderer/' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'electron-only-in-its-shell',
    severity: 'error',
    from: { path: '^(main|renderer)/', pathNot: '^main/hosts/electron/' },
    to: { path: '(^|/)electron($|/)' },
  },
  {
    name: 'one-door-to-fluent-ffmpeg',
    severity: 'error',
    from: { path: '^main/', pathNot: '^main/engine/media/ffmpeg\\.ts$' },
    to: { path: 'fluent-ffmpeg' },
  },
  {
    name: 'sql-stops-in-db-and-jobs',
    severity: 'error',
    from: { path: '^main/', pathNot: '^main/engine/(db|jobs)/' },
    to: { path: 'better-sqlite3' },
  },
];

export const options = {
  doNotFollow: { path: 'node_modules' },
  tsConfig: { fileName: 'tsconfig.json' },
  tsPreCompilationDeps: true,
  enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.sql'] },
};
