import { z } from 'zod';
import type { Clip } from '../../domain/clip.ts';
import { AppError } from '../../domain/errors.ts';
import type { ReviewerProvider, ReviewerSettings } from '../../domain/reviewer.ts';
import type { StoredEpisode } from '../db/episodes.ts';
import { readJson } from '../db/json.ts';
import type { Lease } from '../jobs/lease.ts';
import type { Finished, JobKind } from '../jobs/kind.ts';
import { runPieces, type ConsumedPiece } from '../jobs/pieces.ts';
import type { NewJob } from '../jobs/row.ts';
import type { WorkItem } from '../jobs/workItems.ts';
import { Answer } from '../reviewer/answer.ts';
import { ask } from '../reviewer/ask.ts';
import { judge } from '../reviewer/judgement.ts';
import { hashOf, messagesOf } from '../reviewer/question.ts';
import { spokenIn, type Spoken } from '../reviewer/spoken.ts';
import type { EngineContext } from './context.ts';
import { reviewedText } from './reviewedClips.ts';
import { activeProvider, reviewerSettings } from './reviewer.ts';

export const REVIEW_CLIPS = 'reviewClips';
const STAGE = 'review';

/** A model that cannot answer a clip twice in a row will not answer it a third time. */
const MOST_TRIES = 2;

const Payload = z.object({ episodeId: z.string() });
const Piece = z.object({ clipId: z.string() });

/** The job that puts the best clips of an episode before the reviewer. */
export const clipReviewOf = ({ episode }: StoredEpisode): NewJob => ({
  kind: REVIEW_CLIPS,
  lane: 'review',
  priority: 'low',
  payload: { episodeId: episode.id } satisfies z.input<typeof Payload>,
  label: episode.title,
  episodeId: episode.id,
  showId: episode.showId,
  uniqueKey: `${REVIEW_CLIPS}:${episode.id}`,
});

/** Puts the review of an episode's clips in line, where the reviewer is on; inside the transaction that made the clips. */
export function reviewClipsWhereOn(engine: EngineContext, episodeId: string): void {
  const stored = engine.episodes.get(episodeId);
  if (stored === undefined || activeProvider(reviewerSettings(engine)) === undefined) return;
  engine.followUp(clipReviewOf(stored));
}

/** Reviews clips one by one; a clip that was answered is never asked again, whatever happens in between. */
export const reviewClipsKind = (engine: EngineContext): JobKind => ({
  run: (lease) => reviewClips(engine, lease),
  forget: (job) => {
    engine.reviewer.quota.settleAll(`${job.id}/`);
  },
});

interface Reviewing {
  readonly engine: EngineContext;
  readonly lease: Lease;
  readonly settings: ReviewerSettings;
  readonly provider: ReviewerProvider;
  readonly stored: StoredEpisode;
}

async function reviewClips(engine: EngineContext, lease: Lease): Promise<Finished> {
  const { episodeId } = Payload.parse(readJson(lease.job.payload));
  const settings = reviewerSettings(engine);
  const provider = activeProvider(settings);
  // Switched off while the job waited: there is nothing left to do, and nothing has failed.
  if (provider === undefined) return { result: { reviewed: 0, isOff: true } };
  const stored = engine.episodes.get(episodeId);
  if (stored === undefined) throw new AppError('NOT_FOUND', `episode ${episodeId} is gone`);
  const reviewing: Reviewing = { engine, lease, settings, provider, stored };
  let skipped = 0;
  const counts = await runPieces<number>(lease, {
    batchSize: 1,
    maxAttempts: MOST_TRIES,
    endsRun: (error) => error instanceof AppError && error.code === 'REVIEWER_UNUSABLE',
    produce: () => piecesOf(reviewing),
    consume: async (item, signal) => {
      const made = await reviewOne(reviewing, item, signal);
      if (made === 'skipped') skipped += 1;
      return made === 'skipped' ? {} : made;
    },
    onCounts: ({ total, done }) => {
      lease.report(STAGE, done / Math.max(1, total));
      engine.emit('episodes.changed', { episodeId });
    },
  });
  const [failure] = lease.items.listFailed(lease.job.id);
  if (failure !== undefined && counts.failed === counts.total)
    throw new AppError('REVIEWER_ANSWER_WRONG', failure.message);
  return {
    result: { reviewed: counts.done - skipped, failed: counts.failed, skipped, provider: provider.id },
  };
}

async function* piecesOf({ engine, settings, stored }: Reviewing) {
  const items = engine.clips
    .list(stored.episode.id)
    .filter(({ state, text }) => state !== 'rejected' && text !== '')
    .slice(0, settings.top)
    .map((clip) => ({ content: { clipId: clip.id }, metadata: clip.text }));
  await Promise.resolve();
  yield { items, checkpoint: items.length };
}

async function reviewOne(
  reviewing: Reviewing,
  item: WorkItem,
  signal: AbortSignal,
): Promise<ConsumedPiece | 'skipped'> {
  const { engine, lease, settings, provider, stored } = reviewing;
  const clip = engine.clips.get(Piece.parse(item.content).clipId);
  if (clip === undefined) return {};
  const spoken = spokenIn(engine.segments.list(stored.episode.id), clip);
  if (spoken.sentences.length === 0) return {};
  const messages = messagesOf({ episodeTitle: stored.episode.title, spoken });
  const hash = hashOf(provider.baseUrl, provider.model, messages);
  const known = Answer.safeParse(engine.reviewer.reviews.findAnswer(hash));
  if (known.success) return keep(reviewing, clip, spoken, known.data);
  const order = {
    askId: `${lease.job.id}/${item.hash}`,
    provider,
    messages,
    hash,
    attempt: item.attempts,
  };
  try {
    const { answer, settle } = await ask(engine.reviewer, order, signal);
    const kept = keep(reviewing, clip, spoken, answer);
    return {
      commit: () => {
        settle();
        const { id, model } = provider;
        engine.reviewer.reviews.saveAnswer({ hash, provider: id, model, answer }, engine.reviewer.nowMs());
        kept.commit();
      },
    };
  } catch (error) {
    const isSpent = error instanceof AppError && error.code === 'REVIEWER_QUOTA_SPENT';
    if (isSpent && settings.whenSpent === 'skip') return 'skipped';
    throw error;
  }
}

function keep({ engine, provider }: Reviewing, clip: Clip, spoken: Spoken, answer: Answer) {
  const review = judge(answer, spoken, { provider: provider.id, model: provider.model });
  return {
    commit: (): void => {
      const hash = reviewedText(provider, clip);
      engine.reviewer.reviews.save({ clipId: clip.id, hash, review }, engine.reviewer.nowMs());
    },
  };
}
