import type { Library } from '../db/open.ts';
import type { JobRepository, JobRow } from './repository.ts';

/** Notices what other processes do to the jobs of this library, so that it can be told here as well. */
export class Elsewhere {
  readonly #library: Library;
  readonly #jobs: JobRepository;
  /** How each unfinished job of others looked the last time. */
  #looks = new Map<number, string>();
  #dataVersion: unknown;

  constructor(library: Library, jobs: JobRepository) {
    this.#library = library;
    this.#jobs = jobs;
    this.#dataVersion = this.#readDataVersion();
    this.#looks = new Map(jobs.looks());
  }

  /** The jobs that were changed elsewhere since the last time; those that are worked on here tell of themselves. */
  changes(isOurs: (id: number) => boolean): JobRow[] {
    const dataVersion = this.#readDataVersion();
    if (dataVersion === this.#dataVersion) return [];
    this.#dataVersion = dataVersion;
    const before = this.#looks;
    this.#looks = new Map(this.#jobs.looks().filter(([id]) => !isOurs(id)));
    const changed = [...this.#looks].filter(([id, look]) => before.get(id) !== look).map(([id]) => id);
    const ended = [...before.keys()].filter((id) => !this.#looks.has(id) && !isOurs(id));
    return [...changed, ...ended].map((id) => this.#jobs.get(id)).filter((row) => row !== undefined);
  }

  /** A number that moves only when another connection has written. */
  #readDataVersion(): unknown {
    return this.#library.db.pragma('data_version', { simple: true });
  }
}
