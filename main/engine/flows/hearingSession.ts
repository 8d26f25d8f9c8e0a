import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import type { TimeRange } from '../../domain/time.ts';
import { ownWords, textCues, type HeardChunk } from '../transcripts/recogniser/assemble.ts';
import type { Recogniser } from '../transcripts/recogniser/recogniser.ts';
import { toSegments } from '../transcripts/sentences.ts';
import type { EngineContext } from './context.ts';
import { appendTranscript } from './placeTranscript.ts';
import type { TranscribePayload } from './requestTranscription.ts';
import { searchAgain } from './searchEpisode.ts';

const Range = z.object({ fromS: z.number(), toS: z.number() });
/** A piece as it waits in line: where it lies, and the hash of its sound, the model and the settings. */
export const PlannedChunk = z.object({ fed: Range, own: Range, hash: z.string() });
export type PlannedChunk = z.infer<typeof PlannedChunk>;

/** The pieces of an episode and where somebody speaks in it. */
export interface HearingPlan {
  /** Fingerprint of the recording that was cut. */
  readonly recording: string;
  readonly chunks: readonly PlannedChunk[];
  readonly speech: readonly TimeRange[];
  /** Whether sentences are shown as they come; an older transcript stays until the new one is whole. */
  readonly isLive: boolean;
}

interface HearingContext {
  readonly engine: EngineContext;
  readonly payload: TranscribePayload;
  readonly wavPath: string;
}

/** Throws WRONG_STATE where the episode has another recording than the one that was cut. */
export function assertRecording(
  { episodes }: EngineContext,
  episodeId: string,
  { recording }: HearingPlan,
): void {
  const stored = episodes.get(episodeId);
  if (stored !== undefined && stored.fingerprint !== recording)
    throw new AppError('WRONG_STATE', `“${stored.episode.title}” has got a new version: transcribe that`);
}

/** So often clips are looked for while words arrive; a search of an hour takes as long as several pieces. */
const SEARCHES_UNDER_WAY = 8;

/** The hearing of one run: what was heard before is looked up, the rest is recognised. */
export class HearingSession {
  readonly #context: HearingContext;
  readonly #plan: HearingPlan;
  readonly #recogniser: Recogniser;
  #soundS = 0;
  #workS = 0;
  #reused = 0;
  /** Pieces whose words were shown since clips were looked for. */
  #shown = 0;

  constructor(context: HearingContext, plan: HearingPlan, recogniser: Recogniser) {
    this.#context = context;
    this.#plan = plan;
    this.#recogniser = recogniser;
  }

  /** Seconds of work for a second of sound, null where all was known; and how many pieces were. */
  get summary(): { readonly realTimeFactor: number | null; readonly reused: number } {
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
    await this.#searchMeanwhile();
    const { fed } = chunk;
    const startedMs = performance.now();
    const heard = await this.#recogniser.hear(this.#context.wavPath, fed, middleOf(fed), signal);
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

  /** The list of candidates follows the words every few pieces; what a person decided on stays in it as it is. */
  async #searchMeanwhile(): Promise<void> {
    const every = Math.ceil(this.#plan.chunks.length / SEARCHES_UNDER_WAY);
    if (this.#shown < every) return;
    this.#shown = 0;
    try {
      const { engine, payload } = this.#context;
      await searchAgain(engine, payload.episodeId, payload.proposed);
    } catch (error) {
      // Nothing to be found in what is known so far is no reason to stop hearing.
      if (!(error instanceof AppError)) throw error;
    }
  }

  /** Sentences appear as they come; the whole is put together anew at the end. */
  #show(chunk: HeardChunk): void {
    const { engine, payload } = this.#context;
    assertRecording(engine, payload.episodeId, this.#plan);
    if (!this.#plan.isLive) return;
    const words = ownWords(chunk);
    const text = words.map((word) => word.text).join(' ');
    const [first] = words;
    const last = words.at(-1);
    const cues =
      first === undefined || last === undefined
        ? textCues([chunk], this.#plan.speech)
        : [{ fromS: first.fromS, toS: last.toS, text, words }];
    appendTranscript(engine, payload.episodeId, toSegments(cues));
    this.#shown += 1;
    const language = chunk.heard?.language ?? payload.language;
    engine.episodes.setTranscript(payload.episodeId, { source: 'recognised', digest: null, language });
  }
}

/** Where a piece is divided when it has to be heard in two halves. */
const middleOf = ({ fromS, toS }: TimeRange): number => (fromS + toS) / 2;
