import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { samplePath, sampleTranscriptPath, soundbite, type CliRun } from '../support/cli.ts';
import { ClipDocument, filesOf } from '../support/clipDocument.ts';
import { readVtt } from '../support/cues.ts';
import {
  captionsIn,
  expectAuditableScore,
  expectCaptions,
  expectMovementInSafeBox,
  expectVerticalVideo,
  expectWholeSentences,
  frameOf,
  keepsLettersSafe,
  spokenMoments,
} from '../support/exportChecks.ts';
import { temporaryFolder } from '../support/folder.ts';
import { shifted } from '../support/pixels.ts';

const LONGEST_MS = 600_000;
const folder = temporaryFolder();
const home = folder.file('library');
const out = folder.file('clips');
const cues = readVtt(readFileSync(sampleTranscriptPath, 'utf8'));

const identityOf = (path: string) => ({
  sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
  modifiedAtMs: statSync(path).mtimeMs,
});
const filesBelow = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort();
const besideTheSample = (): string[] => readdirSync(dirname(samplePath)).sort();

const original = identityOf(samplePath);
const besideBefore = besideTheSample();
const clipSample = (): Promise<CliRun> =>
  soundbite(home, ['clip', samplePath, '--top', '3', '--out', out, '--json']);

let run: CliRun;
let document: ClipDocument;

beforeAll(async () => {
  run = await clipSample();
  document = ClipDocument.parse(run.json());
}, LONGEST_MS);
afterAll(() => {
  folder[Symbol.dispose]();
});

describe('clip --top 3 on the sample episode', () => {
  test('prints one document with the episode and its three best clips, best first', () => {
    expect(run.code).toBe(0);
    expect(document.episode).toMatchObject({
      title: 'The Lamp on Table Four',
      hasVideo: false,
      hasAudio: true,
    });
    expect(document.episode.durationS).toBeCloseTo(411.6, 0);
    expect(document.clips).toHaveLength(3);
    const scores = document.clips.map((clip) => clip.score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    for (const clip of document.clips) {
      expect(clip).toMatchObject({
        foundBy: 'words',
        durationS: expect.closeTo(clip.outS - clip.inS, 3) as number,
      });
      expect(clip.exports.map((file) => file.preset)).toEqual(['tiktok']);
    }
  });

  test('leaves three clips in the folder, each with what lies beside it, and nothing else; in the library no unfinished work', () => {
    const exports = document.clips.flatMap((clip) => clip.exports);
    expect(exports.map(({ companions }) => companions.map(({ kind }) => kind))).toEqual(
      exports.map(() => ['srt', 'vtt', 'poster', 'recipe']),
    );
    expect(
      readdirSync(out)
        .map((name) => join(out, name))
        .sort(),
    ).toEqual(filesOf(exports));
    expect(document.clips.flatMap((clip) => clip.exports).map((file) => file.bytes)).toEqual(
      document.clips.flatMap((clip) => clip.exports).map((file) => statSync(file.path).size),
    );
    expect(filesBelow(join(home, 'work'))).toEqual([]);
    expect(filesBelow(join(home, 'run'))).toEqual([]);
    expect(filesBelow(home).filter((name) => /partial|\.tmp|-wal$|-shm$/.test(name))).toEqual([]);
  });

  test('leaves the recording and what lies beside it as they were', () => {
    expect(identityOf(samplePath)).toEqual(original);
    expect(besideTheSample()).toEqual(besideBefore);
  });

  test('makes vertical videos that every platform takes, at -14 LUFS', async () => {
    for (const clip of document.clips) {
      for (const file of clip.exports) await expectVerticalVideo(file, clip);
    }
  });

  test('shows captions while somebody speaks, inside what the platforms leave free', async () => {
    for (const clip of document.clips) {
      for (const file of clip.exports) {
        await expectCaptions(file, clip, cues);
        await expectMovementInSafeBox(file, clip, cues);
      }
    }
  });

  test('would be caught if its captions stood outside, or were missing', async () => {
    const [clip] = document.clips;
    const [file] = clip?.exports ?? [];
    if (clip === undefined || file === undefined) throw new Error('there is no clip');
    const [atS = 0] = spokenMoments(clip, cues);
    const picture = await frameOf(file, atS);
    const moved = { right: [90, 0], left: [-200, 0], up: [0, -300], down: [0, 120] } as const;
    for (const [direction, [byX, byY]] of Object.entries(moved)) {
      expect(keepsLettersSafe(shifted(picture, byX, byY)), direction).toBe(false);
    }
    expect(captionsIn(shifted(picture, 0, -700))).toEqual({ edges: 0, outlined: 0 });
  });

  test('begins and ends no clip inside a sentence', () => {
    for (const clip of document.clips) expectWholeSentences(clip, cues);
  });

  test('gives reasons that add up to each score, in words that are said at that time', () => {
    for (const clip of document.clips) expectAuditableScore(clip, cues);
  });

  test(
    'makes nothing new when it is asked again',
    async () => {
      const filesBefore = readdirSync(out).map((name) => [name, statSync(join(out, name)).mtimeMs]);
      const again = await clipSample();
      expect(again.code).toBe(0);
      expect(ClipDocument.parse(again.json()).clips).toEqual(document.clips);
      expect(readdirSync(out).map((name) => [name, statSync(join(out, name)).mtimeMs])).toEqual(filesBefore);
    },
    LONGEST_MS,
  );
});
