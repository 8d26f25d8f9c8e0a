import type { MediaFacts } from '../../domain/episode.ts';
import { AppError } from '../../domain/errors.ts';
import { runFfmpeg } from './ffmpeg.ts';
import { mediaInput } from './inputs.ts';
import type { MediaTools } from './tools.ts';

export interface EmbeddedTranscript {
  readonly text: string;
  /** A name whose extension says what the text is: .vtt, .srt or .txt. */
  readonly fileName: string;
}

export interface EmbeddedTextOptions {
  readonly cwd: string;
  readonly signal?: AbortSignal | undefined;
}

/** Subtitles are sparse: between two cues the rest of a long video is read, and a slow disk may take minutes for it. */
const STALL_MS = 600_000;
/** Fewer words than this are a jingle's lyrics or a note, not what an episode says. */
const LEAST_WORDS = 40;

/**
 * The words that a recording carries itself: its first text subtitle track as WebVTT, else lyrics that look like a
 * transcript, whose time tags are left in the text. Undefined when there are none, or they cannot be read.
 * Throws the signal's reason.
 */
export async function readEmbeddedTranscript(
  tools: MediaTools,
  path: string,
  facts: Pick<MediaFacts, 'subtitleIndexes' | 'tags'>,
  options: EmbeddedTextOptions,
): Promise<EmbeddedTranscript | undefined> {
  for (const index of facts.subtitleIndexes) {
    const text = await subtitleText(tools, path, index, options);
    if (text.includes('-->')) return { text, fileName: 'embedded.vtt' };
  }
  return lyricsTranscript(facts.tags);
}

async function subtitleText(
  tools: MediaTools,
  path: string,
  index: number,
  { cwd, signal }: EmbeddedTextOptions,
): Promise<string> {
  const output = { target: 'pipe:1', options: ['-map', `0:${index}`, '-c:s', 'webvtt', '-f', 'webvtt'] };
  try {
    const { stdout } = await runFfmpeg(
      tools,
      { inputs: [mediaInput(path)], outputs: [output] },
      { cwd, signal, stallMs: STALL_MS },
    );
    return stdout.toString('utf8');
  } catch (error) {
    // A damaged subtitle track is one source less: the episode can still be heard.
    if (error instanceof AppError) return '';
    throw error;
  }
}

/** iTunes writes lyrics, ID3 lyrics-eng, Vorbis comments unsyncedlyrics; QuickTime's own atom is ©lyr. */
const isLyrics = (tag: string): boolean => /^(lyrics|unsyncedlyrics|syncedlyrics|uslt|sylt|©lyr)/.test(tag);

/** The longest lyrics among the tags, where they are long enough to be a transcript. */
export function lyricsTranscript(tags: Readonly<Record<string, string>>): EmbeddedTranscript | undefined {
  const text = Object.entries(tags)
    .filter(([tag]) => isLyrics(tag))
    .map(([, value]) => value.replace(/\r\n?/g, '\n').trim())
    .toSorted((a, b) => b.length - a.length)[0];
  if (text === undefined || text.split(/\s+/).length < LEAST_WORDS) return undefined;
  return { text, fileName: `embedded${extensionOf(text)}` };
}

function extensionOf(text: string): '.vtt' | '.srt' | '.txt' {
  if (/^\uFEFF?WEBVTT\b/.test(text)) return '.vtt';
  return /^\d+:\d\d:\d\d,\d{3} --> /m.test(text) ? '.srt' : '.txt';
}
