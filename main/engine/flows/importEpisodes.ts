import { basename } from 'node:path';
import { realpath } from 'node:fs/promises';
import type { Job } from '../../domain/job.ts';
import type { Queue } from '../jobs/queue.ts';
import type { NewJob } from '../jobs/row.ts';
import { fingerprint } from '../media/fingerprint.ts';
import { loadTranscript } from '../transcripts/load.ts';
import type { IntakePayload } from './intake.ts';

export interface ImportRequest {
  /** Absolute paths. */
  readonly paths: readonly string[];
  readonly transcriptPath: string | null;
  readonly title: string | null;
  /** The paths are microphones of one conversation. */
  readonly together: boolean;
  readonly atLeast: number | null;
}

/**
 * Queues an intake for each recording, or one for all of them together.
 * What can be seen at once (a missing or empty file, a folder, a broken transcript) is refused before anything is queued.
 */
export async function importEpisodes(queue: Queue, request: ImportRequest): Promise<Job[]> {
  for (const path of request.paths) await fingerprint(path);
  if (request.transcriptPath !== null) await loadTranscript({ path: request.transcriptPath });
  const paths = await Promise.all(request.paths.map((path) => realpath(path)));
  const groups = request.together ? [paths] : paths.map((path) => [path]);
  const jobs: Job[] = [];
  for (const group of groups) jobs.push(await queueIntake(queue, request, group));
  return jobs;
}

const queueIntake = (queue: Queue, request: ImportRequest, paths: readonly string[]): Promise<Job> =>
  queue.enqueue(intakeOf(request, paths));

/** Names the intake of a recording: a second one while the first is alive is the same. */
export const intakeKey = (paths: readonly string[]): string => `intake:${paths.join('\n')}`;

/** The job that takes in one recording, or several microphones of one conversation. */
export function intakeOf(
  request: Pick<ImportRequest, 'transcriptPath' | 'title' | 'atLeast'>,
  paths: readonly string[],
): NewJob {
  const payload: IntakePayload = {
    paths: [...paths],
    transcriptPath: request.transcriptPath,
    title: request.title,
    atLeast: request.atLeast,
  };
  return {
    kind: 'intake',
    lane: 'intake',
    priority: 'normal',
    payload,
    label: paths.map((path) => basename(path)).join(' + '),
    uniqueKey: intakeKey(paths),
  };
}
