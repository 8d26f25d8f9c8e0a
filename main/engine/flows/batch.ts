import { readdir, realpath, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { z } from 'zod';
import type { BatchAction, BatchEntry } from '../../domain/batch.ts';
import { AppError, toWireError } from '../../domain/errors.ts';
import type { Job, JobState } from '../../domain/job.ts';
import { readJson } from '../db/json.ts';
import type { Queue } from '../jobs/queue.ts';
import type { JobRow } from '../jobs/row.ts';
import { fingerprint } from '../media/fingerprint.ts';
import type { EngineContext } from './context.ts';
import { intakeKey, intakeOf } from './importEpisodes.ts';
import { IntakePayload } from './intake.ts';
import { transcriptionKey } from './requestTranscription.ts';

/** The setting that remembers what the last batch was given, so that it can be resumed without saying it again. */
const LAST_BATCH = 'lastBatch';

/** Folders inside folders that are looked into; deeper than this lie no recordings of a show. */
const DEEPEST = 8;

type Engine = EngineContext & { readonly queue: Queue };

export interface BatchRequest {
  /** Recordings and folders, absolute; none for what the last batch was given, or for all that failed. */
  readonly paths: readonly string[];
  /** Leaves out what is complete. */
  readonly resume: boolean;
  /** Runs what failed again; without resume nothing else. */
  readonly retryFailed: boolean;
  /** Endings of file names that are recordings, without their dot. */
  readonly extensions: readonly string[];
}

/** Says what a batch will do with each recording, before anything is done. Throws BAD_INPUT where there is nothing to do it with. */
export async function planBatch(engine: Engine, request: BatchRequest): Promise<BatchEntry[]> {
  const given = await givenPaths(engine, request);
  if (given === undefined) return everyFailed(engine);
  const entries: BatchEntry[] = [];
  for (const path of await recordingsIn(given, request.extensions))
    entries.push(await planOne(engine, path, request));
  return entries;
}

/** Undefined where every failed recording of the library is meant. */
async function givenPaths(engine: Engine, request: BatchRequest): Promise<readonly string[] | undefined> {
  if (request.paths.length > 0) {
    await engine.library.write(() => {
      engine.storedSettings.save(LAST_BATCH, request.paths);
    });
    return request.paths;
  }
  const last = z.array(z.string()).safeParse(engine.storedSettings.readAll()[LAST_BATCH]);
  if (request.resume && last.success) return last.data;
  if (request.retryFailed) return undefined;
  throw new AppError('BAD_INPUT', 'name recordings or folders; there is no earlier batch to resume');
}

function everyFailed({ queue }: Engine): BatchEntry[] {
  const { jobs } = queue;
  const intakes = jobs
    .listFailedOf('intake')
    .map((row) => ({ path: pathOf(row), jobId: row.id, wordsJobId: null }));
  const words = jobs.listFailedOf('transcribe').flatMap((row) => {
    const intake = jobs.findIntakeOf(row.episode_id ?? '');
    return intake === undefined ? [] : [{ path: pathOf(intake), jobId: intake.id, wordsJobId: row.id }];
  });
  return [...intakes, ...words].map((entry) => ({ ...entry, action: 'retry', problem: null }));
}

const pathOf = (row: JobRow): string => IntakePayload.parse(readJson(row.payload)).paths.join(' + ');

/** The recordings among the paths and in the folders among them, by name, each once. */
async function recordingsIn(paths: readonly string[], extensions: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const facts = await stat(path).catch(() => undefined);
    // What is not there is an entry of the batch that fails, not the end of the batch.
    if (facts?.isDirectory() === true) found.push(...(await recordingsUnder(path, extensions, DEEPEST)));
    else found.push(path);
  }
  return [...new Set(found)];
}

async function recordingsUnder(
  folder: string,
  extensions: readonly string[],
  depth: number,
): Promise<string[]> {
  const found: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory() && depth > 0) found.push(...(await recordingsUnder(path, extensions, depth - 1)));
    else if (entry.isFile() && extensions.includes(extname(entry.name).slice(1).toLowerCase()))
      found.push(path);
  }
  return found;
}

async function planOne(engine: Engine, given: string, request: BatchRequest): Promise<BatchEntry> {
  try {
    const { fingerprint: print } = await fingerprint(given);
    const path = await realpath(given);
    const latest = engine.queue.jobs.findLatest(intakeKey([path]));
    const episode = engine.episodes.findByFingerprint(print)?.episode;
    const words = episode && engine.queue.jobs.findLatest(transcriptionKey(episode.id));
    const standing: Standing = {
      intake: latest?.state,
      words: words?.state,
      isComplete: episode?.state === 'ready',
    };
    const action = actionFor(standing, request);
    const isOfWords = action === 'retry' && !hasEndedBadly(latest?.state);
    return {
      path,
      action,
      jobId: latest?.id ?? null,
      wordsJobId: isOfWords ? (words?.id ?? null) : null,
      problem: null,
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { title, code, detail } = toWireError(error);
    return {
      path: given,
      action: 'leave',
      jobId: null,
      wordsJobId: null,
      problem: `${title} (${code}) ${detail}`,
    };
  }
}

/** How a recording stands: its last intake, the last recognition of its words, and whether the library has it. */
export interface Standing {
  readonly intake: JobState | undefined;
  readonly words: JobState | undefined;
  readonly isComplete: boolean;
}

const isUnderWay = (state: JobState | undefined): boolean => state === 'pending' || state === 'processing';
const hasEndedBadly = (state: JobState | undefined): boolean => state === 'failed' || state === 'cancelled';

/** What a batch does with a recording. */
export function actionFor(
  { intake, words, isComplete }: Standing,
  { resume, retryFailed }: Pick<BatchRequest, 'resume' | 'retryFailed'>,
): BatchAction {
  if (isUnderWay(intake)) return 'follow';
  if (intake === 'paused') return 'leave';
  if (hasEndedBadly(intake) || (isComplete && hasEndedBadly(words))) {
    if (retryFailed) return 'retry';
    return resume ? 'leave' : 'add';
  }
  if (retryFailed && !resume) return 'skip';
  if (!resume || !isComplete) return 'add';
  return isUnderWay(words) ? 'follow' : 'skip';
}

/** Puts one recording in line as soon as automatic sources may have one more there. */
export const addToBatch = (queue: Queue, path: string, signal: AbortSignal): Promise<Job> =>
  queue.enqueueWhenFree(
    { ...intakeOf({ transcriptPath: null, title: null, atLeast: null }, [path]), origin: 'automatic' },
    signal,
  );
