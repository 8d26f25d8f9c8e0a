import { createStore } from 'zustand/vanilla';
import type { QueueStatus } from '../../main/contract/queue.ts';
import { isSettled, type Job } from '../../main/domain/job.ts';
import type { Client } from '../client/client.ts';
import { coalesce } from './coalesce.ts';

interface QueueState {
  /** Null until it was read. */
  readonly status: QueueStatus | null;
  /** Every job seen since the window opened, and all that are unfinished or failed lately. */
  readonly jobs: Readonly<Record<number, Job>>;
  readonly load: () => Promise<void>;
  /** Takes in one job that came as a reply or an event. */
  readonly learn: (jobs: readonly Job[]) => void;
  readonly find: (jobId: number) => Promise<void>;
  readonly pauseAll: () => Promise<void>;
  readonly resumeAll: () => Promise<void>;
  readonly act: (act: 'pause' | 'resume' | 'cancel' | 'retry', jobId: number) => Promise<void>;
}

const byId = (jobs: readonly Job[]): Record<number, Job> =>
  Object.fromEntries(jobs.map((job) => [job.id, job]));

export const createQueueStore = (client: Client) =>
  createStore<QueueState>()((set, get) => {
    const take = (status: QueueStatus): void => {
      const known = [...status.recentFailures, ...status.waiting, ...status.running];
      set(({ jobs }) => {
        // What was unfinished and is not listed any more has ended while nobody listened.
        const seen = Object.values(jobs).filter((job) => isSettled(job.state));
        return { status, jobs: { ...byId(seen), ...byId(known) } };
      });
    };
    return {
      status: null,
      jobs: {},
      load: coalesce(async () => {
        take(await client.call('queue.status', {}));
      }),
      learn(jobs) {
        const before = get().jobs;
        set({ jobs: { ...before, ...byId(jobs) } });
        if (jobs.some((job) => before[job.id]?.state !== job.state)) void get().load();
      },
      async find(jobId) {
        if (get().jobs[jobId] === undefined) get().learn([await client.call('jobs.get', { jobId })]);
      },
      async pauseAll() {
        take(await client.call('queue.pause', { scope: 'all' }));
      },
      async resumeAll() {
        take(await client.call('queue.resume', { scope: 'all' }));
      },
      async act(act, jobId) {
        get().learn([await client.call(`jobs.${act}`, { jobId })]);
      },
    };
  });
export type QueueStore = ReturnType<typeof createQueueStore>;
