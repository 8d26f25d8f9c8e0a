import type { QueueStatus } from '../../main/contract/queue.ts';
import type { Job, Lane } from '../../main/domain/job.ts';
import { formatClock } from '../../main/domain/time.ts';
import { strings } from '../strings.ts';
import { plainNumber, timeOfDay, wholeLength } from './numbers.ts';
import { percent } from './stageTrack.ts';

type Jobs = Readonly<Record<number, Job>>;

/** One lane as its list shows it: what runs, then what waits in the order in which it will run. */
export interface LaneView {
  readonly running: readonly Job[];
  readonly waiting: readonly Job[];
  /** Waiting or paused jobs that the status does not list. */
  readonly more: number;
}

const isUnfinished = (job: Job): boolean =>
  job.state === 'processing' || job.state === 'pending' || job.state === 'paused';

/** The status says which jobs and in what order, the jobs themselves how they are by now. */
export function laneView(status: QueueStatus | null, jobs: Jobs, lane: Lane): LaneView {
  const ofLane = [...(status?.running ?? []), ...(status?.waiting ?? [])]
    .flatMap(({ id }) => jobs[id] ?? [])
    .filter((job) => job.lane === lane && isUnfinished(job));
  const counts = status?.lanes[lane];
  const inLine = (status?.waiting ?? []).filter((job) => job.lane === lane).length;
  return {
    running: ofLane.filter(({ state }) => state === 'processing'),
    waiting: ofLane.filter(({ state }) => state !== 'processing'),
    more: counts === undefined ? 0 : Math.max(0, counts.pending + counts.paused - inLine),
  };
}

/** Why a scope is paused, a person's word first; undefined while it is not. */
export const pauseOf = (
  status: QueueStatus | null,
  scope: 'all' | Lane,
): QueueStatus['pauses'][number]['because'] | undefined => {
  const reasons = (status?.pauses ?? []).filter((pause) => pause.scope === scope);
  return (reasons.find(({ because }) => because === 'person') ?? reasons[0])?.because;
};

/** "120 of 2,000 pieces, 3 twice"; undefined for a job that is one piece. */
export function piecesOf({ items }: Job): string | undefined {
  if (items === null) return undefined;
  const { pieces, failedPieces, twice } = strings.queue;
  return [
    pieces(items.done, items.total),
    ...(items.failed > 0 ? [failedPieces(items.failed)] : []),
    ...(items.duplicates > 0 ? [twice(items.duplicates)] : []),
  ].join(', ');
}

/** How fast a running job is: pieces or hundredths a minute; undefined where it is not known or too slow to say. */
export function rateOf({ ratePerS, items, state }: Job): string | undefined {
  if (ratePerS === null || state !== 'processing') return undefined;
  const perMinute = ratePerS * 60 * (items?.total ?? 100);
  const amount = perMinute >= 10 ? plainNumber(Math.round(perMinute)) : plainNumber(perMinute);
  if (amount === '0') return undefined;
  return items === null ? strings.queue.percentAMinute(amount) : strings.queue.piecesAMinute(amount);
}

/** What a job that does not run waits for, and where it stopped if it had begun. */
export function waitOf(status: QueueStatus | null, job: Job): string {
  if (job.runAtMs !== null) return strings.queue.triesAgain(timeOfDay(job.runAtMs), job.failure?.title ?? '');
  const reached = piecesOf(job) ?? (job.progress > 0 ? percent(job.progress) : undefined);
  const reason = reasonToWait(status, job);
  return reached === undefined ? reason : strings.queue.stoppedAt(reason, reached);
}

function reasonToWait(status: QueueStatus | null, job: Job): string {
  const { queue } = strings;
  if (job.state === 'paused') return job.pausedBecause === 'start' ? queue.leftOver : queue.paused;
  const pause = pauseOf(status, 'all') ?? pauseOf(status, job.lane);
  if (pause === 'battery') return queue.waitsForPower;
  if (pause === 'disk-low') return queue.waitsForRoom;
  if (pauseOf(status, 'all') === 'person') return queue.waitsForQueue;
  if (pause === 'person') return queue.waitsForLane;
  const production = status?.production;
  if (job.lane === 'review' && production?.reviewPaused === true) {
    if (production.override === 'paused') return queue.waitsForReview;
    if (job.priority !== 'urgent') return queue.waitsForExports;
  }
  return queue.waits;
}

/** Jobs that were under way when the program last ended and wait for a person's word. */
export const leftovers = (status: QueueStatus | null): readonly Job[] =>
  (status?.waiting ?? []).filter(({ pausedBecause }) => pausedBecause === 'start');

/** What the production card says about background review: how it stands, what becomes of it, and the figures. */
export function reviewWords(
  production: QueueStatus['production'],
  nowMs: number,
): { title: string; then: string; facts: string[] } {
  const { review } = strings.queue;
  const { reviewPaused, override, reason, sinceMs, expiresMs, deferred } = production;
  const lastedS = sinceMs === null ? 0 : (nowMs - sinceMs) / 1000;
  const facts = [
    ...(sinceMs === null ? [] : [review.since(timeOfDay(sinceMs), lastedS < 60 ? '' : wholeLength(lastedS))]),
    ...(deferred > 0 ? [review.wait(deferred)] : []),
    ...(expiresMs === null ? [] : [review.expires(wholeLength(Math.max(0, expiresMs - nowMs) / 1000))]),
  ];
  if (override === 'running') return { title: reason ?? review.goesOn, then: review.goesOnThen, facts };
  if (override === 'paused') return { title: reason ?? review.paused, then: review.pausedThen, facts };
  if (reviewPaused) return { title: reason ?? review.standsAside, then: review.comesBack, facts };
  return { title: review.mayRun, then: review.mayRunThen, facts };
}

/** Seconds that all work under way still takes: the queue's own estimate, else the longest of what runs. */
export function timeLeft(status: QueueStatus | null, running: readonly Job[]): string | undefined {
  const etas = running.map(({ etaS }) => etaS).filter((etaS) => etaS !== null);
  const etaS = status?.etaS ?? (etas.length === 0 ? null : Math.max(...etas));
  return etaS === null ? undefined : strings.library.left(formatClock(etaS));
}

interface Counts {
  readonly processing: number;
  readonly pending: number;
  readonly paused: number;
}

/** "3 running, 12 waiting, 1 paused": what there is none of is left out. */
export function countWords({ processing, pending, paused }: Counts): string {
  const { counts } = strings.queue;
  const parts = [
    ...(processing > 0 ? [counts.running(processing)] : []),
    ...(pending > 0 ? [counts.waiting(pending)] : []),
    ...(paused > 0 ? [counts.paused(paused)] : []),
  ];
  return parts.length === 0 ? counts.quiet : parts.join(', ');
}
