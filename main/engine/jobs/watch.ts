import { Bell } from './bell.ts';
import { Elsewhere } from './elsewhere.ts';
import { HangWatch } from './hangWatch.ts';
import type { LoopOptions, LoopStores } from './kind.ts';
import { reapedLine, recoveredLine, sleptLine } from './notices.ts';
import { LONGEST_DELAY_MS } from './retry.ts';
import type { JobRow } from './row.ts';
import { SleepWatch } from './sleepWatch.ts';
import { buryDeadWorkers, isAtWork, listWorkers, type Worker } from './workers.ts';

const BURY_EVERY_MS = 30_000;

/** The loop beside which a watch is kept. */
export interface WatchedLoop {
  /** True for a job that this process works on. */
  readonly holds: (id: number) => boolean;
  readonly running: () => JobRow[];
  readonly wake: (takesAll: boolean) => void;
}

/** Takes back what dead and hung workers held, makes due jobs ready, and notices sleep and what others do. */
export class Watch {
  readonly #options: LoopOptions;
  readonly #stores: LoopStores;
  readonly #loop: WatchedLoop;
  readonly #elsewhere: Elsewhere;
  readonly #hangs = new HangWatch();
  readonly #sleep: SleepWatch;
  readonly #bell: Bell;
  #timers: NodeJS.Timeout[] = [];
  #polling = false;
  #others = 0;

  constructor(options: LoopOptions, stores: LoopStores, loop: WatchedLoop) {
    this.#options = options;
    this.#stores = stores;
    this.#loop = loop;
    this.#elsewhere = new Elsewhere(options.library, stores.overview, options.clock.nowMs());
    this.#sleep = new SleepWatch(options.clock, options.pollIntervalMs);
    this.#bell = new Bell(options.library.db.name, () => {
      this.#lookElsewhere(false);
    });
  }

  /** How many other workers are at work on this library, as far as was seen. */
  get others(): number {
    return this.#others;
  }

  begin(worker: Worker): void {
    const every = (ms: number, act: () => Promise<unknown>): NodeJS.Timeout =>
      setInterval(() => {
        act().catch(this.#stores.feed.bug);
      }, ms);
    this.#timers = [
      every(this.#options.pollIntervalMs, () => this.#poll(worker)),
      every(BURY_EVERY_MS, () => this.recover(worker)),
    ];
  }

  end(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
    this.#bell.listen(false);
  }

  async #poll(worker: Worker): Promise<void> {
    // A poll that waits for a busy library must not be joined by the next ones.
    if (this.#polling) return;
    this.#polling = true;
    try {
      const { clock, library } = this.#options;
      const { jobs } = this.#stores;
      this.#tellSleep();
      // A look costs nothing; a write would reach the disk every second, for nothing most of the time.
      if (jobs.hasDelayed())
        await library.write(() => jobs.makeDueReady(clock.nowMs(), 2 * LONGEST_DELAY_MS));
      await this.#reapHung(worker);
      this.#lookElsewhere(true);
    } finally {
      this.#polling = false;
    }
  }

  /** Tells what other processes did, and takes its turn at what they left. */
  #lookElsewhere(takesAll: boolean): void {
    const { feed } = this.#stores;
    const changes = this.#elsewhere.changes(this.#loop.holds, this.#options.clock.nowMs());
    for (const row of changes?.jobs ?? []) feed.job(row, 'elsewhere');
    if (changes !== undefined) {
      this.#meet(listWorkers(this.#options.library).length - 1);
      feed.queue();
    }
    feed.wakeWaiters();
    this.#loop.wake(takesAll);
  }

  #meet(others: number): void {
    this.#others = others;
    this.#bell.listen(others > 0);
  }

  #tellSleep(): void {
    const sleptMs = this.#sleep.look();
    if (sleptMs === 0) return;
    this.#stores.feed.notice(sleptLine(sleptMs, this.#loop.running()));
  }

  async #reapHung(worker: Worker): Promise<void> {
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
  async recover(worker: Worker): Promise<number> {
    const { library, runDir, clock } = this.#options;
    const { jobs, lock, feed } = this.#stores;
    const nowMs = clock.nowMs();
    await worker.heartbeat(nowMs);
    const recovered: JobRow[] = [];
    // A worker that signed out with work still in its hands has no row left to be found by.
    if (jobs.hasAbandoned()) recovered.push(...(await library.write(() => jobs.recoverAbandoned(nowMs))));
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
    if (recovered.length > 0) this.#loop.wake(false);
    this.#meet(othersAlive);
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
}
