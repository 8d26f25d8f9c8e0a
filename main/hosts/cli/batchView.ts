import { Presets, SingleBar } from 'cli-progress';
import type { BatchOutcome, BatchProgress } from '../../domain/batch.ts';
import { formatClock } from '../../domain/time.ts';
import { percent } from './batchReport.ts';
import type { Output } from './output.ts';

/** Shows how a batch goes on: a bar on a terminal, a line of JSON for each episode where that was asked for. */
export interface BatchView {
  readonly ended: (outcome: BatchOutcome, progress: BatchProgress) => void;
  /** What is worked on right now, for a terminal. */
  readonly current: (labels: readonly string[]) => void;
  readonly isWatched: boolean;
  readonly stop: () => void;
}

const TITLE_WIDTH = 40;

const barValues = (progress: BatchProgress, labels: readonly string[]) => ({
  ended: progress.done + progress.failed,
  total: progress.total - progress.skipped,
  failed: progress.failed,
  rate: percent(progress.successRate),
  left: progress.etaS === null ? '' : `, ${formatClock(progress.etaS)} left`,
  now: labels.length === 0 ? '' : `  ${labels.join(', ').slice(0, TITLE_WIDTH)}`,
});

export function createBatchView(output: Output, begun: BatchProgress): BatchView {
  const isWatched = process.stderr.isTTY && !output.isJson;
  let progress = begun;
  let labels: readonly string[] = [];
  const bar = isWatched
    ? new SingleBar(
        {
          format: '{bar} {ended} of {total}, {failed} failed, {rate} well{left}{now}',
          stream: process.stderr,
          hideCursor: false,
        },
        Presets.shades_grey,
      )
    : undefined;
  const values = () => barValues(progress, labels);
  bar?.start(Math.max(1, values().total), 0, values());
  return {
    isWatched,
    ended(outcome, now) {
      progress = now;
      if (output.isJson) output.line({ event: 'episode', ...outcome, progress });
      bar?.update(values().ended, values());
    },
    current(now) {
      labels = now;
      bar?.update(values().ended, values());
    },
    stop: () => bar?.stop(),
  };
}
