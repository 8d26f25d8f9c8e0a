import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import { TRANSCRIBE_STAGES } from '../../domain/stage.ts';
import type { TimeRange } from '../../domain/time.ts';
import type { StoredEpisode } from '../db/episodes.ts';
import { readJson } from '../db/json.ts';
import type { InstalledModel } from '../db/speechModels.ts';
import type { Lease } from '../jobs/lease.ts';
import type { Finished, JobKind } from '../jobs/kind.ts';
import { runPieces } from '../jobs/pieces.ts';
import type { JobRow } from '../jobs/row.ts';
import { runStages, type AnyStage } from '../jobs/stages.ts';
import { openSpeechWav } from '../media/speechWav.ts';
import { assemble } from '../transcripts/recogniser/assemble.ts';
import { cutChunks, hashChunk } from '../transcripts/recogniser/chunks.ts';
import { createRecogniser, findSpeech } from '../transcripts/recogniser/recogniser.ts';
import { endWithSound } from '../transcripts/recogniser/voiceEnds.ts';
import { analysisFolderOf } from './analysisFolder.ts';
import type { EngineContext } from './context.ts';
import { assertRecording, HearingSession, PlannedChunk, type HearingPlan } from './hearingSession.ts';
import { listenTo } from './listenTo.ts';
import { placeTranscript, rebuildTranscript } from './placeTranscript.ts';
import { TranscribePayload } from './requestTranscription.ts';
import { reviewClipsWhereOn } from './reviewClips.ts';
import { searchAgain } from './searchEpisode.ts';
import { hear as hearSound, type Heard as HeardSound } from './searchInput.ts';
import { installedOf, recipeOf, recogniserById, setupOf } from './speechModels.ts';
import { tellSpeakersWhereNeeded } from './tellSpeakers.ts';
import { withSpeakers } from './voices.ts';
import { withWorkFolder } from './workFolder.ts';

interface TranscribeArtifacts {
  readonly cut: HearingPlan;
  readonly hear: { readonly realTimeFactor: number | null; readonly reused: number };
  readonly write: { readonly sentences: number };
  readonly find: { readonly clips: number };
}

interface TranscribeContext {
  readonly engine: EngineContext;
  readonly payload: TranscribePayload;
  readonly lease: Lease;
  readonly workDir: string;
}

const BATCH = 10;
const QUEUED_AT_ONCE = 100;
const SAMPLE_RATE_HZ = 16_000;

/** What happens when an episode's words are recognised. */
export const transcribeStages: readonly AnyStage<TranscribeContext, TranscribeArtifacts>[] = [
  { ...TRANSCRIBE_STAGES.cut, run: cut, isStillGood: isCutStillGood },
  { ...TRANSCRIBE_STAGES.hear, run: hear },
  { ...TRANSCRIBE_STAGES.write, run: write },
  { ...TRANSCRIBE_STAGES.find, run: find },
];

export const transcribeKind = (engine: EngineContext): JobKind => ({
  run: (lease) =>
    withWorkFolder(engine.paths, lease, async (workDir): Promise<Finished> => {
      const payload = TranscribePayload.parse(readJson(lease.job.payload));
      const made = await runStages(transcribeStages, { engine, payload, lease, workDir }, lease);
      const { episodeId } = payload;
      return {
        result: { episodeId, ...made.hear, ...made.write },
        commit: () => {
          tellSpeakersWhereNeeded(engine, episodeId);
          reviewClipsWhereOn(engine, episodeId);
        },
      };
    }),
  forget: (job) => {
    forgetUnfinished(engine, job);
  },
  cleanUp: (job) => searchByEarAgain(engine, job),
});

/** Sentences that were shown as they came go with the job that was cancelled; a whole transcript stays. */
function forgetUnfinished(engine: EngineContext, job: JobRow): void {
  const { episodeId } = TranscribePayload.parse(readJson(job.payload));
  const stored = engine.episodes.get(episodeId);
  // A transcript that is whole has a digest.
  if (stored?.episode.transcriptSource !== 'recognised' || stored.transcriptDigest !== null) return;
  engine.segments.replace(episodeId, []);
  // What a person typed was not recognised.
  rebuildTranscript(engine, episodeId);
  engine.episodes.setTranscript(episodeId, { source: null, digest: null, language: null });
}

/** Clips that were found in those sentences are gone with them. */
async function searchByEarAgain(engine: EngineContext, job: JobRow): Promise<void> {
  const { episodeId, proposed } = TranscribePayload.parse(readJson(job.payload));
  if (engine.episodes.get(episodeId)?.episode.transcriptSource !== null) return;
  try {
    await searchAgain(engine, episodeId, proposed);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    engine.emit('episodes.changed', { episodeId });
  }
}

function episodeOf({ engine, payload }: TranscribeContext): StoredEpisode {
  const stored = engine.episodes.get(payload.episodeId);
  if (stored === undefined) throw new AppError('NOT_FOUND', `episode ${payload.episodeId} is gone`);
  return stored;
}

const wavPathOf = ({ engine, payload }: TranscribeContext): string =>
  join(analysisFolderOf(engine, payload.episodeId), 'speech.wav');

const modelOf = ({ engine, payload }: TranscribeContext): InstalledModel =>
  recogniserById(engine, payload.modelId);

async function isCutStillGood(
  plan: TranscribeArtifacts['cut'],
  context: TranscribeContext,
): Promise<boolean> {
  assertRecording(context.engine, context.payload.episodeId, plan);
  return soundIsThere(context);
}

async function soundIsThere(context: TranscribeContext): Promise<boolean> {
  return stat(wavPathOf(context)).then(
    (file) => file.size > 0,
    () => false,
  );
}

/** Cuts the sound into pieces and gives each its hash; what an earlier import left of the sound is used. */
async function cut(
  context: TranscribeContext,
  _made: unknown,
  report: (fraction: number) => void,
): Promise<TranscribeArtifacts['cut']> {
  const { engine, payload, lease } = context;
  const { episode, fingerprint: recording } = episodeOf(context);
  const recipe = recipeOf(engine, modelOf(context), payload);
  if (!(await soundIsThere(context)))
    await listenTo(engine, episodeOf(context), { signal: lease.signal, onProgress: report });
  const heard = await hearSound(engine, episode.id);
  if (heard === undefined) throw new AppError('NO_SOUND', `"${episode.title}" could not be listened to`);
  const speech = await speechIn(context, heard);
  await using wav = await openSpeechWav(wavPathOf(context));
  const planned: PlannedChunk[] = [];
  for (const chunk of cutChunks(speech, heard.levels, wav.samples / SAMPLE_RATE_HZ)) {
    lease.signal.throwIfAborted();
    const samples = await wav.read(sampleAt(chunk.fed.fromS), sampleAt(chunk.fed.toS));
    planned.push({ ...chunk, hash: hashChunk(samples, recipe) });
  }
  const isLive = engine.segments.listBase(episode.id).length === 0;
  return { recording, chunks: planned, speech, isLive };
}

const sampleAt = (seconds: number): number => Math.round(seconds * SAMPLE_RATE_HZ);

/** By Silero where it is installed, else by the energy of the sound. */
async function speechIn(context: TranscribeContext, heard: HeardSound): Promise<readonly TimeRange[]> {
  const { engine, lease } = context;
  const silero = installedOf(engine, 'silero-vad');
  if (silero === undefined) return heard.speech.speech;
  const { files } = setupOf(engine, silero, { language: null, hotwords: [] });
  const { spawn } = engine.speech;
  const found = await findSpeech(spawn, wavPathOf(context), files.model ?? '', lease.signal);
  return endWithSound(found, heard.speech.speech);
}

async function hear(
  context: TranscribeContext,
  { cut: plan }: TranscribeArtifacts,
  report: (fraction: number) => void,
): Promise<TranscribeArtifacts['hear']> {
  const { engine, payload, lease } = context;
  const model = modelOf(context);
  using recogniser = createRecogniser(engine.speech.spawn, setupOf(engine, model, payload));
  // A model that cannot be loaded fails the job; a piece that cannot be heard is only a piece.
  if (plan.chunks.some(({ hash }) => engine.recognisedChunks.get(hash) === undefined))
    await recogniser.open(lease.signal);
  const session = new HearingSession({ engine, payload, wavPath: wavPathOf(context) }, plan, recogniser);
  await runPieces<number>(lease, {
    produce: (from) => piecesOf(plan.chunks, from ?? 0),
    consume: (item, signal) => session.consume(PlannedChunk.parse(item.content), signal),
    batchSize: BATCH,
    // The recogniser itself has tried twice.
    maxAttempts: 1,
    onCounts: ({ done, total }) => {
      report(done / Math.max(1, total));
      engine.emit('episodes.changed', { episodeId: payload.episodeId });
    },
  });
  return session.summary;
}

/** Puts the pieces in line a hundred at a time; the checkpoint counts those that are. */
async function* piecesOf(chunks: readonly PlannedChunk[], from: number) {
  await Promise.resolve();
  for (let at = from; at < chunks.length; at += QUEUED_AT_ONCE) {
    const items = chunks.slice(at, at + QUEUED_AT_ONCE).map((content) => ({ content }));
    yield { items, checkpoint: at + items.length };
  }
}

async function write(
  context: TranscribeContext,
  { cut: plan }: TranscribeArtifacts,
): Promise<TranscribeArtifacts['write']> {
  const { engine, payload, lease } = context;
  const { description } = modelOf(context);
  const chunks = plan.chunks.map((chunk) => ({ ...chunk, heard: engine.recognisedChunks.get(chunk.hash) }));
  const {
    segments: heard,
    language,
    notes,
  } = assemble(chunks, {
    speech: plan.speech,
    writesPunctuation: description.writesPunctuation,
  });
  const { episode } = episodeOf(context);
  const segments = await withSpeakers(engine, episode.id, heard);
  const digest = createHash('sha256').update(JSON.stringify(plan.chunks.map(({ hash }) => hash)));
  await lease.writeOwned(() => {
    assertRecording(engine, episode.id, plan);
    placeTranscript(engine, episode.id, segments, Date.now());
    engine.episodes.setTranscript(episode.id, {
      source: 'recognised',
      digest: digest.digest('hex'),
      language: payload.language ?? language ?? onlyLanguage(description.languages),
    });
    // What was noted of an older transcript says nothing about this one.
    engine.episodes.setNotes(episode.id, plan.isLive ? [...new Set([...episode.notes, ...notes])] : notes);
  });
  return { sentences: segments.length };
}

/** A model of one language tells by itself what is spoken. */
const onlyLanguage = (languages: readonly string[]): string | null =>
  languages.length === 1 && languages[0] !== '*' ? (languages[0] ?? null) : null;

async function find({ engine, payload }: TranscribeContext): Promise<TranscribeArtifacts['find']> {
  const clips = await searchAgain(engine, payload.episodeId, payload.proposed);
  return { clips: clips.length };
}
