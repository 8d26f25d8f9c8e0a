import type { Candidate, Clip, ClipState, FoundBy } from '../../domain/clip.ts';
import { AppError } from '../../domain/errors.ts';
import type { Fix } from '../../domain/fix.ts';
import { lengthS, overlapS, type TimeRange } from '../../domain/time.ts';
import type { Segment } from '../../domain/transcript.ts';
import { lastStanding } from '../../domain/trim.ts';
import { scoreRangeByEar } from '../clips/findByEar.ts';
import { findFixes } from '../clips/fixes.ts';
import { scoreRange } from '../clips/givenRange.ts';
import type { EngineContext } from './context.ts';
import { searchInputOf, type SearchInput } from './searchInput.ts';

export interface Explanation {
  readonly clip: Clip;
  /** What is said in it, sentence by sentence. */
  readonly sentences: Segment[];
  readonly fixes: Fix[];
}

interface OpenClip {
  readonly clip: Clip;
  readonly search: SearchInput;
}

async function openClip(engine: EngineContext, clipId: string): Promise<OpenClip> {
  const clip = engine.clips.get(clipId);
  if (clip === undefined) throw new AppError('NOT_FOUND', `there is no clip ${clipId}`);
  const stored = engine.episodes.get(clip.episodeId);
  if (stored === undefined) throw new AppError('NOT_FOUND', `there is no episode ${clip.episodeId}`);
  return { clip, search: await searchInputOf(engine, stored) };
}

const fixesOf = ({ clip, search }: OpenClip): Fix[] =>
  search.by === 'words' ? findFixes(search.input, clip) : [];

/** A clip with what is said in it and what a better cut would earn. */
export async function explain(engine: EngineContext, clipId: string): Promise<Explanation> {
  const open = await openClip(engine, clipId);
  const { clip } = open;
  const range = { fromS: clip.inS, toS: clip.outS };
  const isSaid = (segment: Segment): boolean => overlapS(segment, range) > Math.min(1, lengthS(segment) / 2);
  const sentences = engine.segments.list(clip.episodeId).filter(isSaid);
  return { clip, sentences, fixes: fixesOf(open) };
}

/** Scores a range of an episode as it is searched: by words or by ear. Throws BAD_INPUT where nothing is said or heard. */
export function scoreAsSearched(search: SearchInput, range: TimeRange, snap: boolean): Candidate {
  switch (search.by) {
    case 'words':
      return scoreRange(search.input, range, { snap });
    case 'ear':
      return scoreRangeByEar(search.input, range);
    case 'nothing':
      throw new AppError('NO_SPEECH', 'this episode has neither words nor sound');
  }
}

async function recut(
  engine: EngineContext,
  clip: Clip,
  candidate: Candidate,
  state: ClipState,
  undoes?: number,
): Promise<Clip> {
  const { inS, outS, score } = candidate;
  const trim = { before: clip, after: { inS, outS, score }, ...(undoes === undefined ? {} : { undoes }) };
  await engine.library.write(() => {
    engine.clips.recut(clip.id, candidate, state);
    engine.feedback.addTrim(clip.id, trim, Date.now());
  });
  engine.emit('episodes.changed', { episodeId: clip.episodeId });
  return { ...clip, ...candidate, state };
}

const CHOSEN: Readonly<Record<FoundBy, string>> = {
  words: '',
  ear: '',
  mark: 'Your mark. ',
  coldOpen: 'The show opens with it. ',
};

/** Whose choice a clip was does not change with its cuts; its title goes on while the words that it quotes are in it. */
function asBefore(candidate: Candidate, { title, foundBy }: Clip): Candidate {
  const keepsTitle = foundBy === 'mark' || candidate.text.includes(title);
  const reason = `${CHOSEN[foundBy]}${candidate.reason}`;
  return { ...candidate, foundBy, reason, title: keepsTitle ? title : candidate.title };
}

/** Cuts a clip anew: to whole sentences, or to whole words where snap is false; its score is that of the new range. */
export async function trimClip(
  engine: EngineContext,
  clipId: string,
  range: TimeRange,
  snap: boolean,
): Promise<Clip> {
  const { clip, search } = await openClip(engine, clipId);
  if (range.toS <= range.fromS) throw new AppError('BAD_INPUT', 'a clip has to end after it begins');
  return recut(engine, clip, asBefore(scoreAsSearched(search, range, snap), clip), 'trimmed');
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
  const clip = engine.clips.get(clipId);
  if (clip === undefined) throw new AppError('NOT_FOUND', `there is no clip ${clipId}`);
  const last = lastStanding(engine.feedback.trimsOf(clipId));
  if (last === undefined)
    throw new AppError('BAD_INPUT', `clip ${clipId} was not trimmed: there is nothing to take back`);
  const { state, ...before } = last.trim.before;
  return recut(engine, clip, before, state, last.id);
}
