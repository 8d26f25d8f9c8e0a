import { randomUUID } from 'node:crypto';
import { AppError } from '../../domain/errors.ts';
import { Stop, type Lane, type StopReason } from '../../domain/job.ts';
import type { Library } from '../db/open.ts';
import type { ChangeFeed } from './changeFeed.ts';
import type { Clock } from './clock.ts';
import { Elsewhere } from './elsewhere.ts';
import { HangWatch } from './hangWatch.ts';
import { Lease, type LeaseOwner } from './lease.ts';
import { reapedLine, recoveredLine, sleptLine } from './notices.ts';
import type { OverviewRepository } from './overview.ts';
import type { ProductionLock } from './productionLock.ts';
import type { Ending, JobRepository } from './repository.ts';
import { afterRequest, LONGEST_DELAY_MS, outcomeOfError, type Outcome } from './retry.ts';
import type { JobRow } from './row.ts';
import { SleepWatch } from './sleepWatch.ts';
import type { WorkItemRepository } from './workItems.ts';
import { buryDeadWorkers, isAtWork, signIn, type Worker, type WorkerRole } from './workers.ts';

const BURY_EVERY_MS = 30_000;
const SHUTDOWN_GRACE_MS = 8_000;
const SETTLE_AGAIN_MS = 1_000;

/** What a finished job leaves: small facts for whoever asked, and changes that count only together with "completed". */
export interface Finished {
  readonly result: Record<string, unknown>;
  readonly commit?: () => void;
}

/** How one kind of job is done, and what is taken away when it is cancelled. */
export interface JobKind {
  readonly run: (lease: Lease) => Promise<Finished>;
  /** Database rows that the job made so far; called inside the transaction that cancels it. */
  readonly forget?: (job: JobRow) => void;
  /** Files that the job made so far; called after it was cancelled. */
  readonly cleanUp?: (job: JobRow) => Promise<void>;
}

export interface LoopOptions {
  readonly library: Library;
  readonly runDir: string;
  readonly kinds: Readonly<Record<string, JobKind>>;
  readonly role: WorkerRole;
  readonly maxJobs: number;
  readonly pollIntervalMs: number;
  readonly rampMs: number;
  readonly clock: Clock;
  /** Takes away what dead workers left beside the library, at the start and now and then. */
  readonly clearAfterDead?: (isAtWork: (workerId: string) => boolean) => Promise<void>;
}

/** What the loop reads and writes. */
export interface LoopStores {
  readonly jobs: JobRepository;
  readonly overview: OverviewRepository;
  readonly items: WorkItemRepository;
  readonly lock: ProductionLock;
  readonly feed: ChangeFeed;
}

/** Claims and runs jobs, takes back what dead and hung workers held, and notices what others do. */
export class Loop {
  readonly #options: LoopOptions;
  readonly #stores: LoopStores;
  readonly #leases = new Map<number, Lease>();
  readonly #running = new Set<Promise<void>>();
  readonly #elsewhere: Elsewhere;
  readonly #hangs = new HangWatch();
  readonly #sleep: SleepWatch;
  #worker: Worker | undefined;
  #timers: NodeJS.Timeout[] = [];
  #pumping: Promise<void> | undefined;
  #pumpAgain = false;
  #polling = false;

  constructor(options: LoopOptions, stores: LoopStores) {
    this.#options = options;
    this.#stores = stores;
    this.#elsewhere = new Elsewhere(options.library, stores.overview, options.clock.nowMs());
    this.#sleep = new SleepWatch(options.clock, options.pollIntervalMs);
  }

  /** Signs in as a worker and takes back what dead ones held. Answers true when nobody else is at work here. */
  async signIn(): Promise<{ readonly isAlone: boolean }> {
    const { library, runDir, clock, role } = this.#options;
    this.#worker = await signIn(library, runDir, { nowMs: clock.nowMs(), role });
    const othersAlive = await this.#recover();
    return { isAlone: othersAlive === 0 };
  }

  /** Begins to claim. */
  begin(): void {
    const every = (ms: number, act: () => Promise<unknown>): NodeJS.Timeout =>
      setInterval(() => {
        act().catch(this.#stores.feed.bug);
      }, ms);
    this.#timers = [
      every(this.#options.pollIntervalMs, () => this.#poll()),
      every(BURY_EVERY_MS, () => this.#recover()),
    ];
    this.wake();
  }

  /** Claims until nothing is ready or every place is taken; asked again while it runs, it goes round once more. */
  wake(): void {
    this.#pumpAgain = true;
    this.#pumping ??= this.#pump()
      .catch(this.#stores.feed.bug)
      .finally(() => {
        this.#pumping = undefined;
      });
  }

  /** This process as a worker; undefined before it has signed in and after it has signed out. */
  get workerId(): string | undefined {
    return this.#worker?.id;
  }

  stop(id: number, reason: StopReason): void {
    this.#leases.get(id)?.stop(reason);
  }

  parkScope(scope: 'all' | Lane): void {
    for (const lease of this.#leases.values())
      if (scope === 'all' || lease.job.lane === scope) lease.stop('park');
  }

  yieldSoon(ids: readonly number[]): void {
    for (const id of ids) this.#leases.get(id)?.yieldSoon();
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
    // A poll that waits for a busy library must not be joined by the next ones.
    if (this.#polling) return;
    this.#polling = true;
    try {
      const { clock, library } = this.#options;
      const { jobs, feed } = this.#stores;
      this.#tellSleep();
      // A look costs nothing; a write would reach the disk every second, for nothing most of the time.
      if (jobs.hasDelayed())
        await library.write(() => jobs.makeDueReady(clock.nowMs(), 2 * LONGEST_DELAY_MS));
      await this.#reapHung();
      const changes = this.#elsewhere.changes((id) => this.#leases.has(id), clock.nowMs());
      for (const row of changes?.jobs ?? []) feed.job(row, 'elsewhere');
      if (changes !== undefined) feed.queue();
      feed.wakeWaiters();
      this.wake();
    } finally {
      this.#polling = false;
    }
  }

  #tellSleep(): void {
    const sleptMs = this.#sleep.look();
    if (sleptMs === 0) return;
    this.#stores.feed.notice(
      sleptLine(
        sleptMs,
        [...this.#leases.values()].map(({ job }) => job),
      ),
    );
  }

  async #reapHung(): Promise<void> {
    const worker = this.#worker;
    if (worker === undefined) return;
    const { clock, library } = this.#options;
    const { jobs, lock, feed } = this.#stores;
    for (const { token, counter } of this.#hangs.look(jobs.leasesOfOthers(worker.id), clock.monotonicMs())) {
      const row = await library.write(() => {
        const reaped = jobs.reap(token, counter, clock.nowMs());
        if (reaped !== undefined) this.#forgetIfCancelled(reaped);
        lock.releaseDead(clock.nowMs());
        return reaped;
      });
      if (row === undefined) continue;
      if (row.state !== 'cancelled') feed.notice(reapedLine(row));
      await this.#cleanUpIfCancelled(row);
      feed.job(row, 'here');
    }
  }

  /** Takes back what dead workers held; answers how many others are alive. */
  async #recover(): Promise<number> {
    const worker = this.#worker;
    if (worker === undefined) return 0;
    const { library, runDir, clock } = this.#options;
    const { jobs, lock, feed } = this.#stores;
    const nowMs = clock.nowMs();
    await worker.heartbeat(nowMs);
    const recovered: JobRow[] = [];
    const othersAlive = await buryDeadWorkers(library, runDir, worker.id, (deadId) => {
      const rows = jobs.recoverFrom(deadId, nowMs);
      for (const row of rows) this.#forgetIfCancelled(row);
      recovered.push(...rows);
      lock.releaseDead(nowMs);
    });
    await this.#options.clearAfterDead?.((id) => isAtWork(library, runDir, id));
    if (lock.read(nowMs).openPauses.length > 0)
      await library.write(() => {
        lock.releaseDead(nowMs);
      });
    for (const row of recovered) {
      await this.#cleanUpIfCancelled(row);
      feed.job(row, 'here');
    }
    const goingOn = recovered.filter(({ state }) => state !== 'cancelled');
    if (goingOn.length > 0) feed.notice(recoveredLine(goingOn));
    if (recovered.length > 0) this.wake();
    return othersAlive;
  }

  /** A job whose worker died or hung before it heard that it was cancelled ends as one that did hear it. */
  #forgetIfCancelled(row: JobRow): void {
    if (row.state !== 'cancelled') return;
    this.#options.kinds[row.kind]?.forget?.(row);
    this.#stores.items.removeAll(row.id);
  }

  async #cleanUpIfCancelled(row: JobRow): Promise<void> {
    if (row.state === 'cancelled') await this.#options.kinds[row.kind]?.cleanUp?.(row);
  }

  async #pump(): Promise<void> {
    while (this.#pumpAgain) {
      this.#pumpAgain = false;
      for (;;) {
        const lease = await this.#claim();
        if (lease === undefined) break;
        const running: Promise<void> = this.#work(lease)
          .catch(this.#stores.feed.bug)
          .finally(() => {
            this.#running.delete(running);
            this.wake();
          });
        this.#running.add(running);
      }
    }
  }

  async #claim(): Promise<Lease | undefined> {
    const worker = this.#worker;
    const { library, maxJobs, rampMs, clock } = this.#options;
    if (worker === undefined || maxJobs === 0) return undefined;
    if (this.#leases.size >= maxJobs) {
      if (maxJobs === 1) await this.#makeRoom();
      return undefined;
    }
    const { jobs, lock } = this.#stores;
    const token = randomUUID();
    const nowMs = clock.nowMs();
    const claimed = await library.write(() => {
      const row = jobs.claim({ workerId: worker.id, token, nowMs, maxJobs, rampMs });
      if (row?.lane === 'review') lock.spaceOutReview(nowMs);
      if (row?.lane === 'production') return { row, asked: lock.acquire(row, token, nowMs) };
      return { row, asked: row === undefined && maxJobs === 1 ? lock.makeRoom() : [] };
    });
    this.yieldSoon(claimed.asked);
    if (claimed.row === undefined) return undefined;
    const lease = new Lease(claimed.row, token, this.#ownerOf(claimed.row));
    this.#leases.set(claimed.row.id, lease);
    this.#stores.feed.job(claimed.row, 'here');
    if (claimed.row.lane === 'production') this.#stores.feed.queue();
    return lease;
  }

  async #makeRoom(): Promise<void> {
    this.yieldSoon(await this.#options.library.write(() => this.#stores.lock.makeRoom()));
  }

  #ownerOf(row: JobRow): LeaseOwner {
    const { library, clock } = this.#options;
    const { jobs, items, lock, feed } = this.#stores;
    return {
      library,
      jobs,
      items,
      clock,
      onBeat: (job, token) => {
        if (job.lane === 'production') lock.renew(job, token, clock.nowMs());
      },
      onChange: () => {
        this.#tell(row.id);
      },
      onBug: feed.bug,
    };
  }

  #tell(id: number): void {
    const row = this.#stores.jobs.get(id);
    if (row !== undefined) this.#stores.feed.job(row, 'here');
  }

  async #work(lease: Lease): Promise<void> {
    const outcome = await this.#run(lease);
    await lease.release();
    const wasCancelled = await this.#settleForSure(lease, outcome);
    const { job } = lease;
    this.#leases.delete(job.id);
    if (wasCancelled) await this.#options.kinds[job.kind]?.cleanUp?.(job);
    this.#tell(job.id);
    if (job.lane === 'production') this.#stores.feed.queue();
  }

  async #run(lease: Lease): Promise<Outcome> {
    try {
      const kind = this.#options.kinds[lease.job.kind];
      if (kind === undefined) throw new AppError('INTERNAL', `no handler for jobs of kind ${lease.job.kind}`);
      return { kind: 'completed', ...(await kind.run(lease)) };
    } catch (error) {
      // What goes wrong after the job was taken from us says nothing about it: its files are somebody else's now.
      if (!this.#stores.jobs.isLeased(lease.token)) return { kind: 'lost' };
      const reason: unknown = lease.signal.aborted ? lease.signal.reason : error;
      const outcome = outcomeOfError(reason instanceof Stop ? reason : error, lease.job, Math.random);
      if (outcome.kind === 'failed' && outcome.failure.code === 'INTERNAL') this.#stores.feed.bug(error);
      return outcome;
    }
  }

  /** A library that cannot be written to right now must not leave the job held by nobody: the end is written later. */
  async #settleForSure(lease: Lease, outcome: Outcome): Promise<boolean> {
    for (;;) {
      try {
        return await this.#options.library.write(() => this.#settle(lease, outcome));
      } catch (error) {
        this.#stores.feed.bug(error);
        if (this.#worker === undefined) throw error;
        await new Promise((resolve) => setTimeout(resolve, SETTLE_AGAIN_MS));
      }
    }
  }

  /** Nothing changes when the lease is no longer ours: whoever has the job decides. Answers true when it was cancelled. */
  #settle(lease: Lease, ended: Outcome): boolean {
    const { jobs, lock, items } = this.#stores;
    const { token, job, workedMs } = lease;
    const nowMs = this.#options.clock.nowMs();
    const ending: Ending = { token, nowMs, workedMs };
    if (job.lane === 'production') lock.release(token, nowMs);
    const outcome = afterRequest(ended, jobs.stopRequestOf(token));
    switch (outcome.kind) {
      case 'completed':
        if (jobs.complete(ending, outcome.result)) outcome.commit?.();
        return false;
      case 'cancelled':
        if (!jobs.markCancelled(ending)) return false;
        this.#options.kinds[job.kind]?.forget?.(job);
        items.removeAll(job.id);
        return true;
      case 'parked':
        jobs.park(ending, outcome.state);
        return false;
      case 'failed':
        jobs.fail(ending, outcome.failure);
        return false;
      case 'retry':
        jobs.retryAt(ending, { ...outcome, runAtMs: nowMs + outcome.delayMs });
        return false;
      case 'lost':
        return false;
    }
  }
}
