import { createHash } from 'node:crypto';
import type { Clip } from '../../domain/clip.ts';
import type { WeighedReview } from '../../domain/clipReview.ts';
import type { ReviewerProvider } from '../../domain/reviewer.ts';
import { reorder, weigh, withReview } from '../reviewer/weigh.ts';
import type { EngineContext } from './context.ts';
import { activeProvider, reviewerSettings } from './reviewer.ts';

/** Names what a review is about: these words, as this model sees them. A clip that was cut anew has to be asked again. */
export const reviewedText = ({ baseUrl, model }: ReviewerProvider, { text }: Clip): string =>
  createHash('sha256')
    .update(JSON.stringify([baseUrl, model, text]))
    .digest('hex');

/**
 * The clips of an episode, best first, with what the reviewer thinks of them. What the finder made of them stays as it is in
 * the library: a review is laid over it for as long as the reviewer is on, and without one nothing differs.
 */
export function listReviewed(engine: EngineContext, episodeId: string): Clip[] {
  const clips = engine.clips.list(episodeId);
  const settings = reviewerSettings(engine);
  const provider = activeProvider(settings);
  if (provider === undefined) return clips;
  const stored = new Map(
    engine.reviewer.reviews.ofEpisode(episodeId).map((each) => [each.clipId, each] as const),
  );
  const reviewOf = (clip: Clip): WeighedReview | undefined => {
    const found = stored.get(clip.id);
    return found?.hash === reviewedText(provider, clip)
      ? weigh(found.review, settings.share, settings.isCounted)
      : undefined;
  };
  const reviews = new Map(clips.map((clip) => [clip.id, reviewOf(clip)] as const));
  const ordered = settings.isCounted ? reorder(clips, ({ id }) => reviews.get(id)?.points ?? 0) : clips;
  return ordered.map((clip, at) => {
    const review = reviews.get(clip.id);
    const inPlace = { ...clip, rank: clips[at]?.rank ?? clip.rank };
    return review === undefined ? inPlace : withReview(inPlace, review);
  });
}

/** One clip as it stands among the others of its episode. */
export function asReviewed(engine: EngineContext, clip: Clip): Clip {
  if (activeProvider(reviewerSettings(engine)) === undefined) return clip;
  const listed = listReviewed(engine, clip.episodeId).find(({ id }) => id === clip.id);
  return listed === undefined ? clip : { ...clip, ...listed };
}
