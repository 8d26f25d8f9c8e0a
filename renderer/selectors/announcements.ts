import type { QueueStatus } from '../../main/contract/queue.ts';
import type { Job } from '../../main/domain/job.ts';
import { strings } from '../strings.ts';
import { pauseWords, reviewWord } from './statusBar.ts';

const quarter = (job: Job): number => Math.floor(job.progress * 4);

/** What a screen reader says when a job changed: its start, each quarter, its end and its failure; else nothing. */
export function announcementOf(before: Job | undefined, after: Job): string | undefined {
  const { said } = strings;
  if (before?.state !== after.state) {
    switch (after.state) {
      case 'processing':
        return said.started(after.label);
      case 'completed':
        return said.finished(after.label);
      case 'failed':
        return said.failed(after.label, after.failure?.title ?? '');
      case 'cancelled':
        return said.cancelled(after.label);
      case 'paused':
        return said.paused(after.label);
      case 'pending':
        return undefined;
    }
  }
  return after.state === 'processing' && quarter(after) > quarter(before)
    ? said.progress(after.label, quarter(after) * 25)
    : undefined;
}

/** What a screen reader says when the queue as a whole changed: a pause, its end, review standing aside; else nothing. */
export function queueAnnouncement(before: QueueStatus | null, after: QueueStatus | null): string | undefined {
  if (before === null || after === null) return undefined;
  const [pausedBefore, pausedNow] = [pauseWords(before), pauseWords(after)];
  if (pausedBefore !== pausedNow) return pausedNow ?? strings.said.resumed;
  const [reviewBefore, reviewNow] = [reviewWord(before), reviewWord(after)];
  return reviewBefore === reviewNow ? undefined : (reviewNow ?? strings.said.reviewBack);
}
