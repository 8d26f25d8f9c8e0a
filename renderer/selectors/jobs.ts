import { z } from 'zod';
import { PresetId } from '../../main/domain/preset.ts';
import { isSettled, type Job } from '../../main/domain/job.ts';

type Jobs = Readonly<Record<number, Job>>;

const newestFirst = (a: Job, b: Job): number => b.id - a.id;

/** Failures that nobody has put aside. */
export const failedJobs = (jobs: Jobs, dismissed: readonly number[]): Job[] =>
  Object.values(jobs)
    .filter((job) => job.state === 'failed' && !dismissed.includes(job.id))
    .sort(newestFirst);

/** The intake of an episode that is under way or failed last; a finished one says nothing any more. */
export const intakeOf = (jobs: Jobs, episodeId: string): Job | undefined =>
  Object.values(jobs)
    .filter((job) => job.kind === 'intake' && job.episodeId === episodeId)
    .sort(newestFirst)
    .find((job) => job.state !== 'completed' && job.state !== 'cancelled');

/** Imports that have no episode yet: just begun, waiting, or refused before there was one. */
export const homelessIntakes = (jobs: Jobs, dismissed: readonly number[]): Job[] =>
  Object.values(jobs)
    .filter((job) => job.kind === 'intake' && job.episodeId === null)
    .filter((job) => !isSettled(job.state) || (job.state === 'failed' && !dismissed.includes(job.id)))
    .sort(newestFirst);

const ExportOrder = z.object({ clipId: z.string(), preset: PresetId, folder: z.string() });
export type ExportOrder = z.infer<typeof ExportOrder>;

/** What an export job makes; undefined for other jobs. */
export const exportOrder = (job: Job): ExportOrder | undefined =>
  job.kind === 'export' ? ExportOrder.safeParse(job.order).data : undefined;

/** The exports of a clip that are under way, or failed and were not put aside. */
export const exportsUnderWay = (jobs: Jobs, clipId: string, dismissed: readonly number[]): Job[] =>
  Object.values(jobs)
    .filter((job) => exportOrder(job)?.clipId === clipId)
    .filter((job) => !isSettled(job.state) || (job.state === 'failed' && !dismissed.includes(job.id)))
    .sort((a, b) => a.id - b.id);
