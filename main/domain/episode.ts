import { z } from 'zod';
import { ScoreProfile } from './show.ts';

/** What was noticed about a file that is usable all the same. */
export const MediaWarning = z.enum([
  'HEADER_DURATION_MISSING',
  'HEADER_DURATION_WRONG',
  'DECODE_ERRORS',
  'STREAM_SKIPPED_UNSUPPORTED',
  'ROTATION_IGNORED',
  'VARIABLE_FRAME_RATE',
]);
export type MediaWarning = z.infer<typeof MediaWarning>;

export const AudioStream = z.object({
  index: z.int(),
  codec: z.string(),
  sampleRateHz: z.number(),
  channels: z.int(),
  /** ffmpeg's name of the layout, such as mono, stereo or 5.1(side); empty when the file names none. */
  channelLayout: z.string(),
  language: z.string().optional(),
  title: z.string().optional(),
});
export type AudioStream = z.infer<typeof AudioStream>;

export const VideoStream = z.object({
  index: z.int(),
  codec: z.string(),
  /** Size as stored, before rotation. */
  width: z.int(),
  height: z.int(),
  /** Degrees by which the stored picture is turned for display, counter-clockwise as ffmpeg's display matrix counts. */
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  framesPerSecond: z.number().nullable(),
});
export type VideoStream = z.infer<typeof VideoStream>;

/** What is in a media file, as measured rather than as its header claims. */
export const MediaFacts = z.object({
  format: z.string(),
  durationS: z.number(),
  sizeBytes: z.int(),
  audio: z.array(AudioStream),
  /** The picture that plays; embedded cover art is not a picture. */
  video: VideoStream.nullable(),
  /** Stream index of embedded cover art. */
  coverIndex: z.int().nullable(),
  /** Stream indexes of subtitle tracks that hold text. */
  subtitleIndexes: z.array(z.int()),
  tags: z.record(z.string(), z.string()),
  warnings: z.array(MediaWarning),
});
export type MediaFacts = z.infer<typeof MediaFacts>;

export const EpisodeState = z.enum(['importing', 'ready', 'failed']);
export type EpisodeState = z.infer<typeof EpisodeState>;

/** Where an episode's words came from; null means it was searched by ear. */
export const TranscriptSource = z.enum(['given', 'beside', 'embedded', 'recognised', 'typed']);
export type TranscriptSource = z.infer<typeof TranscriptSource>;

export const Episode = z.object({
  id: z.string(),
  showId: z.string(),
  title: z.string(),
  /** The original, linked in place; never changed, moved or deleted. */
  path: z.string(),
  sizeBytes: z.int(),
  durationS: z.number(),
  hasVideo: z.boolean(),
  hasAudio: z.boolean(),
  language: z.string().nullable(),
  state: EpisodeState,
  /** What it is searched for; null follows its show. */
  profile: ScoreProfile.nullable(),
  transcriptSource: TranscriptSource.nullable(),
  warnings: z.array(MediaWarning),
  /** Sentences for a person: what was repaired in the transcript, what was left aside. */
  notes: z.array(z.string()),
  importedAtMs: z.int(),
});
export type Episode = z.infer<typeof Episode>;
