import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Levels } from '../../main/domain/levels.ts';
import type { TimeRange } from '../../main/domain/time.ts';
import type { Timing, Word } from '../../main/domain/transcript.ts';
import { placeHandles } from '../../main/engine/clips/handles.ts';
import { analyse, readLevels } from '../../main/engine/media/analyse.ts';
import { judge } from '../../main/engine/media/judge.ts';
import { mapSpeech } from '../../main/engine/media/speechMap.ts';
import { findTools } from '../../main/engine/media/tools.ts';
import { loadTranscript } from '../../main/engine/transcripts/load.ts';
import {
  judgeCut,
  readMono,
  sayWord,
  seeded,
  writeMono,
  type CutVerdict,
  type Samples,
} from '../support/wordEdges.ts';

const testData = process.env['SOUNDBITE_TEST_DATA'];
const canSpeak = (process.env['PATH'] ?? '')
  .split(delimiter)
  .some((dir) => existsSync(join(dir, 'espeak-ng')));
const folder = await mkdtemp(join(tmpdir(), 'soundbite-edges-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Recording {
  readonly samples: Samples;
  readonly levels: Levels;
  readonly durationS: number;
  readonly speechDbfs: number;
  readonly speech: readonly TimeRange[];
}

async function listenTo(path: string): Promise<Recording> {
  const tools = await findTools(process.env);
  const outDir = await mkdtemp(join(folder, 'analysis-'));
  const facts = await judge(tools, path, { cwd: outDir });
  const [audio] = facts.audio;
  if (audio === undefined) throw new Error(`${path} has no sound`);
  const made = await analyse(tools, { path, audio, durationS: facts.durationS, outDir });
  const levels = await readLevels(made.levelsPath);
  const { speech, speechDbfs } = mapSpeech(levels);
  return { samples: await readMono(made.wavPath), levels, durationS: made.durationS, speechDbfs, speech };
}

const shares = (cuts: readonly CutVerdict[]): string => {
  const percent = (isGood: (cut: CutVerdict) => boolean): string =>
    `${((100 * cuts.filter(isGood).length) / cuts.length).toFixed(1)} %`;
  return (
    `${cuts.length} cuts: ${percent((cut) => cut.isSilent)} silent, ${percent((cut) => cut.isQuietest)} quietest, ` +
    `${percent((cut) => cut.isSilent || cut.isQuietest)} one or the other`
  );
};
const insideWords = (cuts: readonly CutVerdict[]): number[] =>
  cuts.filter((cut) => !cut.isSilent && !cut.isQuietest).map(({ atS }) => atS);

/** Cuts a recording between all its words, as the out point of a clip that ends there and the in point of one that begins. */
function cutEverywhere(
  { levels, durationS, samples, speechDbfs }: Recording,
  words: readonly TimeRange[],
  timing: Timing,
): CutVerdict[] {
  const limits = { endS: durationS, longestS: 600 };
  return words.flatMap((word, at) => {
    const next = words[at + 1];
    if (next === undefined) return [];
    const before = { previous: words[at - 1], first: word, last: word, next, timing };
    const after = { previous: word, first: next, last: next, next: words[at + 2], timing };
    return [placeHandles(before, levels, limits).toS, placeHandles(after, levels, limits).fromS].map((atS) =>
      judgeCut(samples, atS, speechDbfs),
    );
  });
}

const lineOf = /<span id="f\d+">([^<]+)<\/span>/gu;
async function sonnet(
  name: string,
): Promise<{ recording: Recording; sentences: readonly (readonly Word[])[] }> {
  const audio = join(testData ?? '', 'audio');
  const recording = await listenTo(join(audio, `${name}.mp3`));
  const page = await readFile(join(audio, `${name}.xhtml`), 'utf8');
  const text = [...page.matchAll(lineOf)].slice(1).map(([, line = '']) => line.replace(/&\w+;/gu, ' '));
  const path = join(folder, `${name}.txt`);
  await writeFile(path, text.join('\n'));
  const { segments } = await loadTranscript({
    path,
    durationS: recording.durationS,
    speech: recording.speech,
  });
  return { recording, sentences: segments.map(({ words }) => words) };
}

describe.each(['librivox_sonnet001', 'librivox_sonnet002', 'librivox_sonnet003'])('%s', (name) => {
  test.skipIf(testData === undefined)(
    'no cut between two sentences of a reading lands inside a word, and fewer than one in a hundred between two words (needs SOUNDBITE_TEST_DATA)',
    async () => {
      const { recording, sentences } = await sonnet(name);
      const words = cutEverywhere(recording, sentences.flat(), 'approximate');
      const ends = cutEverywhere(
        recording,
        sentences.map((said) => ({ fromS: said[0]?.fromS ?? 0, toS: said.at(-1)?.toS ?? 0 })),
        'approximate',
      );
      console.log(`${name}: between sentences ${shares(ends)}; between words ${shares(words)}`);
      expect(insideWords(ends)).toEqual([]);
      // The text has no times of its own: a word may lie where it is not, and its neighbours with it.
      expect(insideWords(words).length / words.length).toBeLessThan(0.01);
    },
  );
});

const SENTENCE =
  'we kept every broken lamp because nobody would pay for parts so nine winters passed before the table stood straight again';
const ROOM_NOISE = 0.0006;
/** Half a block of the levels. */
const ROUNDING_S = 0.006;

interface Joined {
  readonly samples: Samples;
  readonly words: readonly TimeRange[];
}

/** Words with gaps of known length between them, over the faint noise of a room. */
async function joinWords(gapS: (index: number) => number): Promise<Joined> {
  const spoken = await Promise.all(SENTENCE.split(' ').map((word) => sayWord(word)));
  const rateHz = spoken[0]?.rateHz ?? 22_050;
  const random = seeded(7);
  const values: number[] = [];
  const noise = (seconds: number): void => {
    for (let i = 0; i < seconds * rateHz; i += 1) values.push((random() - 0.5) * ROOM_NOISE);
  };
  noise(0.5);
  const words = spoken.map(({ values: word }, index) => {
    const fromS = values.length / rateHz;
    for (const value of word) values.push(value + (random() - 0.5) * ROOM_NOISE);
    const toS = values.length / rateHz;
    noise(gapS(index));
    return { fromS, toS };
  });
  return { samples: { rateHz, values: Float32Array.from(values) }, words };
}

describe.each([
  // As short as the silence inside a word before it bursts into a consonant: one such may be taken for the gap.
  ['pauses of 60 to 120 ms', 0.06, 0.06, 1],
  ['pauses of 0.2 to 0.5 s', 0.2, 0.3, 0],
  ['pauses of 0.6 to 1.4 s', 0.6, 0.8, 0],
] as const)('synthetic words with %s', (title, leastS, spreadS, mayMiss) => {
  test.skipIf(!canSpeak)(
    'cuts lie in the known gaps, though the transcript is wrong by up to a tenth of a second (needs espeak-ng)',
    async () => {
      const random = seeded(11);
      const { samples, words } = await joinWords(() => leastS + spreadS * random());
      const path = join(folder, `${title.replace(/\W+/gu, '-')}.wav`);
      await writeMono(path, samples);
      const recording = await listenTo(path);
      const wrongBy = (): number => (random() - 0.5) * 0.2;
      const told = words.map(({ fromS, toS }) => {
        const from = Math.max(0, fromS + wrongBy());
        return { fromS: from, toS: Math.max(from + 0.02, toS + wrongBy()) };
      });
      const cuts = cutEverywhere(recording, told, 'word');
      console.log(`synthetic, ${title}: ${shares(cuts)}`);
      const isInGap = ({ atS }: CutVerdict, n: number): boolean => {
        const at = Math.floor(n / 2);
        return atS > (words[at]?.toS ?? 0) - ROUNDING_S && atS < (words[at + 1]?.fromS ?? 0) + ROUNDING_S;
      };
      expect(cuts.filter((cut, n) => !isInGap(cut, n)).length).toBeLessThanOrEqual(mayMiss);
      expect(insideWords(cuts)).toEqual([]);
    },
  );
});

test.skipIf(!canSpeak)(
  'applause after the last word is kept until it has fallen (needs espeak-ng)',
  async () => {
    const { samples, words } = await joinWords(() => 0.15);
    const endS = words.at(-1)?.toS ?? 0;
    const random = seeded(3);
    const clapS = 2.2;
    const fallS = 0.6;
    const loud = (s: number): number =>
      s < 0.25 ? 0 : s < clapS ? 0.12 : 0.12 * Math.exp((-6 * (s - clapS)) / fallS);
    const after = Float32Array.from({ length: 6 * samples.rateHz }, (_, i) => {
      const s = i / samples.rateHz;
      return (random() - 0.5) * (ROOM_NOISE + loud(s));
    });
    const spoken = samples.values.subarray(0, Math.round(endS * samples.rateHz));
    const path = join(folder, 'applause.wav');
    await writeMono(path, { rateHz: samples.rateHz, values: Float32Array.from([...spoken, ...after]) });
    const { levels, durationS } = await listenTo(path);
    const last = words.at(-1);
    const [first] = words;
    if (first === undefined || last === undefined) throw new Error('nothing was said');
    const edges = { previous: undefined, first, last, next: undefined, timing: 'word' } as const;
    const { toS } = placeHandles(edges, levels, { endS: durationS, longestS: 60 });
    expect(toS - endS).toBeGreaterThan(clapS);
    expect(toS - endS).toBeLessThan(clapS + 2 * fallS);
  },
);
