import { lengthS, overlapS, toMilliseconds, type TimeRange } from '../../../domain/time.ts';
import type { Segment, TranscriptFileFormat } from '../../../domain/transcript.ts';
import { subtitleCuesOf, type SubtitleCue } from './subtitleLines.ts';

export interface WrittenTranscript {
  /** BCP 47 tag, where it is known. */
  readonly language?: string | undefined;
  readonly segments: readonly Segment[];
}

/** A transcript as the text of a file; times are those of the segments. */
export function writeTranscript(transcript: WrittenTranscript, format: TranscriptFileFormat): string {
  switch (format) {
    case 'srt':
      return writeSrt(transcript);
    case 'vtt':
      return writeWebVtt(transcript);
    case 'txt':
      return writePlainText(transcript);
    case 'json':
      return writePodcastJson(transcript);
    case 'whisper':
      return writeWhisperJson(transcript);
  }
}

/** The words that are said in a range, with its beginning as second 0. A word belongs to it with its middle. */
export function cutToClip(segments: readonly Segment[], range: TimeRange): Segment[] {
  const within = (timeS: number): number =>
    toMilliseconds(Math.min(lengthS(range), Math.max(0, timeS - range.fromS)));
  return segments
    .filter((segment) => overlapS(segment, range) > 0)
    .flatMap((segment) => {
      const words = segment.words.filter(
        ({ fromS, toS }) => (fromS + toS) / 2 >= range.fromS && (fromS + toS) / 2 < range.toS,
      );
      const [first, last] = [words[0], words.at(-1)];
      if (first === undefined || last === undefined) return [];
      const text =
        words.length === segment.words.length ? segment.text : words.map((word) => word.text).join(' ');
      const moved = words.map((word) => ({ ...word, fromS: within(word.fromS), toS: within(word.toS) }));
      return [{ ...segment, fromS: within(first.fromS), toS: within(last.toS), text, words: moved }];
    });
}

function clock(timeS: number, separator: '.' | ','): string {
  const ms = Math.round(timeS * 1000);
  const part = (value: number, width: number): string => String(value).padStart(width, '0');
  const [h, m, s] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60];
  return `${part(h, 2)}:${part(m, 2)}:${part(s, 2)}${separator}${part(ms % 1000, 3)}`;
}

/**
 * SubRip; where another begins to speak the text begins with "Anna: ". The format has no speakers, and a name that stands
 * there only once reads like any other word before a colon: then all names follow the ">>" of broadcast captions.
 */
function writeSrt({ segments }: WrittenTranscript): string {
  const cues = subtitleCuesOf(segments);
  const opens = cues.map(({ speaker }, index) =>
    speaker === cues[index - 1]?.speaker ? undefined : speaker,
  );
  const names = opens.filter((speaker) => speaker !== undefined);
  const isOnce = names.some((name) => names.indexOf(name) === names.lastIndexOf(name));
  return cues
    .map((cue, index) => {
      const speaker = opens[index];
      const [first = '', ...others] = cue.lines;
      const label = speaker === undefined ? '' : `${isOnce ? '>> ' : ''}${speaker}: `;
      const text = [`${label}${first}`, ...others].join('\n');
      return `${index + 1}\n${clock(cue.fromS, ',')} --> ${clock(cue.toS, ',')}\n${text}\n`;
    })
    .join('\n');
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** WebVTT (https://www.w3.org/TR/webvtt1/) with the speaker as the voice of the cue. */
function writeWebVtt({ segments, language }: WrittenTranscript): string {
  const voice = ({ speaker }: SubtitleCue): string =>
    speaker === undefined ? '' : `<v ${escaped(speaker)}>`;
  const cues = subtitleCuesOf(segments).map(
    (cue) =>
      `${clock(cue.fromS, '.')} --> ${clock(cue.toS, '.')}\n${voice(cue)}${cue.lines.map(escaped).join('\n')}\n`,
  );
  return ['WEBVTT', ...(language === undefined ? [] : [`Language: ${language}`]), '', ...cues].join('\n');
}

/** Plain text to read: a paragraph for each turn, with its speaker. */
function writePlainText({ segments }: WrittenTranscript): string {
  const turns: { readonly speaker: string | undefined; readonly texts: string[] }[] = [];
  for (const { speaker, text } of segments) {
    const last = turns.at(-1);
    if (last !== undefined && last.speaker === speaker && speaker !== undefined) last.texts.push(text);
    else turns.push({ speaker, texts: [text] });
  }
  return turns
    .map(({ speaker, texts }) => `${speaker === undefined ? '' : `${speaker}: `}${texts.join(' ')}\n`)
    .join('\n');
}

/** Podcasting 2.0 (https://github.com/Podcastindex-org/podcast-namespace, transcripts): an entry for each sentence. */
function writePodcastJson({ segments, language }: WrittenTranscript): string {
  const document = {
    version: '1.0.0',
    ...(language === undefined ? {} : { language }),
    segments: segments.map(({ speaker, fromS, toS, text }) => ({
      ...(speaker === undefined ? {} : { speaker }),
      startTime: fromS,
      endTime: toS,
      body: text,
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** The JSON of Whisper and its relatives, the one format here that keeps the time and confidence of every word. */
function writeWhisperJson({ segments, language }: WrittenTranscript): string {
  const document = {
    ...(language === undefined ? {} : { language }),
    text: segments.map((segment) => segment.text).join(' '),
    segments: segments.map(({ speaker, fromS, toS, text, words }, id) => ({
      id,
      start: fromS,
      end: toS,
      text,
      ...(speaker === undefined ? {} : { speaker }),
      words: words.map((word) => ({
        word: word.text,
        start: word.fromS,
        end: word.toS,
        ...(word.confidence === null ? {} : { probability: word.confidence }),
      })),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
