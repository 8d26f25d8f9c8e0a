import { AppError, type ErrorCode } from '../../domain/errors.ts';
import { isSettled, type Job, type Lane, type PauseReason, type PriorityName } from '../../domain/job.ts';
import type { ProductionStatus } from '../../domain/production.ts';
import type { Library } from '../db/open.ts';
import { ChangeFeed, type QueueListener } from './changeFeed.ts';
import { systemClock, type Clock } from './clock.ts';
import type { JobKind } from './kind.ts';
import { Loop } from './loop.ts';
import { readLimits, type QueueLimits } from './limits.ts';
import { leftoversLine } from './notices.ts';
import { overviewRepository, type OverviewRepository } from './overview.ts';
import { productionLock, type ProductionLock, type ReviewSay } from './productionLock.ts';
import { productionStatus } from './productionStatus.ts';
import { jobRepository, type JobRepository } from './repository.ts';
import { requestRepository, type RequestRepository, type ResumedReason } from './requests.ts';
import { LONGEST_DELAY_MS } from './retry.ts';
import { toJob, type JobRow, type NewJob } from './row.ts';
import { workItemRepository, type WorkItemRepository } from './workItems.ts';
import type { WorkerRole } from './workers.ts';

/** This many jobs are put in line in one transaction, so that a long list blocks neither this process nor others. */
const AT_ONCE = 500;

export interface QueueOptions extends QueueLimits {
  readonly library: Library;
  readonly runDir: string;
  readonly kinds: Readonly<Record<string, JobKind>>;
  readonly listener: QueueListener;
  readonly pollIntervalMs: number;
  readonly role?: WorkerRole;
  /** What becomes of work that was under way when the program last ended. */
  readonly leftovers?: 'resume' | 'ask';
  readonly clock?: Clock;
  /** Takes away what dead workers left beside the library, at the start and now and then. */
  readonly clearAfterDead?: (isAtWork: (workerId: string) => boolean) => Promise<void>;
}

/** What people and flows ask of the queue; the loop does the work. See README.md for the states. */
export class Queue {
  readonly jobs: JobRepository;
  readonly overview: OverviewRepository;
  readonly items: WorkItemRepository;
  readonly #library: Library;
  readonly #requests: RequestRepository;
  readonly #lock: ProductionLock;
  readonly #feed: ChangeFeed;
  readonly #loop: Loop;
  readonly #clock: Clock;
  readonly #options: QueueOptions;
  #limits: QueueLimits;

  constructor(options: QueueOptions) {
    const { library, clock = systemClock } = options;
    const { db } = library;
    this.#options = options;
    this.#limits = options;
    this.#library = library;
    this.#clock = clock;
    this.jobs = jobRepository(db);
    this.overview = overviewRepository(db);
    this.items = workItemRepository(db);
    this.#requests = requestRepository(db);
    const limits = readLimits(() => this.#limits);
    this.#lock = productionLock(db, limits);
    this.#feed = new ChangeFeed(options.listener);
    this.#loop = new Loop(
      { ...options, role: options.role ?? 'command', limits, clock },
      { jobs: this.jobs, overview: this.overview, items: this.items, lock: this.#lock, feed: this.#feed },
    );
  }

  /** What is claimed and accepted from now on follows these; what runs already goes on. */
  setLimits(limits: QueueLimits): void {
    this.#limits = limits;
    this.#loop.wake();
  }

  /** This process as a worker, while it is signed in. */
  get workerId(): string | undefined {
    return this.#loop.workerId;
  }

  /** Signs in as a worker, takes back what dead ones held, and begins to claim. */
  async start(): Promise<void> {
    const { isAlone } = await this.#loop.signIn();
    if (isAlone && this.#options.leftovers === 'ask') await this.#putLeftoversAside();
    this.#loop.begin();
  }

  /** Stops claiming, parks what runs (8 s at most) and signs out. */
  close(): Promise<void> {
    return this.#loop.close();
  }

  /** How many jobs of a lane wait longer than any retry does, as for a quota: nobody stays up for them. */
  countPostponed(lane: Lane): number {
    return this.overview.countPostponed(lane, this.#clock.nowMs() + LONGEST_DELAY_MS);
  }

  /** Puts one job in line; asking for a job that is there already raises its priority. Throws QUEUE_FULL. */
  async enqueue(job: NewJob): Promise<Job> {
    const row = await this.#library.write(() => this.#add([job])[0]);
    if (row === undefined) throw new Error('one job was asked for and none came');
    this.#feed.job(row, 'here');
    this.#loop.wake();
    return toJob(row);
  }

  /** Puts many jobs in line, some hundred at a time; answers their ids. Throws QUEUE_FULL, keeping what was accepted. */
  async enqueueMany(list: readonly NewJob[]): Promise<number[]> {
    const ids: number[] = [];
    for (let from = 0; from < list.length; from += AT_ONCE) {
      const some = list.slice(from, from + AT_ONCE);
      ids.push(...(await this.#library.write(() => this.#add(some).map(({ id }) => id))));
      this.#loop.wake();
      await new Promise(setImmediate);
    }
    this.#feed.queue();
    return ids;
  }

  /** Puts a job in line inside a transaction of the caller's, together with the work that brings it along. */
  addFollowUp(job: NewJob): void {
    this.#add([{ ...job, origin: 'follow-up' }]);
    this.#loop.wake();
  }

  /** Puts a job of an automatic source in line as soon as there is a place for it. */
  async enqueueWhenFree(job: NewJob, signal: AbortSignal): Promise<Job> {
    for (;;) {
      signal.throwIfAborted();
      try {
        return await this.enqueue(job);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'QUEUE_FULL') throw error;
        await this.#feed.next(signal);
      }
    }
  }

  /** Resolves when every one of these jobs is completed, failed or cancelled, whichever process does the work. */
  async settled(ids: readonly number[], signal?: AbortSignal): Promise<Job[]> {
    for (const id of ids) {
      while (!isSettled(this.get(id).state)) {
        signal?.throwIfAborted();
        await this.#feed.next(signal);
      }
    }
    return ids.map((id) => this.get(id));
  }

  get(id: number): Job {
    const row = this.jobs.get(id);
    if (row === undefined) throw new AppError('NOT_FOUND', `there is no job ${id}`);
    return toJob(row);
  }

  /** The job of this key that waits, runs or is paused. */
  findAlive(uniqueKey: string): Job | undefined {
    const row = this.jobs.findAlive(uniqueKey);
    return row && toJob(row);
  }

  async cancel(id: number): Promise<Job> {
    const row = this.jobs.get(id);
    const job = this.get(id);
    if (isSettled(job.state)) throw new AppError('WRONG_STATE', `job ${id} is already ${job.state}`);
    const kind = this.#options.kinds[job.kind];
    const done = await this.#library.write(() => {
      if (!this.#requests.cancelWaiting(id, this.#clock.nowMs())) {
        return this.#requests.requestStop(id, 'cancel') && 'asked';
      }
      if (row !== undefined) kind?.forget?.(row);
      this.items.removeAll(id);
      return 'cancelled';
    });
    if (done === false) throw new AppError('WRONG_STATE', `job ${id} has just ended`);
    if (done === 'asked') this.#loop.stop(id, 'cancel');
    else if (row !== undefined) await kind?.cleanUp?.(row);
    return this.#changed(id);
  }

  /** Parks one job until a person resumes it. */
  async pause(id: number): Promise<Job> {
    const job = this.get(id);
    const done = await this.#library.write(
      () => this.#requests.pauseWaiting(id) || this.#requests.requestStop(id, 'pause'),
    );
    if (!done) throw new AppError('WRONG_STATE', `job ${id} is ${job.state}`);
    this.#loop.stop(id, 'pause');
    return this.#changed(id);
  }

  async resume(id: number): Promise<Job> {
    const job = this.get(id);
    const done = await this.#library.write(() => this.#requests.resumePaused(id));
    if (!done) throw new AppError('WRONG_STATE', `job ${id} is ${job.state}, not paused`);
    return this.#changed(id);
  }

  /** Runs a failed or cancelled job again; what its finished stages and pieces made is used. */
  async retry(id: number): Promise<Job> {
    const job = this.get(id);
    if (!(await this.#revive([id])).includes(id))
      throw new AppError('WRONG_STATE', `job ${id} is ${job.state}, not failed`);
    return this.#changed(id);
  }

  /** Runs every failed job again, or those of one lane; answers them. */
  async retryFailed(lane: Lane | null): Promise<Job[]> {
    const ids = await this.#revive(this.#requests.failedIds(lane));
    return ids.map((id) => this.#changed(id));
  }

  /** Forgets the jobs that have ended in this way; their files stay. Answers how many. */
  async clean(state: 'failed' | 'completed' | 'cancelled'): Promise<number> {
    const count = await this.#library.write(() => this.#requests.clean(state));
    this.#feed.queue();
    return count;
  }

  /** Has the jobs of a kind that wait for their time run now, because what they waited for has changed. */
  async hasten(kind: string): Promise<number> {
    const count = await this.#library.write(() => this.#requests.hasten(kind));
    this.#feed.queue();
    this.#loop.wake();
    return count;
  }

  /** Makes what waits after one of these failures ready at once, because their cause has gone. */
  async hastenDelayedBy(codes: readonly ErrorCode[]): Promise<void> {
    await this.#library.write(() => {
      for (const code of codes) this.#requests.hastenDelayedBy(code);
    });
    this.#feed.queue();
    this.#loop.wake();
  }

  /** Changes how urgent a waiting or paused job is. */
  async setPriority(id: number, priority: PriorityName): Promise<Job> {
    const job = this.get(id);
    const done = await this.#library.write(() => this.#requests.setPriority(id, priority));
    if (!done) throw new AppError('WRONG_STATE', `job ${id} is ${job.state}, not waiting`);
    return this.#changed(id);
  }

  /** Moves a waiting job in its lane, before another one or behind all. */
  async move(id: number, beforeId: number | null): Promise<Job> {
    const job = this.get(id);
    if (beforeId !== null && this.get(beforeId).lane !== job.lane)
      throw new AppError('BAD_INPUT', `jobs ${id} and ${beforeId} are in different lanes`);
    const done = await this.#library.write(() => this.#requests.move(id, beforeId));
    if (!done) throw new AppError('WRONG_STATE', `job ${id} or ${String(beforeId)} is not waiting`);
    this.#feed.queue();
    return this.#changed(id);
  }

  /** Stops claiming in one lane or everywhere; running jobs go back to waiting. */
  async pauseScope(scope: 'all' | Lane, because: PauseReason = 'person'): Promise<void> {
    await this.#library.write(() => {
      this.#requests.pauseScope(scope, because, this.#clock.nowMs());
    });
    this.#loop.parkScope(scope);
    this.#feed.queue();
  }

  /**
   * Takes a pause back, whatever it was for unless that is said. Throws WRONG_STATE when there is none, and DISK_LOW where
   * only room on the disk can end it.
   */
  async resumeScope(scope: 'all' | Lane, because: ResumedReason = 'any'): Promise<void> {
    const done = await this.#library.write(() => this.#requests.resumeScope(scope, because));
    if (!done && this.overview.pauses().some((pause) => pause.scope === scope))
      throw new AppError('DISK_LOW', `the ${scope} lane goes on as soon as there is room on the disk`);
    if (!done)
      throw new AppError(
        'WRONG_STATE',
        `${scope === 'all' ? 'the queue' : `the ${scope} lane`} is not paused`,
      );
    this.#feed.queue();
    this.#loop.wake();
  }

  /** Lets the work go on that was put aside at the start; answers those jobs. */
  async resumeLeftovers(): Promise<Job[]> {
    const ids = await this.#library.write(() =>
      this.#requests.leftoverIds().filter((id) => this.#requests.resumePaused(id)),
    );
    return ids.map((id) => this.#changed(id));
  }

  production(): ProductionStatus {
    return productionStatus(this.#lock.read(this.#clock.nowMs()));
  }

  /** Pauses background review, lets it run whatever the production lock says, or has it follow the lock again. */
  async sayReview(say: ReviewSay): Promise<ProductionStatus> {
    const asked = await this.#library.write(() => this.#lock.say(say, this.#clock.nowMs()));
    this.#loop.yieldSoon(asked);
    this.#feed.queue();
    this.#loop.wake();
    return this.production();
  }

  /**
   * Lets background review go on: a person's pause ends; where an export still holds it back, it goes on beside it.
   * Throws WRONG_STATE when nothing holds review back.
   */
  async resumeReview(): Promise<ProductionStatus> {
    const { reviewPaused, productionActive } = this.production();
    if (!reviewPaused) throw new AppError('WRONG_STATE', 'background review is not paused');
    return this.sayReview(productionActive ? 'running' : 'auto');
  }

  #add(jobs: readonly NewJob[]): JobRow[] {
    const admission = this.jobs.admission(this.#limits.maxAutomatic ?? Infinity);
    return jobs.map((job) => this.jobs.enqueue(job, this.#clock.nowMs(), admission));
  }

  async #putLeftoversAside(): Promise<void> {
    const rows = await this.#library.write(() => this.#requests.pauseLeftovers());
    if (rows.length > 0) this.#feed.notice(leftoversLine(rows));
  }

  /** Those of the jobs that were failed or cancelled and wait again now. */
  #revive(ids: readonly number[]): Promise<number[]> {
    return this.#library.write(() =>
      ids.filter((id) => {
        if (!this.#requests.revive(id)) return false;
        this.items.reviveFailed(id);
        return true;
      }),
    );
  }

  #changed(id: number): Job {
    const row = this.jobs.get(id);
    if (row === undefined) throw new AppError('NOT_FOUND', `there is no job ${id}`);
    this.#feed.job(row, 'here');
    const job = toJob(row);
    if (job.state === 'pending') this.#loop.wake();
    return job;
  }
}
