import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
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
import { assemble, ownWords, textCues, type HeardChunk } from '../transcripts/recogniser/assemble.ts';
import { cutChunks, hashChunk } from '../transcripts/recogniser/chunks.ts';
import { createRecogniser, findSpeech, type Recogniser } from '../transcripts/recogniser/recogniser.ts';
import { endWithSound } from '../transcripts/recogniser/voiceEnds.ts';
import { toSegments } from '../transcripts/sentences.ts';
import type { EngineContext } from './context.ts';
import { listenTo } from './listenTo.ts';
import { placeTranscript } from './placeTranscript.ts';
import { TranscribePayload } from './requestTranscription.ts';
import { reviewClipsWhereOn } from './reviewClips.ts';
import { searchAgain } from './searchEpisode.ts';
import { hear as hearSound, type Heard as HeardSound } from './searchInput.ts';
import { installedOf, recipeOf, recogniserById, setupOf } from './speechModels.ts';
import { withWorkFolder } from './workFolder.ts';

const Range = z.object({ fromS: z.number(), toS: z.number() });
/** A piece as it waits in line: where it lies, and the hash of its sound, the model and the settings. */
const PlannedChunk = z.object({ fed: Range, own: Range, hash: z.string() });
type PlannedChunk = z.infer<typeof PlannedChunk>;

interface TranscribeArtifacts {
  readonly cut: {
    readonly chunks: readonly PlannedChunk[];
    readonly speech: readonly TimeRange[];
    /** Whether sentences are shown as they come; an older transcript stays until the new one is whole. */
    readonly isLive: boolean;
  };
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
  { ...TRANSCRIBE_STAGES.cut, run: cut, isStillGood: soundIsThere },
  { ...TRANSCRIBE_STAGES.hear, run: hear },
  { ...TRANSCRIBE_STAGES.write, run: write },
  { ...TRANSCRIBE_STAGES.find, run: find },
];

export const transcribeKind = (engine: EngineContext): JobKind => ({
  run: (lease) =>
    withWorkFolder(engine.paths, lease, async (workDir): Promise<Finished> => {
      const payload = TranscribePayload.parse(readJson(lease.job.payload));
      const made = await runStages(transcribeStages, { engine, payload, lease, workDir }, lease);
      return {
        result: { episodeId: payload.episodeId, ...made.hear, ...made.write },
        commit: () => {
          reviewClipsWhereOn(engine, payload.episodeId);
        },
      };
    }),
  forget: (job) => {
    forgetUnfinished(engine, job);
  },
});

/** Sentences that were shown as they came go with the job that was cancelled; a whole transcript stays. */
function forgetUnfinished(engine: EngineContext, job: JobRow): void {
  const { episodeId } = TranscribePayload.parse(readJson(job.payload));
  const stored = engine.episodes.get(episodeId);
  // A transcript that is whole has a digest.
  if (stored?.episode.transcriptSource !== 'recognised' || stored.transcriptDigest !== null) return;
  engine.segments.replace(episodeId, []);
  engine.episodes.setTranscript(episodeId, { source: null, digest: null, language: null });
}

function episodeOf({ engine, payload }: TranscribeContext): StoredEpisode {
  const stored = engine.episodes.get(payload.episodeId);
  if (stored === undefined) throw new AppError('NOT_FOUND', `episode ${payload.episodeId} is gone`);
  return stored;
}

const wavPathOf = ({ engine, payload }: TranscribeContext): string =>
  join(engine.paths.analysis, payload.episodeId, 'speech.wav');

const modelOf = ({ engine, payload }: TranscribeContext): InstalledModel =>
  recogniserById(engine, payload.modelId);

async function soundIsThere(_cut: unknown, context: TranscribeContext): Promise<boolean> {
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
  const { episode } = episodeOf(context);
  const recipe = recipeOf(engine, modelOf(context), payload);
  if (!(await soundIsThere(undefined, context)))
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
  const isLive = engine.segments.list(episode.id).length === 0;
  return { chunks: planned, speech, isLive };
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
  const session = new HearingSession(context, plan, recogniser);
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

/** The hearing of one run: what was heard before is looked up, the rest is recognised. */
class HearingSession {
  readonly #context: TranscribeContext;
  readonly #plan: TranscribeArtifacts['cut'];
  readonly #recogniser: Recogniser;
  #soundS = 0;
  #workS = 0;
  #reused = 0;

  constructor(context: TranscribeContext, plan: TranscribeArtifacts['cut'], recogniser: Recogniser) {
    this.#context = context;
    this.#plan = plan;
    this.#recogniser = recogniser;
  }

  get summary(): TranscribeArtifacts['hear'] {
    const factor = this.#soundS === 0 ? null : this.#workS / this.#soundS;
    return { realTimeFactor: factor, reused: this.#reused };
  }

  async consume(chunk: PlannedChunk, signal: AbortSignal): Promise<{ commit: () => void }> {
    const { engine, payload } = this.#context;
    const known = engine.recognisedChunks.get(chunk.hash);
    if (known !== undefined) {
      this.#reused += 1;
      return {
        commit: () => {
          this.#show({ ...chunk, heard: known });
        },
      };
    }
    const { fed } = chunk;
    const startedMs = performance.now();
    const heard = await this.#recogniser.hear(wavPathOf(this.#context), fed, middleOf(fed), signal);
    const tookS = (performance.now() - startedMs) / 1000;
    const soundS = fed.toS - fed.fromS;
    this.#soundS += soundS;
    this.#workS += tookS;
    return {
      commit: () => {
        const made = { hash: chunk.hash, modelId: payload.modelId, heard, soundS, tookS };
        engine.recognisedChunks.add(made, Date.now());
        this.#show({ ...chunk, heard });
      },
    };
  }

  /** Sentences appear as they come; the whole is put together anew at the end. */
  #show(chunk: HeardChunk): void {
    const { engine, payload } = this.#context;
    if (!this.#plan.isLive) return;
    const words = ownWords(chunk);
    const text = words.map((word) => word.text).join(' ');
    const [first] = words;
    const last = words.at(-1);
    const cues =
      first === undefined || last === undefined
        ? textCues([chunk], this.#plan.speech)
        : [{ fromS: first.fromS, toS: last.toS, text, words }];
    engine.segments.append(payload.episodeId, toSegments(cues));
    const language = chunk.heard?.language ?? payload.language;
    engine.episodes.setTranscript(payload.episodeId, { source: 'recognised', digest: null, language });
  }
}

/** Where a piece is divided when it has to be heard in two halves. */
const middleOf = ({ fromS, toS }: TimeRange): number => (fromS + toS) / 2;

async function write(
  context: TranscribeContext,
  { cut: plan }: TranscribeArtifacts,
): Promise<TranscribeArtifacts['write']> {
  const { engine, payload, lease } = context;
  const { description } = modelOf(context);
  const chunks = plan.chunks.map((chunk) => ({ ...chunk, heard: engine.recognisedChunks.get(chunk.hash) }));
  const { segments, language, notes } = assemble(chunks, {
    speech: plan.speech,
    writesPunctuation: description.writesPunctuation,
  });
  const { episode } = episodeOf(context);
  const digest = createHash('sha256').update(JSON.stringify(plan.chunks.map(({ hash }) => hash)));
  await lease.writeOwned(() => {
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
  const clips = await searchAgain(engine, payload.episodeId);
  return { clips: clips.length };
}
