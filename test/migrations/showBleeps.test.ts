import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { NO_BLEEPS } from '../../main/domain/bleeps.ts';
import showBleepsSql from '../../main/engine/db/migrations/0013_show_bleeps.sql';
import { migrate } from '../../main/engine/db/migrate.ts';
import { migrations } from '../../main/engine/db/migrations/index.ts';
import { temporaryFolder } from '../support/folder.ts';

const number = migrations.indexOf(showBleepsSql);

test('shows from before bleep lists stay as they were and mask nothing', async () => {
  using place = temporaryFolder();
  const path = place.file('soundbite.db');
  const db = new Database(path);
  await migrate(db, path, migrations.slice(0, number));
  db.exec(
    `INSERT INTO shows (id, name, brand, export_name_template) VALUES ('show-1', 'Still Works', '{}', '{title}');`,
  );
  const before = db.prepare('SELECT * FROM shows').all();
  await migrate(db, path, migrations.slice(0, number + 1));
  expect(db.prepare('SELECT * FROM shows').all()).toEqual(
    before.map((row) => ({ ...(row as object), bleeps: JSON.stringify(NO_BLEEPS) })),
  );
  db.close();
});
