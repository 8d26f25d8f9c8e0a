import { createStore } from 'zustand/vanilla';
import type { QueueStatus } from '../../main/contract/queue.ts';
import { isSettled, type Job, type Lane, type PriorityName } from '../../main/domain/job.ts';
import type { Client } from '../client/client.ts';
import { paced } from './coalesce.ts';

/** Jobs that wait further back than the status lists: one page of a lane, by number. */
export interface WaitingPage {
  readonly jobs: readonly Job[];
  /** Where this page and those before it begin: behind these numbers. */
  readonly begins: readonly number[];
}

interface QueueState {
  /** Null until it was read. */
  readonly status: QueueStatus | null;
  /** What is unfinished and listed, failed lately or is looked at, and what ended last; never more than a few hundred. */
  readonly jobs: Readonly<Record<number, Job>>;
  readonly pages: Readonly<Partial<Record<Lane, WaitingPage>>>;
  readonly load: () => Promise<void>;
  /** Takes in jobs that came as a reply. */
  readonly learn: (jobs: readonly Job[]) => void;
  /** Takes in a job that came as an event: at once when it is quiet, together with others when they come thick and fast. */
  readonly hear: (job: Job) => void;
  /** Takes in one line about what happened by itself. */
  readonly notice: (notice: QueueStatus['notices'][number]) => void;
  /** Fetches the job that a room is about; it stays known however far back it waits. */
  readonly find: (jobId: number) => Promise<void>;
  readonly pauseAll: () => Promise<void>;
  readonly resumeAll: () => Promise<void>;
  readonly pauseLane: (lane: Lane) => Promise<void>;
  readonly resumeLane: (lane: Lane) => Promise<void>;
  readonly pauseReview: () => Promise<void>;
  /** Ends whatever a person or an export holds review back with. */
  readonly resumeReview: () => Promise<void>;
  readonly followProduction: () => Promise<void>;
  readonly resumeLeftovers: () => Promise<void>;
  readonly retryFailed: () => Promise<void>;
  readonly cleanFailed: () => Promise<void>;
  readonly act: (act: 'pause' | 'resume' | 'cancel' | 'retry', jobId: number) => Promise<void>;
  readonly setPriority: (jobId: number, priority: PriorityName) => Promise<void>;
  /** Before another job of its lane, or behind all with null. */
  readonly move: (jobId: number, beforeJobId: number | null) => Promise<void>;
  readonly turnPage: (lane: Lane, to: 'first' | 'later' | 'earlier') => Promise<void>;
  readonly closePage: (lane: Lane) => void;
}

export const PAGE = 50;

/** The status is a few hundred kilobytes when much is going on: it is read at most this often. */
const REST_MS = 250;
/** Every change draws the lists again: a flood of events is taken in a few times a second, not event by event. */
const GATHER_MS = 100;
const ENDED_KEPT = 100;
const NOTICES_KEPT = 20;

const byId = (jobs: readonly Job[]): Record<number, Job> =>
  Object.fromEntries(jobs.map((job) => [job.id, job]));

/**
 * What stays known beside what the status lists. An unfinished job that is not listed has ended while nobody listened,
 * or waits too far back; a failed one that is not listed is forgotten where the list has all there are.
 */
export function kept(jobs: Readonly<Record<number, Job>>, status: QueueStatus): Job[] {
  const listsAllFailures = status.counts.failed === status.recentFailures.length;
  return Object.values(jobs)
    .filter((job) => isSettled(job.state) && !(job.state === 'failed' && listsAllFailures))
    .sort((a, b) => (b.finishedAtMs ?? 0) - (a.finishedAtMs ?? 0))
    .slice(0, ENDED_KEPT);
}

export const createQueueStore = (client: Client) =>
  createStore<QueueState>()((set, get) => {
    let watchedId: number | undefined;
    const heard = new Map<number, Job>();
    let quietUntilMs = 0;
    let isGathering = false;
    const take = (status: QueueStatus): void => {
      const listed = [...status.recentFailures, ...status.waiting, ...status.running];
      set(({ jobs }) => {
        const watched = watchedId === undefined ? undefined : jobs[watchedId];
        return {
          status,
          jobs: {
            ...byId([...kept(jobs, status), ...(watched === undefined ? [] : [watched])]),
            ...byId(listed),
          },
        };
      });
    };
    const listPage = async (lane: Lane, begins: readonly number[]): Promise<void> => {
      const { jobs } = await client.call('queue.list', {
        state: 'pending',
        lane,
        afterId: begins.at(-1) ?? 0,
        limit: PAGE,
      });
      set(({ pages }) => ({ pages: { ...pages, [lane]: { jobs, begins } } }));
    };
    /** A page that is open follows what happens; one that a person has closed meanwhile stays closed. */
    const refreshPages = async (): Promise<void> => {
      for (const [lane, page] of Object.entries(get().pages) as [Lane, WaitingPage | undefined][])
        if (page !== undefined) await listPage(lane, page.begins);
    };
    /** The watched job may wait too far back to be listed, or have ended while nobody listened. */
    const refreshWatched = async (): Promise<void> => {
      const watched = watchedId === undefined ? undefined : get().jobs[watchedId];
      if (watched === undefined || isSettled(watched.state)) return;
      const { running = [], waiting = [] } = get().status ?? {};
      if ([...running, ...waiting].some(({ id }) => id === watched.id)) return;
      const job = await client.call('jobs.get', { jobId: watched.id });
      set(({ jobs }) => ({ jobs: { ...jobs, [job.id]: job } }));
    };
    /** What a person has just done shows at once. */
    const loadNow = async (): Promise<void> => {
      take(await client.call('queue.status', {}));
    };
    const load = paced(async () => {
      take(await client.call('queue.status', {}));
      await refreshWatched();
      await refreshPages();
    }, REST_MS);
    return {
      status: null,
      jobs: {},
      pages: {},
      load,
      learn(jobs) {
        const before = get().jobs;
        set({ jobs: { ...before, ...byId(jobs) } });
        // An engine out of reach is told by the connection line, and everything is fetched again when it is back.
        if (jobs.some((job) => before[job.id]?.state !== job.state)) load().catch(() => undefined);
      },
      hear(job) {
        heard.set(job.id, job);
        if (isGathering) return;
        const takeIn = (): void => {
          isGathering = false;
          quietUntilMs = Date.now() + GATHER_MS;
          get().learn([...heard.values()]);
          heard.clear();
        };
        const waitMs = quietUntilMs - Date.now();
        isGathering = waitMs > 0;
        if (isGathering) setTimeout(takeIn, waitMs);
        else takeIn();
      },
      notice(notice) {
        const { status } = get();
        if (status === null) return;
        set({ status: { ...status, notices: [...status.notices, notice].slice(-NOTICES_KEPT) } });
      },
      async find(jobId) {
        watchedId = jobId;
        if (get().jobs[jobId] === undefined) get().learn([await client.call('jobs.get', { jobId })]);
      },
      async pauseAll() {
        take(await client.call('queue.pause', { scope: 'all' }));
      },
      async resumeAll() {
        take(await client.call('queue.resume', { scope: 'all' }));
      },
      async pauseLane(lane) {
        take(await client.call('queue.pause', { scope: lane }));
      },
      async resumeLane(lane) {
        take(await client.call('queue.resume', { scope: lane }));
      },
      async pauseReview() {
        await client.call('production.pause', {});
        await loadNow();
      },
      async resumeReview() {
        const { status } = get();
        const isLanePaused = status?.paused.includes('review');
        if (isLanePaused === true) await client.call('queue.resume', { scope: 'review' });
        if (status?.production.reviewPaused === true) await client.call('production.resume', {});
        await loadNow();
      },
      async followProduction() {
        await client.call('production.follow', {});
        await loadNow();
      },
      async resumeLeftovers() {
        get().learn(await client.call('queue.resumeLeftovers', {}));
        await loadNow();
      },
      async retryFailed() {
        await client.call('queue.retryFailed', {});
        await loadNow();
      },
      async cleanFailed() {
        take((await client.call('queue.clean', { state: 'failed' })).status);
      },
      async act(act, jobId) {
        get().learn([await client.call(`jobs.${act}`, { jobId })]);
      },
      async setPriority(jobId, priority) {
        get().learn([await client.call('jobs.setPriority', { jobId, priority })]);
        await loadNow();
      },
      async move(jobId, beforeJobId) {
        get().learn([await client.call('jobs.move', { jobId, beforeJobId })]);
        await loadNow();
      },
      async turnPage(lane, to) {
        const page = get().pages[lane];
        const begins = page?.begins ?? [0];
        const last = page?.jobs.at(-1);
        if (to === 'first') await listPage(lane, [0]);
        else if (to === 'earlier') await listPage(lane, begins.length > 1 ? begins.slice(0, -1) : begins);
        else if (last !== undefined) await listPage(lane, [...begins, last.id]);
      },
      closePage(lane) {
        set(({ pages }) => ({ pages: { ...pages, [lane]: undefined } }));
      },
    };
  });
export type QueueStore = ReturnType<typeof createQueueStore>;
