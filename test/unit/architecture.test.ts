import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { expect, test } from 'vitest';
import { forbidden, options } from './architecture.rules.ts';
import { temporaryFolder } from '../support/folder.ts';

const root = join(import.meta.dirname, '../..');

async function violations(baseDir: string): Promise<string[]> {
  const { output } = await cruise(
    ['main', 'preload', 'renderer'].filter((layer) => existsSync(join(baseDir, layer))),
    {
      ...options,
      baseDir,
      ruleSet: { forbidden: [...forbidden] },
      validate: true,
    },
  );
  const { summary } = output as ICruiseResult;
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
}

test('imports point down, rooms meet only in flows, and nothing goes round in circles', async () => {
  expect(await violations(root)).toEqual([]);
}, 60_000);

const file = (base: string, path: string, code: string): void => {
  mkdirSync(dirname(join(base, path)), { recursive: true });
  writeFileSync(join(base, path), code);
};

test('each forbidden import is found', async () => {
  using place = temporaryFolder();
  const planted: [string, string][] = [
    ['main/domain/clip.ts', "import '../engine/db/open.ts'; import 'node:fs';"],
    ['main/engine/db/open.ts', 'export {};'],
    ['main/engine/clips/find.ts', "import '../renders/render.ts'; import 'fluent-ffmpeg';"],
    ['main/engine/renders/render.ts', "import 'electron';"],
    ['main/engine/jobs/a.ts', "import './b.ts'; import '../media/judge.ts';"],
    ['main/engine/jobs/b.ts', "import './a.ts';"],
    ['main/engine/media/judge.ts', "import 'better-sqlite3';"],
    ['main/contract/index.ts', "import '../api/dispatch.ts';"],
    ['main/api/dispatch.ts', 'export {};'],
    ['main/engine/createEngine.ts', "import '../api/dispatch.ts';"],
    ['main/hosts/cli/index.ts', "import '../../../renderer/app.ts';"],
    ['renderer/app.ts', "import '../main/engine/createEngine.ts'; import 'node:fs';"],
    ['preload/index.ts', "import '../main/domain/clip.ts';"],
  ];
  for (const [path, code] of planted) file(place.path, path, code);
  file(place.path, 'tsconfig.json', '{}');
  const found = await violations(place.path);
  const rules = new Set(found.map((line) => line.slice(0, line.indexOf(':'))));
  const planned = forbidden.map((rule) => rule.name ?? '');
  const withoutSource = ['api', 'engine-room-db', 'engine-room-media', 'engine-room-monitor'];
  const untouched = [
    'engine-room-transcripts',
    'engine-room-renders',
    'engine-room-reviewer',
    'engine-room-storage',
  ];
  const expected = planned.filter((name) => ![...withoutSource, ...untouched].includes(name));
  expect([...rules].sort()).toEqual(expected.sort());
}, 60_000);
