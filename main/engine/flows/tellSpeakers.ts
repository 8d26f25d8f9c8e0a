import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import type { Job } from '../../domain/job.ts';
import type { SpeakerTurn } from '../../domain/speaker.ts';
import { SPEAKER_STAGES } from '../../domain/stage.ts';
import type { StoredEpisode } from '../db/episodes.ts';
import { readJson } from '../db/json.ts';
import type { InstalledModel } from '../db/speechModels.ts';
import type { Finished, JobKind } from '../jobs/kind.ts';
import type { Lease } from '../jobs/lease.ts';
import type { Queue } from '../jobs/queue.ts';
import type { NewJob } from '../jobs/row.ts';
import { runStages, type AnyStage } from '../jobs/stages.ts';
import { tellVoices } from '../transcripts/recogniser/recogniser.ts';
import { assignSpeakers, voicesOfTurns } from '../transcripts/speakers.ts';
import { analysisFolderOf, isSameRecording } from './analysisFolder.ts';
import type { EngineContext } from './context.ts';
import { listenTo } from './listenTo.ts';
import { placeTranscript } from './placeTranscript.ts';
import { searchAgain } from './searchEpisode.ts';
import { installedOf, setupOf } from './speechModels.ts';
import { hasTracks, keepTurns, tellsVoices, withoutVoices } from './voices.ts';
import { withWorkFolder } from './workFolder.ts';

const SpeakersPayload = z.object({ episodeId: z.string(), speakers: z.int().nullable() });
type SpeakersPayload = z.infer<typeof SpeakersPayload>;

interface SpeakersArtifacts {
  readonly voices: { readonly turns: readonly SpeakerTurn[] };
  readonly name: { readonly speakers: number };
}

interface SpeakersContext {
  readonly engine: EngineContext;
  readonly payload: SpeakersPayload;
  readonly lease: Lease;
  readonly stored: StoredEpisode;
}

/** What happens when an episode's speakers are told apart. */
export const speakerStages: readonly AnyStage<SpeakersContext, SpeakersArtifacts>[] = [
  { ...SPEAKER_STAGES.voices, run: hearVoices },
  { ...SPEAKER_STAGES.name, run: nameSpeakers },
];

export const speakersKind = (engine: EngineContext): JobKind => ({
  run: (lease) =>
    withWorkFolder(engine.paths, lease, async (): Promise<Finished> => {
      const payload = SpeakersPayload.parse(readJson(lease.job.payload));
      const stored = storedEpisode(engine, payload.episodeId);
      const made = await runStages(speakerStages, { engine, payload, lease, stored }, lease);
      engine.emit('episodes.changed', { episodeId: payload.episodeId });
      return { result: { ...payload, ...made.name } };
    }),
});

function storedEpisode(engine: EngineContext, episodeId: string): StoredEpisode {
  const stored = engine.episodes.get(episodeId);
  if (stored === undefined) throw new AppError('NOT_FOUND', `there is no episode ${episodeId}`);
  return stored;
}

interface SpeakerModels {
  readonly segmentation: InstalledModel;
  readonly embedding: InstalledModel;
}

function speakerModels(engine: EngineContext): SpeakerModels | undefined {
  const segmentation = installedOf(engine, 'pyannote-segmentation');
  const embedding = installedOf(engine, 'speaker-embedding');
  return segmentation === undefined || embedding === undefined ? undefined : { segmentation, embedding };
}

function modelsOf(engine: EngineContext): SpeakerModels {
  const models = speakerModels(engine);
  if (models === undefined)
    throw new AppError('SPEAKER_MODELS_MISSING', 'segmentation and speaker embedding are both needed');
  return models;
}

const jobFor = ({ episode, fingerprint }: StoredEpisode, speakers: number | null): NewJob => ({
  kind: 'speakers',
  lane: 'intake',
  priority: 'normal',
  payload: { episodeId: episode.id, speakers } satisfies SpeakersPayload,
  label: episode.title,
  episodeId: episode.id,
  showId: episode.showId,
  uniqueKey: `speakers:${episode.id}:${fingerprint}`,
});

/**
 * Queues telling the speakers of an episode apart. Throws SPEAKER_MODELS_MISSING, NOT_FOUND, NO_SOUND, and WRONG_STATE where
 * the episode has no words or its microphones tell already.
 */
export async function requestSpeakers(
  engine: EngineContext,
  queue: Queue,
  { episodeId, speakers }: SpeakersPayload,
): Promise<Job> {
  const stored = storedEpisode(engine, episodeId);
  const { title, hasAudio } = stored.episode;
  if (!hasAudio) throw new AppError('NO_SOUND', `“${title}” has no sound`);
  if (engine.segments.list(episodeId).length === 0)
    throw new AppError('WRONG_STATE', `“${title}” has no words yet whose speakers could be told`);
  if (await hasTracks(engine, episodeId))
    throw new AppError('WRONG_STATE', `“${title}” has a track for each speaker, which tells better`);
  modelsOf(engine);
  return queue.enqueue(jobFor(stored, speakers));
}

/**
 * Queues it for words that were just recognised, where both models are here and nothing tells the speakers yet. Part of the
 * caller's transaction.
 */
export function tellSpeakersWhereNeeded(engine: EngineContext, episodeId: string): void {
  const stored = engine.episodes.get(episodeId);
  if (stored === undefined || speakerModels(engine) === undefined || tellsVoices(engine, episodeId)) return;
  engine.followUp(jobFor(stored, null));
}

async function hearVoices(
  { engine, payload, lease, stored }: SpeakersContext,
  _made: unknown,
  report: (fraction: number) => void,
): Promise<SpeakersArtifacts['voices']> {
  const { segmentation, embedding } = modelsOf(engine);
  const wavPath = join(analysisFolderOf(engine, payload.episodeId), 'speech.wav');
  const isThere = await stat(wavPath).then(
    ({ size }) => size > 0,
    () => false,
  );
  if (!isThere)
    await listenTo(engine, stored, {
      signal: lease.signal,
      onProgress: (part) => {
        report(part / 10);
      },
    });
  const wishes = { language: null, hotwords: [] };
  const { files, threads } = setupOf(engine, segmentation, wishes);
  const setup = {
    segmentationPath: files.model ?? '',
    embeddingPath: setupOf(engine, embedding, wishes).files.model ?? '',
    threads,
    speakers: payload.speakers,
  };
  const order = { wavPath, durationS: stored.episode.durationS, setup };
  return { turns: await tellVoices(engine.speech.spawn, order, lease.signal) };
}

/** Writes who says what into the words as they came; edits, speakers that people renamed among them, apply again. */
async function nameSpeakers(
  { engine, payload, lease, stored }: SpeakersContext,
  { voices: { turns } }: SpeakersArtifacts,
): Promise<SpeakersArtifacts['name']> {
  const { episodeId } = payload;
  const bare = await withoutVoices(engine, episodeId, engine.segments.listBase(episodeId));
  if (!isSameRecording(engine, stored))
    throw new AppError(
      'WRONG_STATE',
      `“${stored.episode.title}” has got a new version: tell its speakers again`,
    );
  const named = assignSpeakers(bare, voicesOfTurns(turns));
  await lease.writeOwned(() => {
    placeTranscript(engine, episodeId, named, Date.now());
  });
  await keepTurns(engine, episodeId, turns);
  await searchAgain(engine, episodeId);
  return { speakers: new Set(turns.map(({ speaker }) => speaker)).size };
}
