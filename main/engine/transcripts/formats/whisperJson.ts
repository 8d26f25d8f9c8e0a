import { z } from 'zod';
import { AppError } from '../../../domain/errors.ts';
import type { Cue } from '../../../domain/transcript.ts';
import { parseJson, readEntries, Seconds, someEntryHas } from './jsonDocument.ts';
import { languageTag } from './language.ts';
import type { ParsedTranscript } from './parsedTranscript.ts';
import { alignWords, type RecognisedWord } from './timedWords.ts';
import { isWhisperCppJson, readWhisperCppJson } from './whisperCppJson.ts';
import { cuesOfGroups, markSingleWords, type Utterance } from './wordGroups.ts';

const Confidence = z.number().nullish().catch(undefined);
const WordEntry = z.object({
  word: z.string().optional(),
  text: z.string().optional(),
  start: Seconds.nullish().catch(undefined),
  end: Seconds.nullish().catch(undefined),
  probability: Confidence,
  confidence: Confidence,
  score: Confidence,
});
const SegmentEntry = z.object({
  start: Seconds,
  end: Seconds.nullish(),
  text: z.string(),
  speaker: z.string().nullish().catch(undefined),
  words: z.array(WordEntry).nullish().catch(undefined),
});
type SegmentEntry = z.infer<typeof SegmentEntry>;

const Document = z.object({
  language: z.string().nullish().catch(undefined),
  segments: z.array(z.unknown()),
  /** The hosted recogniser lists all words here instead of inside the segments. */
  words: z.array(WordEntry).nullish().catch(undefined),
});

/**
 * Reads the JSON that Whisper and its relatives write: openai/whisper, faster-whisper and WhisperX (segments with
 * start, end, text, words) and whisper.cpp (transcription with offsets and tokens). Throws TRANSCRIPT_UNREADABLE.
 */
export function parseWhisperJson(text: string): ParsedTranscript {
  const document = parseJson(text);
  return isWhisperCppJson(document) ? readWhisperCppJson(document) : readWhisperJson(document);
}

/** Openai's shape; a bare list of segments is taken for one as well. */
export function isWhisperJson(document: unknown): boolean {
  const result = Document.safeParse(Array.isArray(document) ? { segments: document as unknown[] } : document);
  return result.success && someEntryHas(result.data.segments, ['start', 'text']);
}

export function readWhisperJson(document: unknown): ParsedTranscript {
  const result = Document.safeParse(Array.isArray(document) ? { segments: document as unknown[] } : document);
  if (!result.success) {
    throw new AppError('TRANSCRIPT_UNREADABLE', 'The JSON has no list named "segments".');
  }
  const { values, notes } = readEntries('segments', result.data.segments, SegmentEntry);
  const loose = (result.data.words ?? []).map(recognisedWord);
  const language = languageTag(result.data.language ?? undefined);
  return {
    format: 'whisper-json',
    ...(language === undefined ? {} : { language }),
    cues: markSingleWords(cuesOf(values, loose)),
    notes,
  };
}

function cuesOf(entries: readonly SegmentEntry[], loose: readonly RecognisedWord[]): Cue[] {
  let used = 0;
  return entries.flatMap((entry, index) => {
    const toS = entry.end ?? entries[index + 1]?.start ?? entry.start;
    const own = entry.words?.map(recognisedWord) ?? [];
    if (own.length > 0) return cuesOfEntry(entry, toS, own);
    const first = used;
    while (middleS(loose[used]) < toS) used += 1;
    return cuesOfEntry(entry, toS, loose.slice(first, used));
  });
}

const middleS = (word: RecognisedWord | undefined): number =>
  word?.fromS === undefined || word.toS === undefined ? Infinity : (word.fromS + word.toS) / 2;

function cuesOfEntry(entry: SegmentEntry, toS: number, words: readonly RecognisedWord[]): Cue[] {
  const text = entry.text.trim();
  const range = { fromS: entry.start, toS };
  const speaker = entry.speaker?.trim() ?? '';
  const utterance: Utterance = speaker === '' ? {} : { speaker };
  const groups = words.length === 0 ? undefined : alignWords(text, words, range);
  return groups === undefined ? [{ ...utterance, ...range, text }] : cuesOfGroups(groups, utterance);
}

function recognisedWord(entry: z.infer<typeof WordEntry>): RecognisedWord {
  const confidence = entry.probability ?? entry.confidence ?? entry.score ?? null;
  return {
    text: entry.word ?? entry.text ?? '',
    fromS: entry.start ?? undefined,
    toS: entry.end ?? undefined,
    confidence: confidence === null ? null : Math.min(1, Math.max(0, confidence)),
  };
}
