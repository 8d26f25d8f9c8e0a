import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Candidate } from '../../main/domain/clip.ts';
import { lengthS, overlapS, TimeRange } from '../../main/domain/time.ts';
import { findClips, type FindInput } from '../../main/engine/clips/find.ts';
import { analyse, readLevels } from '../../main/engine/media/analyse.ts';
import { judge } from '../../main/engine/media/judge.ts';
import { findTools } from '../../main/engine/media/tools.ts';
import { loadTranscript } from '../../main/engine/transcripts/load.ts';

const SAMPLE = join(import.meta.dirname, '..', '..', 'resources', 'sample');
const EPISODE = 'still-works-23-the-lamp-on-table-four';
const Kind = TimeRange.extend({ kind: z.string() });
const { moments, ranges, durationS, title } = z
  .object({ title: z.string(), durationS: z.number(), moments: z.array(Kind), ranges: z.array(Kind) })
  .parse(JSON.parse(await readFile(join(SAMPLE, 'moments.json'), 'utf8')));
const { segments } = await loadTranscript({ path: join(SAMPLE, `${EPISODE}.vtt`), durationS });

const folder = await mkdtemp(join(tmpdir(), 'soundbite-sample-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function soundOfSample(): Promise<Pick<FindInput, 'levels'>> {
  const tools = await findTools(process.env);
  const path = join(SAMPLE, `${EPISODE}.m4a`);
  const { audio } = await judge(tools, path, { cwd: await mkdtemp(join(folder, 'judge-')) });
  const [stream] = audio;
  if (stream === undefined) throw new Error('the sample has no sound');
  const { levelsPath } = await analyse(tools, { path, audio: stream, durationS, outDir: folder });
  return { levels: await readLevels(levelsPath) };
}

const JOINED_WITHIN_S = 1.5;
/** Moments that follow each other without a break may share a clip. */
const stretches = moments.reduce<TimeRange[]>((joined, { fromS, toS }) => {
  const previous = joined.at(-1);
  const follows = previous !== undefined && fromS - previous.toS < JOINED_WITHIN_S;
  return follows ? [...joined.slice(0, -1), { fromS: previous.fromS, toS }] : [...joined, { fromS, toS }];
}, []);

/** Handles are pauses: what is said is judged. */
const saidIn = ({ inS, outS }: Candidate): TimeRange => {
  const inside = segments.filter(({ fromS, toS }) => fromS < outS && toS > inS);
  return { fromS: inside[0]?.fromS ?? inS, toS: inside.at(-1)?.toS ?? outS };
};
const sharedS = (said: TimeRange, others: readonly TimeRange[]): number =>
  others.reduce((sum, other) => sum + overlapS(said, other), 0);
const shareInMoment = (said: TimeRange): number =>
  Math.max(...stretches.map((stretch) => overlapS(said, stretch))) / lengthS(said);
const isHit = (said: TimeRange): boolean =>
  moments.some((moment) => overlapS(said, moment) >= 0.5 * Math.min(lengthS(moment), lengthS(said)));
const ofKind = (isWanted: (kind: string) => boolean): TimeRange[] =>
  ranges.filter(({ kind }) => isWanted(kind));

const heard = await soundOfSample();
describe.each([
  ['by its words', {}],
  ['by its words and its sound', heard],
])('the sample episode %s', (_, sound) => {
  const { clips } = findClips({ segments, durationS, title, ...sound, limit: 10 });
  const said = clips.map(saidIn);

  test('the three best clips lie in moments that an editor would choose', () => {
    expect(
      said
        .slice(0, 3)
        .map(shareInMoment)
        .filter((share) => share < 0.8),
    ).toEqual([]);
  });

  test('at least five of the six best hit a moment', () => {
    expect(said.slice(0, 6).filter(isHit).length).toBeGreaterThanOrEqual(5);
  });

  test('none of the six best runs into an advert, the introduction, the farewell or housekeeping', () => {
    const offLimits = ofKind((kind) => kind !== 'plain');
    expect(said.slice(0, 6).filter((clip) => sharedS(clip, offLimits) > 0.5)).toEqual([]);
  });

  test('none of the six best spends a fifth of its time on plain talk', () => {
    const plain = ofKind((kind) => kind === 'plain');
    expect(said.slice(0, 6).filter((clip) => sharedS(clip, plain) > 0.2 * lengthS(clip))).toEqual([]);
  });

  test('no clip begins or ends inside a sentence', () => {
    const cuts = clips.flatMap(({ inS, outS }) => [inS, outS]);
    const isCut = (atS: number): boolean =>
      segments.some(({ fromS, toS }) => fromS + 0.01 < atS && atS < toS - 0.01);
    expect(clips.length).toBeGreaterThan(6);
    expect(cuts.filter(isCut)).toEqual([]);
  });

  test('the how-to is proposed with all its steps', () => {
    const howTo = moments.find(({ kind }) => kind === 'how-to in steps');
    const clip = clips.find(({ text }) => text.includes('First,'));
    expect(clip?.text).toMatch(/First, .*Second, .*Third, .*Fourth, /su);
    expect(clip?.reason).toContain('A how-to in four steps');
    expect(clip?.outS).toBeLessThan((howTo?.toS ?? 0) + 1);
  });

  test('most of the ten best make their point in 20 to 45 seconds, and none of the best six starts with small talk', () => {
    const lengths = clips.slice(0, 6).map((clip) => clip.durationS);
    expect(lengths.filter((seconds) => seconds >= 20 && seconds <= 45).length).toBeGreaterThanOrEqual(4);
    expect(clips.slice(0, 6).filter(({ text }) => /^(?:did you find|no|yes|okay)\b/iu.test(text))).toEqual(
      [],
    );
  });
});
