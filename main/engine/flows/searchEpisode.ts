import type { Candidate } from '../../domain/clip.ts';
import { AppError } from '../../domain/errors.ts';
import type { Mark } from '../../domain/mark.ts';
import type { Proposal } from '../db/clips.ts';
import type { StoredEpisode } from '../db/episodes.ts';
import { findColdOpens } from '../clips/coldOpen.ts';
import { findClipsIn, prepare, type Found } from '../clips/find.ts';
import { findByEar } from '../clips/findByEar.ts';
import { markClipsByEar, markClipsByWords } from '../clips/markClips.ts';
import { offerOrder } from '../clips/offerOrder.ts';
import { keepOffRecord } from '../clips/offRecord.ts';
import { isSameMoment, usualLimit } from '../clips/selection.ts';
import type { EngineContext } from './context.ts';
import { recordSignal } from './feedback.ts';
import { searchInputOf, type SearchInput } from './searchInput.ts';
import { rememberWords } from './showMemory.ts';

interface Search extends Pick<Found, 'clips' | 'offLimits'> {
  readonly marks: Proposal[];
  readonly coldOpens: Candidate[];
}

/** By words where there are any, by ear where there is only sound; nothing of what is off the record. */
function searchBy(search: SearchInput, limit: number, marks: readonly Mark[]): Search {
  const { offRecord } = search;
  switch (search.by) {
    case 'words': {
      const read = prepare({ ...search.input, limit });
      const { clips, offLimits } = findClipsIn(read);
      return {
        clips: keepOffRecord(clips, offRecord),
        offLimits,
        marks: markClipsByWords(read, marks),
        coldOpens: findColdOpens(read),
      };
    }
    case 'ear': {
      const { clips, offLimits } = findByEar({ ...search.input, limit });
      return {
        clips: keepOffRecord(clips, offRecord),
        offLimits,
        marks: keepOffRecord(markClipsByEar(search.input, marks), offRecord),
        coldOpens: [],
      };
    }
    case 'nothing':
      return { clips: [], offLimits: [], marks: [], coldOpens: [] };
  }
}

/**
 * Searches an episode and puts what was found in place of what was found before: a person's marks first, then what the
 * show opens with, then the best of the rest. What a person decided on stays, and its moment is not proposed again.
 * Resolves with what is offered now, in that order.
 */
export async function searchEpisode(
  engine: EngineContext,
  stored: StoredEpisode,
  atLeast: number,
): Promise<Candidate[]> {
  const { id, durationS } = stored.episode;
  const limit = Math.max(atLeast, usualLimit(durationS));
  const decided = engine.clips.decidedMarks(id);
  const waiting = engine.marks.list(id).filter((mark) => !decided.has(mark.id));
  const search = await searchInputOf(engine, stored);
  const found = searchBy(search, limit, waiting);
  const trimmed = engine.clips.list(id).filter(({ state }) => state === 'trimmed');
  const isTrimmed = (clip: Candidate): boolean =>
    trimmed.some(({ inS, outS }) =>
      isSameMoment({ fromS: inS, toS: outS }, { fromS: clip.inS, toS: clip.outS }),
    );
  const offered = offerOrder<Proposal>(
    {
      marks: found.marks,
      coldOpens: found.coldOpens.filter((clip) => !isTrimmed(clip)),
      found: found.clips.filter((clip) => !isTrimmed(clip)),
    },
    limit,
  );
  await engine.library.write(() => {
    engine.clips.replaceCandidates(id, offered, Date.now());
    engine.offLimits.replaceFound(id, found.offLimits);
    signalColdOpens(engine, stored, Date.now());
  });
  await rememberWords(engine);
  engine.emit('episodes.changed', { episodeId: id });
  return offered;
}

/** The editor's own choice counts as a signal, once for each clip and for as long as the show opens with it. */
function signalColdOpens(engine: EngineContext, { episode }: StoredEpisode, nowMs: number): void {
  const coldOpens = engine.clips.list(episode.id).filter(({ foundBy }) => foundBy === 'coldOpen');
  const told = engine.feedback
    .listStanding(episode.showId)
    .filter(({ kind, episodeId }) => kind === 'cold-open' && episodeId === episode.id);
  for (const { id, clipId } of told)
    if (!coldOpens.some((clip) => clip.id === clipId)) engine.feedback.takeBack(id, nowMs);
  for (const clip of coldOpens)
    if (!told.some(({ clipId }) => clipId === clip.id))
      recordSignal(engine, clip, { kind: 'cold-open' }, nowMs);
}

/**
 * Searches an episode again after something changed that its clips depend on, for as many clips as it has, so that a longer
 * list is not cut to the usual length. Throws NOT_FOUND.
 */
export async function searchAgain(
  engine: EngineContext,
  episodeId: string,
  atLeast = engine.clips.countProposed(episodeId),
): Promise<Candidate[]> {
  const stored = engine.episodes.get(episodeId);
  if (stored === undefined) throw new AppError('NOT_FOUND', `there is no episode ${episodeId}`);
  return searchEpisode(engine, stored, atLeast);
}
