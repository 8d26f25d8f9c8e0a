import { breakerRepository } from '../../main/engine/db/breakers.ts';
import { clipReviewRepository } from '../../main/engine/db/clipReviews.ts';
import { openLibrary } from '../../main/engine/db/open.ts';
import { quotaUsageRepository } from '../../main/engine/db/quotaUsage.ts';
import { reviewerKeyRepository } from '../../main/engine/db/reviewerKeys.ts';
import type { ReviewerRoom } from '../../main/engine/reviewer/room.ts';
import { secretFolder, unsealed } from '../../main/engine/reviewer/secrets.ts';
import type { TemporaryFolder } from './folder.ts';

/** A wall clock that goes on only when a test says so. */
export interface FakeNow {
  atMs: number;
}

export interface OpenRoom extends ReviewerRoom, Disposable {}

/** The reviewer's memory in a library of its own; opened again it is what the next start of the program finds. */
export async function openRoom(folder: TemporaryFolder, now: FakeNow): Promise<OpenRoom> {
  const library = await openLibrary(folder.file('soundbite.db'));
  const { db } = library;
  return {
    library,
    keys: reviewerKeyRepository(db),
    quota: quotaUsageRepository(db),
    breakers: breakerRepository(db),
    reviews: clipReviewRepository(db),
    secrets: secretFolder(folder.file('secrets'), () => Promise.resolve(unsealed)),
    nowMs: () => now.atMs,
    [Symbol.dispose]() {
      library.close();
    },
  };
}

/** Adds a key behind the others; its secret is its id. */
export async function giveKey(room: ReviewerRoom, id: string, dailyLimit: number | null): Promise<void> {
  await room.secrets.save(id, `secret-of-${id}`);
  const addedAtMs = room.keys.list().length;
  room.keys.add({ id, provider: 'cloud', label: id, dailyLimit, addedAtMs });
}
