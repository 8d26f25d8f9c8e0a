import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../../main/engine/db/migrate.ts';
import reviewer from '../../main/engine/db/migrations/0014_reviewer.sql';
import { migrations } from '../../main/engine/db/migrations/index.ts';
import { temporaryFolder } from '../support/folder.ts';

const before = migrations.slice(0, migrations.indexOf(reviewer));

const SEED = `
INSERT INTO breakers (provider, state, failures, opened_at_ms, retry_at_ms) VALUES ('cloud', 'open', 5, 10, 20);
INSERT INTO quota_usage (provider, key_id, day, reserved, settled) VALUES ('cloud', 'key-a', '2026-11-22', 1, 7);
INSERT INTO jobs (id, kind, lane, state, priority, run_at, payload, label, created_at)
VALUES (1, 'review', 'review', 'pending', 3, 500, '{}', 'One', 1), (2, 'intake', 'intake', 'completed', 2, NULL, '{}', 'Two', 1);
`;

test('jobs, breakers and quotas keep what they hold, and a delayed job waits as it did', async () => {
  using place = temporaryFolder();
  const path = place.file('soundbite.db');
  const db = new Database(path);
  await migrate(db, path, before);
  db.exec(SEED);
  const jobs = db.prepare('SELECT * FROM jobs ORDER BY id').all() as object[];
  await migrate(db, path, [...before, reviewer]);
  expect(db.prepare('SELECT * FROM jobs ORDER BY id').all()).toEqual(
    jobs.map((job) => ({ ...job, longest_wait_ms: null })),
  );
  expect(db.prepare('SELECT * FROM breakers').all()).toEqual([
    {
      provider: 'cloud',
      state: 'open',
      failures: 5,
      opened_at_ms: 10,
      retry_at_ms: 20,
      recent: '',
      openings: 0,
      blocked_until_ms: null,
    },
  ]);
  expect(db.prepare('SELECT * FROM quota_usage').all()).toEqual([
    { provider: 'cloud', key_id: 'key-a', day: '2026-11-22', reserved: 1, settled: 7 },
  ]);
  db.close();
});
