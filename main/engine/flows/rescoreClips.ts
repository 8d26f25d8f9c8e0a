import type { Candidate, Clip } from '../../domain/clip.ts';
import type { Episode } from '../../domain/episode.ts';
import { overlapS, type TimeRange } from '../../domain/time.ts';
import type { Segment } from '../../domain/transcript.ts';
import { keepChoice } from '../clips/choice.ts';
import { scoreRangeByEar } from '../clips/findByEar.ts';
import { prepare } from '../clips/find.ts';
import { scoreInPlace } from '../clips/givenRange.ts';
import type { EngineContext } from './context.ts';
import { readWhereTyped } from './readTyped.ts';
import { searchInputWith, type Heard, type SearchInput } from './searchInput.ts';

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
  const hasTranscript = episode.transcriptSource !== null;
  // What was kept by ear before there was a transcript stays as it was heard.
  const scored = clips.filter((clip) => clip.isCut !== true && (clip.foundBy !== 'ear' || !hasTranscript));
  const concerned = scored.filter(isTouched);
  if (concerned.length === 0) return [];
  // What is said elsewhere in the episode decides what a word is worth: the others keep their rank, not their score.
  const readings = readAgain(engine, episode, heard, scored);
  const rest = clips.filter((clip) => !concerned.includes(clip));
  ranked(rest, concerned, readings).forEach((clip, index) => {
    engine.clips.setReading(clip.id, index + 1, readings.get(clip.id) ?? clip);
  });
  return concerned.map((clip) => clip.id);
}

/** What each clip reads and is worth now. */
function readAgain(
  engine: EngineContext,
  episode: Episode,
  heard: Heard | undefined,
  clips: readonly Clip[],
): Map<string, Candidate> {
  const search = searchInputWith(engine, episode, heard);
  if (search.by === 'ear') return heardAgain(search, clips);
  const read = search.by === 'words' ? prepare(search.input) : undefined;
  const segments = engine.segments.list(episode.id);
  return new Map(
    clips.map((clip) => {
      const taken = new Set(clips.filter(({ rank }) => rank < clip.rank).map(({ title }) => title));
      const scored = read && scoreInPlace(read, rangeOf(clip), taken);
      return [clip.id, scored === undefined ? withWords(clip, segments) : titled(clip, scored)];
    }),
  );
}

/** Clips of an episode without a transcript: by the words that were typed for them, else by ear as they were found. */
function heardAgain(
  search: Extract<SearchInput, { by: 'ear' }>,
  clips: readonly Clip[],
): Map<string, Candidate> {
  const read = search.typed && prepare(search.typed);
  return new Map(
    clips.map((clip) => {
      const { inS, outS, durationS } = clip;
      const heard = { ...scoreRangeByEar(search.input, rangeOf(clip)), inS, outS, durationS };
      return [clip.id, keepChoice(readWhereTyped(read, heard), clip)];
    }),
  );
}

/** The first of its titles follows the words; one that it was given otherwise stays. */
function titled(clip: Clip, scored: Candidate): Candidate {
  const kept = keepChoice(scored, clip);
  return clip.title === clip.titles[0]?.text ? { ...kept, title: scored.title } : kept;
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
