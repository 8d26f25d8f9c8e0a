import type { BreakerRepository } from '../db/breakers.ts';
import type { ClipReviewRepository } from '../db/clipReviews.ts';
import type { Library } from '../db/open.ts';
import type { QuotaUsageRepository } from '../db/quotaUsage.ts';
import type { ReviewerKeyRepository } from '../db/reviewerKeys.ts';
import type { Secrets } from './secrets.ts';

/** What the reviewer remembers and where its secrets are. */
export interface ReviewerRoom {
  readonly library: Library;
  readonly keys: ReviewerKeyRepository;
  readonly quota: QuotaUsageRepository;
  readonly breakers: BreakerRepository;
  readonly reviews: ClipReviewRepository;
  readonly secrets: Secrets;
  readonly nowMs: () => number;
}
