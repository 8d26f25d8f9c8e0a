import type { reviewerCalls, ReviewerStatus } from '../contract/reviewer.ts';
import { AppError } from '../domain/errors.ts';
import type { Engine } from '../engine/createEngine.ts';
import { clipReviewOf, REVIEW_CLIPS } from '../engine/flows/reviewClips.ts';
import {
  activeProvider,
  addKey,
  breakerStatus,
  changeReviewer,
  keyQuotas,
  removeKey,
  resetBreaker,
  reviewerSettings,
  usageByDay,
} from '../engine/flows/reviewer.ts';
import { testReviewer } from '../engine/flows/testReviewer.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

async function statusOf(engine: Engine): Promise<ReviewerStatus> {
  const settings = reviewerSettings(engine);
  const { provider } = settings;
  return {
    settings,
    breaker: provider === null ? null : breakerStatus(engine, provider),
    secrets: await engine.reviewer.secrets.told(),
  };
}

export function reviewerHandlers(open: OpenEngine): HandlersOf<keyof typeof reviewerCalls> {
  return {
    'reviewer.status': async () => statusOf(await open()),
    'reviewer.change': async (wishes) => {
      const engine = await open();
      await changeReviewer(engine, definedOf(wishes));
      // Another provider, another way to deal with a spent quota, or none at all: what waits finds out by itself.
      await engine.queue.hasten(REVIEW_CLIPS);
      return statusOf(engine);
    },
    'reviewer.test': async (wishes) => ({
      // Every request has a time limit of its own.
      tests: await testReviewer(await open(), wishes, new AbortController().signal),
    }),
    'reviewer.quota': async () => {
      const engine = await open();
      return { keys: await keyQuotas(engine, reviewerSettings(engine)), days: usageByDay(engine) };
    },
    'reviewer.addKey': async (key) => {
      const engine = await open();
      const keyId = await addKey(engine, key);
      await engine.queue.hasten(REVIEW_CLIPS);
      return { keyId };
    },
    'reviewer.removeKey': async ({ keyId }) => {
      await removeKey(await open(), keyId);
      return {};
    },
    'reviewer.resetBreaker': async () => {
      const engine = await open();
      const { provider } = reviewerSettings(engine);
      if (provider === null) throw new AppError('REVIEWER_OFF', 'there is no provider yet');
      await resetBreaker(engine, provider);
      await engine.queue.hasten(REVIEW_CLIPS);
      return statusOf(engine);
    },
    'reviewer.review': async ({ episodeId }) => {
      const engine = await open();
      const stored = engine.episodes.get(episodeId);
      if (stored === undefined) throw new AppError('NOT_FOUND', `there is no episode ${episodeId}`);
      if (activeProvider(reviewerSettings(engine)) === undefined)
        throw new AppError('REVIEWER_OFF', 'no clip is put before a model');
      return { job: await engine.queue.enqueue(clipReviewOf(stored)) };
    },
  };
}

type Defined<Wishes> = { [Name in keyof Wishes]: Exclude<Wishes[Name], undefined> };

/** What was given, without the names of what was not. */
const definedOf = <Wishes extends object>(wishes: Wishes): Defined<Wishes> =>
  Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== undefined)) as Defined<Wishes>;
