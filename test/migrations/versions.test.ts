import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { exportRepository } from '../../main/engine/db/exports.ts';
import { migrate } from '../../main/engine/db/migrate.ts';
import { migrations } from '../../main/engine/db/migrations/index.ts';
import versions from '../../main/engine/db/migrations/0010_versions.sql';
import { temporaryFolder } from '../support/folder.ts';

test('what was heard of episodes from before versions is where it was, their clips were not cut, and exports have what they had', async () => {
  using place = temporaryFolder();
  const path = place.file('soundbite.db');
  const db = new Database(path);
  const before = migrations.slice(0, migrations.indexOf(versions));
  await migrate(db, path, before);
  db.exec(`
    INSERT INTO shows (id, name, brand, export_name_template) VALUES ('show-1', 'Still Works', '{}', '{episode}');
    INSERT INTO episodes (id, show_id, title, path, fingerprint, size_bytes, modified_at_ms, facts, duration_s, state, imported_at_ms)
    VALUES ('ep-1', 'show-1', 'One', '/a.mp3', 'f', 1, 1, '{}', 9, 'ready', 1);
    INSERT INTO clips (id, episode_id, state, rank, in_s, out_s, score, confidence, found_by, reason, parts, title, text,
                       speakers, scorer_version, created_at_ms)
    VALUES ('clip-1', 'ep-1', 'kept', 1, 2, 8, 50, 'high', 'words', 'r', '[]', 't', 'x', '[]', '1', 1);
    INSERT INTO exports (id, clip_id, job_id, preset, recipe, recipe_hash, path, bytes, duration_s, width, height,
      integrated_lufs, true_peak_dbtp, proof, exported_at_ms)
      VALUES ('exp-1', 'clip-1', 4, 'tiktok', '{"ranges":[{"episodeId":"ep-1","fromS":2,"toS":8}]}', 'h', '/clip.mp4', 5, 6,
      1080, 1920, -14, -1.5, '{"passed":true,"checks":[]}', 9);
  `);
  const rows = (table: string): unknown[] => db.prepare(`SELECT * FROM ${table}`).all();
  const [episode, clip, made] = [...rows('episodes'), ...rows('clips'), ...rows('exports')];
  await migrate(db, path, [...before, versions]);
  expect(rows('episodes')).toEqual([{ ...(episode as object), analysis_folder: null }]);
  expect(rows('clips')).toEqual([{ ...(clip as object), is_cut: 0 }]);
  expect(rows('exports')).toEqual([{ ...(made as object), moved_ranges: null }]);
  expect(exportRepository(db).listRanges()).toMatchObject([{ episodeId: 'ep-1', fromS: 2, toS: 8 }]);
  db.close();
});
