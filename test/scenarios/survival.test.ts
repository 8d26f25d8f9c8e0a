import { appendFileSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { soundbite, startSoundbite, type RunningCli } from '../support/cli.ts';
import { ClipDocument, ExportInJson, filesOf } from '../support/clipDocument.ts';
import { temporaryFolder } from '../support/folder.ts';
import { probeFile } from '../support/measure.ts';
import { excerpt, makeSound } from '../support/sources.ts';
import { watchFinalNames } from '../support/watchFinalNames.ts';

const LONGEST_MS = 900_000;
/** The short form leaves the many kills to the tests of the queue, which work without the command line around it. */
const KILLS = process.env['SOUNDBITE_TEST_LONG'] === undefined ? 6 : 200;
const LATEST_KILL_MS = 2000;
const PARTIALS = '.soundbite-partial';

const folder = temporaryFolder();
const source = folder.file('episode.m4a');
const longerSource = folder.file('longer episode.m4a');
beforeAll(async () => {
  await makeSound(source, excerpt(133.3, 157.3), 'mono');
  await makeSound(longerSource, excerpt(133.3, 187), 'mono');
});
afterAll(() => {
  folder[Symbol.dispose]();
});

const namesIn = (path: string): string[] => (existsSync(path) ? readdirSync(path).sort() : []);
const filesBelow = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

const isHalfWritten = (out: string): boolean =>
  namesIn(join(out, PARTIALS)).some(
    (name) => (statSync(join(out, PARTIALS, name), { throwIfNoEntry: false })?.size ?? 0) > 0,
  );

/** Resolves when an export has begun to write its partial file; throws when the command line ended before. */
async function untilHalfWritten(out: string, cli: RunningCli): Promise<void> {
  const ended = cli.ended.then((run) => {
    throw new Error(`it ended before it wrote anything: ${run.stderr}`);
  });
  await Promise.race([ended, until(() => isHalfWritten(out))]);
}

/** Resolves when a condition outside this process has come true. */
const until = (isTrue: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const timer = setInterval(() => {
      if (!isTrue()) return;
      clearInterval(timer);
      resolve();
    }, 5);
  });

function expectSoundLibrary(home: string): void {
  using library = openReadOnly(join(home, 'soundbite.db'));
  expect(library.db.pragma('integrity_check', { simple: true })).toBe('ok');
  // The review that an episode brings along waits for a process that stays.
  const unfinished =
    "SELECT count(*) AS n FROM jobs WHERE state <> 'completed' AND NOT (lane = 'review' AND state = 'pending')";
  expect(library.db.prepare(unfinished).get()).toEqual({
    n: 0,
  });
  expect(['work', 'run'].flatMap((name) => filesBelow(join(home, name)))).toEqual([]);
}

function openReadOnly(path: string): { db: Database.Database } & Disposable {
  const db = new Database(path, { readonly: true });
  return { db, [Symbol.dispose]: () => void db.close() };
}

describe('an export that is interrupted', () => {
  const clipTo = (home: string, out: string): RunningCli =>
    startSoundbite(home, ['clip', source, '--top', '1', '--out', out, '--json']);

  test(
    'by a kill is taken back, told in one line, and finished once',
    async () => {
      const home = folder.file('killed');
      const out = folder.file('killed clips');
      const watch = watchFinalNames(out);
      const killed = clipTo(home, out);
      await untilHalfWritten(out, killed);
      killed.send('SIGKILL');
      expect(await killed.ended).toMatchObject({ code: -1, stdout: '' });
      expect(namesIn(out)).toEqual([PARTIALS]);

      const resumed = await clipTo(home, out).ended;
      expect(resumed.code).toBe(0);
      expect(resumed.stderr.split('\n')).toEqual([
        expect.stringMatching(/^Soundbite was ended in the middle of a job; going on with .+ \(tiktok\)\.$/),
      ]);
      const [clip] = ClipDocument.parse(resumed.json()).clips;
      const [file] = clip?.exports ?? [];
      expect(namesIn(out).map((name) => join(out, name))).toEqual(filesOf(file === undefined ? [] : [file]));
      expect((await probeFile(file?.path ?? '')).durationS).toBeCloseTo(clip?.durationS ?? 0, 0);
      expect(watch.stop()).toEqual([]);
      expectSoundLibrary(home);
    },
    LONGEST_MS,
  );

  test(
    'by Ctrl+C is parked, said to be kept, and goes on when it is asked for again',
    async () => {
      const home = folder.file('parked');
      const out = folder.file('parked clips');
      const watch = watchFinalNames(out);
      const parked = clipTo(home, out);
      await untilHalfWritten(out, parked);
      parked.send('SIGINT');
      const stopped = await parked.ended;
      expect(stopped).toMatchObject({ code: 130, stdout: '' });
      expect(stopped.stderr).toBe('Stopped. The work is kept; it goes on the next time Soundbite runs.');
      expect(filesBelow(join(home, 'run'))).toEqual([]);

      const resumed = await clipTo(home, out).ended;
      expect(resumed.code).toBe(0);
      const [clip] = ClipDocument.parse(resumed.json()).clips;
      expect(namesIn(out).map((name) => join(out, name))).toEqual(filesOf(clip?.exports ?? []));
      expect(watch.stop()).toEqual([]);
      expectSoundLibrary(home);
    },
    LONGEST_MS,
  );
});

test('a file that grows under its final name would be noticed', () => {
  const out = folder.file('careless clips');
  mkdirSync(out);
  writeFileSync(join(out, 'clip.mp4'), 'half');
  const watch = watchFinalNames(out);
  appendFileSync(join(out, 'clip.mp4'), ' and half');
  expect(watch.stop()).toEqual([expect.stringMatching(/^clip\.mp4 was .* 4 bytes.* and became .* 13 bytes/)]);
});

/** mulberry32: the same moments in every run. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const ClipList = z.object({ clips: z.array(z.object({ id: z.string(), durationS: z.number() })).min(1) });
const ExportList = z.strictObject({ exports: z.array(ExportInJson) });

describe('a set of audio exports', () => {
  test(
    `survives ${KILLS} kills at any moment: each file once, none of them ever seen half-written`,
    async () => {
      const home = folder.file('audio');
      const imported = await soundbite(home, ['import', longerSource, '--json']);
      const { episodes } = z
        .object({ episodes: z.array(z.object({ id: z.string() })).length(1) })
        .parse(imported.json());
      const { clips } = ClipList.parse(
        (await soundbite(home, ['clips', episodes[0]?.id ?? '', '--json'])).json(),
      );
      const presets = ['audio', 'audio-mp3'];
      const exportTo = (out: string): RunningCli =>
        startSoundbite(home, [
          'export',
          ...clips.map(({ id }) => id),
          ...presets.flatMap((preset) => ['--preset', preset]),
          ...['--out', out, '--json'],
        ]);

      const random = seededRandom(2026);
      const sets = [watchFinalNames(folder.file('set 0'))];
      let hits = 0;
      for (let kill = 0; kill < KILLS; kill += 1) {
        const out = sets.at(-1)?.folder ?? '';
        const cli = exportTo(out);
        const timer = setTimeout(() => {
          cli.send('SIGKILL');
        }, random() * LATEST_KILL_MS);
        const { code } = await cli.ended;
        clearTimeout(timer);
        if (code === -1) hits += 1;
        // A set that was finished leaves nothing to interrupt; the next one goes to a folder of its own.
        else sets.push(watchFinalNames(folder.file(`set ${sets.length}`)));
      }
      expect(hits).toBeGreaterThan(KILLS / 4);

      for (const watch of sets) {
        const finished = await exportTo(watch.folder).ended;
        expect(finished.code).toBe(0);
        const { exports } = ExportList.parse(finished.json());
        expect(exports).toHaveLength(clips.length * presets.length);
        expect(namesIn(watch.folder).map((name) => join(watch.folder, name))).toEqual(filesOf(exports));
        expect(exports.map(({ bytes }) => bytes)).toEqual(exports.map(({ path }) => statSync(path).size));
        for (const file of exports)
          expect((await probeFile(file.path)).durationS).toBeCloseTo(file.durationS, 1);
        expect(watch.stop()).toEqual([]);
      }
      expectSoundLibrary(home);
    },
    LONGEST_MS,
  );
});
