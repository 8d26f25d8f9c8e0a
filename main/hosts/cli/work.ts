import type { Caller } from '../../api/dispatch.ts';
import { AppError } from '../../domain/errors.ts';
import type { ExportedFile } from '../../domain/exportedFile.ts';
import type { Job } from '../../domain/job.ts';

/** What made a job fail or end early, as an error; undefined when it is completed. */
export function errorOf(job: Job): AppError | undefined {
  if (job.state === 'completed') return undefined;
  if (job.failure !== null) return new AppError(job.failure.code, job.failure.detail);
  return new AppError('CANCELLED', `${job.label} was ${job.state}`);
}

/** Throws what made a job fail, as if the caller had done the work itself. */
export function assertCompleted(job: Job): void {
  const error = errorOf(job);
  if (error !== undefined) throw error;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The episodes that finished intakes made. */
export const episodeIdOf = (job: Job): string => text(job.result?.['episodeId']) ?? '';

/** The files that finished exports made, in the order of the jobs. */
export async function exportedFiles(call: Caller, jobs: readonly Job[]): Promise<ExportedFile[]> {
  const files: ExportedFile[] = [];
  for (const job of jobs) {
    const exportId = text(job.result?.['exportId']);
    if (job.state === 'completed' && exportId !== undefined)
      files.push(await call('exports.get', { exportId }));
  }
  return files;
}
