import type { QueueStatus } from '../../main/contract/queue.ts';
import type { Job } from '../../main/domain/job.ts';
import { strings } from '../strings.ts';
import { timeLeft } from './queue.ts';

/** Everything the status bar has to tell; what there is nothing to say about is missing. */
export interface StatusNews {
  readonly work?: { readonly what: string; readonly share: number; readonly left: string | undefined };
  readonly waiting?: string;
  readonly pause?: string;
  readonly review?: string;
  readonly failures?: string;
  readonly notice?: QueueStatus['notices'][number];
}

export interface StatusFacts {
  readonly status: QueueStatus;
  /** The running jobs as they are by now. */
  readonly running: readonly Job[];
  /** Failures that nobody has put aside. */
  readonly failures: number;
  /** Notices up to this moment were read. */
  readonly noticesReadMs: number;
}

/** What is worth a line in every room; undefined while all is quiet. */
export function statusNews({
  status,
  running,
  failures,
  noticesReadMs,
}: StatusFacts): StatusNews | undefined {
  const { pill } = strings;
  const waiting = status.counts.pending;
  const pause = pauseWords(status);
  const review = reviewWord(status);
  const notice = status.notices.filter(({ atMs }) => atMs > noticesReadMs).at(-1);
  const share = running.reduce((sum, job) => sum + job.progress, 0) / Math.max(1, running.length);
  const news: StatusNews = {
    ...(running.length === 0
      ? {}
      : { work: { what: workWords(running), share, left: timeLeft(status, running) } }),
    ...(waiting === 0 ? {} : { waiting: pill.waiting(waiting) }),
    ...(pause === undefined ? {} : { pause }),
    ...(review === undefined ? {} : { review }),
    ...(failures === 0 ? {} : { failures: pill.needsYou(failures) }),
    ...(notice === undefined ? {} : { notice }),
  };
  return Object.keys(news).length === 0 ? undefined : news;
}

function workWords(running: readonly Job[]): string {
  const exports = running.filter((job) => job.kind === 'export').length;
  if (exports > 0) return strings.pill.exports(exports);
  const { kinds, other } = strings.pill;
  return running.map((job) => kinds[job.kind]).find((words) => words !== undefined) ?? other;
}

/** A person's pauses go before those that end by themselves, everything before a lane. */
export function pauseWords({ pauses }: QueueStatus): string | undefined {
  const { pill } = strings;
  const all = pauses.filter(({ scope }) => scope === 'all');
  const told = all.length > 0 ? all : pauses;
  const weight = { person: 0, 'disk-low': 1, battery: 2 } as const;
  const [first] = told.toSorted((a, b) => weight[a.because] - weight[b.because]);
  if (first === undefined) return undefined;
  if (first.because === 'battery') return pill.batteryLow;
  if (first.because === 'disk-low') return pill.diskLow;
  return first.scope === 'all' ? pill.paused : pill.lanePaused(strings.queue.lanes[first.scope][0]);
}

/** Review that stands aside is worth a word once somebody asked for it, or something waits for it. */
export function reviewWord({ production }: QueueStatus): string | undefined {
  if (!production.reviewPaused) return undefined;
  if (production.override === 'paused') return strings.pill.reviewPaused;
  return production.deferred > 0 ? strings.pill.reviewAside : undefined;
}
