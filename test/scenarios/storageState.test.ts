import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Candidate } from '../../main/domain/clip.ts';
import type { Engine } from '../../main/engine/createEngine.ts';
import { STAYING, TRAVELLING } from '../../main/engine/db/state.ts';
import { backUp } from '../../main/engine/flows/backUp.ts';
import { recoverLibrary } from '../../main/engine/flows/recoverLibrary.ts';
import { exportState, importState, resetState, showState } from '../../main/engine/flows/state.ts';
import { cleanUp } from '../../main/engine/flows/storage.ts';
import { scheduleUpkeep } from '../../main/engine/flows/upkeep.ts';
import { newShow } from '../../main/domain/show.ts';
import { temporaryFolder } from '../support/folder.ts';
import { addEpisode, openStorageEngine } from '../support/storage.ts';

const DAY_MS = 86_400_000;

const candidate: Candidate = {
  inS: 10,
  outS: 40,
  durationS: 30,
  score: 61,
  confidence: 'high',
  foundBy: 'words',
  reason: 'It opens on a claim.',
  parts: [],
  title: 'Nobody repairs lamps',
  text: 'Nobody repairs lamps any more.',
  speakers: ['Ann'],
  titles: [],
  scorerVersion: 'test',
};

/** An episode with words, clips, a mark, feedback and a setting. */
async function givenState(engine: Engine, id = 'ep-1'): Promise<void> {
  await addEpisode(engine, id, `/nowhere/${id}.mp3`);
  await engine.library.write(() => {
    engine.segments.replace(id, [
      {
        speaker: 'Ann',
        fromS: 10,
        toS: 14,
        text: 'Nobody repairs lamps any more.',
        words: [],
        timing: 'cue',
      },
    ]);
    engine.clips.replaceCandidates(id, [candidate], 5);
    engine.library.db.exec(`
      INSERT INTO marks (episode_id, at_s, note, created_at_ms) VALUES ('${id}', 12, 'the lamp', 3);
      INSERT INTO feedback (clip_id, episode_id, show_id, kind, rating, given_at_ms)
        SELECT clips.id, episode_id, show_id, 'rating', 4, 9 FROM clips JOIN episodes ON episodes.id = episode_id WHERE episode_id = '${id}';
      INSERT OR IGNORE INTO settings VALUES ('maxStorageGb', '7');`);
  });
}

const rowsOf = (engine: Engine) => JSON.parse(JSON.stringify([...engine.state.rows()])) as unknown;
const words = (engine: Engine): number =>
  Number(
    engine.library.db
      .prepare(`SELECT count(*) FROM transcript_words WHERE transcript_words MATCH 'lamps'`)
      .pluck()
      .get(),
  );

test('every table of the database either travels with a state file or is known to stay', async () => {
  using folder = temporaryFolder();
  const engine = await openStorageEngine(folder.file('home'));
  const tables = engine.library.db
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'transcript_words%'`,
    )
    .pluck()
    .all();
  expect(tables.sort()).toEqual([...Object.keys(TRAVELLING), ...STAYING].sort());
  await engine.close();
});

describe('a state file', () => {
  test('brings everything a person would miss to another library, where it is found again', async () => {
    using folder = temporaryFolder();
    const path = folder.file('soundbite.state');
    const here = await openStorageEngine(folder.file('here'));
    await givenState(here);
    const exported = await exportState(here, path);
    expect(exported).toEqual({ path, sizeBytes: statSync(path).size, rows: 8 });
    await expect(exportState(here, path)).rejects.toMatchObject({ code: 'BAD_INPUT' });

    const there = await openStorageEngine(folder.file('there'));
    const imported = await importState(there, path, { backup: true });
    expect(imported.conflicts).toEqual([]);
    expect(Object.values(imported.counts).reduce((sum, count) => sum + count, 0)).toBe(8);
    expect(imported.backup).toMatch(/^before-import-.*\.db$/);
    expect(rowsOf(there)).toEqual(rowsOf(here));
    expect(words(there)).toBe(1);
    await here.close();
    await there.close();
  });

  test('leaves what is here as it is, tells it, and takes in the rest, numbers and shows as they are here', async () => {
    using folder = temporaryFolder();
    const path = folder.file('soundbite.state');
    const here = await openStorageEngine(folder.file('here'));
    await givenState(here);
    await givenState(here, 'ep-2');
    await exportState(here, path);

    const there = await openStorageEngine(folder.file('there'));
    await there.library.write(() => {
      there.shows.add(newShow('show-of-mine', 'still works'));
    });
    await givenState(there);
    await there.library.write(() => {
      there.storedSettings.save('maxStorageGb', 9);
    });
    const before = await showState(there);
    const imported = await importState(there, path, { backup: false });
    expect(imported).toMatchObject({
      backup: null,
      conflicts: [
        { what: 'show', name: 'Still Works', kept: 'here' },
        { what: 'episode', name: 'Episode ep-1', kept: 'here' },
        { what: 'setting', name: 'maxStorageGb', kept: 'here' },
      ],
    });
    const after = await showState(there);
    for (const table of ['episodes', 'clips', 'marks', 'feedback', 'transcript_segments'])
      expect(after.counts[table]).toBe((before.counts[table] ?? 0) + 1);
    expect(there.library.db.pragma('foreign_key_check')).toEqual([]);
    await here.close();
    await there.close();
  });

  test.each([
    ['cut off', (text: string) => text.slice(0, -200)],
    ['changed', (text: string) => text.replace('Nobody repairs', 'Anybody repairs')],
    ['of another kind', () => '{"shows":[]}\n'],
    ['not JSON', () => 'once upon a time\n'],
    ['with rows behind its end', (text: string) => `${text}{"table":"jobs","row":{}}\n`],
  ])('that is %s changes nothing', async (_how, damage) => {
    using folder = temporaryFolder();
    const path = folder.file('soundbite.state');
    const engine = await openStorageEngine(folder.file('home'));
    await givenState(engine);
    await exportState(engine, path);
    writeFileSync(path, damage(readFileSync(path, 'utf8')));
    const before = rowsOf(engine);
    await expect(importState(engine, path, { backup: false })).rejects.toMatchObject({
      code: 'STATE_UNREADABLE',
    });
    expect(rowsOf(engine)).toEqual(before);
    await engine.close();
  });
});

test('a reset backs up, forgets everything and keeps the files; the backup brings it all back', async () => {
  using folder = temporaryFolder();
  const engine = await openStorageEngine(folder.file('home'));
  await givenState(engine);
  const before = rowsOf(engine);
  const { backup } = await resetState(engine, { backup: true });
  expect(rowsOf(engine)).toEqual([]);
  expect((await showState(engine)).backups.map(({ name, kind }) => [name, kind])).toEqual([
    [backup, 'before-reset'],
  ]);
  expect((await resetState(engine, { backup: false })).backup).toBeNull();
  await engine.close();

  truncateSync(engine.paths.database, 5000);
  await recoverLibrary(engine.paths, Date.now());
  const again = await openStorageEngine(folder.file('home'));
  expect(rowsOf(again)).toEqual(before);
  await again.close();
});

describe('a damaged database', () => {
  const damage: readonly [string, (path: string) => void][] = [
    [
      'in its first bytes',
      (path) => {
        overwrite(path, 0, 'This was a database once.');
      },
    ],
    [
      'in the middle',
      (path) => {
        overwrite(path, Math.floor(statSync(path).size / 2 / 4096) * 4096, 'x'.repeat(8192));
      },
    ],
    [
      'at its end',
      (path) => {
        truncateSync(path, Math.floor(statSync(path).size / 2));
      },
    ],
  ];
  test.each(damage)(
    'is recognised at the start when it is damaged %s; it is kept aside and the newest sound backup takes its place',
    async (_where, ruin) => {
      using folder = temporaryFolder();
      const engine = await openStorageEngine(folder.file('home'));
      const { paths } = engine;
      await givenState(engine);
      const good = await backUp(engine, 'daily');
      await new Promise((resolve) => setTimeout(resolve, 2));
      const bad = await backUp(engine, 'daily');
      await engine.close();
      overwrite(join(paths.backups, bad), 100, 'x'.repeat(20_000));
      ruin(paths.database);
      const ruined = readFileSync(paths.database);

      await expect(openStorageEngine(folder.file('home'))).rejects.toMatchObject({
        code: 'LIBRARY_DAMAGED',
        message: expect.stringContaining(good) as string,
      });
      expect(readFileSync(paths.database)).toEqual(ruined);
      const recovered = await recoverLibrary(paths, Date.now());
      expect(recovered.backup).toBe(good);
      expect(readFileSync(join(recovered.keptAside, 'soundbite.db'))).toEqual(ruined);
      const again = await openStorageEngine(folder.file('home'));
      expect(again.clips.list('ep-1')).toHaveLength(1);
      await again.close();
    },
  );

  test('is never replaced while it is sound, or while somebody has it open', async () => {
    using folder = temporaryFolder();
    const engine = await openStorageEngine(folder.file('home'), {}, { works: true });
    await backUp(engine, 'daily');
    await expect(recoverLibrary(engine.paths, 0)).rejects.toMatchObject({ code: 'LIBRARY_BUSY' });
    await engine.close();
    await expect(recoverLibrary(engine.paths, 0)).rejects.toMatchObject({ code: 'WRONG_STATE' });
    expect(existsSync(join(engine.paths.home, 'damaged'))).toBe(false);
  });

  test('that is somebody else\u2019s is told apart', async () => {
    using folder = temporaryFolder();
    writeFileSync(folder.file('soundbite.db'), 'a shopping list');
    await expect(openStorageEngine(folder.path)).rejects.toMatchObject({ code: 'LIBRARY_FOREIGN' });
  });
});

test('upkeep comes round once a day, and three daily backups with one of an earlier week are left', async () => {
  using folder = temporaryFolder();
  let nowMs = Date.UTC(2026, 2, 2, 4);
  const engine = await openStorageEngine(folder.file('home'), {}, { storage: { nowMs: () => nowMs } });
  const asked: string[] = [];
  const look = async (): Promise<void> => {
    const stop = scheduleUpkeep(
      engine,
      (job) => Promise.resolve(asked.push(job.kind)),
      (error) => {
        throw error;
      },
    );
    await stop();
  };
  await look();
  await look();
  expect(asked).toEqual([]);
  nowMs += DAY_MS;
  await look();
  expect(asked).toEqual(['cleanup', 'backup']);
  for (let day = 0; day < 12; day += 1) {
    nowMs += DAY_MS;
    await backUp(engine, 'daily');
    await cleanUp(engine);
  }
  const days = readdirSync(engine.paths.backups).map((name) => name.slice(6, 16));
  expect(days).toEqual(['2026-03-12', '2026-03-13', '2026-03-14', '2026-03-15']);
  await engine.close();
});

function overwrite(path: string, at: number, text: string): void {
  const file = openSync(path, 'r+');
  writeSync(file, text, at);
  closeSync(file);
}
