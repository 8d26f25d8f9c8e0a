import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrations } from '../../main/engine/db/migrations/index.ts';
import profiles from '../../main/engine/db/migrations/0011_profiles.sql';

test('shows keep their profile, may now be mixed, and episodes may choose one of their own', () => {
  const db = new Database(':memory:');
  db.pragma('foreign_keys = ON');
  for (const migration of migrations.slice(0, migrations.indexOf(profiles))) db.exec(migration);
  db.exec(`INSERT INTO shows (id, name, profile, brand, export_name_template) VALUES
     ('a', 'Small Talk', 'humour', '{}', '{title}'), ('b', 'Still Works', 'insight', '{}', '{title}')`);
  db.exec(
    `INSERT INTO episodes (id, show_id, title, path, fingerprint, size_bytes, modified_at_ms, facts, duration_s, state, imported_at_ms)
     VALUES ('ep-1', 'a', 'One', '/one.mp3', 'f1', 1, 0, '{}', 60, 'ready', 0)`,
  );
  const columnsBefore = db.prepare('SELECT * FROM shows ORDER BY id').all();
  db.exec(profiles);
  expect(db.prepare('SELECT * FROM shows ORDER BY id').all()).toEqual(columnsBefore);
  expect(db.prepare('SELECT id, profile FROM episodes').all()).toEqual([{ id: 'ep-1', profile: null }]);
  db.exec(`UPDATE shows SET profile = 'mixed' WHERE id = 'b'; UPDATE episodes SET profile = 'mixed'`);
  expect(() => db.exec(`UPDATE shows SET profile = 'loud'`)).toThrow(/CHECK/u);
  expect(() => db.exec(`UPDATE episodes SET profile = 'loud'`)).toThrow(/CHECK/u);
  expect(db.pragma('foreign_key_check')).toEqual([]);
  db.close();
});
