import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../../main/engine/db/migrate.ts';
import { migrations } from '../../main/engine/db/migrations/index.ts';
import { openLibrary } from '../../main/engine/db/open.ts';
import { temporaryFolder } from '../support/folder.ts';

const folder = join(import.meta.dirname, '../../main/engine/db/migrations');

test('every migration file is listed, in the order of its number', () => {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(files.map((_name, index) => index + 1));
  expect(migrations).toEqual(files.map((name) => readFileSync(join(folder, name), 'utf8')));
});

test('a new library has every table of the design, all of them strict', async () => {
  using place = temporaryFolder();
  const library = await openLibrary(place.file('soundbite.db'));
  const tables = library.db
    .prepare<[], { name: string; strict: number }>(
      "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .all();
  library.close();
  expect(tables.map((table) => table.name).sort()).toEqual([
    'archived_episodes',
    'breakers',
    'clip_reviews',
    'clips',
    'episode_changes',
    'episodes',
    'error_groups',
    'exports',
    'feedback',
    'jobs',
    'loudness_pieces',
    'marks',
    'metrics',
    'model_weights',
    'off_limits',
    'owned_files',
    'production_holds',
    'queue_pauses',
    'quota_reservations',
    'quota_usage',
    'recognised_chunks',
    'removals',
    'review_gate',
    'review_pauses',
    'reviewer_answers',
    'reviewer_keys',
    'settings',
    'show_learning',
    'shows',
    'speech_model_pins',
    'speech_models',
    'transcript_base',
    'transcript_edits',
    'transcript_segments',
    'upkeep_runs',
    'word_runs',
    'work_items',
    'workers',
  ]);
  expect(tables.filter((table) => table.strict === 0)).toEqual([]);
});

test('the pragmas that keep work safe are in force', async () => {
  using place = temporaryFolder();
  const library = await openLibrary(place.file('soundbite.db'));
  const read = (name: string): unknown => library.db.pragma(name, { simple: true });
  expect({
    journal: read('journal_mode'),
    synchronous: read('synchronous'),
    keys: read('foreign_keys'),
    trusted: read('trusted_schema'),
    busy: read('busy_timeout'),
    limit: read('journal_size_limit'),
    id: read('application_id'),
    version: read('user_version'),
  }).toEqual({
    journal: 'wal',
    synchronous: 2,
    keys: 1,
    trusted: 0,
    busy: 20,
    limit: 67_108_864,
    id: 0x534e4442,
    version: migrations.length,
  });
  library.close();
});

test('a library written by a newer build is refused and left as it was', async () => {
  using place = temporaryFolder();
  const path = place.file('soundbite.db');
  const library = await openLibrary(path);
  library.db.pragma('user_version = 999');
  library.close();
  await expect(openLibrary(path)).rejects.toMatchObject({ code: 'LIBRARY_NEWER' });
  const db = new Database(path, { readonly: true });
  expect(db.pragma('user_version', { simple: true })).toBe(999);
  db.close();
});

test("somebody else's database is refused and left as it was", async () => {
  using place = temporaryFolder();
  const path = place.file('soundbite.db');
  const theirs = new Database(path);
  theirs.exec('CREATE TABLE recipes (name TEXT)');
  theirs.close();
  const before = readFileSync(path);
  await expect(openLibrary(path)).rejects.toMatchObject({ code: 'LIBRARY_FOREIGN' });
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('a library is backed up before it is migrated, and a step that fails leaves the version before it', async () => {
  using place = temporaryFolder();
  const path = place.file('soundbite.db');
  const db = new Database(path);
  const first = 'CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (7);';
  await migrate(db, path, [first]);
  await expect(
    migrate(db, path, [first, 'CREATE TABLE b (y INTEGER) STRICT;', 'INSERT INTO nowhere VALUES (1);']),
  ).rejects.toThrow(/nowhere/);
  expect(db.pragma('user_version', { simple: true })).toBe(2);
  db.close();
  const [backup = ''] = readdirSync(place.file('backups'));
  const kept = new Database(join(place.file('backups'), backup), { readonly: true });
  expect(kept.prepare('SELECT x FROM a').pluck().all()).toEqual([7]);
  expect(kept.pragma('user_version', { simple: true })).toBe(1);
  kept.close();
});

test('only the three newest backups are kept', async () => {
  using place = temporaryFolder();
  const path = place.file('soundbite.db');
  const db = new Database(path);
  const steps = Array.from({ length: 6 }, (_unused, index) => `CREATE TABLE t${index} (x INTEGER) STRICT;`);
  for (let count = 1; count <= steps.length; count += 1) await migrate(db, path, steps.slice(0, count));
  db.close();
  const names = readdirSync(place.file('backups')).sort();
  expect(names.map((name) => /v(\d)\.db$/.exec(name)?.[1])).toEqual(['3', '4', '5']);
  expect(existsSync(path)).toBe(true);
});
