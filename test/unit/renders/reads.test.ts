import { describe, expect, test } from 'vitest';
import type { MediaFacts } from '../../../main/domain/episode.ts';
import { framedRanges, readPictures } from '../../../main/engine/renders/readPictures.ts';
import { groupReads } from '../../../main/engine/renders/reads.ts';

const facts: MediaFacts = {
  format: 'mov',
  durationS: 600,
  sizeBytes: 1,
  audio: [],
  video: null,
  coverIndex: null,
  subtitleIndexes: [],
  tags: {},
  warnings: [],
};
const one = { path: '/one.mp4', facts, segments: [] };
const other = { path: '/other.mp4', facts, segments: [] };
const range = (fromS: number, toS: number, source = one) => ({
  source,
  range: { episodeId: source.path, fromS, toS },
});

describe('ranges of a recipe', () => {
  test('are read in one go while a file runs forwards with short gaps, and sought where it does not', () => {
    const reads = groupReads([
      range(10, 12),
      range(12.5, 14),
      range(60, 61),
      range(5, 6),
      range(6.5, 8, other),
    ]);
    expect(reads.map(({ source, fromS, toS, ranges }) => [source.path, fromS, toS, ranges.length])).toEqual([
      ['/one.mp4', 10, 14, 2],
      ['/one.mp4', 60, 61, 1],
      ['/one.mp4', 5, 6, 1],
      ['/other.mp4', 6.5, 8, 1],
    ]);
  });

  test('share the frames of the clip so that no picture is ever half a frame from its sound', () => {
    const lengths = [1.011, 0.507, 2.349, 0.05, 3.218, 0.777];
    const framed = framedRanges(
      lengths.map((lengthS, index) => range(10 * index + 3.3, 10 * index + 3.3 + lengthS)),
      30,
    );
    const total = lengths.reduce((sum, lengthS) => sum + lengthS, 0);
    expect(framed.reduce((sum, { frames }) => sum + frames, 0)).toBe(Math.ceil(total * 30));
    let [soundS, frame] = [0, 0];
    framed.forEach(({ pictureFromS, range: { fromS }, frames }, index) => {
      const offsetS = frame / 30 - soundS;
      expect(Math.abs(offsetS)).toBeLessThanOrEqual(0.5 / 30 + 1e-9);
      // What the first frame shows is what is heard at that very moment.
      expect(pictureFromS - fromS).toBeCloseTo(offsetS, 9);
      soundS += lengths[index] ?? 0;
      frame += frames;
    });
  });

  test('of one read come from one decoder, each from its own first frame', () => {
    const framed = framedRanges([range(10, 11), range(12, 13), range(40, 41)], 30);
    const { inputs, chains } = readPictures(framed, 30);
    expect(inputs.map(({ options }) => options.at(-1))).toEqual(['10.000000', '40.000000']);
    expect(chains).toEqual([
      '[1:v]split=2[g0][g1]',
      '[g0]fps=30:start_time=0.000000,trim=end_frame=30,setpts=PTS-STARTPTS[r0]',
      '[g1]fps=30:start_time=2.000000,trim=end_frame=30,setpts=PTS-STARTPTS[r1]',
      '[2:v]fps=30:start_time=0.000000,trim=end_frame=30,setpts=PTS-STARTPTS[r2]',
    ]);
  });
});
