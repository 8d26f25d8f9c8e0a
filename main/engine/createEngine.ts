import { EventEmitter } from 'node:events';
import type { Job } from '../domain/job.ts';
import type { SettingName, Settings } from '../domain/settings.ts';
import { archivedEpisodeRepository } from './db/archivedEpisodes.ts';
import { breakerRepository } from './db/breakers.ts';
import { clipReviewRepository } from './db/clipReviews.ts';
import { clipRepository } from './db/clips.ts';
import { episodeRepository } from './db/episodes.ts';
import { exportRepository } from './db/exports.ts';
import { feedbackRepository } from './db/feedback.ts';
import { markRepository } from './db/marks.ts';
import { episodeChangeRepository } from './db/episodeChanges.ts';
import { modelWeightRepository } from './db/modelWeights.ts';
import { offLimitsRepository } from './db/offLimits.ts';
import { liveUseRepository } from './db/liveUse.ts';
import { loudnessRepository } from './db/loudness.ts';
import { openLibrary, type Library } from './db/open.ts';
import { ownedFileRepository } from './db/ownedFiles.ts';
import { quotaUsageRepository } from './db/quotaUsage.ts';
import { reviewerKeyRepository } from './db/reviewerKeys.ts';
import { recognisedChunkRepository } from './db/recognisedChunks.ts';
import { removalRepository } from './db/removals.ts';
import { segmentRepository } from './db/segments.ts';
import { settingRepository } from './db/settings.ts';
import { showRepository } from './db/shows.ts';
import { watchEpisodes } from './flows/changesElsewhere.ts';
import { wordRunRepository } from './db/wordRuns.ts';
import { wordSearchRepository } from './db/wordSearch.ts';
import { transcriptEditRepository } from './db/transcriptEdits.ts';
import { speechModelRepository } from './db/speechModels.ts';
import { stateRepository } from './db/state.ts';
import { upkeepRunRepository } from './db/upkeepRuns.ts';
import type { EngineContext, SpeechHost, StorageHost } from './flows/context.ts';
import type { EventName, EventPayload } from './flows/events.ts';
import { exportKind } from './flows/export.ts';
import { fetchModelKind } from './flows/fetchModel.ts';
import { intakeKind } from './flows/intake.ts';
import { offerBackup } from './flows/recoverLibrary.ts';
import { replaceKind } from './flows/replaceMedia.ts';
import { reviewKind } from './flows/review.ts';
import { reviewClipsKind } from './flows/reviewClips.ts';
import { watchSpace } from './flows/spaceWatch.ts';
import { speakersKind } from './flows/tellSpeakers.ts';
import { transcribeKind } from './flows/transcribe.ts';
import { backupKind, cleanupKind, scheduleUpkeep } from './flows/upkeep.ts';
import { sweepWorkFolders } from './flows/workFolder.ts';
import { systemClock, type Clock } from './jobs/clock.ts';
import type { QueueLimits } from './jobs/limits.ts';
import { Queue } from './jobs/queue.ts';
import { childRecords, endOrphans } from './media/children.ts';
import { findTools, type MediaTools } from './media/tools.ts';
import { openLog } from './monitor/log.ts';
import { productionDiary } from './monitor/productionDiary.ts';
import { libraryPaths } from './paths.ts';
import { secretFolder, unsealed, type Sealing } from './reviewer/secrets.ts';
import type { WorkerRole } from './jobs/workers.ts';
import { keepSettings, type SettingEntry, type SettingValue } from './settings.ts';
import { readSpace } from './storage/readSpace.ts';
import { CATALOGUE } from './transcripts/models/catalogue.ts';
import { onlySecure } from './transcripts/models/fetchChecked.ts';
import { spawnNodeChild } from './transcripts/recogniser/recogniserProcess.ts';

const NOTICES_KEPT = 20;
const HOUR_MS = 3_600_000;

/** One line about something that happened by itself. */
export interface Notice {
  readonly text: string;
  readonly atMs: number;
}

export interface EngineOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** The folder of read-only files that ship. */
  readonly resourcesDir: string;
  /** False for a process that only looks or asks: it claims no work and takes nothing back. */
  readonly works: boolean;
  /** What kind of process this is, as the others see it. */
  readonly role?: WorkerRole;
  /** Settings that this process was given by hand; they go over all other sources. */
  readonly overrides?: Partial<Settings>;
  /** Lines for a person that may come before anybody could listen: what was recovered, which setting makes no sense. */
  readonly onNotice: (text: string) => void;
  readonly onBug: (error: unknown) => void;
  /** Hears of every job from the first claim on, which comes before anybody could listen to the engine. */
  readonly onJob?: (job: Job, where: 'here' | 'elsewhere') => void;
  /** Is told every event from the first one on: work begins before anybody could listen to the engine. */
  readonly onEvent?: EngineContext['emit'];
  /** The machine's own unless a test brings another. */
  readonly clock?: Clock;
  /** Where this shell hears words otherwise than plain Node does. */
  readonly speech?: Partial<SpeechHost>;
  /** Where this shell removes files otherwise than into the library's own trash, and how a test counts room. */
  readonly storage?: Partial<StorageHost>;
  /** How this shell hides secrets, looked up at first use; without it they are in files that only their owner can read. */
  readonly sealing?: () => Promise<Sealing>;
}

/** The product without a window. */
export interface Engine extends EngineContext {
  /** What every setting is by now. */
  readonly settings: Settings;
  listSettings(): SettingEntry[];
  /** Keeps a value, or with null goes back to the default; it holds at once. Throws BAD_INPUT, WRONG_STATE. */
  changeSetting(name: SettingName, value: SettingValue | null): Promise<void>;
  readonly queue: Queue;
  /** The last lines for a person, the newest last. */
  notices(): readonly Notice[];
  /** Tells a person one line about something that happened by itself. */
  notice(text: string): void;
  /** Listens to one kind of event until the returned function is called. */
  on<E extends EventName>(name: E, listener: (payload: EventPayload<E>) => void): () => void;
  /** Parks the work, signs out and closes the database, in the reverse order of opening. */
  close(): Promise<void>;
}

/** Opens the library and, where this process works, starts the queue. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const env = options.env ?? process.env;
  const paths = libraryPaths(env);
  const library = await openLibrary(paths.database).catch((error: unknown) => offerBackup(paths, error));
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
    options.onEvent?.(name, payload);
    emitter.emit(name, payload);
  };
  const storedSettings = settingRepository(db);
  const settings = keepSettings({
    env,
    library,
    stored: storedSettings,
    overrides: options.overrides ?? {},
    onChange: (values) => {
      queue.setLimits(limitsOf(values));
    },
  });
  let tools: Promise<MediaTools> | undefined;
  const children = childRecords(paths.children, () => queue.workerId);
  const context: EngineContext = {
    library,
    paths,
    resourcesDir: options.resourcesDir,
    tools: () => (tools ??= findTools(env).then((found) => ({ ...found, children }))),
    shows: showRepository(db),
    episodes: episodeRepository(db),
    segments: segmentRepository(db),
    transcriptEdits: transcriptEditRepository(db),
    clips: clipRepository(db),
    exports: exportRepository(db),
    feedback: feedbackRepository(db),
    marks: markRepository(db),
    offLimits: offLimitsRepository(db),
    loudness: loudnessRepository(db),
    followUp: (job) => {
      queue.addFollowUp(job);
    },
    modelWeights: modelWeightRepository(db),
    wordRuns: wordRunRepository(db),
    wordSearch: wordSearchRepository(db),
    ownedFiles: ownedFileRepository(db),
    removals: removalRepository(db),
    liveUse: liveUseRepository(db),
    archivedEpisodes: archivedEpisodeRepository(db),
    upkeepRuns: upkeepRunRepository(db),
    state: stateRepository(db),
    recognisedChunks: recognisedChunkRepository(db),
    speechModels: speechModelRepository(db),
    storedSettings,
    spokenLanguage: () => {
      const { speechLanguage } = settings.values;
      return speechLanguage === 'auto' ? null : speechLanguage;
    },
    speech: {
      spawn: spawnNodeChild,
      catalogue: CATALOGUE,
      mayFetch: onlySecure,
      chosenByEnvironment: env['SOUNDBITE_SPEECH_MODEL'],
      ...options.speech,
    },
    storage: {
      limits: settings.read,
      readSpace,
      trashItem: undefined,
      nowMs: Date.now,
      ...options.storage,
    },
    reviewer: {
      library,
      keys: reviewerKeyRepository(db),
      quota: quotaUsageRepository(db),
      breakers: breakerRepository(db),
      reviews: clipReviewRepository(db),
      secrets: secretFolder(paths.secrets, options.sealing ?? (() => Promise.resolve(unsealed))),
      nowMs: () => (options.clock ?? systemClock).nowMs(),
      saidByEnvironment: env['SOUNDBITE_REVIEWER'],
    },
    emit,
  };
  const log = openLog(paths.log);
  const noteProduction = productionDiary(log);
  const notices: Notice[] = [];
  const notice = (text: string): void => {
    const given = { text, atMs: Date.now() };
    notices.push(given);
    log.write('notice', { text });
    if (notices.length > NOTICES_KEPT) notices.shift();
    options.onNotice(text);
    emit('notice.given', given);
  };
  const { values } = settings;
  const queue = new Queue({
    library,
    runDir: paths.run,
    kinds: {
      intake: intakeKind(context),
      transcribe: transcribeKind(context),
      speakers: speakersKind(context),
      replace: replaceKind(context),
      fetchModel: fetchModelKind(context),
      export: exportKind(context),
      review: reviewKind(context),
      cleanup: cleanupKind(context),
      backup: backupKind(context),
      reviewClips: reviewClipsKind(context),
    },
    role: options.role ?? 'command',
    ...limitsOf(values),
    pollIntervalMs: values.pollIntervalS * 1000,
    leftovers: values.resumeAtStart,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    async clearAfterDead(isAtWork) {
      await endOrphans(paths.children, isAtWork);
    },
    listener: {
      jobChanged(read, where) {
        const isHeard =
          options.onJob !== undefined ||
          options.onEvent !== undefined ||
          emitter.listenerCount('jobs.changed') > 0;
        if (where === 'here' && !isHeard) return;
        const job = read();
        emit('jobs.changed', job);
        options.onJob?.(job, where);
        // What another process did to an episode is known here only by its jobs.
        if (where === 'elsewhere' && job.episodeId !== null)
          emit('episodes.changed', { episodeId: job.episodeId });
      },
      queueChanged() {
        noteProduction(queue.production());
        emit('queue.changed', {});
      },
      noticed: notice,
      bug: options.onBug,
    },
  });
  noteProduction(queue.production());
  const spaceWatch = options.works ? watchSpace(context, queue, { notice, bug: options.onBug }) : undefined;
  // Before any work is claimed: a disk that is full already is no place to begin.
  await spaceWatch?.look();
  if (options.works) {
    await queue.start();
    await sweepWorkFolders(paths, queue.jobs.isLeased);
  }
  const stopWatching = watchEpisodes(
    episodeChangeRepository(db),
    values.pollIntervalS * 1000,
    (episodeId) => {
      emit('episodes.changed', { episodeId });
    },
  );
  const stopUpkeep = options.works
    ? scheduleUpkeep(context, (job) => queue.enqueue(job), options.onBug)
    : () => Promise.resolve();
  for (const text of settings.problems) notice(text);
  return {
    ...context,
    get settings() {
      return settings.values;
    },
    listSettings: settings.list,
    changeSetting: settings.change,
    notices: () => notices,
    notice,
    queue,
    on(name, listener) {
      emitter.on(name, listener);
      return () => emitter.off(name, listener);
    },
    async close() {
      stopWatching();
      await stopUpkeep();
      await spaceWatch?.end();
      await queue.close();
      library.close();
    },
  };
}

const limitsOf = (values: Settings): QueueLimits => ({
  maxJobs: values.maxConcurrentJobs,
  maxAutomatic: values.maxQueueSize,
  production: { ttlMs: values.productionTtlHours * HOUR_MS, level: values.productionLevel },
  rampMs: values.reviewRampS * 1000,
});
