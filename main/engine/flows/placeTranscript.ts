import type { TimeRange } from '../../domain/time.ts';
import type { Segment } from '../../domain/transcript.ts';
import type { TranscriptEdit } from '../../domain/transcriptEdit.ts';
import { nameEdits } from '../transcripts/edits/nameRules.ts';
import { replayEdits } from '../transcripts/edits/replay.ts';
import type { EngineContext } from './context.ts';

/** What each edit changed, by its id; an edit whose words are not there has no entry. */
export type TouchedByEdit = ReadonlyMap<number, readonly TimeRange[]>;

/** The edits of an episode that hold, applied to its words as they came; nothing is written. */
export function replayed(
  engine: EngineContext,
  episodeId: string,
): { segments: readonly Segment[]; touched: TouchedByEdit; edits: readonly TranscriptEdit[] } {
  const edits = engine.transcriptEdits.list(episodeId);
  const applied = edits.filter((edit) => edit.state === 'applied');
  const { segments, touched } = replayEdits(
    engine.segments.listBase(episodeId),
    applied.map((edit) => edit.operation),
  );
  const found = new Map<number, readonly TimeRange[]>();
  applied.forEach((edit, index) => {
    const ranges = touched[index];
    if (ranges !== undefined) found.set(edit.id, ranges);
  });
  return { segments, touched: found, edits };
}

/** Writes the transcript that people see: what came, with the edits that hold. Runs inside a transaction. */
export function rebuildTranscript(engine: EngineContext, episodeId: string): TouchedByEdit {
  const { segments, touched, edits } = replayed(engine, episodeId);
  engine.segments.setResult(episodeId, segments);
  for (const { id, state, isFound } of edits) {
    const isThere = state === 'applied' && touched.has(id);
    if (state === 'applied' && isFound !== isThere) engine.transcriptEdits.setFound(id, isThere);
  }
  return touched;
}

/**
 * Puts sentences, as they came from a file or a recogniser, in place of all earlier ones: edits are applied again where
 * their words are still there, and the show's list of names to what is new. Runs inside a transaction.
 */
export function placeTranscript(
  engine: EngineContext,
  episodeId: string,
  base: readonly Segment[],
  nowMs: number,
): void {
  engine.segments.replace(episodeId, base);
  rebuildTranscript(engine, episodeId);
  if (applyNames(engine, episodeId, nowMs) > 0) rebuildTranscript(engine, episodeId);
}

/** Puts sentences behind those there are, as a recogniser hears them. Runs inside a transaction. */
export function appendTranscript(engine: EngineContext, episodeId: string, heard: readonly Segment[]): void {
  if (engine.transcriptEdits.list(episodeId).length === 0) {
    engine.segments.append(episodeId, heard);
    return;
  }
  engine.segments.appendBase(episodeId, heard);
  rebuildTranscript(engine, episodeId);
}

/** Adds what the show's list of names changes as one step, and says how many places that are. Runs inside a transaction. */
export function applyNames(engine: EngineContext, episodeId: string, nowMs: number): number {
  const showId = engine.episodes.get(episodeId)?.episode.showId;
  const rules = showId === undefined ? [] : (engine.shows.get(showId)?.names ?? []);
  if (rules.length === 0) return 0;
  const takenBack = engine.transcriptEdits
    .list(episodeId)
    .filter((edit) => edit.author === 'rule' && edit.state !== 'applied');
  const operations = nameEdits(engine.segments.list(episodeId), rules, takenBack);
  if (operations.length > 0)
    engine.transcriptEdits.addStep(episodeId, { author: 'rule', operations, madeAtMs: nowMs });
  return operations.length;
}
