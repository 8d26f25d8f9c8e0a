import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { clipRepository, type Proposal } from '../../main/engine/db/clips.ts';
import { markRepository } from '../../main/engine/db/marks.ts';
import { migrate } from '../../main/engine/db/migrate.ts';
import { migrations } from '../../main/engine/db/migrations/index.ts';
import marksSql from '../../main/engine/db/migrations/0005_marks.sql';
import { temporaryFolder } from '../support/folder.ts';

const number = migrations.indexOf(marksSql);

test('marks and clips from before ranges and choices stay as they were', async () => {
  using place = temporaryFolder();
  const path = place.file('soundbite.db');
  const db = new Database(path);
  await migrate(db, path, migrations.slice(0, number));
  db.exec(`
    INSERT INTO shows (id, name, brand, export_name_template) VALUES ('show-1', 'Still Works', '{}', '{title}');
    INSERT INTO episodes (id, show_id, title, path, fingerprint, size_bytes, modified_at_ms, facts, duration_s, state,
      imported_at_ms) VALUES ('ep-1', 'show-1', 'Lamps', '/lamps.mp3', 'f', 1, 1, '{}', 600, 'ready', 1);
    INSERT INTO marks (id, episode_id, at_s, note, created_at_ms) VALUES (3, 'ep-1', 12.5, 'the switch', 9);
    INSERT INTO clips (id, episode_id, state, rank, in_s, out_s, score, confidence, found_by, reason, parts, title, text,
      speakers, scorer_version, created_at_ms)
      VALUES ('clip-1', 'ep-1', 'kept', 1, 10, 30, 55, 'low', 'ear', 'r', '[]', 't', '', '[]', 'ear-1', 9);`);
  const before = {
    clips: db.prepare('SELECT * FROM clips').all(),
    marks: db.prepare('SELECT * FROM marks').all(),
  };
  await migrate(db, path, migrations.slice(0, number + 1));
  expect({
    clips: db.prepare('SELECT * FROM clips').all(),
    marks: db.prepare('SELECT * FROM marks').all(),
  }).toEqual({
    clips: before.clips.map((row) => ({ ...(row as object), chosen_by: null, mark_id: null })),
    marks: before.marks.map((row) => ({ ...(row as object), to_s: null })),
  });
  db.close();
});

test('a mark ends after it begins, and a clip outlives the mark that it was made for', async () => {
  using place = temporaryFolder();
  const path = place.file('soundbite.db');
  const db = new Database(path);
  db.pragma('foreign_keys = ON');
  await migrate(db, path);
  db.exec(`
    INSERT INTO shows (id, name, brand, export_name_template) VALUES ('show-1', 'Still Works', '{}', '{title}');
    INSERT INTO episodes (id, show_id, title, path, fingerprint, size_bytes, modified_at_ms, facts, duration_s, state,
      imported_at_ms) VALUES ('ep-1', 'show-1', 'Lamps', '/lamps.mp3', 'f', 1, 1, '{}', 600, 'ready', 1);`);
  const [marks, clips] = [markRepository(db), clipRepository(db)];
  expect(() => marks.add('ep-1', { atS: 12, toS: 12, note: '' }, 1)).toThrow(/CHECK/u);
  const mark = marks.add('ep-1', { atS: 12, toS: 20, note: 'the switch' }, 1);
  expect(marks.add('ep-1', { atS: 12, toS: 20, note: 'the switch' }, 2)).toEqual(mark);
  const proposal: Proposal = {
    inS: 10,
    outS: 30,
    durationS: 20,
    score: 50,
    confidence: 'low',
    foundBy: 'mark',
    reason: 'Your mark.',
    parts: [],
    title: 'the switch',
    titles: [],
    text: 'A switch.',
    speakers: [],
    scorerVersion: '1',
    markId: mark.id,
  };
  clips.replaceCandidates('ep-1', [proposal], 1);
  const [clip] = clips.list('ep-1');
  expect(clip?.foundBy).toBe('mark');
  expect([...clips.decidedMarks('ep-1')]).toEqual([]);
  clips.setState(clip?.id ?? '', 'kept');
  expect([...clips.decidedMarks('ep-1')]).toEqual([mark.id]);
  marks.remove(mark.id);
  expect(clips.list('ep-1')).toMatchObject([{ id: clip?.id, foundBy: 'mark', state: 'kept' }]);
  db.close();
});
