import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import { isSettled, type Job } from '../../domain/job.ts';
import { formatClock } from '../../domain/time.ts';

/** Shows running jobs as bars on a terminal, and nothing at all when the output is piped. */
export interface ProgressView {
  readonly update: (job: Job) => void;
  /** Leaves the bars as they are; nothing is drawn after it. */
  readonly stop: () => void;
}

const STAGE_WORDS: Readonly<Record<string, string>> = {
  judge: 'checking the recording',
  listen: 'listening',
  words: 'reading the transcript',
  cut: 'looking for speech',
  hear: 'recognising words',
  write: 'writing the transcript',
  find: 'finding clips',
  voices: 'telling speakers apart',
  name: 'naming who says what',
  match: 'comparing with the old version',
  move: 'moving words and clips',
  fetch: 'downloading',
  measure: 'measuring its speed',
  render: 'rendering',
  publish: 'saving',
};

const LABEL_WIDTH = 38;

const stageOf = (job: Job): string =>
  job.state === 'processing'
    ? (STAGE_WORDS[job.stage ?? ''] ?? 'starting')
    : job.state === 'completed'
      ? 'done'
      : job.state;

const fit = (text: string): string =>
  text.length > LABEL_WIDTH ? `${text.slice(0, LABEL_WIDTH - 1)}…` : text.padEnd(LABEL_WIDTH);

/** For commands that show nothing of single jobs. */
export const NO_PROGRESS: ProgressView = { update: () => undefined, stop: () => undefined };

export function createProgress(stream: NodeJS.WriteStream = process.stderr): ProgressView {
  if (!stream.isTTY) return NO_PROGRESS;
  const bars = new Map<number, SingleBar>();
  const multi = new MultiBar(
    {
      format: '{label} {bar} {percentage}%  {stage}{left}',
      stream,
      hideCursor: true,
      clearOnComplete: false,
    },
    Presets.shades_grey,
  );
  let isStopped = false;
  return {
    update(job) {
      if (isStopped) return;
      const shown = {
        label: fit(job.label),
        stage: stageOf(job),
        left: job.etaS === null || isSettled(job.state) ? '' : `, ${formatClock(job.etaS)} left`,
      };
      const percent = Math.round(job.progress * 100);
      const bar = bars.get(job.id);
      if (bar !== undefined) bar.update(percent, shown);
      else if (job.state === 'processing') bars.set(job.id, multi.create(100, percent, shown));
    },
    stop() {
      if (isStopped) return;
      isStopped = true;
      multi.stop();
    },
  };
}
