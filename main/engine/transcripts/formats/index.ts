import { AppError } from '../../../domain/errors.ts';
import { parseTimingLine } from './clock.ts';
import { decodeText, linesOf } from './decodeText.ts';
import { parseJson } from './jsonDocument.ts';
import { excerpt, type ParsedTranscript } from './parsedTranscript.ts';
import { parsePlainText } from './plainText.ts';
import { isPodcastJson, readPodcastJson } from './podcastJson.ts';
import { parseSrt } from './srt.ts';
import { parseWebVtt } from './webVtt.ts';
import { isWhisperCppJson, readWhisperCppJson } from './whisperCppJson.ts';
import { countWords } from '../words.ts';
import { isWhisperJson, readWhisperJson } from './whisperJson.ts';

export type { ParsedTranscript, TranscriptFormat } from './parsedTranscript.ts';

/** A day of word-timed JSON is about a third of this. */
export const LARGEST_TRANSCRIPT_BYTES = 64 * 1024 * 1024;

/**
 * Reads a transcript of any known format, told by its content first and its name second.
 * Throws TRANSCRIPT_UNREADABLE or TRANSCRIPT_EMPTY, saying what is wrong and where.
 */
export function parseTranscript(bytes: Buffer, fileName: string): ParsedTranscript {
  refuseSize(bytes.length);
  const { text, notes } = decodeText(bytes);
  if (text.trim() === '') throw new AppError('TRANSCRIPT_EMPTY', 'The file holds nothing but blank lines.');
  const parsed = parseText(text, extensionOf(fileName));
  const hasWords = parsed.cues.some((cue) => isSpoken(cue.text)) || isSpoken(parsed.untimedText ?? '');
  refuseLength(parsed);
  if (!hasWords)
    throw new AppError('TRANSCRIPT_EMPTY', 'The transcript has no words in it, only times or marks.');
  return { ...parsed, notes: [...notes, ...parsed.notes] };
}

/** Throws TRANSCRIPT_UNREADABLE for what is too large to be a transcript. */
export function refuseSize(sizeBytes: number): void {
  if (sizeBytes <= LARGEST_TRANSCRIPT_BYTES) return;
  const megabytes = Math.round(sizeBytes / 1024 / 1024);
  throw new AppError(
    'TRANSCRIPT_UNREADABLE',
    `The file has ${megabytes} MB; transcripts of up to 64 MB are read.`,
  );
}

/** Far more than anyone says in a day; more would keep the machine busy for nothing. */
const MOST_WORDS = 1_000_000;

function refuseLength({ cues, untimedText }: ParsedTranscript): void {
  const words = cues.reduce((sum, cue) => sum + countWords(cue.text), countWords(untimedText ?? ''));
  if (words <= MOST_WORDS) return;
  throw new AppError(
    'TRANSCRIPT_UNREADABLE',
    `The file has ${words} words; transcripts of up to a million words are read.`,
  );
}

const isSpoken = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

const extensionOf = (fileName: string): string =>
  /\.([a-z0-9]{1,5})$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';

function parseText(text: string, extension: string): ParsedTranscript {
  const start = text
    .slice(0, 400)
    .replace(/^\ufeff/, '')
    .trimStart();
  refuseOtherMarkup(start);
  if (start.startsWith('WEBVTT')) return parseWebVtt(text);
  // "[00:12] Anna" begins like JSON too.
  if (extension === 'json' || start.startsWith('{') || /^\[\s*[{\]]/.test(start)) return parseJsonText(text);
  if (extension === 'vtt') return parseWebVtt(text);
  if (extension === 'srt' || linesOf(text.slice(0, 4000)).some(hasTimes)) return parseSrt(text);
  return parsePlainText(text);
}

const hasTimes = (line: string): boolean => parseTimingLine(line)?.fromS !== undefined;

function refuseOtherMarkup(start: string): void {
  const unreadable = (what: string): AppError => new AppError('TRANSCRIPT_UNREADABLE', what);
  if (/^<(?:!doctype html|html)/i.test(start))
    throw unreadable('Line 1 begins a web page, not a transcript.');
  if (/^<(?:\?xml|tt[\s>])/i.test(start))
    throw unreadable('Line 1 begins an XML document; convert it to SRT or WebVTT.');
  if (start.startsWith('[Script Info]')) {
    throw unreadable('Line 1 begins SubStation subtitles; convert them to SRT or WebVTT.');
  }
}

function parseJsonText(text: string): ParsedTranscript {
  const document = parseJson(text);
  if (isWhisperCppJson(document)) return readWhisperCppJson(document);
  if (isPodcastJson(document)) return readPodcastJson(document);
  if (isWhisperJson(document)) return readWhisperJson(document);
  if (holdsNoSegments(document)) throw new AppError('TRANSCRIPT_EMPTY', 'The list of segments is empty.');
  throw new AppError('TRANSCRIPT_UNREADABLE', `The JSON is no transcript we know; it ${contents(document)}.`);
}

function holdsNoSegments(document: unknown): boolean {
  const segments: unknown =
    typeof document === 'object' && document !== null && 'segments' in document
      ? document.segments
      : document;
  return Array.isArray(segments) && segments.length === 0;
}

function contents(document: unknown): string {
  if (Array.isArray(document)) return 'is a list of something else';
  if (typeof document !== 'object' || document === null) return 'is a single value';
  const keys = Object.keys(document).slice(0, 5);
  return keys.length === 0 ? 'is empty' : `has the fields ${excerpt(keys.join(', '))}`;
}
