import { z } from 'zod';
import { AppError } from '../../../domain/errors.ts';
import type { Cue } from '../../../domain/transcript.ts';
import { parseJson, readEntries, Seconds, someEntryHas } from './jsonDocument.ts';
import { languageTag } from './language.ts';
import type { ParsedTranscript } from './parsedTranscript.ts';
import { markSingleWords } from './wordGroups.ts';

const Document = z.object({
  version: z.unknown().optional(),
  language: z.string().optional().catch(undefined),
  segments: z.array(z.unknown()),
});

const Entry = z.object({
  speaker: z.string().nullish().catch(undefined),
  startTime: Seconds,
  endTime: Seconds.nullish(),
  body: z.string(),
});
type Entry = z.infer<typeof Entry>;

/**
 * Reads the JSON of Podcasting 2.0 (https://github.com/Podcastindex-org/podcast-namespace, transcripts): one entry a
 * sentence, a phrase or a word. Throws TRANSCRIPT_UNREADABLE.
 */
export function parsePodcastJson(text: string): ParsedTranscript {
  return readPodcastJson(parseJson(text));
}

export function isPodcastJson(document: unknown): boolean {
  const result = Document.safeParse(document);
  return result.success && someEntryHas(result.data.segments, ['startTime', 'body']);
}

export function readPodcastJson(document: unknown): ParsedTranscript {
  const result = Document.safeParse(document);
  if (!result.success) {
    throw new AppError('TRANSCRIPT_UNREADABLE', 'The JSON has no list named "segments".');
  }
  const { values, notes } = readEntries('segments', result.data.segments, Entry);
  const language = languageTag(result.data.language);
  return {
    format: 'podcast-json',
    ...(language === undefined ? {} : { language }),
    cues: markSingleWords(values.map((entry, index) => cueOf(entry, values[index + 1]))),
    notes,
  };
}

function cueOf(entry: Entry, next: Entry | undefined): Cue {
  const speaker = entry.speaker?.trim() ?? '';
  return {
    ...(speaker === '' ? {} : { speaker }),
    fromS: entry.startTime,
    // Entries without an end last until the next one begins.
    toS: entry.endTime ?? next?.startTime ?? entry.startTime,
    text: entry.body.trim(),
  };
}
