import { EventEmitter } from 'node:events';
import type { Job } from '../domain/job.ts';
import { resolveSettings, type Settings } from '../domain/settings.ts';
import { clipRepository } from './db/clips.ts';
import { episodeRepository } from './db/episodes.ts';
import { exportRepository } from './db/exports.ts';
import { feedbackRepository } from './db/feedback.ts';
import { markRepository } from './db/marks.ts';
import { offLimitsRepository } from './db/offLimits.ts';
import { openLibrary, type Library } from './db/open.ts';
import { ownedFileRepository } from './db/ownedFiles.ts';
import { segmentRepository } from './db/segments.ts';
import { settingRepository, type SettingRepository } from './db/settings.ts';
import { showRepository } from './db/shows.ts';
import { transcriptEditRepository } from './db/transcriptEdits.ts';
import type { EngineContext } from './flows/context.ts';
import type { EventName, EventPayload } from './flows/events.ts';
import { exportHandler } from './flows/export.ts';
import { intakeHandler } from './flows/intake.ts';
import { replaceHandler } from './flows/replaceMedia.ts';
import { sweepWorkFolders } from './flows/workFolder.ts';
import { Queue } from './jobs/queue.ts';
import { findTools, type MediaTools } from './media/tools.ts';
import { libraryPaths } from './paths.ts';

export interface EngineOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** The folder of read-only files that ship. */
  readonly resourcesDir: string;
  /** False for a process that only looks or asks: it claims no work and takes nothing back. */
  readonly works: boolean;
  /** Lines for a person that may come before anybody could listen: what was recovered, which setting makes no sense. */
  readonly onNotice: (text: string) => void;
  readonly onBug: (error: unknown) => void;
}

/** The product without a window. */
export interface Engine extends EngineContext {
  readonly settings: Settings;
  readonly storedSettings: SettingRepository;
  readonly queue: Queue;
  /** Listens to one kind of event until the returned function is called. */
  on<E extends EventName>(name: E, listener: (payload: EventPayload<E>) => void): () => void;
  /** Parks the work, signs out and closes the database, in the reverse order of opening. */
  close(): Promise<void>;
}

/** Opens the library and, where this process works, starts the queue. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const env = options.env ?? process.env;
  const paths = libraryPaths(env);
  const library = await openLibrary(paths.database);
  try {
    return await wire(options, env, paths, library);
  } catch (error) {
    library.close();
    throw error;
  }
}

async function wire(
  options: EngineOptions,
  env: NodeJS.ProcessEnv,
  paths: EngineContext['paths'],
  library: Library,
): Promise<Engine> {
  const { db } = library;
  const emitter = new EventEmitter();
  const emit: EngineContext['emit'] = (name, payload) => {
    emitter.emit(name, payload);
  };
  const storedSettings = settingRepository(db);
  const settings = resolveSettings(env, storedSettings.readAll());
  let tools: Promise<MediaTools> | undefined;
  const context: EngineContext = {
    library,
    paths,
    resourcesDir: options.resourcesDir,
    tools: () => (tools ??= findTools(env)),
    shows: showRepository(db),
    episodes: episodeRepository(db),
    segments: segmentRepository(db),
    transcriptEdits: transcriptEditRepository(db),
    clips: clipRepository(db),
    exports: exportRepository(db),
    feedback: feedbackRepository(db),
    offLimits: offLimitsRepository(db),
    marks: markRepository(db),
    ownedFiles: ownedFileRepository(db),
    emit,
  };
  const queue = new Queue({
    library,
    runDir: paths.run,
    handlers: {
      intake: intakeHandler(context),
      export: exportHandler(context),
      replace: replaceHandler(context),
    },
    maxJobs: settings.values.maxConcurrentJobs,
    pollIntervalMs: settings.values.pollIntervalS * 1000,
    onChange: (job, where) => {
      emit('jobs.changed', job);
      // What another process did to an episode is known here only by its jobs.
      if (where === 'elsewhere' && job.episodeId !== null)
        emit('episodes.changed', { episodeId: job.episodeId });
    },
    onRecovered: (jobs) => {
      options.onNotice(describeRecovery(jobs));
    },
    onBug: options.onBug,
  });
  if (options.works) {
    await queue.start();
    await sweepWorkFolders(paths, queue.jobs.isLeased);
  }
  for (const text of settings.problems) options.onNotice(text);
  return {
    ...context,
    settings: settings.values,
    storedSettings,
    queue,
    on(name, listener) {
      emitter.on(name, listener);
      return () => emitter.off(name, listener);
    },
    async close() {
      await queue.close();
      library.close();
    },
  };
}

function describeRecovery(jobs: readonly Job[]): string {
  const names = jobs.map((job) => job.label).join(', ');
  return `Soundbite was ended in the middle of ${jobs.length === 1 ? 'a job' : `${jobs.length} jobs`}; going on with ${names}.`;
}
