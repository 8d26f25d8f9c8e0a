import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrations } from '../../main/engine/db/migrations/index.ts';
import recognition from '../../main/engine/db/migrations/0008_recognition.sql';

test('the tables of recognition come beside what is there, and hold what they should', () => {
  const db = new Database(':memory:');
  const before = migrations.slice(0, migrations.indexOf(recognition));
  for (const migration of before) db.exec(migration);
  const settings = db.prepare(`INSERT INTO settings (name, value) VALUES ('speechModel', '"none"')`);
  settings.run();
  db.exec(recognition);
  expect(db.prepare('SELECT * FROM settings').all()).toEqual([{ name: 'speechModel', value: '"none"' }]);
  const chunk = db.prepare(
    `INSERT INTO recognised_chunks (hash, model_id, heard, sound_s, took_s, recognised_at_ms) VALUES (?, 'm', ?, ?, 0.1, 0)`,
  );
  chunk.run('a', '{}', 3);
  expect(() => chunk.run('a', '{}', 3)).toThrow(/UNIQUE/u);
  expect(() => chunk.run('b', 'no json', 3)).toThrow(/CHECK/u);
  expect(() => chunk.run('c', '{}', 0)).toThrow(/CHECK/u);
  const pin = db.prepare(
    `INSERT INTO speech_model_pins (model_id, name, size_bytes, sha256, pinned_at_ms) VALUES ('m', 'f', 1, ?, 0)`,
  );
  expect(() => pin.run('short')).toThrow(/CHECK/u);
  db.close();
});
