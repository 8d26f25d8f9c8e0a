import { setImmediate } from 'node:timers/promises';
import type { Clip } from '../../domain/clip.ts';
import { AppError } from '../../domain/errors.ts';
import type { SearchPage, SeenBefore } from '../../domain/showMemory.ts';
import type { TimeRange } from '../../domain/time.ts';
import {
  SAME_MOMENT_SHARE,
  sameWords,
  sharedTime,
  wordRunsOf,
  type SameWords,
  type WordRun,
} from '../clips/showMemory.ts';
import type { ExportedRange } from '../db/exports.ts';
import type { EngineContext } from './context.ts';

/** Takes in the words of the episodes that are new or have changed since the last time. */
export async function rememberWords(engine: EngineContext): Promise<void> {
  for (const episodeId of engine.wordRuns.outdated()) {
    await engine.library.write(() => {
      engine.wordRuns.replace(episodeId, wordRunsOf(engine.segments.list(episodeId)));
    });
    // A library from before there was a memory is taken in at once, an episode at a time.
    await setImmediate();
  }
}

interface Memory {
  readonly episodeId: string;
  readonly runs: readonly WordRun[];
  readonly exported: readonly ExportedRange[];
  readonly titleOf: (episodeId: string) => string;
}

/** The same clips with where each was heard before: exported already, or the same words in another episode. */
export async function withMemory(
  engine: EngineContext,
  episodeId: string,
  clips: readonly Clip[],
): Promise<Clip[]> {
  await rememberWords(engine);
  const memory: Memory = {
    episodeId,
    runs: engine.wordRuns.list(episodeId),
    exported: engine.exports.listRanges(),
    titleOf: (id) => engine.episodes.get(id)?.episode.title ?? '',
  };
  // What was cut has no place on the clock of the words any more.
  return clips.map((clip) =>
    clip.isCut === true ? clip : { ...clip, seenBefore: seenBefore(engine, memory, clip) },
  );
}

function seenBefore(engine: EngineContext, memory: Memory, clip: Clip): SeenBefore[] {
  const range = { fromS: clip.inS, toS: clip.outS };
  const runs = memory.runs.filter(({ atS }) => atS >= range.fromS && atS < range.toS);
  const elsewhere = engine.wordRuns.findElsewhere(
    runs.map(({ hash }) => hash),
    memory.episodeId,
  );
  const own = exportOf(memory, memory.episodeId, range);
  const here: SeenBefore[] =
    own === undefined ? [] : [toSeen(memory, { ...own, share: sharedTime(own, range) }, own)];
  const others = sameWords(runs, clip.durationS, elsewhere).map((same) =>
    toSeen(memory, same, exportOf(memory, same.episodeId, same)),
  );
  return [...here, ...others];
}

/** The last export of nearly this moment. */
const exportOf = ({ exported }: Memory, episodeId: string, range: TimeRange): ExportedRange | undefined =>
  exported.findLast((other) => other.episodeId === episodeId && sharedTime(other, range) > SAME_MOMENT_SHARE);

const toSeen = (
  { titleOf }: Memory,
  { episodeId, fromS, toS, share }: SameWords,
  exported: ExportedRange | undefined,
): SeenBefore => ({
  kind: exported === undefined ? 'same-words' : 'exported',
  episodeId,
  episodeTitle: titleOf(episodeId),
  fromS,
  toS,
  share: Math.round(share * 100) / 100,
  exportedAtMs: exported?.exportedAtMs ?? null,
});

export interface SearchRequest {
  readonly words: string;
  /** Id or name. */
  readonly show?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Searches every word of every episode. Throws NOT_FOUND for an unknown show. */
export function searchWords(engine: EngineContext, request: SearchRequest): SearchPage {
  const { words, show, limit, offset } = request;
  const found = show === undefined ? undefined : (engine.shows.get(show) ?? engine.shows.findByName(show));
  if (show !== undefined && found === undefined) throw new AppError('NOT_FOUND', `there is no show ${show}`);
  const { hits, total } = engine.wordSearch.search({ words, showId: found?.id ?? null, limit, offset });
  const next = offset + hits.length;
  return { hits, total, nextOffset: hits.length > 0 && next < total ? next : null };
}
