import { Stop, type StopReason } from '../../domain/job.ts';
import { readJson } from '../db/json.ts';
import type { Library } from '../db/open.ts';
import type { Clock } from './clock.ts';
import type { Held, JobRepository } from './repository.ts';
import type { JobRow } from './row.ts';
import type { WorkItemRepository } from './workItems.ts';

/** How often a lease is renewed, which is also how soon a request from another process is heard. */
const HEARTBEAT_MS = 1_000;

/** Work that reaches no checkpoint for this long after it was asked to make room is stopped where it is. */
const YIELD_GRACE_MS = 10_000;

/** Progress below this says too little to promise a time. */
const ETA_FROM = 0.03;

/** What a lease needs of the queue that handed it out. */
export interface LeaseOwner {
  readonly library: Library;
  readonly jobs: JobRepository;
  readonly items: WorkItemRepository;
  readonly clock: Clock;
  readonly onBeat: (job: JobRow, token: string) => void;
  readonly onChange: () => void;
  readonly onBug: (error: unknown) => void;
}

/** One worker's hold on one job: progress out, requests to stop in, and every write fenced by its token. */
export class Lease {
  readonly job: JobRow;
  readonly token: string;
  readonly #owner: LeaseOwner;
  /** Made when somebody looks: most jobs of a moment are never stopped. */
  #abort: AbortController | undefined;
  readonly #startedMs: number;
  readonly #startProgress: number;
  #beatTimer: NodeJS.Timeout | undefined;
  #graceTimer: NodeJS.Timeout | undefined;
  #beating: Promise<void> = Promise.resolve();
  #mustYield = false;
  #stage: string | null;
  #progress: number;

  constructor(job: JobRow, token: string, owner: LeaseOwner) {
    this.job = job;
    this.token = token;
    this.#owner = owner;
    this.#stage = job.stage;
    this.#progress = job.progress;
    this.#startProgress = job.progress;
    this.#startedMs = owner.clock.monotonicMs();
    this.#beatTimer = setInterval(() => {
      // A beat that fails (the library was busy for seconds) is told; the next one tries again.
      this.#beating = this.#beating.then(() => this.#beat()).catch(this.#owner.onBug);
    }, HEARTBEAT_MS);
  }

  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    return this.#abort.signal;
  }

  /** Why the job was asked to stop, if it was. */
  get stopped(): Stop | undefined {
    const reason: unknown = this.#abort?.signal.reason;
    return reason instanceof Stop ? reason : undefined;
  }

  /** What finished stages have made, as saved. */
  get artifacts(): unknown {
    return readJson(this.job.artifacts);
  }

  get #held(): Held {
    return { id: this.job.id, token: this.token };
  }

  get items(): WorkItemRepository {
    return this.#owner.items;
  }

  get workedMs(): number {
    return Math.round(this.#owner.clock.monotonicMs() - this.#startedMs);
  }

  /** Kept in memory and written with the next heartbeat; progress never runs backwards within a stage order. */
  report(stage: string, fraction: number): void {
    this.#stage = stage;
    this.#progress = Math.min(1, Math.max(0, fraction));
  }

  /** Where the job can be put aside and nothing is lost: throws when it was asked to stop, or to make room. */
  checkpoint(): void {
    if (this.#mustYield) this.stop('yield');
    if (this.stopped !== undefined) throw this.stopped;
  }

  stop(reason: StopReason): void {
    this.#abort ??= new AbortController();
    this.#abort.abort(new Stop(reason));
  }

  /** Asks the job to make room at its next checkpoint; after a while it is stopped wherever it is. */
  yieldSoon(): void {
    if (this.#mustYield) return;
    this.#mustYield = true;
    this.#graceTimer = setTimeout(() => {
      this.stop('yield');
    }, YIELD_GRACE_MS);
  }

  async saveArtifacts(artifacts: unknown): Promise<void> {
    await this.write(() => this.#owner.jobs.saveArtifacts(this.#held, artifacts));
  }

  /** Keeps what stages made, as a change tells it, together with that change: both count only while the lease is ours. */
  async saveArtifactsWith(change: () => unknown): Promise<void> {
    await this.writeOwned(() => this.#owner.jobs.saveArtifacts(this.#held, change()));
  }

  /** Says which episode the job turned out to be about, so that a window can show its progress there. */
  async concernsEpisode(episodeId: string, showId: string): Promise<void> {
    await this.write(() => this.#owner.jobs.concern(this.#held, episodeId, showId));
    this.#owner.onChange();
  }

  async savePublishIntent(intent: unknown): Promise<void> {
    await this.write(() => this.#owner.jobs.savePublishIntent(this.#held, intent));
  }

  /** Changes of any kind that count only while the lease is ours; all of them are written, or none. */
  async writeOwned<T>(change: () => T): Promise<T> {
    const done = await this.#owner.library.write(() =>
      this.#owner.jobs.isLeased(this.token) ? { value: change() } : undefined,
    );
    if (done === undefined) return this.#lost();
    return done.value;
  }

  /** A change that counts only while the lease is ours: it must itself be conditional on the token and say if it hit. */
  async write(fenced: () => boolean): Promise<void> {
    if (!(await this.#owner.library.write(fenced))) this.#lost();
  }

  /** Ends the heartbeat and waits for the one under way. */
  async release(): Promise<void> {
    clearInterval(this.#beatTimer);
    clearTimeout(this.#graceTimer);
    await this.#beating;
  }

  #lost(): never {
    this.stop('lease-lost');
    throw new Stop('lease-lost');
  }

  async #beat(): Promise<void> {
    const { token } = this;
    const ratePerS = this.#ratePerS();
    const etaS = ratePerS === null ? null : Math.round((1 - this.#progress) / ratePerS);
    const beat = { ...this.#held, stage: this.#stage, progress: this.#progress, ratePerS, etaS };
    const row = await this.#owner.library.write(() => {
      const renewed = this.#owner.jobs.renewLease(beat);
      if (renewed !== undefined) this.#owner.onBeat(renewed, token);
      return renewed;
    });
    if (row === undefined) this.stop('lease-lost');
    else if (row.stop_request === 'yield') this.yieldSoon();
    else if (row.stop_request !== null) this.stop(row.stop_request);
    this.#owner.onChange();
  }

  #ratePerS(): number | null {
    const advanced = this.#progress - this.#startProgress;
    return advanced < ETA_FROM ? null : advanced / Math.max(0.001, this.workedMs / 1000);
  }
}
