import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Levels } from '../../../main/domain/levels.ts';
import type { Segment, Word } from '../../../main/domain/transcript.ts';
import { snapWordsInSteps } from '../../../main/engine/transcripts/snapWords.ts';
import { interpolate } from '../../../main/engine/transcripts/words.ts';
import { converse, record, type SpokenWord } from '../../support/conversation.ts';
import { sentence } from '../../support/words.ts';
import { seeded, type Samples } from '../../support/wordEdges.ts';

const canSpeak = (process.env['PATH'] ?? '')
  .split(delimiter)
  .some((dir) => existsSync(join(dir, 'espeak-ng')));
const LONGEST_MS = 120_000;
const LINES = [
  'Cleo: The plumber came on a Tuesday, looked at the pipe, and asked for his coat again.',
  'Dan: Forty people signed the letter although not one of them had read it to the end.',
  'Cleo: She keeps every ticket she has ever bought; the oldest is from a circus.',
  'Dan: What they never tell you about moving house is how loud an empty room can be.',
  'Cleo: I asked the pilot whether he was afraid, and he said only of the landing fees.',
  'Dan: It took us a year to learn that the cheapest seat is the one beside the window.',
];

function snap(segments: readonly Segment[], levels: Levels): Segment[] {
  const steps = snapWordsInSteps(segments, levels);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

function levelsOf({ values, rateHz }: Samples): Levels {
  const perBlock = rateHz / 100;
  const rmsDbfs = Float32Array.from({ length: Math.floor(values.length / perBlock) }, (_, block) => {
    const samples = values.subarray(Math.round(block * perBlock), Math.round((block + 1) * perBlock));
    const power = samples.reduce((sum, value) => sum + value * value, 0) / samples.length;
    return Math.max(-90, 10 * Math.log10(power + 1e-9));
  });
  return { blockS: 0.01, rmsDbfs };
}

/** Sentences as subtitles give them: each begins and ends up to so much beside its words, which nobody timed. */
function asSubtitles(words: readonly SpokenWord[], besideS: number): Segment[] {
  const random = seeded(9);
  const beside = (): number => (random() * 2 - 1) * besideS;
  return [...Map.groupBy(words, ({ line }) => line).values()].map((line) => {
    const range = {
      fromS: Math.max(0, (line[0]?.fromS ?? 0) + beside()),
      toS: (line.at(-1)?.toS ?? 0) + beside(),
    };
    const times = interpolate(line, range);
    const timed = line.map(({ text }, at): Word => ({ text, ...(times[at] ?? range), confidence: null }));
    return { ...range, text: line.map(({ text }) => text).join(' '), words: timed, timing: 'cue' };
  });
}

/** The middle one and the one that a twentieth are beyond, in seconds. */
function errorsOf(segments: readonly Segment[], said: readonly Word[]): { medianS: number; p95S: number } {
  const errors = segments
    .flatMap(({ words }) => words)
    .flatMap(({ fromS, toS }, at) => [
      Math.abs(fromS - (said[at]?.fromS ?? Infinity)),
      Math.abs(toS - (said[at]?.toS ?? Infinity)),
    ])
    .sort((a, b) => a - b);
  const at = (share: number): number => errors[Math.floor(errors.length * share)] ?? Infinity;
  return { medianS: at(0.5), p95S: at(0.95) };
}

describe('words of sentences that were timed as a whole', () => {
  test.skipIf(!canSpeak).each([
    // Where words run into each other and subtitles are exact, loudness has next to nothing to add.
    { besideS: 0, betweenWordsS: 0, median: 1, p95: 1.5 },
    { besideS: 0.25, betweenWordsS: 0, median: 0.7, p95: 1 },
    { besideS: 0.25, betweenWordsS: 0.03, median: 0.2, p95: 0.6 },
  ])(
    'come to lie nearer to where they are said (needs espeak-ng): subtitles $besideS s beside, $betweenWordsS s between words',
    async ({ besideS, betweenWordsS, median, p95 }) => {
      const talk = await converse(LINES, betweenWordsS);
      const levels = levelsOf(record(talk, { speaker: undefined, gainDb: -6, leakDb: 0 }, 8));
      const subtitles = asSubtitles(talk.words, besideS);
      const before = errorsOf(subtitles, talk.words);
      const snapped = snap(subtitles, levels);
      const after = errorsOf(snapped, talk.words);
      expect(snapped.map(({ text, timing }) => ({ text, timing }))).toEqual(
        subtitles.map(({ text, timing }) => ({ text, timing })),
      );
      expect(before.medianS).toBeGreaterThan(0.05);
      expect(after.medianS).toBeLessThanOrEqual(before.medianS * median);
      expect(after.p95S).toBeLessThanOrEqual(before.p95S * p95);
    },
    LONGEST_MS,
  );

  test('lie on both sides of a pause, never in it, and keep their order and their sentence', () => {
    const loud = (block: number): boolean => (block >= 20 && block < 140) || (block >= 260 && block < 380);
    const levels = {
      blockS: 0.01,
      rmsDbfs: Float32Array.from({ length: 500 }, (_, at) => (loud(at) ? -20 : -70)),
    };
    const said: Segment = {
      ...sentence('One and two, then three and four.', 0),
      timing: 'cue',
      fromS: 0,
      toS: 4,
    };
    const times = interpolate(said.words, said);
    const words = said.words.map((word, at) => ({ ...word, ...times[at] }));
    const [snapped] = snap([{ ...said, words }], levels);
    expect(snapped?.words.map(({ text }) => text)).toEqual(words.map(({ text }) => text));
    for (const { fromS, toS } of snapped?.words ?? []) expect(toS <= 1.42 || fromS >= 2.58).toBe(true);
    const edges = snapped?.words.flatMap(({ fromS, toS }) => [fromS, toS]) ?? [];
    expect(edges).toEqual(edges.toSorted((a, b) => a - b));
    expect(snapped).toMatchObject({ timing: 'cue', fromS: edges[0], toS: edges.at(-1) });
  });

  test('stay where they are when a source timed them, when nothing stands out, and when there is no room for them', () => {
    const flat = { blockS: 0.01, rmsDbfs: new Float32Array(1000).fill(-30) };
    const timed = sentence('These were timed by somebody.', 1);
    const cue: Segment = { ...sentence('Nothing stands out here.', 5), timing: 'cue' };
    expect(snap([timed, cue], flat)).toEqual([timed, cue]);
    const crowded: Segment = { ...cue, toS: 5.05 };
    const short = {
      blockS: 0.01,
      rmsDbfs: Float32Array.from({ length: 506 }, (_, at) => (at % 2 === 0 ? -20 : -70)),
    };
    expect(snap([crowded, { ...timed, fromS: 5.05 }], short)[0]?.words).toEqual(crowded.words);
  });
});
