import { cpSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Segment } from '../../main/domain/transcript.ts';
import { VersionOutcome } from '../../main/domain/newVersion.ts';
import { soundbite, startSoundbite } from '../support/cli.ts';
import { ErrorDocument } from '../support/clipDocument.ts';
import { temporaryFolder } from '../support/folder.ts';
import { makeNewVersion, makeTalk } from '../support/newVersion.ts';

const LONGEST_MS = 300_000;
const DURATION_S = 180;
/** Both lie in the middle of a sentence, where nothing but the sound tells the place. */
const CUTTING = { insertAtS: 50.37, insertS: 12.5, cutFromS: 110.21, cutToS: 118.21 };
const OLD_CLOCK = { from: 100, to: 3 };

const folder = temporaryFolder();
const recording = folder.file('episode.wav');
const newVersion = folder.file('episode, final.mp3');
const other = folder.file('another.wav');
const home = folder.file('home');
let episodeId = '';

const Imported = z.object({ episodes: z.array(z.looseObject({ id: z.string(), durationS: z.number() })) });
const Replaced = Imported.extend({ version: VersionOutcome });

beforeAll(async () => {
  await makeTalk(recording, folder.file('episode.srt'), DURATION_S);
  await makeNewVersion(recording, newVersion, CUTTING);
  const imported = await soundbite(home, ['import', recording, '--json']);
  episodeId = Imported.parse(imported.json()).episodes[0]?.id ?? '';
  await soundbite(home, ['names', 'add', episodeId, 'bridge', 'Bridge']);
  await soundbite(home, ['names', 'apply', episodeId]);
  const db = new Database(join(home, 'soundbite.db'));
  const mark = db.prepare('INSERT INTO marks (episode_id, at_s, note, created_at_ms) VALUES (?, ?, ?, 1)');
  mark.run(episodeId, OLD_CLOCK.from, 'laughter');
  mark.run(episodeId, 114, 'a cough');
  db.prepare(
    "INSERT INTO off_limits (episode_id, from_s, to_s, kind, reason) VALUES (?, ?, ?, 'off-record', 'asked')",
  ).run(episodeId, OLD_CLOCK.from, OLD_CLOCK.from + OLD_CLOCK.to);
  db.close();
}, LONGEST_MS);
afterAll(() => {
  folder[Symbol.dispose]();
});

/** Where a second of the old recording is in the new one; undefined where it was cut. */
function expectedAt(timeS: number): number | undefined {
  if (timeS < CUTTING.insertAtS) return timeS;
  if (timeS < CUTTING.cutFromS) return timeS + CUTTING.insertS;
  const cutS = CUTTING.cutToS - CUTTING.cutFromS;
  return timeS < CUTTING.cutToS ? undefined : timeS + CUTTING.insertS - cutS;
}

const EPISODE_TABLES = [
  'SELECT path, fingerprint, duration_s, facts, notes, transcript_source, analysis_folder FROM episodes',
  'SELECT * FROM transcript_base ORDER BY position',
  'SELECT position, speaker, from_s, to_s, text, words, timing FROM transcript_segments ORDER BY position',
  'SELECT id, step, author, operation, state, is_found FROM transcript_edits ORDER BY id',
  'SELECT id, state, rank, in_s, out_s, score, parts, title, text, is_cut FROM clips ORDER BY id',
  'SELECT from_s, to_s, kind FROM off_limits ORDER BY from_s',
  'SELECT at_s, note FROM marks ORDER BY at_s',
  "SELECT path FROM owned_files WHERE category = 'analysis' ORDER BY path",
];

/** Everything that the library knows of the episode. */
function knownIn(place: string): unknown[][] {
  const db = new Database(join(place, 'soundbite.db'), { readonly: true });
  const rows = EPISODE_TABLES.map((sql) => db.prepare(sql).all());
  db.close();
  return rows;
}

const Clips = z.array(
  z.looseObject({ id: z.string(), in_s: z.number(), out_s: z.number(), is_cut: z.number() }),
);
const Sentences = z.array(z.object({ text: z.string(), words: z.string() }));
const Words = z.array(Segment.shape.words.element);

const wordsIn = (place: string): z.infer<typeof Words> =>
  Sentences.parse(knownIn(place)[2]).flatMap(({ words }) => Words.parse(JSON.parse(words)));
const clipsIn = (place: string): z.infer<typeof Clips> => Clips.parse(knownIn(place)[4]);

const replaceBy = (path: string): string[] => ['import', path, '--replaces', episodeId, '--json'];

describe('a new version of an episode', () => {
  test(
    'has its words, clips, marks and ranges where they are heard now, and lists what was cut',
    async () => {
      const moved = folder.file('moved');
      cpSync(home, moved, { recursive: true });
      const run = await soundbite(moved, replaceBy(newVersion));
      expect(run.stderr).toBe('');
      const { version, episodes } = Replaced.parse(run.json());
      expect(episodes[0]?.durationS).toBeCloseTo(DURATION_S + 4.5, 0);

      const heard = wordsIn(home).map((word) => ({ ...word, atS: expectedAt((word.fromS + word.toS) / 2) }));
      const kept = heard.filter(({ atS }) => atS !== undefined);
      const now = wordsIn(moved);
      expect(now.map(({ text }) => text)).toEqual(kept.map(({ text }) => text));
      const errors = now.map((word, index) =>
        Math.abs((word.fromS + word.toS) / 2 - (kept[index]?.atS ?? Infinity)),
      );
      expect(Math.max(...errors)).toBeLessThan(0.05);
      expect(now.length).toBeLessThan(heard.length);
      expect(version.gone.words.length).toBeGreaterThan(0);

      for (const clip of clipsIn(moved)) {
        const before = clipsIn(home).find(({ id }) => id === clip.id);
        const [inS, outS] = [expectedAt(before?.in_s ?? 0), expectedAt(before?.out_s ?? 0)];
        const isGone = inS === undefined || outS === undefined;
        expect(clip.is_cut).toBe(isGone ? 1 : 0);
        if (isGone) expect([clip.in_s, clip.out_s]).toEqual([before?.in_s, before?.out_s]);
        else expect(Math.max(Math.abs(clip.in_s - inS), Math.abs(clip.out_s - outS))).toBeLessThan(0.05);
      }
      expect(clipsIn(moved).map(({ id }) => id)).toEqual(clipsIn(home).map(({ id }) => id));
      expect(knownIn(moved)[6]).toEqual([{ at_s: expect.closeTo(112.5, 1) as number, note: 'laughter' }]);
      expect(version.gone.marks).toEqual([{ atS: 114, note: 'a cough' }]);
      expect(knownIn(moved)[5]).toContainEqual({
        from_s: expect.closeTo(112.5, 1) as number,
        to_s: expect.closeTo(115.5, 1) as number,
        kind: 'off-record',
      });
      expect(now.some(({ text }) => text === 'Bridge')).toBe(true);
      expect(readdirSync(join(moved, 'analysis'))).toEqual([expect.stringMatching(/^ep-\w+-[0-9a-f]{12}$/)]);
    },
    LONGEST_MS,
  );

  test(
    'is refused where it is another recording or one that is known, and nothing is changed',
    async () => {
      const before = knownIn(home);
      await makeNewVersion(recording, other, { insertAtS: 0.5, insertS: 170, cutFromS: 5, cutToS: 179 });
      const unrelated = await soundbite(home, replaceBy(other));
      expect(unrelated.code).toBe(1);
      expect(ErrorDocument.parse(unrelated.json()).error.code).toBe('NOT_A_VERSION');
      const known = await soundbite(home, replaceBy(recording));
      expect(ErrorDocument.parse(known.json()).error.code).toBe('RECORDING_KNOWN');
      expect(knownIn(home)).toEqual(before);
      expect(readdirSync(join(home, 'analysis'))).toEqual([episodeId]);
    },
    LONGEST_MS,
  );

  test(
    'that is killed in the middle has changed nothing or everything, and is finished at the next start',
    async () => {
      const whole = folder.file('killed');
      cpSync(home, whole, { recursive: true });
      const before = knownIn(whole);
      const finished = folder.file('moved');
      let kills = 0;
      for (const afterMs of [0, 60, 120, 180, 240, 300]) {
        const running = startSoundbite(whole, replaceBy(newVersion));
        const over = running.ended.then(() => true);
        await Promise.race([over, untilHeard(whole)]);
        await Promise.race([over, new Promise((resolve) => setTimeout(resolve, afterMs))]);
        running.send('SIGKILL');
        await running.ended;
        const isMoved =
          clipsIn(whole).length > 0 && JSON.stringify(knownIn(whole)) !== JSON.stringify(before);
        expect(knownIn(whole).slice(0, 7)).toEqual((isMoved ? knownIn(finished) : before).slice(0, 7));
        if (isMoved) break;
        kills += 1;
      }
      expect(kills).toBeGreaterThan(0);
      const last = await soundbite(whole, replaceBy(newVersion));
      expect(['', 'RECORDING_KNOWN']).toContain(codeIn(last.json()));
      expect(knownIn(whole)).toEqual(knownIn(finished));
      expect(readdirSync(join(whole, 'analysis'))).toEqual(readdirSync(join(finished, 'analysis')));
    },
    LONGEST_MS,
  );
});

/** The code of an error, or nothing. */
const codeIn = (document: unknown): string => {
  const parsed = ErrorDocument.safeParse(document);
  return parsed.success ? parsed.data.error.code : '';
};

/** Resolves when the new version was listened to; what comes after it is the part that a kill may not halve. */
const untilHeard = (place: string): Promise<void> =>
  new Promise((resolve) => {
    const work = join(place, 'work');
    const timer = setInterval(() => {
      const jobs = existsSync(work) ? readdirSync(work) : [];
      const levels = jobs.map((job) => join(work, job, 'heard', 'levels.f32'));
      if (!levels.some((path) => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0)) return;
      clearInterval(timer);
      resolve();
    }, 5);
  });
