import type { Library } from '../db/open.ts';
import type { OverviewRepository } from './overview.ts';
import type { JobRow } from './row.ts';

/** More than this at once is told as "the queue has changed" only. */
const MOST_TOLD = 100;

/** Clocks of two looks may differ by the length of a write; ends this long before the last look are looked at again. */
const OVERLAP_MS = 2_000;

/** What others did since the last look. */
export interface Changes {
  readonly jobs: readonly JobRow[];
}

/** Notices what other processes do to the jobs of this library, so that it can be told here as well. */
export class Elsewhere {
  readonly #library: Library;
  readonly #overview: OverviewRepository;
  /** How each running job of others looked the last time. */
  #looks = new Map<number, string>();
  /** Ends that were told, by job, so that each is told once. */
  #toldEnds = new Map<number, number>();
  #newestId: number;
  #lastLookMs: number;
  #dataVersion: unknown;

  constructor(library: Library, overview: OverviewRepository, nowMs: number) {
    this.#library = library;
    this.#overview = overview;
    this.#newestId = overview.newestId();
    this.#lastLookMs = nowMs;
    this.#dataVersion = this.#readDataVersion();
    this.#looks = new Map(overview.listProcessing().map((row) => [row.id, lookOf(row)]));
    for (const row of overview.listSettledSince(nowMs - OVERLAP_MS, MOST_TOLD))
      this.#toldEnds.set(row.id, row.finished_at ?? 0);
  }

  /** Undefined when no other connection has written; jobs that are worked on here tell of themselves. */
  changes(isOurs: (id: number) => boolean, nowMs: number): Changes | undefined {
    const dataVersion = this.#readDataVersion();
    if (dataVersion === this.#dataVersion) return undefined;
    this.#dataVersion = dataVersion;
    const running = this.#overview.listProcessing().filter(({ id }) => !isOurs(id));
    const moved = running.filter((row) => this.#looks.get(row.id) !== lookOf(row));
    const left = [...this.#looks.keys()].filter((id) => !running.some((row) => row.id === id) && !isOurs(id));
    this.#looks = new Map(running.map((row) => [row.id, lookOf(row)]));
    const added = this.#overview.listAfter(this.#newestId, MOST_TOLD);
    this.#newestId = this.#overview.newestId();
    const told = new Map<number, JobRow>();
    for (const row of [...added, ...moved, ...this.#ends(nowMs)]) told.set(row.id, row);
    return { jobs: [...told.values(), ...this.#parked(left, told)] };
  }

  /** Jobs that others ended since the last look. */
  #ends(nowMs: number): JobRow[] {
    const sinceMs = Math.min(this.#lastLookMs, nowMs) - OVERLAP_MS;
    this.#lastLookMs = nowMs;
    const ends = this.#overview.listSettledSince(sinceMs, MOST_TOLD);
    const fresh = ends.filter((row) => this.#toldEnds.get(row.id) !== row.finished_at);
    this.#toldEnds = new Map(ends.map((row) => [row.id, row.finished_at ?? 0]));
    return fresh;
  }

  /** Jobs that ran elsewhere and do no more, without having ended: parked or paused. */
  #parked(ids: readonly number[], told: ReadonlyMap<number, JobRow>): JobRow[] {
    return ids.filter((id) => !told.has(id)).flatMap((id) => this.#overview.get(id) ?? []);
  }

  /** A number that moves only when another connection has written. */
  #readDataVersion(): unknown {
    return this.#library.db.pragma('data_version', { simple: true });
  }
}

const lookOf = (row: JobRow): string =>
  `${row.lease_token ?? ''} ${row.stage ?? ''} ${row.progress} ${row.items_total} ${row.items_done}`;
