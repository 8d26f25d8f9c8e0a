import type { Candidate } from '../../domain/clip.ts';
import type { Mark } from '../../domain/mark.ts';
import type { Proposal } from '../db/clips.ts';
import type { StoredEpisode } from '../db/episodes.ts';
import { findColdOpens } from '../clips/coldOpen.ts';
import { findClipsIn, prepare, type Found } from '../clips/find.ts';
import { findByEar } from '../clips/findByEar.ts';
import { markClipsByEar, markClipsByWords } from '../clips/markClips.ts';
import { offerOrder } from '../clips/offerOrder.ts';
import { isSameMoment, usualLimit } from '../clips/selection.ts';
import type { EngineContext } from './context.ts';
import { searchInputOf, type SearchInput } from './searchInput.ts';

interface Search extends Pick<Found, 'clips' | 'offLimits'> {
  readonly marks: Proposal[];
  readonly coldOpens: Candidate[];
}

/** By words where there are any, by ear where there is only sound. */
function searchBy(search: SearchInput, limit: number, marks: readonly Mark[]): Search {
  switch (search.by) {
    case 'words': {
      const read = prepare({ ...search.input, limit });
      return {
        ...findClipsIn(read),
        marks: markClipsByWords(read, marks),
        coldOpens: findColdOpens(read),
      };
    }
    case 'ear':
      return {
        ...findByEar({ ...search.input, limit }),
        marks: markClipsByEar(search.input, marks),
        coldOpens: [],
      };
    case 'nothing':
      return { clips: [], offLimits: [], marks: [], coldOpens: [] };
  }
}

/**
 * Searches an episode and puts what was found in place of what was found before: a person's marks first, then what the
 * show opens with, then the best of the rest. What a person decided on stays, and its moment is not proposed again.
 * Resolves with how many clips were proposed.
 */
export async function searchEpisode(
  engine: EngineContext,
  stored: StoredEpisode,
  atLeast: number,
): Promise<number> {
  const { id, durationS } = stored.episode;
  const limit = Math.max(atLeast, usualLimit(durationS));
  const decided = engine.clips.decidedMarks(id);
  const waiting = engine.marks.list(id).filter((mark) => !decided.has(mark.id));
  const found = searchBy(await searchInputOf(engine, stored), limit, waiting);
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
  });
  engine.emit('episodes.changed', { episodeId: id });
  return offered.length;
}
