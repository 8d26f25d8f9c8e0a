import { execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Engine } from '../../main/engine/createEngine.ts';
import { cleanUp, planStorage, storageStats, undoStorage } from '../../main/engine/flows/storage.ts';
import { temporaryFolder } from '../support/folder.ts';
import {
  addEpisode,
  MIB,
  openStorageEngine,
  ownFile,
  rowOf,
  sha256Of,
  sparseFile,
} from '../support/storage.ts';

const QUOTA = { SOUNDBITE_MAX_STORAGE_GB: String((100 * MIB) / 1e9) };

/** Ten files that can be made again, the oldest first; the library holds a model of 80 MiB besides. */
async function givenOwned(engine: Engine): Promise<string[]> {
  await addEpisode(engine, 'ep-1', '/nowhere/lamps.mp3');
  await engine.library.write(() => {
    engine.speechModels.install(
      {
        folder: 'models/large',
        description: {
          id: 'large',
          name: 'Large',
          engine: 'whisper',
          files: [{ role: 'encoder', name: 'model.onnx' }],
          languages: [],
          licence: 'MIT',
          memoryMb: null,
          writesPunctuation: true,
        },
      },
      0,
    );
  });
  await ownFile(engine, 'models/large/model.onnx', 80 * MIB, { category: 'model' });
  const paths = Array.from({ length: 10 }, (_, index) => `analysis/ep-1/piece ${index}.wav`);
  for (const [index, path] of paths.entries())
    await ownFile(engine, path, 5 * MIB, { episodeId: 'ep-1', daysAgo: 60 - index });
  return paths;
}

/** Twenty recordings of a person's own: ten elsewhere, ten inside the library's folder. */
function givenOriginals(home: string, elsewhere: string): Map<string, string> {
  const paths = [
    ...Array.from({ length: 10 }, (_, index) => join(elsewhere, `original ${index}.mp3`)),
    ...Array.from({ length: 10 }, (_, index) => join(home, 'analysis/ep-1', `mine ${index}.wav`)),
  ];
  for (const path of paths) sparseFile(path, 5 * MIB);
  return new Map(paths.map((path) => [path, sha256Of(path)]));
}

const sumsOf = (paths: Iterable<string>): Map<string, string> =>
  new Map([...paths].map((path) => [path, sha256Of(path)]));

/** Rows that claim what is not ours, all of them older than anything else. */
async function givenTraps(engine: Engine, originals: readonly string[]): Promise<Record<string, string>> {
  const { home } = engine.paths;
  const folder = join(home, 'analysis/ep-1');
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = originals;
  symlinkSync(first, join(folder, 'link.wav'));
  linkSync(second, join(folder, 'hard link.wav'));
  symlinkSync(join(third, '..'), join(home, 'analysis/linked folder'));
  sparseFile(join(folder, 'replaced.wav'), 5 * MIB);
  const replacedRow = rowOf(home, 'analysis/ep-1/replaced.wav', 'analysis', 'ep-1');
  sparseFile(join(folder, 'another.wav'), 5 * MIB, 'a recording that a person put there');
  renameSync(join(folder, 'another.wav'), join(folder, 'replaced.wav'));
  const upwards = '../originals/original 3.mp3';
  const rows = {
    link: { ...rowOf(home, 'analysis/ep-1/link.wav', 'analysis', 'ep-1') },
    hardLink: rowOf(home, 'analysis/ep-1/hard link.wav', 'analysis', 'ep-1'),
    linkedFolder: rowOf(home, 'analysis/linked folder/original 2.mp3', 'analysis', 'ep-1'),
    replaced: replacedRow,
    upwards: { ...rowOf(home, upwards, 'analysis', 'ep-1') },
    roundAbout: {
      ...rowOf(home, upwards, 'analysis', 'ep-1'),
      path: 'analysis/../../originals/original 3.mp3',
    },
    absolute: { ...rowOf(home, upwards, 'analysis', 'ep-1'), path: fifth },
    folder: { ...rowOf(home, 'models/large', 'analysis', 'ep-1') },
  };
  expect(fourth).toContain('original 3');
  await engine.library.write(() => {
    for (const row of Object.values(rows)) engine.ownedFiles.record({ ...row, category: 'analysis' }, 1);
  });
  return Object.fromEntries(Object.entries(rows).map(([name, { path }]) => [name, path]));
}

test('with a limit of 100 MiB only owned files go, the oldest first, until the limit is kept; 20 originals stay byte for byte', async () => {
  using folder = temporaryFolder();
  const home = folder.file('home');
  const engine = await openStorageEngine(home, QUOTA);
  const owned = await givenOwned(engine);
  const originals = givenOriginals(home, folder.file('originals'));
  const traps = await givenTraps(engine, [...originals.keys()]);
  const trapSums = sumsOf([join(home, 'analysis/ep-1/replaced.wav')]);

  const plan = await planStorage(engine);
  expect(owned.filter((path) => existsSync(join(home, path)))).toEqual(owned);
  const report = await cleanUp(engine);

  // 80 MiB of model, 50 MiB of pieces and the database: seven pieces have to go, and not one more.
  expect(report.removed.map(({ path }) => path)).toEqual(owned.slice(0, 7));
  expect(report.removed).toEqual(plan.removals);
  expect(new Set(report.removed.map(({ reason }) => reason))).toEqual(new Set(['over-quota']));
  expect(report.stillOverBytes).toBe(0);
  expect(plan.afterBytes).toBeLessThanOrEqual(100 * MIB);
  expect(plan.afterBytes + 5 * MIB).toBeGreaterThan(100 * MIB);
  expect(owned.filter((path) => existsSync(join(home, path)))).toEqual(owned.slice(7));
  expect(Object.fromEntries(report.leftAlone.map(({ path, because }) => [path, because]))).toEqual({
    [traps['link'] ?? '']: 'link',
    [traps['hardLink'] ?? '']: 'hard-link',
    [traps['linkedFolder'] ?? '']: 'outside',
    [traps['replaced'] ?? '']: 'replaced',
    [traps['upwards'] ?? '']: 'outside',
    [traps['roundAbout'] ?? '']: 'outside',
    [traps['absolute'] ?? '']: 'outside',
    [traps['folder'] ?? '']: 'not-a-file',
  });
  expect(sumsOf(originals.keys())).toEqual(originals);
  expect(sumsOf(trapSums.keys())).toEqual(trapSums);
  await engine.close();
});

const canMount = (() => {
  using folder = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder.path], {
      stdio: 'ignore',
      timeout: 5000,
    });
    execFileSync('umount', [folder.path], { stdio: 'ignore', timeout: 5000 });
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!canMount)(
  'what is mounted inside the library is left alone, another disk as well as another folder of the same one (not run where mounting is not allowed)',
  async () => {
    using folder = temporaryFolder();
    const home = folder.file('home');
    const engine = await openStorageEngine(home, { SOUNDBITE_MAX_STORAGE_GB: '0.001' });
    await addEpisode(engine, 'ep-1', '/nowhere/lamps.mp3');
    const disk = join(home, 'analysis/disk');
    const bound = join(home, 'analysis/bound');
    mkdirSync(disk, { recursive: true });
    mkdirSync(bound);
    sparseFile(folder.file('originals/mine.wav'), 5 * MIB);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk], { timeout: 5000 });
    execFileSync('mount', ['--bind', folder.file('originals'), bound], { timeout: 5000 });
    try {
      await ownFile(engine, 'analysis/disk/piece.wav', 5 * MIB, { episodeId: 'ep-1' });
      await engine.library.write(() => {
        engine.ownedFiles.record(rowOf(home, 'analysis/bound/mine.wav', 'analysis', 'ep-1'), 1);
      });
      const report = await cleanUp(engine);
      expect(report.removed).toEqual([]);
      expect(report.leftAlone).toEqual([
        { path: 'analysis/bound/mine.wav', because: 'mount-point' },
        { path: 'analysis/disk/piece.wav', because: 'mount-point' },
      ]);
      expect(existsSync(folder.file('originals/mine.wav'))).toBe(true);
      expect(existsSync(join(disk, 'piece.wav'))).toBe(true);
    } finally {
      execFileSync('umount', [disk], { timeout: 5000 });
      execFileSync('umount', [bound], { timeout: 5000 });
      await engine.close();
    }
  },
);

test('a file that a job needs is left alone, whether the job waits or is paused, and so is what it comes to need after the plan', async () => {
  using folder = temporaryFolder();
  const engine = await openStorageEngine(folder.file('home'), { SOUNDBITE_MAX_STORAGE_GB: '0.001' });
  for (const id of ['ep-1', 'ep-2', 'ep-3']) {
    await addEpisode(engine, id, `/nowhere/${id}.mp3`);
    await ownFile(engine, `analysis/${id}/speech.wav`, 5 * MIB, { episodeId: id });
  }
  const need = (episodeId: string) =>
    engine.queue.enqueue({
      kind: 'transcribe',
      lane: 'intake',
      priority: 'normal',
      label: episodeId,
      payload: { episodeId, modelId: 'any', language: null },
      episodeId,
    });
  await need('ep-1');
  const paused = await need('ep-2');
  await engine.queue.pause(paused.id);
  expect((await planStorage(engine)).removals.map(({ path }) => path)).toEqual(['analysis/ep-3/speech.wav']);
  await need('ep-3');
  const report = await cleanUp(engine);
  expect(report.removed).toEqual([]);
  expect(report.stillOverBytes).toBeGreaterThan(14 * MIB);
  await engine.close();
});

test('what a cleanup took away comes back with its age, and the next cleanup knows it again', async () => {
  using folder = temporaryFolder();
  const home = folder.file('home');
  const engine = await openStorageEngine(home, QUOTA);
  const owned = await givenOwned(engine);
  const before = sumsOf(owned.map((path) => join(home, path)));
  const rows = engine.ownedFiles.list();
  const { run, removed } = await cleanUp(engine);
  expect(removed).toHaveLength(7);
  expect((await storageStats(engine)).undoable).toMatchObject({ run, files: 7, sizeBytes: 35 * MIB });

  // One place has been taken meanwhile: what lies there now stays.
  const taken = join(home, owned[0] ?? '');
  writeFileSync(taken, 'somebody else');
  const undone = await undoStorage(engine);
  expect(undone).toMatchObject({ restored: owned.slice(1, 7), notRestored: [owned[0]] });
  expect(readFileSync(taken, 'utf8')).toBe('somebody else');
  rmSync(taken);
  expect(await undoStorage(engine)).toMatchObject({ restored: [owned[0]], notRestored: [] });
  expect(sumsOf(before.keys())).toEqual(before);
  expect(engine.ownedFiles.list()).toEqual(rows);
  await expect(undoStorage(engine)).rejects.toMatchObject({ code: 'NOTHING_TO_UNDO' });
  expect((await cleanUp(engine)).removed.map(({ path }) => path)).toEqual(owned.slice(0, 7));
  const journal = readFileSync(engine.paths.removalJournal, 'utf8').trim().split('\n');
  expect(journal.map((line) => (JSON.parse(line) as { did: string }).did)).toEqual([
    ...Array<string>(7).fill('removed'),
    ...Array<string>(6).fill('undone'),
    'undone',
    ...Array<string>(7).fill('removed'),
  ]);
  await engine.close();
});

test('the library\u2019s own trash is emptied to keep the limit, but never of what has just been put there', async () => {
  using folder = temporaryFolder();
  const home = folder.file('home');
  const engine = await openStorageEngine(home, QUOTA);
  await givenOwned(engine);
  expect(await cleanUp(engine)).toMatchObject({ removed: { length: 7 }, emptied: 0 });
  expect(readdirSync(join(home, 'trash'))).toHaveLength(1);
  expect(await cleanUp(engine)).toMatchObject({ removed: [], emptied: 7, emptiedBytes: 35 * MIB });
  expect(readdirSync(join(home, 'trash'))).toEqual([]);
  await engine.close();
});

test('a system whose trash refuses, or only pretends, keeps its files', async () => {
  using folder = temporaryFolder();
  for (const trashItem of [() => Promise.reject(new Error('no trash here')), () => Promise.resolve()]) {
    const home = folder.file(crypto.randomUUID());
    const engine = await openStorageEngine(home, QUOTA, { storage: { trashItem } });
    const owned = await givenOwned(engine);
    const report = await cleanUp(engine);
    expect(report).toMatchObject({ run: null, removed: [] });
    expect(report.leftAlone.map(({ because }) => because)).toEqual(Array<string>(7).fill('trash-failed'));
    expect(owned.filter((path) => existsSync(join(home, path)))).toEqual(owned);
    expect(engine.ownedFiles.list()).toHaveLength(11);
    expect(engine.removals.hasUnsettled()).toBe(false);
    await engine.close();
  }
});

test('what goes to the system\u2019s trash leaves the library, and nothing is promised to come back', async () => {
  using folder = temporaryFolder();
  const home = folder.file('home');
  const bin = folder.file('bin');
  mkdirSync(bin);
  const trashItem = (path: string): Promise<void> => {
    renameSync(path, join(bin, path.slice(path.lastIndexOf('/') + 1)));
    return Promise.resolve();
  };
  const engine = await openStorageEngine(home, QUOTA, { storage: { trashItem } });
  await givenOwned(engine);
  expect((await cleanUp(engine)).removed).toHaveLength(7);
  expect(readdirSync(bin)).toHaveLength(7);
  expect((await storageStats(engine)).undoable).toBeNull();
  await expect(undoStorage(engine)).rejects.toMatchObject({ code: 'NOTHING_TO_UNDO' });
  await engine.close();
});
