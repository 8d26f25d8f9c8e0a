import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import type { Job } from '../../domain/job.ts';
import type { Queue } from '../jobs/queue.ts';
import type { NewJob } from '../jobs/row.ts';
import type { EngineContext } from './context.ts';
import { chosenModel, recogniserById } from './speechModels.ts';

export const TranscribePayload = z.object({
  episodeId: z.string(),
  modelId: z.string(),
  /** BCP 47 tag that a person chose; null lets the model find out. */
  language: z.string().nullable(),
  /** Words to listen for, where the model can. */
  hotwords: z.array(z.string()),
  /** How many clips were proposed when this was asked for: searches under way propose more for a while. */
  proposed: z.int().min(0).default(0),
});
export type TranscribePayload = z.infer<typeof TranscribePayload>;

export interface TranscriptionRequest {
  readonly episodeId: string;
  readonly modelId?: string | undefined;
  readonly language?: string | undefined;
}

/** Queues the recognition of an episode's words. Throws NOT_FOUND, NO_SOUND or SPEECH_MODEL_MISSING. */
export async function requestTranscription(
  engine: EngineContext & { readonly queue: Queue },
  request: TranscriptionRequest,
): Promise<Job> {
  const model = request.modelId === undefined ? chosenModel(engine) : recogniserById(engine, request.modelId);
  if (model === undefined)
    throw new AppError('SPEECH_MODEL_MISSING', 'no speech model is installed and chosen');
  const job = transcription(engine, request.episodeId, model.description.id, request.language ?? null);
  return engine.queue.enqueue(job);
}

/** The transcription of an episode that waits, runs or is paused. */
export const currentTranscription = (queue: Queue, episodeId: string): Job | undefined =>
  queue.findAlive(transcriptionKey(episodeId));

/** Names the recognition of an episode: a second one while the first is alive is the same. */
export const transcriptionKey = (episodeId: string): string => `transcribe:${episodeId}`;

/**
 * Queues the recognition of an episode that has no words, if there is a model for it. Part of the caller's transaction:
 * the episode is ready and its transcription in line, or neither.
 */
export function transcribeWhereNeeded(engine: EngineContext, episodeId: string): void {
  const model = chosenModel(engine);
  const stored = engine.episodes.get(episodeId);
  if (model === undefined || stored === undefined || !stored.episode.hasAudio) return;
  if (stored.episode.transcriptSource !== null) return;
  engine.followUp(transcription(engine, episodeId, model.description.id, null));
}

function transcription(
  engine: EngineContext,
  episodeId: string,
  modelId: string,
  language: string | null,
): NewJob {
  const stored = engine.episodes.get(episodeId);
  if (stored === undefined) throw new AppError('NOT_FOUND', `there is no episode ${episodeId}`);
  if (!stored.episode.hasAudio) throw new AppError('NO_SOUND', `"${stored.episode.title}" has no sound`);
  const show = engine.shows.get(stored.episode.showId);
  const payload: TranscribePayload = {
    episodeId,
    modelId,
    language: language ?? show?.language ?? engine.spokenLanguage(),
    hotwords: [...new Set((show?.names ?? []).map(({ to }) => to))],
    proposed: engine.clips.countProposed(episodeId),
  };
  return {
    kind: 'transcribe',
    lane: 'intake',
    priority: 'normal',
    payload,
    label: stored.episode.title,
    episodeId,
    showId: stored.episode.showId,
    uniqueKey: transcriptionKey(episodeId),
  };
}
