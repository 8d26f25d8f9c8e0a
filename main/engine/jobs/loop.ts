import { randomUUID } from 'node:crypto';
import { AppError, toWireError } from '../../domain/errors.ts';
import type { Lane, StopReason } from '../../domain/job.ts';
import { isPassing } from '../db/writer.ts';
import type { LoopOptions, LoopStores } from './kind.ts';
import { Lease, type LeaseOwner } from './lease.ts';
import type { Ending } from './repository.ts';
import { afterRequest, outcomeOfError, type Outcome } from './retry.ts';
import type { JobRow } from './row.ts';
import { Watch } from './watch.ts';
import { signIn, type Worker } from './workers.ts';

const SHUTDOWN_GRACE_MS = 8_000;
const SETTLE_AGAIN_MS = 1_000;

/** Beside other workers a place is handed on for this long, and then left to them for a moment: so all get their share. */
const TURN_MS = 250;
const HOLD_OFF_MS = 50;

/** A job that was claimed, and the running ones that were asked to make room for it. */
interface Claimed {
  readonly row: JobRow | undefined;
  readonly token: string;
  readonly asked: readonly number[];
}

const NOTHING: Claimed = { row: undefined, token: '', asked: [] };

/** How a job ended, and what was claimed in its place. */
interface Ended {
  readonly wasCancelled: boolean;
  readonly next: Claimed;
}

/** Claims jobs, runs them and writes down how they end. */
export class Loop {
  readonly #options: LoopOptions;
  readonly #stores: LoopStores;
  readonly #leases = new Map<number, Lease>();
  readonly #running = new Set<Promise<void>>();
  readonly #watch: Watch;
  #worker: Worker | undefined;
  #pumping: Promise<void> | undefined;
  #pumpAgain = false;
  #takesAll = false;
  #turnBeganMs = 0;
  #holdOff: NodeJS.Timeout | undefined;

  constructor(options: LoopOptions, stores: LoopStores) {
    this.#options = options;
    this.#stores = stores;
    this.#watch = new Watch(options, stores, {
      holds: (id) => this.#leases.has(id),
      running: () => [...this.#leases.values()].map(({ job }) => job),
      wake: (takesAll) => {
        this.wake(takesAll);
      },
    });
  }

  /** Signs in as a worker and takes back what dead ones held. Answers true when nobody else is at work here. */
  async signIn(): Promise<{ readonly isAlone: boolean }> {
    const { library, runDir, clock, role } = this.#options;
    this.#worker = await signIn(library, runDir, { nowMs: clock.nowMs(), role });
    const othersAlive = await this.#watch.recover(this.#worker);
    return { isAlone: othersAlive === 0 };
  }

  /** Begins to claim. */
  begin(): void {
    if (this.#worker !== undefined) this.#watch.begin(this.#worker);
    this.wake();
  }

  /**
   * Claims until nothing is ready or every place is taken; asked again while it runs, it goes round once more. Beside
   * other workers it takes its share; what nobody took for a while it takes as well.
   */
  wake(takesAll = false): void {
    this.#pumpAgain = true;
    this.#takesAll ||= takesAll;
    this.#pumping ??= this.#pump()
      .catch(this.#stores.feed.bug)
      .finally(() => {
        this.#pumping = undefined;
        this.#takesAll = false;
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
    this.#watch.end();
    clearTimeout(this.#holdOff);
    this.#holdOff = undefined;
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
    // Work that did not stop in time is nobody's once we are gone; it waits again, and its late writes hit nothing.
    if (worker !== undefined && this.#leases.size > 0)
      await this.#options.library.write(() =>
        this.#stores.jobs.recoverFrom(worker.id, this.#options.clock.nowMs()),
      );
    await worker?.retire();
  }

  async #pump(): Promise<void> {
    while (this.#pumpAgain) {
      this.#pumpAgain = false;
      while (this.#mayClaim()) {
        const lease = this.#take(await this.#options.library.write(() => this.#claim()));
        if (lease === undefined) break;
        const running: Promise<void> = this.#workOn(lease)
          .catch(this.#stores.feed.bug)
          .finally(() => {
            this.#running.delete(running);
          });
        this.#running.add(running);
      }
    }
  }

  /** A look that takes no lock: most wakes find nothing to claim. With a single place, production may want it freed. */
  #mayClaim(): boolean {
    const { maxJobs } = this.#options.limits;
    if (this.#worker === undefined || this.#holdOff !== undefined || !this.#stores.jobs.hasReady())
      return false;
    const share = this.#takesAll ? maxJobs : Math.max(1, Math.floor(maxJobs / (1 + this.#watch.others)));
    return this.#leases.size < share || maxJobs === 1;
  }

  /** Alone it always is. A turn that is over leaves what is ready to the others, for a moment. */
  #isOurTurn(): boolean {
    if (this.#watch.others === 0) return true;
    if (this.#holdOff !== undefined) return false;
    if (this.#options.clock.monotonicMs() - this.#turnBeganMs < TURN_MS) return true;
    this.#holdOff = setTimeout(() => {
      this.#holdOff = undefined;
      this.#turnBeganMs = this.#options.clock.monotonicMs();
      this.wake();
    }, HOLD_OFF_MS);
    return false;
  }

  /** Claims the next job, and asks what has to make room for it; inside the caller's transaction. */
  #claim(): Claimed {
    const worker = this.#worker;
    const { limits, clock } = this.#options;
    const { maxJobs, rampMs } = limits;
    const { jobs, lock } = this.#stores;
    if (worker === undefined) return NOTHING;
    const token = randomUUID();
    const nowMs = clock.nowMs();
    const row = jobs.claim({ workerId: worker.id, token, nowMs, maxJobs, rampMs });
    if (row?.lane === 'review') lock.spaceOutReview(nowMs);
    if (row?.lane === 'production') return { row, token, asked: lock.acquire(row, token, nowMs) };
    return { row, token, asked: row === undefined && maxJobs === 1 ? lock.makeRoom() : [] };
  }

  /** Holds what was claimed, once the claim is written. */
  #take({ row, token, asked }: Claimed): Lease | undefined {
    this.yieldSoon(asked);
    if (row === undefined) return undefined;
    const lease = new Lease(row, token, this.#ownerOf(row));
    this.#leases.set(row.id, lease);
    if (this.#worker === undefined) lease.stop('shutdown');
    this.#stores.feed.job(row, 'here');
    if (row.lane === 'production') this.#stores.feed.queue();
    return lease;
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
        this.#tell(row);
      },
      onBug: feed.bug,
    };
  }

  #tell(job: JobRow): void {
    this.#stores.feed.jobOf(() => this.#stores.jobs.get(job.id) ?? job);
  }

  /** Works on a job and then on the one that takes its place, until there is none. */
  async #workOn(first: Lease): Promise<void> {
    let lease: Lease | undefined = first;
    while (lease !== undefined) {
      const outcome = await this.#run(lease);
      await lease.release();
      const ended: Ended = await this.#endForSure(lease, outcome);
      const { job } = lease;
      this.#leases.delete(job.id);
      if (ended.wasCancelled) await this.#options.kinds[job.kind]?.cleanUp?.(job);
      this.#tell(job);
      lease = this.#take(ended.next);
      if (job.lane === 'production') this.#stores.feed.queue();
      // A place that was not simply handed on may let in more than one, such as review after production.
      if (job.lane === 'production' || outcome.kind !== 'completed') this.wake();
    }
  }

  async #run(lease: Lease): Promise<Outcome> {
    try {
      const kind = this.#options.kinds[lease.job.kind];
      if (kind === undefined) throw new AppError('INTERNAL', `no handler for jobs of kind ${lease.job.kind}`);
      return { kind: 'completed', ...(await kind.run(lease)) };
    } catch (error) {
      // What goes wrong after the job was taken from us says nothing about it: its files are somebody else's now.
      if (!this.#stores.jobs.isLeased(lease.token)) return { kind: 'lost' };
      const outcome = outcomeOfError(lease.stopped ?? error, lease.job, Math.random);
      if (outcome.kind === 'failed' && outcome.failure.code === 'INTERNAL') this.#stores.feed.bug(error);
      return outcome;
    }
  }

  /**
   * A library that cannot be written to right now must not leave the job held by nobody: the end is written later.
   * What a job wants to commit and cannot, for any other reason, has failed.
   */
  async #endForSure(lease: Lease, outcome: Outcome): Promise<Ended> {
    for (;;) {
      try {
        // The end of one job and the claim of the next are one write, because a write is what costs.
        return await this.#options.library.write(() => ({
          wasCancelled: this.#settle(lease, outcome),
          next: this.#isOurTurn() ? this.#claim() : NOTHING,
        }));
      } catch (error) {
        this.#stores.feed.bug(error);
        if (this.#worker === undefined) throw error;
        if (outcome.kind === 'completed' && !isPassing(error))
          outcome = { kind: 'failed', failure: toWireError(error) };
        else await new Promise((resolve) => setTimeout(resolve, SETTLE_AGAIN_MS));
      }
    }
  }

  /** Nothing changes when the lease is no longer ours: whoever has the job decides. Answers true when it was cancelled. */
  #settle(lease: Lease, ended: Outcome): boolean {
    const { jobs, lock, items } = this.#stores;
    const { token, job, workedMs } = lease;
    const nowMs = this.#options.clock.nowMs();
    const ending: Ending = { id: job.id, token, nowMs, workedMs };
    if (job.lane === 'production') lock.release(token, nowMs);
    const outcome = afterRequest(ended, () => jobs.stopRequestOf(token));
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
