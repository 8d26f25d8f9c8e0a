import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import exportCompanionsSql from '../../main/engine/db/migrations/0009_export_companions.sql';
import { exportRepository } from '../../main/engine/db/exports.ts';
import { migrate } from '../../main/engine/db/migrate.ts';
import { migrations } from '../../main/engine/db/migrations/index.ts';
import { temporaryFolder } from '../support/folder.ts';

const number = migrations.indexOf(exportCompanionsSql);

test('exports from before companions stay as they were and have none', async () => {
  using place = temporaryFolder();
  const path = place.file('soundbite.db');
  const db = new Database(path);
  await migrate(db, path, migrations.slice(0, number));
  db.exec(`
    INSERT INTO shows (id, name, brand, export_name_template) VALUES ('show-1', 'Still Works', '{}', '{title}');
    INSERT INTO episodes (id, show_id, title, path, fingerprint, size_bytes, modified_at_ms, facts, duration_s, state,
      imported_at_ms) VALUES ('ep-1', 'show-1', 'Lamps', '/lamps.mp3', 'f', 1, 1, '{}', 600, 'ready', 1);
    INSERT INTO clips (id, episode_id, state, rank, in_s, out_s, score, confidence, found_by, reason, parts, title, text,
      speakers, scorer_version, created_at_ms)
      VALUES ('clip-1', 'ep-1', 'kept', 1, 10, 30, 55, 'low', 'ear', 'r', '[]', 't', '', '[]', 'ear-1', 9);
    INSERT INTO exports (id, clip_id, job_id, preset, recipe, recipe_hash, path, bytes, duration_s, width, height,
      integrated_lufs, true_peak_dbtp, proof, exported_at_ms)
      VALUES ('exp-1', 'clip-1', 4, 'tiktok', '{}', 'h', '/clip.mp4', 5, 20, 1080, 1920, -14, -1.5,
      '{"passed":true,"checks":[]}', 9);`);
  const before = db.prepare('SELECT * FROM exports').all();
  await migrate(db, path, migrations.slice(0, number + 1));
  expect(db.prepare('SELECT * FROM exports').all()).toEqual(
    before.map((row) => ({ ...(row as object), warnings: '[]', companions: '[]' })),
  );
  await migrate(db, path, migrations);
  expect(exportRepository(db).get('exp-1')).toMatchObject({ warnings: [], companions: [] });
  db.close();
});
