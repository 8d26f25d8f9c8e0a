import type { Database } from 'better-sqlite3';

/** What unfinished jobs need: their files are never touched, whether the job runs, waits or is paused. */
export interface LiveUse {
  readonly episodeIds: ReadonlySet<string>;
  /** Absolute paths of recordings that are coming in. */
  readonly paths: ReadonlySet<string>;
  /** Somebody recognises words or fetches a model. */
  readonly needsModels: boolean;
}

const ALIVE = `state IN ('pending', 'processing', 'paused')`;

export function liveUseRepository(db: Database) {
  const episodes = db
    .prepare<[], string>(
      `SELECT DISTINCT episode_id FROM jobs WHERE ${ALIVE} AND episode_id IS NOT NULL
       UNION SELECT DISTINCT payload ->> 'episodeId' FROM jobs WHERE ${ALIVE} AND payload ->> 'episodeId' IS NOT NULL`,
    )
    .pluck();
  const paths = db
    .prepare<[], string>(
      `SELECT DISTINCT path.value FROM jobs, json_each(jobs.payload, '$.paths') AS path
       WHERE ${ALIVE} AND json_type(jobs.payload, '$.paths') = 'array'`,
    )
    .pluck();
  const needsModels = db
    .prepare<[], number>(
      `SELECT EXISTS (SELECT 1 FROM jobs WHERE ${ALIVE} AND kind IN ('transcribe', 'fetchModel'))`,
    )
    .pluck();
  const isWorking = db
    .prepare<[], number>(`SELECT EXISTS (SELECT 1 FROM jobs WHERE state = 'processing')`)
    .pluck();
  return {
    isWorking: (): boolean => isWorking.get() === 1,
    read: (): LiveUse => ({
      episodeIds: new Set(episodes.all()),
      paths: new Set(paths.all()),
      needsModels: needsModels.get() === 1,
    }),
  };
}
export type LiveUseRepository = ReturnType<typeof liveUseRepository>;
