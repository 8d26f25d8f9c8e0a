import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { soundbite } from '../support/cli.ts';
import { temporaryFolder } from '../support/folder.ts';
import { addEpisode, openStorageEngine, ownFile } from '../support/storage.ts';

test('from a terminal a library is looked at, cleaned up and brought back, and its state is carried, forgotten and recovered', async () => {
  using folder = temporaryFolder();
  const home = folder.file('home');
  const engine = await openStorageEngine(home);
  await addEpisode(engine, 'ep-1', '/nowhere/lamps.mp3');
  await ownFile(engine, 'analysis/ep-1/speech.wav', 30_000_000, { episodeId: 'ep-1', daysAgo: 5 });
  await engine.close();
  const copy = join(home, 'analysis/ep-1/speech.wav');
  const small = { SOUNDBITE_MAX_STORAGE_GB: '0.02' };

  const plan = await soundbite(home, ['storage', 'cleanup', '--dry-run', '--json'], small);
  expect(plan.json()).toMatchObject({
    removals: [{ path: 'analysis/ep-1/speech.wav', reason: 'over-quota', sizeBytes: 30_000_000 }],
    quotaBytes: 20_000_000,
  });
  expect(existsSync(copy)).toBe(true);
  const cleaned = await soundbite(home, ['storage', 'cleanup'], small);
  expect(cleaned.stdout).toMatch(/^1 files, 30 MB, moved to the trash;/);
  expect(existsSync(copy)).toBe(false);
  const undone = await soundbite(home, ['storage', 'undo', '--json']);
  expect(undone.json()).toMatchObject({ restored: ['analysis/ep-1/speech.wav'], notRestored: [] });
  expect(existsSync(copy)).toBe(true);

  const state = folder.file('soundbite.state');
  expect((await soundbite(home, ['state', 'export', state, '--json'])).json()).toMatchObject({
    path: state,
    rows: 2,
  });
  const unasked = await soundbite(home, ['state', 'reset', '--json']);
  expect([unasked.code, unasked.json()]).toMatchObject([2, { error: { code: 'BAD_INPUT' } }]);
  const reset = (await soundbite(home, ['state', 'reset', '--force', '--json'])).json() as { backup: string };
  expect(existsSync(join(home, 'backups', reset.backup))).toBe(true);
  const taken = await soundbite(home, ['state', 'import', state, '--no-backup', '--json']);
  expect(taken.json()).toEqual({ counts: { shows: 1, episodes: 1 }, conflicts: [], backup: null });
  const sound = await soundbite(home, ['state', 'recover', '--json']);
  expect(sound.json()).toMatchObject({ error: { code: 'WRONG_STATE' } });
  expect(readFileSync(join(home, 'logs/removals.jsonl'), 'utf8').match(/"did":"\w+"/gu)).toEqual([
    '"did":"removed"',
    '"did":"undone"',
  ]);
});
