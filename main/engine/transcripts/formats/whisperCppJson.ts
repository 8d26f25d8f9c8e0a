import { z } from 'zod';
import { AppError } from '../../../domain/errors.ts';
import type { Cue } from '../../../domain/transcript.ts';
import { LATEST_TIME_S, parseClock } from './clock.ts';
import { readEntries } from './jsonDocument.ts';
import { languageTag } from './language.ts';
import type { ParsedTranscript } from './parsedTranscript.ts';
import { alignWords, type RecognisedWord } from './timedWords.ts';
import { cuesOfGroups, markSingleWords } from './wordGroups.ts';

const Milliseconds = z
  .number()
  .min(-1)
  .max(LATEST_TIME_S * 1000);
const Offsets = z.object({ from: Milliseconds, to: Milliseconds });
const Timestamps = z.object({ from: z.string(), to: z.string() });

const TokenEntry = z.object({
  text: z.string(),
  offsets: Offsets.nullish().catch(undefined),
  p: z.number().min(0).max(1).nullish().catch(undefined),
});
const Entry = z
  .object({
    text: z.string(),
    offsets: Offsets.optional().catch(undefined),
    timestamps: Timestamps.optional().catch(undefined),
    tokens: z.array(TokenEntry).nullish().catch(undefined),
    speaker: z.union([z.string(), z.number()]).nullish().catch(undefined),
    speaker_turn_next: z.boolean().nullish().catch(undefined),
  })
  .transform((entry, context) => {
    const fromS =
      entry.offsets === undefined ? parseClock(entry.timestamps?.from ?? '') : entry.offsets.from / 1000;
    const toS =
      entry.offsets === undefined ? parseClock(entry.timestamps?.to ?? '') : entry.offsets.to / 1000;
    if (fromS !== undefined && toS !== undefined) return { ...entry, fromS, toS };
    context.addIssue('it has neither "offsets" nor "timestamps" that can be read');
    return z.NEVER;
  });
type Entry = z.infer<typeof Entry>;

const Document = z.object({
  result: z
    .object({ language: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
  transcription: z.array(z.unknown()),
});

export const isWhisperCppJson = (document: unknown): boolean => Document.safeParse(document).success;

/** Reads the JSON of whisper.cpp (its options -oj and -ojf): times in milliseconds, words from tokens. */
export function readWhisperCppJson(document: unknown): ParsedTranscript {
  const result = Document.safeParse(document);
  if (!result.success) {
    throw new AppError('TRANSCRIPT_UNREADABLE', 'The JSON has no list named "transcription".');
  }
  const { values, notes } = readEntries('transcription', result.data.transcription, Entry);
  const entries = joinBrokenWords(values.filter((entry) => entry.text.trim() !== '[BLANK_AUDIO]'));
  const language = languageTag(result.data.result?.language);
  const cues = entries.flatMap((entry, index) =>
    cuesOf(entry, entries[index - 1]?.speaker_turn_next === true),
  );
  return {
    format: 'whisper-json',
    ...(language === undefined ? {} : { language }),
    cues: markSingleWords(cues),
    notes,
  };
}

/**
 * With one token an entry (-ml 1), a word may be broken over entries: "Sound", "bite". Each word then begins with a
 * blank, so that an entry without one goes on with the word before. Texts of scripts without blanks are left alone.
 */
function joinBrokenWords(entries: readonly Entry[]): Entry[] {
  const spaced = entries.filter((entry) => entry.text.startsWith(' ')).length;
  if (spaced * 2 < entries.length) return [...entries];
  const joined: Entry[] = [];
  for (const entry of entries) {
    const before = joined.at(-1);
    const goesOn = before !== undefined && /^\S/.test(entry.text) && /\S$/.test(before.text);
    if (!goesOn) joined.push(entry);
    else {
      const tokens = [...(before.tokens ?? []), ...(entry.tokens ?? [])];
      joined[joined.length - 1] = { ...entry, fromS: before.fromS, text: before.text + entry.text, tokens };
    }
  }
  return joined;
}

function cuesOf(entry: Entry, startsTurn: boolean): Cue[] {
  const text = entry.text.trim();
  const { fromS, toS } = entry;
  const speaker = speakerName(entry.speaker);
  const utterance = { ...(speaker === undefined ? {} : { speaker }), ...(startsTurn ? { startsTurn } : {}) };
  const words = (entry.tokens ?? []).filter((token) => !isSpecial(token.text)).map(recognisedToken);
  const groups = words.length === 0 ? undefined : alignWords(text, words, { fromS, toS });
  return groups === undefined ? [{ ...utterance, fromS, toS, text }] : cuesOfGroups(groups, utterance);
}

/** Marks of the model's own, such as [_BEG_], [_TT_150] and <|endoftext|>. */
const isSpecial = (text: string): boolean => /^\s*(?:\[_[A-Z]+_?\d*_?\]|<\|.*\|>)\s*$/.test(text);

function recognisedToken(token: z.infer<typeof TokenEntry>): RecognisedWord {
  const { offsets } = token;
  const isTimed =
    offsets !== null && offsets !== undefined && offsets.from >= 0 && offsets.to >= offsets.from;
  return {
    text: token.text,
    fromS: isTimed ? offsets.from / 1000 : undefined,
    toS: isTimed ? offsets.to / 1000 : undefined,
    confidence: token.p ?? null,
  };
}

/** Stereo diarisation numbers the channels from 0 and writes "?" where it does not know. */
function speakerName(speaker: string | number | null | undefined): string | undefined {
  const name = String(speaker ?? '').trim();
  if (name === '' || name === '?') return undefined;
  return /^\d+$/.test(name) ? `Speaker ${Number(name) + 1}` : name;
}
