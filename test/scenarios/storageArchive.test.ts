import { appendFileSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Engine } from '../../main/engine/createEngine.ts';
import { archiveEpisode, bringBackEpisode } from '../../main/engine/flows/archive.ts';
import { cleanUp, storageStats } from '../../main/engine/flows/storage.ts';
import { temporaryFolder } from '../support/folder.ts';
import { addEpisode, MIB, openStorageEngine, ownFile, sha256Of, sparseFile } from '../support/storage.ts';

const WAS = 'episodes/copy-1/lamps.mp3';

async function givenCopiedEpisode(home: string): Promise<Engine> {
  const engine = await openStorageEngine(home);
  await ownFile(engine, WAS, 3 * MIB, { category: 'episode-copy' });
  await addEpisode(engine, 'ep-1', join(engine.paths.home, WAS));
  return engine;
}
const pathOf = (engine: Engine): string => engine.episodes.get('ep-1')?.episode.path ?? '';

test.each(['inside the library', 'in a folder of a person\u2019s choice'])(
  'an episode that is put away %s is read there, byte for byte, and comes back to where it was',
  async (where) => {
    using folder = temporaryFolder();
    const engine = await givenCopiedEpisode(folder.file('home'));
    const before = sha256Of(pathOf(engine));
    const elsewhere = where === 'inside the library' ? undefined : folder.file('shelf');
    const archived = await archiveEpisode(engine, 'ep-1', elsewhere);
    expect(archived).toMatchObject({ sizeBytes: 3 * MIB, sha256: before });
    expect(archived.path).toBe(join(elsewhere ?? engine.paths.archive, 'ep-1 lamps.mp3'));
    expect(pathOf(engine)).toBe(archived.path);
    expect(sha256Of(pathOf(engine))).toBe(before);
    expect(existsSync(join(engine.paths.home, WAS))).toBe(false);
    expect(await storageStats(engine)).toMatchObject({
      archived: [{ episodeId: 'ep-1', title: 'Episode ep-1', path: archived.path, sizeBytes: 3 * MIB }],
      originals: { files: 0 },
      undoable: null,
    });
    await expect(archiveEpisode(engine, 'ep-1')).rejects.toMatchObject({ code: 'WRONG_STATE' });

    const back = await bringBackEpisode(engine, 'ep-1');
    expect(back.path).toBe(join(engine.paths.home, WAS));
    expect(pathOf(engine)).toBe(back.path);
    expect(sha256Of(back.path)).toBe(before);
    expect(existsSync(archived.path)).toBe(false);
    expect(engine.ownedFiles.list()).toMatchObject([
      { path: WAS, category: 'episode-copy', episodeId: 'ep-1' },
    ]);
    await expect(bringBackEpisode(engine, 'ep-1')).rejects.toMatchObject({ code: 'WRONG_STATE' });
    await engine.close();
  },
);

test('a recording that is used where it is, or that work needs, is not put away', async () => {
  using folder = temporaryFolder();
  const engine = await givenCopiedEpisode(folder.file('home'));
  sparseFile(folder.file('mine.mp3'), MIB);
  await addEpisode(engine, 'ep-2', folder.file('mine.mp3'));
  await expect(archiveEpisode(engine, 'ep-2')).rejects.toMatchObject({ code: 'NOT_OURS' });
  await expect(archiveEpisode(engine, 'ep-9')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await engine.queue.enqueue({
    kind: 'review',
    lane: 'review',
    priority: 'low',
    label: 'Lamps',
    payload: { episodeId: 'ep-1' },
    episodeId: 'ep-1',
  });
  await expect(archiveEpisode(engine, 'ep-1')).rejects.toMatchObject({ code: 'WRONG_STATE' });
  expect(existsSync(join(engine.paths.home, WAS))).toBe(true);
  expect(existsSync(engine.paths.archive)).toBe(false);
  await engine.close();
});

test('an archive that has changed, or cannot be reached, is told, and the episode stays as it is', async () => {
  using folder = temporaryFolder();
  const engine = await givenCopiedEpisode(folder.file('home'));
  const { path } = await archiveEpisode(engine, 'ep-1', folder.file('shelf'));
  appendFileSync(path, 'x');
  await expect(bringBackEpisode(engine, 'ep-1')).rejects.toMatchObject({ code: 'ARCHIVE_FAILED' });
  expect(pathOf(engine)).toBe(path);
  expect(existsSync(path)).toBe(true);
  expect(readdirSync(folder.file('shelf'))).toEqual(['ep-1 lamps.mp3']);
  await engine.library.write(() => {
    engine.library.db.exec(`UPDATE archived_episodes SET path = '/nowhere/lamps.mp3'`);
  });
  await expect(bringBackEpisode(engine, 'ep-1')).rejects.toMatchObject({ code: 'FILE_MISSING' });
  await engine.close();
});

test('no cleanup takes the only copy of a recording, in the library or in its archive, whatever the limit', async () => {
  using folder = temporaryFolder();
  const engine = await givenCopiedEpisode(folder.file('home'));
  await ownFile(engine, 'episodes/copy-2/nobody\u2019s.mp3', MIB, { category: 'episode-copy', daysAgo: 400 });
  await archiveEpisode(engine, 'ep-1');
  await engine.library.write(() => {
    engine.storedSettings.save('maxStorageGb', 0.001);
  });
  const report = await cleanUp(engine, ['analysis', 'export', 'trash']);
  expect(report).toMatchObject({ removed: [], emptied: 1 });
  expect(report.stillOverBytes).toBeGreaterThan(3 * MIB);
  await engine.close();
});
