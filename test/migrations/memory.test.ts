import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../../main/engine/db/migrate.ts';
import memory from '../../main/engine/db/migrations/0006_memory.sql';
import { migrations } from '../../main/engine/db/migrations/index.ts';
import { temporaryFolder } from '../support/folder.ts';

const before = migrations.slice(0, migrations.indexOf(memory));

const SEED = `
INSERT INTO shows (id, name, brand, export_name_template) VALUES ('show-1', 'Still Works', '{}', '{title}');
INSERT INTO episodes (id, show_id, title, path, fingerprint, size_bytes, modified_at_ms, facts, duration_s, state, imported_at_ms)
VALUES ('ep-1', 'show-1', 'One', '/a/one.mp3', 'f1', 1000, 5, '{}', 60, 'ready', 9);
INSERT INTO clips (id, episode_id, state, rank, in_s, out_s, score, confidence, found_by, reason, parts, title, text, speakers,
                   scorer_version, created_at_ms)
VALUES ('clip-1', 'ep-1', 'kept', 1, 0, 20, 50, 'low', 'words', 'Why.', '[]', 'A title', 'Words.', '[]', 'words-2', 1);
INSERT INTO feedback (id, clip_id, kind, rating, comment, given_at_ms)
VALUES (3, 'clip-1', 'keep', NULL, NULL, 11), (4, 'clip-1', 'rating', 4, NULL, 12), (7, 'clip-1', 'comment', NULL, 'Nice.', 13);
INSERT INTO feedback (id, clip_id, kind, detail, given_at_ms)
VALUES (8, 'clip-1', 'trim', '{"before":1}', 14), (9, 'clip-1', 'trim', '{"before":2}', 15),
       (10, 'clip-1', 'trim', '{"before":3,"undoes":9}', 16);
`;

test('what was said of clips before is kept with its episode and show, and outlives the clip from now on', async () => {
  using place = temporaryFolder();
  const path = place.file('soundbite.db');
  const db = new Database(path);
  db.pragma('foreign_keys = ON');
  await migrate(db, path, before);
  db.exec(SEED);
  await migrate(db, path, [...before, memory]);
  const told = { clip_id: 'clip-1', episode_id: 'ep-1', show_id: 'show-1', detail: null, undone_at_ms: null };
  const trim = { ...told, kind: 'trim', rating: null, comment: null };
  const kept = [
    { ...told, id: 3, kind: 'keep', rating: null, comment: null, given_at_ms: 11 },
    { ...told, id: 4, kind: 'rating', rating: 4, comment: null, given_at_ms: 12 },
    { ...told, id: 7, kind: 'comment', rating: null, comment: 'Nice.', given_at_ms: 13 },
    { ...trim, id: 8, detail: '{"trim":{"before":1}}', given_at_ms: 14 },
    { ...trim, id: 9, detail: '{"trim":{"before":2}}', given_at_ms: 15, undone_at_ms: 16 },
  ];
  const feedback = db.prepare('SELECT * FROM feedback ORDER BY id');
  expect(feedback.all()).toEqual(kept);
  expect(db.prepare('SELECT id, title, titles, title_chosen FROM clips').all()).toEqual([
    { id: 'clip-1', title: 'A title', titles: '[]', title_chosen: 0 },
  ]);
  db.exec("DELETE FROM clips WHERE id = 'clip-1'");
  expect(feedback.all()).toEqual(kept);
  db.close();
});

test('the words of an episode count as changed whoever changes them', async () => {
  using place = temporaryFolder();
  const path = place.file('soundbite.db');
  const db = new Database(path);
  await migrate(db, path, [...before, memory]);
  db.exec(SEED.split('INSERT INTO clips')[0] ?? '');
  const isCurrent = db.prepare<[], number>('SELECT word_runs_current FROM episodes').pluck();
  const changes = [
    `INSERT INTO transcript_segments (episode_id, position, from_s, to_s, text, words, timing)
     VALUES ('ep-1', 0, 0, 1, 'One.', '[]', 'cue')`,
    "UPDATE transcript_segments SET text = 'Two.'",
    'DELETE FROM transcript_segments',
  ];
  const after = changes.map((change) => {
    db.exec('UPDATE episodes SET word_runs_current = 1');
    db.exec(change);
    return isCurrent.get();
  });
  expect(after).toEqual([0, 0, 0]);
  db.close();
});
