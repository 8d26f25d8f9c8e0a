import { z } from 'zod';
import { Job } from '../domain/job.ts';
import {
  BreakerStatus,
  DayUsage,
  KeyQuota,
  ProviderId,
  ReviewerSettings,
  ReviewerTest,
} from '../domain/reviewer.ts';
import { call } from './call.ts';

const baseUrl = z.string().min(1).max(500);
const model = z.string().min(1).max(200);

export const ReviewerStatus = z.object({
  settings: ReviewerSettings,
  /** Of the provider in use; null where there is none. */
  breaker: BreakerStatus.nullable(),
  /** Where keys are kept and how well, a sentence. */
  secrets: z.string(),
});
export type ReviewerStatus = z.infer<typeof ReviewerStatus>;

const { share, isCounted, top, whenSpent } = ReviewerSettings.shape;

export const reviewerCalls = {
  'reviewer.status': call(z.strictObject({}), ReviewerStatus),
  /** Changes what is given and leaves the rest; `use` makes a provider the one that is asked. */
  'reviewer.change': call(
    z.strictObject({
      isOn: z.boolean().optional(),
      use: z
        .strictObject({
          id: ProviderId,
          baseUrl: baseUrl.optional(),
          model: model.optional(),
          timeoutS: z.number().min(1).max(1800).optional(),
        })
        .optional(),
      share: share.unwrap().optional(),
      isCounted: isCounted.unwrap().optional(),
      top: top.unwrap().optional(),
      whenSpent: whenSpent.unwrap().optional(),
    }),
    ReviewerStatus,
  ),
  /** Tries the provider in use, an address, or what may run on this machine; a sample answer counts as an ask. */
  'reviewer.test': call(
    z.strictObject({ baseUrl: baseUrl.optional(), model: model.optional() }),
    z.object({ tests: z.array(ReviewerTest) }),
  ),
  /** What each key has left today, and the asks of every day. */
  'reviewer.quota': call(z.strictObject({}), z.object({ keys: z.array(KeyQuota), days: z.array(DayUsage) })),
  'reviewer.addKey': call(
    z.strictObject({
      provider: ProviderId,
      label: z.string().trim().min(1).max(100),
      secret: z
        .string()
        .min(1)
        .max(1000)
        .regex(/^[\x21-\x7e]+$/u, 'a key is one word of plain characters'),
      /** Asks a day, 100 when left out; null for no limit. */
      dailyLimit: z.int().min(0).max(1_000_000).nullable().optional(),
    }),
    z.object({ keyId: z.string() }),
  ),
  'reviewer.removeKey': call(z.strictObject({ keyId: z.string().min(1).max(100) }), z.object({})),
  /** Forgets what is held against the provider in use and its keys; what waits for them goes on. */
  'reviewer.resetBreaker': call(z.strictObject({}), ReviewerStatus),
  /** Puts the best clips of an episode before the reviewer; those it has answered already are not asked again. */
  'reviewer.review': call(z.strictObject({ episodeId: z.string().min(1) }), z.object({ job: Job })),
};
