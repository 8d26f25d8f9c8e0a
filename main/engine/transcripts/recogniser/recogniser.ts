import { AppError } from '../../../domain/errors.ts';
import type { Heard } from '../../../domain/recognition.ts';
import { toMilliseconds, type TimeRange } from '../../../domain/time.ts';
import { countWords } from '../words.ts';
import { withoutLoops } from './loops.ts';
import { FoundSpeech, MemoryReport, Nothing, Recognition, type RecogniserSetup } from './protocol.ts';
import { RecogniserCrashed, RecogniserProcess, type SpawnRecogniser } from './recogniserProcess.ts';

const SAMPLE_RATE_HZ = 16_000;
/** A piece on which the child went away this often is given up. */
const MOST_CRASHES = 2;

/** Hears one model's words in a WAV of ours. */
export interface Recogniser extends Disposable {
  /** Loads the model; throws SPEECH_MODEL_UNUSABLE or RECOGNISER_CRASHED. */
  open(signal?: AbortSignal): Promise<void>;
  /**
   * The words in a range, loops taken out, on the clock of the range. Throws RECOGNISER_CRASHED when the child went away
   * twice over it, SPEECH_MODEL_UNUSABLE, or the signal's reason.
   */
  hear(wavPath: string, range: TimeRange, middleS: number, signal?: AbortSignal): Promise<Heard>;
  /** What the sums are really done on: native code falls back to the processor by itself. */
  readonly provider: string;
  residentBytes(): Promise<number>;
}

export function createRecogniser(spawn: SpawnRecogniser, setup: RecogniserSetup): Recogniser {
  const child = new RecogniserProcess(spawn);
  let openedBy: number | undefined;
  const open = async (signal?: AbortSignal): Promise<void> => {
    await child.ask({ kind: 'open', setup }, Nothing, signal);
    openedBy = child.pid;
  };
  /** A child that was started again has no model yet. */
  const recogniseOnce = async (wavPath: string, range: TimeRange, signal?: AbortSignal) => {
    if (!child.isRunning || child.pid !== openedBy) await open(signal);
    const fromSample = Math.round(range.fromS * SAMPLE_RATE_HZ);
    const toSample = Math.round(range.toS * SAMPLE_RATE_HZ);
    return child.ask({ kind: 'recognise', wavPath, fromSample, toSample }, Recognition, signal);
  };
  const recognise = (wavPath: string, range: TimeRange, signal?: AbortSignal): Promise<Recognition> =>
    survive(() => recogniseOnce(wavPath, range, signal));
  return {
    open: (signal) => survive(() => open(signal)),
    async hear(wavPath, range, middleS, signal) {
      const whole = await recognise(wavPath, range, signal);
      if (!isLooped(whole)) return { ...whole, marks: [] };
      // Another start often breaks the loop.
      const first = await recognise(wavPath, { fromS: range.fromS, toS: middleS }, signal);
      const second = await recognise(wavPath, { fromS: middleS, toS: range.toS }, signal);
      return withoutRepetitions(join(first, second, middleS - range.fromS));
    },
    get provider() {
      return /fallback to cpu/iu.test(child.complaints) ? 'cpu' : setup.provider;
    },
    residentBytes: async () => (await child.ask({ kind: 'measureMemory' }, MemoryReport)).residentBytes,
    [Symbol.dispose]: () => {
      child.stop();
    },
  };
}

/** Where somebody speaks, as a voice-activity model hears it; on the clock of the WAV. */
export async function findSpeech(
  spawn: SpawnRecogniser,
  wavPath: string,
  modelPath: string,
  signal?: AbortSignal,
): Promise<TimeRange[]> {
  using child = new RecogniserProcess(spawn);
  const { speech } = await survive(() =>
    child.ask({ kind: 'findSpeech', wavPath, modelPath }, FoundSpeech, signal),
  );
  return speech;
}

async function survive<T>(act: () => Promise<T>): Promise<T> {
  for (let crashes = 1; ; crashes++) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof RecogniserCrashed)) throw error;
      if (crashes < MOST_CRASHES) continue;
      throw new AppError('RECOGNISER_CRASHED', error.message, { cause: error });
    }
  }
}

const spoken = ({ words, text }: Recognition): string[] =>
  words === null ? text.split(/\s+/u).filter((word) => word !== '') : words.map((word) => word.text);

const isLooped = (recognition: Recognition): boolean =>
  countWords(recognition.text) > 3 && withoutLoops(spoken(recognition)).looped.size > 0;

function join(first: Recognition, second: Recognition, offsetS: number): Recognition {
  const moved = second.words?.map((word) => ({
    ...word,
    fromS: toMilliseconds(word.fromS + offsetS),
    toS: toMilliseconds(word.toS + offsetS),
  }));
  return {
    text: [first.text, second.text].filter((text) => text !== '').join(' '),
    words: first.words === null || moved === undefined ? null : [...first.words, ...moved],
    language: first.language ?? second.language,
  };
}

/** What is left of a loop once may have been said or not: nothing is built on it. */
function withoutRepetitions(recognition: Recognition): Heard {
  const words = spoken(recognition);
  const { kept, looped } = withoutLoops(words);
  if (looped.size === 0) return { ...recognition, marks: [] };
  const stay = new Set(kept);
  return {
    text: words.filter((_, index) => stay.has(index)).join(' '),
    words:
      recognition.words
        ?.map((word, index) => (looped.has(index) ? { ...word, confidence: 0 } : word))
        .filter((_, index) => stay.has(index)) ?? null,
    language: recognition.language,
    marks: ['looped'],
  };
}
