import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import { formatClock, lengthS, type TimeRange } from '../../domain/time.ts';
import type { Segment, Transcript, TranscriptNote } from '../../domain/transcript.ts';
import { fitTranscript, type FittedTranscript } from './fit.ts';
import { parseTranscript, refuseSize } from './formats/index.ts';
import { languageTag } from './formats/language.ts';
import { doubtful } from './formats/parsedTranscript.ts';
import { MOST_WORDS_PER_SECOND } from './overlaps.ts';
import { toSegments } from './sentences.ts';
import { spreadText } from './spreadText.ts';

/** What is known of the recording that the transcript belongs to. */
export interface RecordingFacts {
  readonly durationS?: number;
  /** Where somebody is heard, in order. */
  readonly speech?: readonly TimeRange[];
}

export interface LoadTranscriptOptions extends RecordingFacts {
  readonly path: string;
}

/**
 * Reads a transcript file of any known format and makes sentences of it. Throws FILE_MISSING, NO_PERMISSION,
 * NOT_REGULAR_FILE, EMPTY_FILE, TRANSCRIPT_UNREADABLE, TRANSCRIPT_EMPTY or TRANSCRIPT_MISFIT.
 */
export async function loadTranscript({ path, ...facts }: LoadTranscriptOptions): Promise<Transcript> {
  return transcriptFromBytes(await readTranscriptFile(path), basename(path), facts);
}

/** The same for a transcript that is already in memory. */
export function transcriptFromBytes(bytes: Buffer, fileName: string, facts: RecordingFacts): Transcript {
  const parsed = parseTranscript(bytes, fileName);
  const language = parsed.language ?? languageOfName(fileName);
  const read =
    parsed.untimedText === undefined
      ? fitted(fitTranscript(parsed.cues, facts.durationS, facts.speech))
      : spread(parsed.untimedText, facts);
  return {
    ...(language === undefined ? {} : { language }),
    segments: read.segments,
    notes: [...parsed.notes, ...read.notes],
    ...(read.fit === undefined ? {} : { fit: read.fit }),
  };
}

type Read = Pick<Transcript, 'segments' | 'notes' | 'fit'>;

const fitted = ({ cues, notes, fit }: FittedTranscript): Read => ({
  segments: toSegments(cues),
  notes: [...notes],
  ...(fit === undefined ? {} : { fit }),
});

function spread(text: string, { speech, durationS }: RecordingFacts): Read {
  const segments = spreadText(text, speech, durationS);
  const note: TranscriptNote = doubtful(
    'The transcript gives no times for its sentences; they were spread over the speech and are approximate.',
  );
  if (durationS !== undefined) refuseUnlikelyLength(segments, speech, durationS);
  return { segments, notes: [note] };
}

/** Slower than this no episode is spoken: the text is a description of it, not a transcript. */
const FEWEST_WORDS_PER_SECOND = 0.25;
/** Short recordings may hold a few words and much music. */
const SHORTEST_JUDGED_S = 180;

function refuseUnlikelyLength(
  segments: readonly Segment[],
  speech: readonly TimeRange[] | undefined,
  durationS: number,
): void {
  const words = segments.reduce((sum, segment) => sum + segment.words.length, 0);
  const heardS = speech === undefined ? durationS : speech.reduce((sum, range) => sum + lengthS(range), 0);
  const isTooMuch = words > 30 && words > heardS * MOST_WORDS_PER_SECOND;
  const isTooLittle = heardS >= SHORTEST_JUDGED_S && words < heardS * FEWEST_WORDS_PER_SECOND;
  if (!isTooMuch && !isTooLittle) return;
  throw new AppError(
    'TRANSCRIPT_MISFIT',
    `The text has ${words} words, too ${isTooMuch ? 'many' : 'few'} for ${formatClock(heardS)} of speech.`,
  );
}

/** "episode.en.srt" names its language. */
function languageOfName(fileName: string): string | undefined {
  return languageTag(/\.([a-z]{2}(?:[-_][A-Za-z]{2})?)\.[a-z]{3,4}$/.exec(fileName)?.[1]);
}

async function readTranscriptFile(path: string): Promise<Buffer> {
  try {
    const facts = await stat(path);
    if (!facts.isFile()) {
      const kind = facts.isDirectory() ? 'a folder' : 'a device or a pipe';
      throw new AppError('NOT_REGULAR_FILE', `${path} is ${kind}; choose the file of the transcript.`);
    }
    if (facts.size === 0) throw new AppError('EMPTY_FILE', `The transcript ${path} is empty.`);
    refuseSize(facts.size);
    return await readFile(path);
  } catch (error) {
    throw toAppError(error, path);
  }
}

function toAppError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || error instanceof AppError) return error;
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError('FILE_MISSING', `There is no transcript at ${path}.`, { cause: error });
    case 'EACCES':
    case 'EPERM':
      return new AppError('NO_PERMISSION', `The transcript ${path} may not be read.`, { cause: error });
    default:
      return error;
  }
}
