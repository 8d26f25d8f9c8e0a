import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { AppError } from '../../../main/domain/errors.ts';
import { Writer } from '../../../main/engine/db/writer.ts';
import { temporaryFolder } from '../../support/folder.ts';

function openTable(path: string): Database.Database {
  const db = new Database(path, { timeout: 0 });
  db.pragma('journal_mode = WAL');
  db.exec('CREATE TABLE IF NOT EXISTS rows (name TEXT NOT NULL UNIQUE) STRICT');
  return db;
}
const names = (db: Database.Database): unknown[] =>
  db.prepare('SELECT name FROM rows ORDER BY rowid').pluck().all();

test('changes of one turn share a commit, and one that throws takes back only itself', async () => {
  using folder = temporaryFolder();
  const db = openTable(folder.file('a.db'));
  const writer = new Writer(db);
  const add = db.prepare<[string]>('INSERT INTO rows VALUES (?)');
  const results = await Promise.allSettled([
    writer.write(() => add.run('one').changes),
    writer.write(() => {
      add.run('half');
      throw new AppError('BAD_INPUT', 'changed my mind');
    }),
    writer.write(() => add.run('one').changes),
    writer.write(() => add.run('two').changes),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  expect(results[1]).toMatchObject({ reason: { code: 'BAD_INPUT' } });
  expect(results[2]).toMatchObject({ reason: { code: 'SQLITE_CONSTRAINT_UNIQUE' } });
  expect(names(db)).toEqual(['one', 'two']);
  db.close();
});

test('a lone change that throws leaves nothing, and the next one is written', async () => {
  using folder = temporaryFolder();
  const db = openTable(folder.file('a.db'));
  const writer = new Writer(db);
  const add = db.prepare<[string]>('INSERT INTO rows VALUES (?)');
  await expect(
    writer.write(() => {
      add.run('half');
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  await writer.write(() => add.run('whole'));
  expect(names(db)).toEqual(['whole']);
  db.close();
});

test('a change that waits for something is refused, because a commit cannot wait', async () => {
  using folder = temporaryFolder();
  const db = openTable(folder.file('a.db'));
  const writer = new Writer(db);
  await expect(writer.write(() => Promise.resolve(1))).rejects.toThrow(TypeError);
  db.close();
});

test('while another process writes nobody is blocked, and the change is written afterwards', async () => {
  using folder = temporaryFolder();
  const db = openTable(folder.file('a.db'));
  const other = openTable(folder.file('a.db'));
  other.exec('BEGIN IMMEDIATE');
  const writer = new Writer(db);
  const add = db.prepare<[string]>('INSERT INTO rows VALUES (?)');
  const written = writer.write(() => add.run('patient'));
  // Turns of the event loop go by meanwhile: nothing in this process is held up.
  for (let turn = 0; turn < 100; turn += 1) await new Promise(setImmediate);
  expect(names(db)).toEqual([]);
  other.exec('COMMIT');
  await written;
  expect(names(db)).toEqual(['patient']);
  other.close();
  db.close();
});

test('more changes than one commit takes are all written, in the order they came', async () => {
  using folder = temporaryFolder();
  const db = openTable(folder.file('a.db'));
  const writer = new Writer(db);
  const add = db.prepare<[string]>('INSERT INTO rows VALUES (?)');
  const wanted = Array.from({ length: 500 }, (_, index) => String(index));
  await Promise.all(wanted.map((name) => writer.write(() => add.run(name))));
  expect(names(db)).toEqual(wanted);
  db.close();
});
