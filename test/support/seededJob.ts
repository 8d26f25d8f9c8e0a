import type { Lane, PriorityName } from '../../main/domain/job.ts';

/** A job that a test puts into a library from outside. */
export interface SeededJob {
  readonly kind: string;
  readonly lane: Lane;
  readonly label: string;
  readonly priority?: PriorityName;
  readonly uniqueKey?: string;
  /** This many of it, numbered. */
  readonly count?: number;
  /** Columns of its row that are not those of a fresh job. */
  readonly columns?: Readonly<Record<string, string | number>>;
}
