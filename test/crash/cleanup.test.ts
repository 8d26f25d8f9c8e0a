import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Engine } from '../../main/engine/createEngine.ts';
import { withStorage } from '../../main/engine/flows/storage.ts';
import type { Removal } from '../../main/engine/db/removals.ts';
import { isThisFile } from '../../main/engine/storage/trash.ts';
import { temporaryFolder } from '../support/folder.ts';
import { addEpisode, MIB, openStorageEngine, ownFile, sha256Of, sparseFile } from '../support/storage.ts';
import { seededRandom, startProcess } from './workProcess.ts';

const KILLS = process.env['SOUNDBITE_TEST_LONG'] === undefined ? 10 : 50;
/** How many steps a cleanup of the files below takes, and taking it back again. */
const MOST_STEPS = 90;
const MOST_MS = 120;
const OWNED = 30;

const Said = z.object({ said: z.enum(['begun', 'ending']), step: z.string().optional() });
const JournalLine = z.object({ run: z.string(), removal: z.int(), did: z.string(), path: z.string() });

const removalsOf = (engine: Engine): Pick<Removal, 'id' | 'run' | 'state' | 'path'>[] =>
  engine.library.db
    .prepare<[], Pick<Removal, 'id' | 'run' | 'state' | 'path'>>(
      'SELECT id, run, state, path FROM removals ORDER BY id',
    )
    .all();

/** The last word of the journal on each removal is what the database says, and it tells nothing twice. */
function expectJournalAgrees(engine: Engine): void {
  const lines = existsSync(engine.paths.removalJournal)
    ? readFileSync(engine.paths.removalJournal, 'utf8').split('\n')
    : [''];
  expect(lines.pop()).toBe('');
  const told = lines.map((line) => JournalLine.parse(JSON.parse(line)));
  expect(new Set(lines).size).toBe(lines.length);
  const last = new Map(told.map(({ run, removal, did, path }) => [`${run} ${removal}`, { did, path }]));
  expect(last).toEqual(
    new Map(removalsOf(engine).map(({ run, id, state, path }) => [`${run} ${id}`, { did: state, path }])),
  );
}

/** Every file of ours is where a row says that it is, once, or was emptied by a cleanup; answers those. */
async function expectNothingLost(engine: Engine, paths: readonly string[]): Promise<string[]> {
  const { home } = engine.paths;
  const recorded = new Set<string>();
  for (const file of engine.ownedFiles.list()) {
    expect(await isThisFile(join(home, file.path), file)).toBe(true);
    recorded.add(file.path);
  }
  for (const removal of engine.removals.listInTrash()) {
    expect(await isThisFile(join(home, removal.keptAs ?? ''), removal)).toBe(true);
    expect(recorded.has(removal.path)).toBe(false);
    recorded.add(removal.path);
  }
  const emptied = new Set(
    removalsOf(engine).flatMap(({ state, path }) => (state === 'emptied' ? [path] : [])),
  );
  const missing = paths.filter((path) => !recorded.has(path));
  expect(missing.filter((path) => !emptied.has(path))).toEqual([]);
  return missing;
}

test(
  `a cleanup that is killed ${KILLS} times in the middle loses no file and touches nothing outside; journal and database agree`,
  async () => {
    using folder = temporaryFolder();
    const home = folder.file('home');
    const quotaGb = String((50 * MIB) / 1e9);
    const engine = await openStorageEngine(home, { SOUNDBITE_MAX_STORAGE_GB: quotaGb });
    await addEpisode(engine, 'ep-1', '/nowhere/lamps.mp3');
    const owned = Array.from({ length: OWNED }, (_, index) => `analysis/ep-1/piece ${index}.wav`);
    const make = async (paths: readonly string[]): Promise<void> => {
      for (const path of paths)
        await ownFile(engine, path, 5 * MIB, { episodeId: 'ep-1', daysAgo: 60 - owned.indexOf(path) });
    };
    await make(owned);
    const originals = Array.from({ length: 20 }, (_, index) =>
      index < 10 ? folder.file(`originals/${index}.mp3`) : join(home, `analysis/ep-1/mine ${index}.wav`),
    );
    for (const path of originals) sparseFile(path, 5 * MIB);
    const sums = originals.map(sha256Of);
    const identities = () =>
      originals.map((path) => lstatSync(path)).map(({ ino, size, mtimeMs }) => [ino, size, mtimeMs]);
    const before = identities();
    const random = seededRandom(10);
    const steps = new Set<string>();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const isAtStep = kill % 2 === 0;
      const endAtStep = isAtStep ? 1 + Math.floor(random() * MOST_STEPS) : null;
      await using cut = await startProcess('cleanupProcess.ts', { home, quotaGb, endAtStep }, (line) =>
        Said.parse(line),
      );
      if (!isAtStep) {
        await cut.hear(({ said }) => said === 'begun');
        await wait(random() * MOST_MS);
        cut.send('SIGKILL');
      }
      expect(await cut.ended).toEqual({ code: null, signal: 'SIGKILL' });
      for (const { step } of cut.said) if (step !== undefined) steps.add(step);
      expect(identities()).toEqual(before);
      expect(engine.library.db.pragma('integrity_check', { simple: true })).toBe('ok');
      await withStorage(engine, undefined, () => Promise.resolve());
      expect(engine.removals.hasUnsettled()).toBe(false);
      expectJournalAgrees(engine);
      await make(await expectNothingLost(engine, owned));
    }
    expect(steps.size).toBeGreaterThanOrEqual(2);
    expect(originals.map(sha256Of)).toEqual(sums);
    await engine.close();
  },
  KILLS * 20_000,
);
