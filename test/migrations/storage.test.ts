import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import storageSql from '../../main/engine/db/migrations/0012_storage.sql';
import { migrate } from '../../main/engine/db/migrate.ts';
import { migrations } from '../../main/engine/db/migrations/index.ts';
import { temporaryFolder } from '../support/folder.ts';

const number = migrations.indexOf(storageSql);

test('owned files and pauses stay as they were; files of the archive and pauses for want of room are allowed from now on', async () => {
  using place = temporaryFolder();
  const path = place.file('soundbite.db');
  const db = new Database(path);
  await migrate(db, path, migrations.slice(0, number));
  db.exec(`
    INSERT INTO owned_files VALUES (7, 'analysis/ep-1/speech.wav', 'analysis', NULL, 3, 9007199254740000, 32, 5, 6);
    INSERT INTO queue_pauses VALUES ('all', 'person', 8), ('production', 'battery', 9);`);
  const read = () => ['owned_files', 'queue_pauses'].map((name) => db.prepare(`SELECT * FROM ${name}`).all());
  const before = read();
  expect(() => db.exec(`INSERT INTO queue_pauses VALUES ('intake', 'disk-low', 1)`)).toThrow('CHECK');
  await migrate(db, path, migrations.slice(0, number + 1));
  expect(read()).toEqual(before);
  db.exec(`INSERT INTO queue_pauses VALUES ('intake', 'disk-low', 1);
    INSERT INTO owned_files VALUES (8, 'archive/a.mp3', 'archive', NULL, 3, 2, 32, 5, 6);`);
  expect(() =>
    db.exec(`UPDATE removals SET state = 'x'; INSERT INTO queue_pauses VALUES ('all', 'x', 1)`),
  ).toThrow('CHECK');
  for (const table of ['removals', 'archived_episodes', 'upkeep_runs'])
    expect(db.prepare(`SELECT * FROM ${table}`).all()).toEqual([]);
  db.close();
});
