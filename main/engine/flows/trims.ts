import type { Candidate, Clip } from '../../domain/clip.ts';
import { AppError } from '../../domain/errors.ts';
import type { Fix } from '../../domain/fix.ts';
import { lengthS, overlapS, type TimeRange } from '../../domain/time.ts';
import type { DoubtfulWords, Segment } from '../../domain/transcript.ts';
import { keepChoice } from '../clips/choice.ts';
import { scoreRangeByEar } from '../clips/findByEar.ts';
import { listDoubts } from '../clips/doubt.ts';
import { LONGEST_S, prepare } from '../clips/find.ts';
import { findFixes } from '../clips/fixes.ts';
import { scoreRange } from '../clips/givenRange.ts';
import { keepOffRecord } from '../clips/offRecord.ts';
import { readSentences } from '../clips/sentences.ts';
import { assertInRecording } from './clipInRecording.ts';
import type { EngineContext } from './context.ts';
import { clipNamed, recordSignal } from './feedback.ts';
import { learn } from './learning.ts';
import { readWhereTyped } from './readTyped.ts';
import { searchInputOf, type SearchInput } from './searchInput.ts';

export interface Explanation {
  readonly clip: Clip;
  /** What is said in it, sentence by sentence. */
  readonly sentences: Segment[];
  /** Words of it that may not be what was said; they count for nothing. */
  readonly doubtful: DoubtfulWords[];
  readonly fixes: Fix[];
}

interface OpenClip {
  readonly clip: Clip;
  readonly search: SearchInput;
}

async function openClip(engine: EngineContext, clipId: string): Promise<OpenClip> {
  const clip = clipNamed(engine, clipId);
  const stored = engine.episodes.get(clip.episodeId);
  if (stored === undefined) throw new AppError('NOT_FOUND', `there is no episode ${clip.episodeId}`);
  return { clip, search: await searchInputOf(engine, stored) };
}

const fixesOf = ({ clip, search }: OpenClip): Fix[] =>
  search.by === 'words' && clip.isCut !== true ? findFixes(search.input, clip) : [];

/** A clip with what is said in it and what a better cut would earn. */
export async function explain(engine: EngineContext, clipId: string): Promise<Explanation> {
  const open = await openClip(engine, clipId);
  const { clip } = open;
  const range = { fromS: clip.inS, toS: clip.outS };
  const isSaid = (segment: Segment): boolean => overlapS(segment, range) > Math.min(1, lengthS(segment) / 2);
  const sentences = clip.isCut === true ? [] : engine.segments.list(clip.episodeId).filter(isSaid);
  return { clip, sentences, doubtful: doubtfulIn(open), fixes: fixesOf(open) };
}

function doubtfulIn({ clip, search }: OpenClip): DoubtfulWords[] {
  if (search.by !== 'words' || clip.isCut === true) return [];
  const { segments, durationS } = search.input;
  const range = { fromS: clip.inS, toS: clip.outS };
  return listDoubts(readSentences(segments, durationS, LONGEST_S)).filter(
    (words) => overlapS(words, range) > 0,
  );
}

function heardOnRecord(candidate: Candidate, { offRecord }: SearchInput): Candidate {
  if (keepOffRecord([candidate], offRecord).length > 0) return candidate;
  const { inS, outS } = candidate;
  throw new AppError('OFF_THE_RECORD', `some of ${inS} s to ${outS} s was marked off the record`);
}

/**
 * Scores a range of an episode as it is searched: by words or by ear. Throws BAD_INPUT where nothing is said or heard,
 * OFF_THE_RECORD where a person wants none of it heard.
 */
export function scoreAsSearched(search: SearchInput, range: TimeRange, snap: boolean): Candidate {
  switch (search.by) {
    case 'words':
      return scoreRange(search.input, range, { snap });
    case 'ear':
      return readWhereTyped(
        search.typed && prepare(search.typed),
        heardOnRecord(scoreRangeByEar(search.input, range), search),
      );
    case 'nothing':
      throw new AppError('NO_SPEECH', 'this episode has neither words nor sound');
  }
}

/** Cuts a clip anew: to whole sentences, or to whole words where snap is false; its score is that of the new range. */
export async function trimClip(
  engine: EngineContext,
  clipId: string,
  range: TimeRange,
  snap: boolean,
): Promise<Clip> {
  const { clip, search } = await openClip(engine, clipId);
  assertInRecording(clip);
  if (range.toS <= range.fromS) throw new AppError('BAD_INPUT', 'a clip has to end after it begins');
  return recut(engine, clip, scoreAsSearched(search, range, snap));
}

/** Gives a clip the range and score of a candidate, in a way that can be undone; a title that was chosen stays. */
export async function recut(engine: EngineContext, clip: Clip, scored: Candidate): Promise<Clip> {
  const candidate = keepChoice(scored, clip);
  const { inS, outS, score } = candidate;
  await engine.library.write(() => {
    const trim = { before: clip, after: { inS, outS, score } };
    recordSignal(engine, clip, { kind: 'trim', trim }, Date.now());
    engine.clips.recut(clip.id, candidate, 'trimmed');
  });
  return told(engine, clip.id);
}

/** Cuts a clip as one of its offers says; the offer is named by its place in the list. */
export async function applyFix(engine: EngineContext, clipId: string, index: number): Promise<Clip> {
  const open = await openClip(engine, clipId);
  const fixes = fixesOf(open);
  const fix = fixes[index];
  if (fix === undefined)
    throw new AppError(
      'NOT_FOUND',
      `clip ${clipId} has ${fixes.length} offers; there is no number ${index + 1}`,
    );
  return trimClip(engine, clipId, { fromS: fix.inS, toS: fix.outS }, true);
}

/** Takes the last trim back that still stands: the clip is again exactly what it was before. */
export async function undoTrim(engine: EngineContext, clipId: string): Promise<Clip> {
  await engine.library.write(() => {
    const clip = clipNamed(engine, clipId);
    assertInRecording(clip);
    const last = engine.feedback.lastTrim(clipId);
    if (last === undefined)
      throw new AppError('BAD_INPUT', `clip ${clipId} was not trimmed: there is nothing to take back`);
    const { state, ...before } = last.trim.before;
    engine.feedback.takeBack(last.id, Date.now());
    engine.clips.recut(clipId, before, state);
    learn(engine, clip.episodeId, Date.now());
  });
  return told(engine, clipId);
}

function told(engine: EngineContext, clipId: string): Clip {
  const clip = clipNamed(engine, clipId);
  engine.emit('episodes.changed', { episodeId: clip.episodeId });
  return clip;
}
