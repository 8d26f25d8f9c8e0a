import { randomUUID } from 'node:crypto';
import { AppError } from '../../domain/errors.ts';
import { isSettled, Stop, type Job, type Lane } from '../../domain/job.ts';
import type { Library } from '../db/open.ts';
import { Elsewhere } from './elsewhere.ts';
import { Lease } from './lease.ts';
import { jobRepository, toJob, type JobRepository, type JobRow, type NewJob } from './repository.ts';
import { LONGEST_DELAY_MS, outcomeOfError, type Outcome } from './retry.ts';
import { buryDeadWorkers, signIn, type Worker } from './workers.ts';

/** What a finished job leaves: small facts for whoever asked, and changes that count only together with "completed". */
export interface Finished {
  readonly result: Record<string, unknown>;
  readonly commit?: () => void;
}

/** Does the work of one kind of job. */
export type JobHandler = (lease: Lease) => Promise<Finished>;

export interface QueueOptions {
  readonly library: Library;
  readonly runDir: string;
  readonly handlers: Readonly<Record<string, JobHandler>>;
  readonly maxJobs: number;
  readonly pollIntervalMs: number;
  /** A job changed: by this process, or by another that works on the same library. */
  readonly onChange: (job: Job, where: 'here' | 'elsewhere') => void;
  /** Work that was taken back from processes that are gone. */
  readonly onRecovered: (jobs: readonly Job[]) => void;
  readonly onBug: (error: unknown) => void;
}

const BURY_EVERY_MS = 30_000;
const SHUTDOWN_GRACE_MS = 8_000;

/** Claims and runs jobs until it is closed. See README.md for the states. */
export class Queue {
  readonly jobs: JobRepository;
  readonly #options: QueueOptions;
  readonly #leases = new Map<number, Lease>();
  readonly #running = new Set<Promise<void>>();
  readonly #waiters = new Set<() => void>();
  readonly #elsewhere: Elsewhere;
  #worker: Worker | undefined;
  #timers: NodeJS.Timeout[] = [];
  #pumping: Promise<void> | undefined;
  #pumpAgain = false;

  constructor(options: QueueOptions) {
    this.#options = options;
    this.jobs = jobRepository(options.library.db);
    this.#elsewhere = new Elsewhere(options.library, this.jobs);
  }

  /** Signs in as a worker, takes back what dead ones held, and begins to claim. */
  async start(): Promise<void> {
    const { library, runDir, pollIntervalMs } = this.#options;
    this.#worker = await signIn(library, runDir, Date.now());
    await this.#recover();
    const every = (ms: number, act: () => Promise<void>): NodeJS.Timeout =>
      setInterval(() => {
        act().catch(this.#options.onBug);
      }, ms);
    this.#timers = [every(pollIntervalMs, () => this.#poll()), every(BURY_EVERY_MS, () => this.#recover())];
    this.#wake();
  }

  async enqueue(job: NewJob): Promise<Job> {
    const row = await this.#options.library.write(() => this.jobs.enqueue(job, Date.now()));
    return this.#changed(row.id);
  }

  /** Resolves when every one of these jobs is completed, failed or cancelled, whichever process does the work. */
  async settled(ids: readonly number[], signal?: AbortSignal): Promise<Job[]> {
    for (;;) {
      signal?.throwIfAborted();
      const found = ids.map((id) => this.get(id));
      if (found.every((job) => isSettled(job.state))) return found;
      await this.#nextChange(signal);
    }
  }

  get(id: number): Job {
    const row = this.jobs.get(id);
    if (row === undefined) throw new AppError('NOT_FOUND', `there is no job ${id}`);
    return toJob(row);
  }

  async cancel(id: number): Promise<Job> {
    const job = this.get(id);
    if (isSettled(job.state)) throw new AppError('WRONG_STATE', `job ${id} is already ${job.state}`);
    const done = await this.#options.library.write(
      () => this.jobs.cancelWaiting(id, Date.now()) || this.jobs.requestStop(id, 'cancel'),
    );
    if (!done) throw new AppError('WRONG_STATE', `job ${id} has just ended`);
    this.#leases.get(id)?.stop('cancel');
    return this.#changed(id);
  }

  /** Parks one job until a person resumes it. */
  async pause(id: number): Promise<Job> {
    const job = this.get(id);
    const done = await this.#options.library.write(
      () => this.jobs.pauseWaiting(id) || this.jobs.requestStop(id, 'pause'),
    );
    if (!done) throw new AppError('WRONG_STATE', `job ${id} is ${job.state}`);
    this.#leases.get(id)?.stop('pause');
    return this.#changed(id);
  }

  async resume(id: number): Promise<Job> {
    const job = this.get(id);
    const done = await this.#options.library.write(() => this.jobs.resumePaused(id));
    if (!done) throw new AppError('WRONG_STATE', `job ${id} is ${job.state}, not paused`);
    this.#wake();
    return this.#changed(id);
  }

  /** Runs a failed or cancelled job again; what its finished stages made is used. */
  async retry(id: number): Promise<Job> {
    const job = this.get(id);
    const done = await this.#options.library.write(() => this.jobs.revive(id));
    if (!done) throw new AppError('WRONG_STATE', `job ${id} is ${job.state}, not failed`);
    return this.#changed(id);
  }

  /** Stops claiming in one lane or everywhere; running jobs go back to waiting at their next checkpoint. */
  async pauseScope(scope: 'all' | Lane): Promise<void> {
    await this.#options.library.write(() => {
      this.jobs.pauseScope(scope, Date.now());
    });
    for (const lease of this.#leases.values()) {
      if (scope === 'all' || lease.job.lane === scope) lease.stop('park');
    }
  }

  async resumeScope(scope: 'all' | Lane): Promise<void> {
    await this.#options.library.write(() => this.jobs.resumeScope(scope));
    this.#wake();
  }

  /** Stops claiming, parks what runs (8 s at most) and signs out. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
    const worker = this.#worker;
    this.#worker = undefined;
    await this.#pumping;
    for (const lease of this.#leases.values()) lease.stop('shutdown');
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, SHUTDOWN_GRACE_MS);
    });
    await Promise.race([Promise.all(this.#running), grace]);
    clearTimeout(timer);
    await worker?.retire();
  }

  async #poll(): Promise<void> {
    // A look costs nothing; a write would reach the disk every second, for nothing most of the time.
    if (this.jobs.hasDelayed()) {
      await this.#options.library.write(() => this.jobs.makeDueReady(Date.now(), 2 * LONGEST_DELAY_MS));
    }
    const changed = this.#elsewhere.changes((id) => this.#leases.has(id));
    for (const row of changed) this.#options.onChange(toJob(row), 'elsewhere');
    this.#notifyWaiters();
    this.#wake();
  }

  async #recover(): Promise<void> {
    const worker = this.#worker;
    if (worker === undefined) return;
    await worker.heartbeat(Date.now());
    const recovered: JobRow[] = [];
    await buryDeadWorkers(this.#options.library, this.#options.runDir, worker.id, (deadId) => {
      recovered.push(...this.jobs.recoverFrom(deadId, Date.now()));
    });
    if (recovered.length > 0) this.#options.onRecovered(recovered.map(toJob));
  }

  /** Claims until nothing is ready or every place is taken; asked again while it runs, it goes round once more. */
  #wake(): void {
    this.#pumpAgain = true;
    this.#pumping ??= this.#pump()
      .catch(this.#options.onBug)
      .finally(() => {
        this.#pumping = undefined;
      });
  }

  async #pump(): Promise<void> {
    while (this.#pumpAgain) {
      this.#pumpAgain = false;
      for (;;) {
        const lease = await this.#claim();
        if (lease === undefined) break;
        const running: Promise<void> = this.#work(lease)
          .catch(this.#options.onBug)
          .finally(() => {
            this.#running.delete(running);
            this.#wake();
          });
        this.#running.add(running);
      }
    }
  }

  async #claim(): Promise<Lease | undefined> {
    const worker = this.#worker;
    const { library, maxJobs } = this.#options;
    if (worker === undefined || this.#leases.size >= maxJobs) return undefined;
    const token = randomUUID();
    const claim = { workerId: worker.id, token, nowMs: Date.now(), maxJobs };
    const row = await library.write(() => this.jobs.claim(claim));
    if (row === undefined) return undefined;
    const lease = new Lease(row, token, library, this.jobs, {
      onChange: () => this.#changed(row.id),
      onBug: this.#options.onBug,
    });
    this.#leases.set(row.id, lease);
    this.#changed(row.id);
    return lease;
  }

  async #work(lease: Lease): Promise<void> {
    const { id } = lease.job;
    let outcome: Outcome;
    try {
      const handler = this.#options.handlers[lease.job.kind];
      if (handler === undefined)
        throw new AppError('INTERNAL', `no handler for jobs of kind ${lease.job.kind}`);
      outcome = { kind: 'completed', ...(await handler(lease)) };
    } catch (error) {
      const reason: unknown = lease.signal.aborted ? lease.signal.reason : error;
      outcome = outcomeOfError(reason instanceof Stop ? reason : error, lease.job, Math.random);
      if (outcome.kind === 'failed' && outcome.failure.code === 'INTERNAL') this.#options.onBug(error);
    }
    await lease.release();
    await this.#options.library.write(() => this.#settle(lease.token, outcome));
    this.#leases.delete(id);
    this.#changed(id);
  }

  /** False when the lease was no longer ours; then nothing was changed and whoever has the job decides. */
  #settle(token: string, outcome: Outcome): boolean {
    const nowMs = Date.now();
    switch (outcome.kind) {
      case 'completed':
        if (!this.jobs.complete(token, outcome.result, nowMs)) return false;
        outcome.commit?.();
        return true;
      case 'cancelled':
        return this.jobs.markCancelled(token, nowMs);
      case 'parked':
        return this.jobs.park(token, outcome.state);
      case 'failed':
        return this.jobs.fail(token, outcome.failure, nowMs);
      case 'retry':
        return this.jobs.retryAt(token, outcome.failure, nowMs + outcome.delayMs);
      case 'lost':
        return false;
    }
  }

  #changed(id: number): Job {
    const job = this.get(id);
    this.#options.onChange(job, 'here');
    this.#notifyWaiters();
    if (job.state === 'pending') this.#wake();
    return job;
  }

  #notifyWaiters(): void {
    for (const wake of this.#waiters) wake();
    this.#waiters.clear();
  }

  /** Resolves at the next change seen here; the poll counts as one, because other processes change things too. */
  #nextChange(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const wake = (): void => {
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      const stop = (): void => {
        this.#waiters.delete(wake);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', stop, { once: true });
      this.#waiters.add(wake);
    });
  }
}
