import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../../main/engine/db/migrate.ts';
import edits from '../../main/engine/db/migrations/0007_transcript_edits.sql';
import { migrations } from '../../main/engine/db/migrations/index.ts';
import { temporaryFolder } from '../support/folder.ts';

test('the words of a library from before edits become the words as they came', async () => {
  using place = temporaryFolder();
  const path = place.file('soundbite.db');
  const db = new Database(path);
  const before = migrations.slice(0, migrations.indexOf(edits));
  await migrate(db, path, before);
  db.exec(`
    INSERT INTO shows (id, name, brand, export_name_template) VALUES ('show-1', 'Still Works', '{}', '{episode}');
    INSERT INTO episodes (id, show_id, title, path, fingerprint, size_bytes, modified_at_ms, facts, duration_s, state, imported_at_ms)
    VALUES ('ep-1', 'show-1', 'One', '/a.mp3', 'f', 1, 1, '{}', 9, 'ready', 1);
    INSERT INTO transcript_segments (episode_id, position, speaker, from_s, to_s, text, words, timing)
    VALUES ('ep-1', 0, NULL, 0, 1, 'Yes.', '[]', 'cue'), ('ep-1', 1, 'Anna', 1, 2.5, 'No.', '[]', 'word');
  `);
  await migrate(db, path, [...before, edits]);
  const columns = 'episode_id, position, speaker, from_s, to_s, text, words, timing';
  const rows = (table: string): unknown[] =>
    db.prepare(`SELECT ${columns} FROM ${table} ORDER BY episode_id, position`).all();
  expect(rows('transcript_base')).toEqual([
    {
      episode_id: 'ep-1',
      position: 0,
      speaker: null,
      from_s: 0,
      to_s: 1,
      text: 'Yes.',
      words: '[]',
      timing: 'cue',
    },
    {
      episode_id: 'ep-1',
      position: 1,
      speaker: 'Anna',
      from_s: 1,
      to_s: 2.5,
      text: 'No.',
      words: '[]',
      timing: 'word',
    },
  ]);
  expect(rows('transcript_segments')).toEqual(rows('transcript_base'));
  expect(db.prepare('SELECT count(*) FROM transcript_edits').pluck().get()).toBe(0);
  db.close();
});
