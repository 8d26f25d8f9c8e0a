import { Stop } from '../../domain/job.ts';
import { readJson } from '../db/json.ts';
import type { Library } from '../db/open.ts';
import type { JobRepository, JobRow } from './repository.ts';

/** How often a lease is renewed, which is also how soon a request from another process is heard. */
const HEARTBEAT_MS = 1_000;

/** Progress below this says too little to promise a time. */
const ETA_FROM = 0.03;

export interface LeaseListener {
  readonly onChange: () => void;
  readonly onBug: (error: unknown) => void;
}

/** One worker's hold on one job: progress out, requests to stop in, and every write fenced by its token. */
export class Lease {
  readonly job: JobRow;
  readonly token: string;
  readonly #library: Library;
  readonly #jobs: JobRepository;
  readonly #abort = new AbortController();
  readonly #startedMs = performance.now();
  readonly #startProgress: number;
  readonly #listener: LeaseListener;
  #timer: NodeJS.Timeout | undefined;
  #beating: Promise<void> = Promise.resolve();
  #stage: string | null;
  #progress: number;

  constructor(job: JobRow, token: string, library: Library, jobs: JobRepository, listener: LeaseListener) {
    this.job = job;
    this.token = token;
    this.#library = library;
    this.#jobs = jobs;
    this.#stage = job.stage;
    this.#progress = job.progress;
    this.#startProgress = job.progress;
    this.#listener = listener;
    this.#timer = setInterval(() => {
      // A beat that fails (the library was busy for seconds) is told; the next one tries again.
      this.#beating = this.#beating.then(() => this.#beat()).catch(this.#listener.onBug);
    }, HEARTBEAT_MS);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** What finished stages have made, as saved. */
  get artifacts(): unknown {
    return readJson(this.job.artifacts);
  }

  /** Kept in memory and written with the next heartbeat; progress never runs backwards within a stage order. */
  report(stage: string, fraction: number): void {
    this.#stage = stage;
    this.#progress = Math.min(1, Math.max(0, fraction));
  }

  stop(reason: Stop['reason']): void {
    this.#abort.abort(new Stop(reason));
  }

  async saveArtifacts(artifacts: unknown): Promise<void> {
    await this.write(() => this.#jobs.saveArtifacts(this.token, artifacts));
  }

  /** Keeps what stages made, as a change tells it, together with that change: both count only while the lease is ours. */
  async saveArtifactsWith(change: () => unknown): Promise<void> {
    await this.write(() => this.#jobs.isLeased(this.token) && this.#jobs.saveArtifacts(this.token, change()));
  }

  /** Says which episode the job turned out to be about, so that a window can show its progress there. */
  async concernsEpisode(episodeId: string): Promise<void> {
    await this.write(() => this.#jobs.setEpisode(this.token, episodeId));
    this.#listener.onChange();
  }

  async savePublishIntent(intent: unknown): Promise<void> {
    await this.write(() => this.#jobs.savePublishIntent(this.token, intent));
  }

  /** A change that counts only while the lease is ours: it must itself be conditional on the token and say if it hit. */
  async write(fenced: () => boolean): Promise<void> {
    const isOurs = await this.#library.write(fenced);
    if (isOurs) return;
    this.stop('lease-lost');
    throw new Stop('lease-lost');
  }

  /** Ends the heartbeat and waits for the one under way. */
  async release(): Promise<void> {
    clearInterval(this.#timer);
    await this.#beating;
  }

  async #beat(): Promise<void> {
    const beat = { token: this.token, stage: this.#stage, progress: this.#progress, etaS: this.#etaS() };
    const row = await this.#library.write(() => this.#jobs.renewLease(beat));
    if (row === undefined) this.stop('lease-lost');
    else if (row.stop_request !== null) this.stop(row.stop_request);
    this.#listener.onChange();
  }

  #etaS(): number | null {
    const advanced = this.#progress - this.#startProgress;
    if (advanced < ETA_FROM) return null;
    const elapsedS = (performance.now() - this.#startedMs) / 1000;
    return Math.round((elapsedS / advanced) * (1 - this.#progress));
  }
}
