import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { soundbite } from '../support/cli.ts';
import { ClipDocument, type ExportedClipInJson, type ExportInJson } from '../support/clipDocument.ts';
import {
  captionsIn,
  expectAuditableScore,
  expectCaptions,
  expectVerticalVideo,
  expectWholeSentences,
  frameOf,
  keepsLettersSafe,
} from '../support/exportChecks.ts';
import { temporaryFolder } from '../support/folder.ts';
import {
  excerpt,
  FFMPEG_BUILDS,
  hasSystemFfmpeg,
  makeSound,
  makeTurnedVideo,
  makeVariableRateVideo,
  makeVideo,
  type Excerpt,
  type FfmpegBuild,
} from '../support/sources.ts';

const testData = process.env['SOUNDBITE_TEST_DATA'];
const isLong = process.env['SOUNDBITE_TEST_LONG'] !== undefined;
const LONGEST_MS = 600_000;

const folder = temporaryFolder();
afterAll(() => {
  folder[Symbol.dispose]();
});

/** What came of one run of the main job on one source. */
interface Made {
  readonly episode: ClipDocument['episode'];
  readonly clip: ExportedClipInJson;
  readonly file: ExportInJson;
}

async function clipBest(name: string, source: string, build: FfmpegBuild): Promise<Made> {
  const home = folder.file(`${name}-${build}`);
  const args = ['clip', source, '--top', '1', '--out', join(home, 'clips'), '--json'];
  const run = await soundbite(join(home, 'library'), args, FFMPEG_BUILDS[build]);
  expect(run.stderr).toBe('');
  const { episode, clips } = ClipDocument.parse(run.json());
  const [clip] = clips;
  const [file] = clip?.exports ?? [];
  if (clip === undefined || file === undefined) throw new Error(`no clip of ${name}`);
  return { episode, clip, file };
}

/** The mean colour of a square of 40 pixels around a point of the export, red, green and blue. */
async function colourAt(file: ExportInJson, atS: number, x: number, y: number): Promise<number[]> {
  const { rgb, width } = await frameOf(file, atS);
  const sums = [0, 0, 0];
  for (let row = y - 20; row < y + 20; row += 1) {
    for (let column = x - 20; column < x + 20; column += 1) {
      for (const channel of [0, 1, 2]) {
        sums[channel] = (sums[channel] ?? 0) + (rgb[(row * width + column) * 3 + channel] ?? 0);
      }
    }
  }
  return sums.map((sum) => Math.round(sum / 1600));
}

interface SourceCase {
  readonly name: string;
  readonly fileName: string;
  readonly part: Excerpt;
  readonly make: (path: string, part: Excerpt) => Promise<void>;
  readonly episode: { readonly hasVideo: boolean; readonly warnings: readonly string[] };
  /** What is special about it in the export. */
  readonly look?: (made: Made) => Promise<void>;
  /** The one build that the short form uses. */
  readonly build: FfmpegBuild;
  /** Left to the long form, because a shorter test holds the same promise: the sample is mono, renders know variable rates. */
  readonly isLongOnly?: true;
}

const short = excerpt(133.3, 157.3);

const cases: readonly SourceCase[] = [
  {
    name: 'a 1080p video of 75 s',
    fileName: 'video.mp4',
    part: excerpt(84, 159),
    make: (path, part) => makeVideo(path, part, '1920x1080', 25),
    episode: { hasVideo: true, warnings: [] },
    build: 'npm',
  },
  {
    name: 'a mono recording',
    fileName: 'mono.m4a',
    part: short,
    make: (path, part) => makeSound(path, part, 'mono'),
    episode: { hasVideo: false, warnings: [] },
    build: 'system',
    isLongOnly: true,
  },
  {
    name: 'a recording in 5.1',
    fileName: 'surround.m4a',
    part: short,
    make: (path, part) => makeSound(path, part, '5.1'),
    episode: { hasVideo: false, warnings: [] },
    build: 'npm',
  },
  {
    name: 'a video of variable frame rate',
    fileName: 'variable.mp4',
    part: short,
    make: makeVariableRateVideo,
    episode: { hasVideo: true, warnings: ['VARIABLE_FRAME_RATE'] },
    build: 'system',
    isLongOnly: true,
  },
  {
    name: 'a video that a phone stored lying',
    fileName: 'turned.mp4',
    part: short,
    make: makeTurnedVideo,
    episode: { hasVideo: true, warnings: [] },
    build: 'npm',
    look: async ({ file }) => {
      const [red = 0, green = 0, blue = 0] = await colourAt(file, 2, 540, 420);
      const [redBelow = 0, greenBelow = 0, blueBelow = 0] = await colourAt(file, 2, 540, 1700);
      expect(Math.min(red, blue), 'the right half stands on top').toBeGreaterThan(green + 40);
      expect(greenBelow, 'the left half stands below').toBeGreaterThan(Math.max(redBelow, blueBelow) + 40);
    },
  },
];

const buildsFor = (usual: FfmpegBuild): FfmpegBuild[] => {
  if (!hasSystemFfmpeg) return ['npm'];
  return isLong ? ['npm', 'system'] : [usual];
};

describe('the main job, with a subtitle file beside the recording', () => {
  describe.each(cases.filter(({ isLongOnly }) => isLong || isLongOnly !== true))(
    'of $name',
    ({ name, fileName, part, make, episode, look, build }) => {
      const source = folder.file(fileName);

      test.each(buildsFor(build))(
        'makes one measured, captioned clip with the %s ffmpeg',
        async (ffmpeg) => {
          if (ffmpeg === buildsFor(build)[0]) await make(source, part);
          const made = await clipBest(name, source, ffmpeg);
          expect(made.episode).toMatchObject({ ...episode, transcriptSource: 'beside' });
          expect(made.clip.foundBy).toBe('words');
          await expectVerticalVideo(made.file, made.clip);
          await expectCaptions(made.file, made.clip, part.cues);
          expectWholeSentences(made.clip, part.cues);
          expectAuditableScore(made.clip, part.cues);
          await look?.(made);
        },
        LONGEST_MS,
      );
    },
  );
});

const withoutWords = 'the main job of a recording without any transcript';
describe.skipIf(testData === undefined)(
  testData === undefined ? `${withoutWords} (SOUNDBITE_TEST_DATA names no folder)` : withoutWords,
  () => {
    test.each(buildsFor('system'))(
      'finds a clip by ear, says that it is unsure, and shows no captions, with the %s ffmpeg',
      async (ffmpeg) => {
        const source = folder.file('sonnet.mp3');
        copyFileSync(join(testData ?? '', 'audio/librivox_sonnet001.mp3'), source);
        const { clip, file, episode } = await clipBest('sonnet', source, ffmpeg);
        expect(episode).toMatchObject({ hasVideo: false, transcriptSource: null });
        expect(clip).toMatchObject({ foundBy: 'ear', confidence: 'low', text: '' });
        await expectVerticalVideo(file, clip);
        for (const share of [0.2, 0.5, 0.8]) {
          const picture = await frameOf(file, share * clip.durationS);
          expect(captionsIn(picture)).toEqual({ edges: 0, outlined: 0 });
          expect(keepsLettersSafe(picture)).toBe(true);
        }
      },
      LONGEST_MS,
    );
  },
);
