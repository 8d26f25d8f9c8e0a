import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { createEngine, type Engine, type EngineOptions } from '../../main/engine/createEngine.ts';
import { FFMPEG_BUILDS } from '../support/sources.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/folder.ts';

import { importSource, topUp } from './mixedWork.ts';
import { Said, type Orders } from './orders.ts';
import { processesIn, startProcess, type WorkProcess } from './workProcess.ts';

/** A library with one recording in it, and a place where its clips go. */
export interface Scene extends Disposable {
  readonly folder: TemporaryFolder;
  readonly home: string;
  readonly out: string;
  /** An environment in which one job runs at a time. */
  readonly oneAtATime: NodeJS.ProcessEnv;
  /** Puts jobs in line until there are so many, as a process that does no work itself. */
  fill(jobsInLine: number): Promise<void>;
  /** Starts a process that works on the library until it is killed or done. */
  start(orders?: Partial<Orders>, env?: NodeJS.ProcessEnv): Promise<WorkProcess<Said>>;
  /** Reads the library as it lies on the disk. */
  query<Row>(sql: string): Row[];
}

/** The npm build starts fastest, and every machine has it. */
export const sceneEnvironment = (home: string): NodeJS.ProcessEnv => ({
  ...process.env,
  ...FFMPEG_BUILDS.npm,
  SOUNDBITE_HOME: home,
});

/** An engine in this very process. */
export const openEngine = (env: NodeJS.ProcessEnv, more: Partial<EngineOptions> = {}): Promise<Engine> =>
  createEngine({
    env,
    resourcesDir: join(import.meta.dirname, '../../resources'),
    works: true,
    onNotice: () => undefined,
    onBug: (error) => {
      throw error;
    },
    ...more,
  });

export async function openScene(): Promise<Scene> {
  const folder = temporaryFolder();
  const home = folder.file('home');
  const out = folder.file('clips');
  mkdirSync(out);
  const env = sceneEnvironment(home);
  const engine = await openEngine(env);
  await importSource(engine, folder.file('media'));
  await engine.close();
  const usual = {
    home,
    jobsInLine: 0,
    longExport: false,
    exportFolder: out,
    mediaFolder: folder.file('media'),
    endAt: null,
  };
  return {
    folder,
    home,
    out,
    oneAtATime: { ...env, SOUNDBITE_MAX_CONCURRENT_JOBS: '1' },
    async fill(jobsInLine) {
      const filling = await openEngine(env, { works: false });
      await topUp(filling, { ...usual, jobsInLine });
      await filling.close();
    },
    start: (orders = {}, ownEnv = env) =>
      startProcess('engineProcess.ts', { ...usual, ...orders }, (line) => Said.parse(line), ownEnv),
    query<Row>(sql: string): Row[] {
      const db = new Database(join(home, 'soundbite.db'), { readonly: true });
      try {
        return db.prepare<[], Row>(sql).all();
      } finally {
        db.close();
      }
    },
    [Symbol.dispose]() {
      folder[Symbol.dispose]();
    },
  };
}

const filesBelow = (path: string): string[] =>
  existsSync(path)
    ? readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : [];

/** After everything is done: each job that was accepted is there and completed, and has its one file; nothing else lies about. */
export function expectAllDoneOnce(scene: Scene): { readonly jobs: number; readonly exports: number } {
  const [ids] = scene.query<{ jobs: number; newest: number }>(
    'SELECT count(*) AS jobs, max(id) AS newest FROM jobs',
  );
  expect(scene.query("SELECT id, kind, state, failure FROM jobs WHERE state <> 'completed'")).toEqual([]);
  // Ids are never given away twice, so a lost job leaves a gap.
  expect(ids?.jobs).toBe(ids?.newest);
  const exports = scene.query<{ job_id: number; path: string; bytes: number }>(
    'SELECT job_id, path, bytes FROM exports ORDER BY path',
  );
  // Subtitles, a poster and the recipe lie beside their export, under its name.
  const companions = scene.query<{ path: string }>(
    "SELECT json_extract(value, '$.path') AS path FROM exports, json_each(exports.companions)",
  );
  expect(exports.map(({ job_id }) => job_id).toSorted((a, b) => a - b)).toEqual(
    scene.query<{ id: number }>("SELECT id FROM jobs WHERE kind = 'export' ORDER BY id").map(({ id }) => id),
  );
  expect(
    readdirSync(scene.out)
      .toSorted()
      .map((name) => join(scene.out, name)),
  ).toEqual([...exports, ...companions].map(({ path }) => path).toSorted());
  expect(exports.filter(({ path, bytes }) => statSync(path).size !== bytes)).toEqual([]);
  expect(['work', 'run'].flatMap((name) => filesBelow(join(scene.home, name)))).toEqual([]);
  expect(processesIn(scene.folder.path)).toEqual([]);
  return { jobs: ids?.jobs ?? 0, exports: exports.length };
}
