import type { Candidate, Clip } from '../../domain/clip.ts';
import type { Episode } from '../../domain/episode.ts';
import { overlapS, type TimeRange } from '../../domain/time.ts';
import type { Segment } from '../../domain/transcript.ts';
import { scoreRanges } from '../clips/find.ts';
import type { EngineContext } from './context.ts';
import { findInputOf, type Heard } from './findInput.ts';

/** Half a word: a clip that an edit only brushes still shows its words. */
const REACH_S = 0.2;

/**
 * Reads the clips that an edit touched again: their words, title, score and receipt follow, and a clip that is worth more or
 * less now changes its rank. No clip moves in time, whatever was decided on it. Runs inside a transaction; answers with the
 * ids of the clips.
 */
export function rescoreClips(
  engine: EngineContext,
  episode: Episode,
  heard: Heard | undefined,
  touched: readonly TimeRange[],
): string[] {
  const clips = engine.clips.list(episode.id);
  const isTouched = (clip: Clip): boolean =>
    touched.some(
      ({ fromS, toS }) =>
        overlapS({ fromS: clip.inS, toS: clip.outS }, { fromS: fromS - REACH_S, toS: toS + REACH_S }) > 0,
    );
  const concerned = clips.filter(
    (clip) => clip.foundBy === 'words' && clip.isCut !== true && isTouched(clip),
  );
  if (concerned.length === 0) return [];
  const segments = engine.segments.list(episode.id);
  const scored =
    segments.length === 0
      ? []
      : scoreRanges(findInputOf(engine, episode, segments, heard), concerned.map(rangeOf));
  const readings = concerned.map((clip, index) => scored[index] ?? withWords(clip, segments));
  const rest = clips.filter((clip) => !concerned.includes(clip));
  const byId = new Map(concerned.map((clip, index) => [clip.id, readings[index] ?? clip]));
  ranked(rest, concerned, byId).forEach((clip, index) => {
    engine.clips.setReading(clip.id, index + 1, byId.get(clip.id) ?? clip);
  });
  return concerned.map((clip) => clip.id);
}

const rangeOf = (clip: Clip): TimeRange => ({ fromS: clip.inS, toS: clip.outS });

/** A clip that no longer is whole sentences keeps its score; its words are those that are said in it. */
function withWords(clip: Clip, segments: readonly Segment[]): Candidate {
  const within = segments.filter((segment) => overlapS(segment, rangeOf(clip)) > 0);
  const said = within.flatMap(({ words }) =>
    words.filter(({ fromS, toS }) => (fromS + toS) / 2 >= clip.inS && (fromS + toS) / 2 < clip.outS),
  );
  const speakers = within.flatMap(({ speaker }) => (speaker === undefined ? [] : [speaker]));
  return { ...clip, text: said.map((word) => word.text).join(' '), speakers: [...new Set(speakers)] };
}

/** The order of the others stays; each clip that was read again goes before the first that is worth less. */
function ranked(
  rest: readonly Clip[],
  concerned: readonly Clip[],
  readings: ReadonlyMap<string, Candidate>,
): Clip[] {
  const order = [...rest];
  const worth = (clip: Clip): number => readings.get(clip.id)?.score ?? clip.score;
  for (const clip of concerned) {
    const at = order.findIndex((other) => worth(other) < worth(clip));
    order.splice(at < 0 ? order.length : at, 0, clip);
  }
  return order;
}
