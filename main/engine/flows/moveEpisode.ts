import { AppError } from '../../domain/errors.ts';
import type { VersionOutcome } from '../../domain/newVersion.ts';
import type { TimeRange } from '../../domain/time.ts';
import { moveRange, moveTime, type TimeMap } from '../../domain/timeMap.ts';
import type { EditOperation } from '../../domain/transcriptEdit.ts';
import type { NewRecording } from '../db/episodes.ts';
import type { MarkTimes } from '../db/marks.ts';
import type { OwnedFile } from '../db/ownedFiles.ts';
import { moveOperation, moveTranscript } from '../transcripts/moveTranscript.ts';
import type { EngineContext } from './context.ts';
import { moveClips } from './moveClips.ts';
import { rebuildTranscript } from './placeTranscript.ts';
import { rescoreClips } from './rescoreClips.ts';
import { reviewOf } from './review.ts';
import type { Heard } from './searchInput.ts';
import { describeNewVersion } from './versionNotes.ts';

/** A new version of an episode's recording, listened to and matched with the one that the episode has. */
export interface NewVersion {
  readonly episodeId: string;
  /** Of the recording that was matched. */
  readonly oldFingerprint: string;
  readonly recording: NewRecording;
  readonly map: TimeMap;
  readonly heard: Heard;
  /** What was heard of it, as files. */
  readonly files: readonly OwnedFile[];
}

/**
 * Puts the new version in the place of the old one and everything that has a time on its clock. Runs inside a transaction.
 * Throws WRONG_STATE where the episode got another recording meanwhile.
 */
export function moveEpisode(engine: EngineContext, version: NewVersion, nowMs: number): VersionOutcome {
  const { episodeId, map, recording } = version;
  const stored = engine.episodes.get(episodeId);
  if (stored === undefined) throw new AppError('NOT_FOUND', `there is no episode ${episodeId}`);
  if (stored.fingerprint !== version.oldFingerprint)
    throw new AppError('WRONG_STATE', `${stored.episode.title} got another recording meanwhile`);
  const words = moveWords(engine, episodeId, map);
  const offLimits = engine.offLimits.move(episodeId, (range) => moveRange(map, range));
  const marks = engine.marks.move(episodeId, (mark) => movedMark(mark, map));
  engine.exports.moveRanges(episodeId, (range) => moveRange(map, range));
  const clips = moveClips(engine, episodeId, map);
  engine.episodes.setRecording(episodeId, recording);
  keepWords(engine, episodeId);
  measureAgain(engine, episodeId);
  for (const file of version.files) engine.ownedFiles.record(file, nowMs);
  const outcome: VersionOutcome = {
    episodeId,
    map,
    moved: {
      ...words.moved,
      clips: clips.moved,
      offLimits: engine.offLimits.list(episodeId).length,
      marks: marks.moved,
    },
    changedClips: clips.changed.map(({ clip, cutS, addedS }) => ({
      clipId: clip.id,
      title: clip.title,
      cutS,
      addedS,
    })),
    gone: {
      ...words.gone,
      clips: clips.gone,
      offLimits,
      marks: marks.gone.map(({ atS, note }) => ({ atS, note })),
    },
  };
  engine.episodes.setNotes(episodeId, [...stored.episode.notes, ...describeNewVersion(outcome)]);
  readAgain(
    engine,
    episodeId,
    version.heard,
    clips.changed.map(({ range }) => range),
  );
  return outcome;
}

const movedMark = ({ atS, toS }: MarkTimes, map: TimeMap): MarkTimes | undefined => {
  if (toS !== null) {
    const range = moveRange(map, { fromS: atS, toS });
    return range && { atS: range.fromS, toS: range.toS };
  }
  const movedS = moveTime(map, atS);
  return movedS === undefined ? undefined : { atS: movedS, toS: null };
};

/** How loud the new version is as a whole has to be measured anew. */
function measureAgain(engine: EngineContext, episodeId: string): void {
  engine.loudness.forgetPieces(episodeId);
  engine.loudness.finish(episodeId, null);
  const stored = engine.episodes.get(episodeId);
  if (stored !== undefined) engine.followUp(reviewOf(stored));
}

type Part<Name extends keyof VersionOutcome['gone'], Moved extends keyof VersionOutcome['moved']> = {
  readonly moved: Pick<VersionOutcome['moved'], Moved>;
  readonly gone: Pick<VersionOutcome['gone'], Name>;
};

/** The words as they came and the edits of them; what people read follows from the two. */
function moveWords(
  engine: EngineContext,
  episodeId: string,
  map: TimeMap,
): Part<'words' | 'edits', 'sentences' | 'edits'> {
  const { cut } = moveTranscript(engine.segments.list(episodeId), map);
  const { segments } = moveTranscript(engine.segments.listBase(episodeId), map);
  const goneEdits: VersionOutcome['gone']['edits'] = [];
  const edits = engine.transcriptEdits.list(episodeId);
  for (const { id, operation } of edits) {
    const moved = moveOperation(operation, map);
    if (moved !== undefined) engine.transcriptEdits.setOperation(id, moved);
    else {
      engine.transcriptEdits.remove(id);
      goneEdits.push(sidesOf(operation));
    }
  }
  engine.segments.replace(episodeId, segments);
  rebuildTranscript(engine, episodeId);
  return {
    moved: {
      sentences: engine.segments.list(episodeId).length,
      edits: edits.length - goneEdits.length,
    },
    gone: { words: cut, edits: goneEdits },
  };
}

/** What an edit found and what it made of it, in words. */
function sidesOf(operation: EditOperation): { from: string; to: string } {
  switch (operation.kind) {
    case 'words':
    case 'speaker':
      return { from: operation.from, to: operation.to };
    case 'merge':
      return {
        from: `${operation.before} | ${operation.after}`,
        to: `${operation.before} ${operation.after}`,
      };
    case 'split':
      return {
        from: `${operation.before} ${operation.after}`,
        to: `${operation.before} | ${operation.after}`,
      };
  }
}

/** Words that lay beside or inside the old recording lie there no longer: a later import must not look for them in vain. */
function keepWords(engine: EngineContext, episodeId: string): void {
  const stored = engine.episodes.get(episodeId);
  const source = stored?.episode.transcriptSource;
  if (stored === undefined || (source !== 'beside' && source !== 'embedded')) return;
  const { transcriptDigest: digest, episode } = stored;
  engine.episodes.setTranscript(episodeId, { source: 'given', digest, language: episode.language });
}

/** Scores clips that are no longer the same again, and ranks those that were cut last. */
function readAgain(
  engine: EngineContext,
  episodeId: string,
  heard: Heard,
  changed: readonly TimeRange[],
): void {
  const episode = engine.episodes.get(episodeId)?.episode;
  if (episode !== undefined) rescoreClips(engine, episode, heard, changed);
  const clips = engine.clips.listAll(episodeId);
  const order = [
    ...clips.filter((clip) => clip.isCut !== true),
    ...clips.filter((clip) => clip.isCut === true),
  ];
  order.forEach((clip, index) => {
    engine.clips.setReading(clip.id, index + 1, clip);
  });
}
