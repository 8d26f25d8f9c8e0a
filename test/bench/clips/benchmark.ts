import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Segment } from '../../../main/domain/transcript.ts';
import { spreadWords } from '../../../main/engine/clips/sentences.ts';

const Truth = z.object({ startS: z.number(), endS: z.number(), weight: z.number() });
const Episode = z.object({
  id: z.string(),
  title: z.string(),
  show: z.string().optional(),
  durationS: z.number(),
  truth: z.array(Truth),
});
const Transcript = z.object({
  segments: z.array(
    z.object({
      speaker: z.string().optional(),
      startTime: z.number(),
      endTime: z.number(),
      body: z.string(),
    }),
  ),
});

export type Moment = z.infer<typeof Truth>;

/** One episode of the benchmark: its sentences, and the moments that its own editor lifted into the cold open. */
export interface BenchmarkEpisode {
  readonly id: string;
  readonly show: string;
  readonly title: string;
  readonly segments: readonly Segment[];
  readonly truth: readonly Moment[];
  readonly durationS: number;
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** Reads one set of the benchmark; `folder` holds episodes.json and one Podcasting 2.0 transcript an episode. */
export function* readBenchmark(folder: string, most = Infinity): Generator<BenchmarkEpisode> {
  const episodes = z.array(Episode).parse(readJson(join(folder, 'episodes.json')));
  for (const episode of episodes.slice(0, most)) {
    const { segments } = Transcript.parse(readJson(join(folder, `${episode.id}.json`)));
    yield {
      id: episode.id,
      show: episode.show ?? 'unnamed',
      title: episode.title,
      truth: episode.truth,
      durationS: segments.at(-1)?.endTime ?? 0,
      segments: segments.map(({ speaker, startTime, endTime, body }) => ({
        ...(speaker === undefined || speaker === '' ? {} : { speaker }),
        fromS: startTime,
        toS: endTime,
        text: body,
        words: spreadWords(body, startTime, endTime),
        timing: 'cue' as const,
      })),
    };
  }
}

interface Range {
  readonly inS: number;
  readonly outS: number;
}

/** A clip hits a moment when they share at least half of the shorter of the two. */
export function hits(clip: Range, moment: Moment): boolean {
  const sharedS = Math.min(clip.outS, moment.endS) - Math.max(clip.inS, moment.startS);
  return sharedS >= 0.5 * Math.min(moment.endS - moment.startS, clip.outS - clip.inS, 60);
}

/** Chance that a window that hits outranks one that does not, ties counting half; undefined without both kinds. */
export function areaUnderCurve(scores: readonly number[], isHit: readonly boolean[]): number | undefined {
  const order = scores.map((_, i) => i).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  const good = isHit.filter(Boolean).length;
  const bad = isHit.length - good;
  if (good === 0 || bad === 0) return undefined;
  let ranks = 0;
  for (let i = 0; i < order.length;) {
    let j = i;
    let hitsHere = 0;
    while (j < order.length && scores[order[j] ?? 0] === scores[order[i] ?? 0]) {
      if (isHit[order[j] ?? 0] === true) hitsHere += 1;
      j += 1;
    }
    ranks += (hitsHere * (i + j + 1)) / 2;
    i = j;
  }
  return (ranks - (good * (good + 1)) / 2) / (good * bad);
}
