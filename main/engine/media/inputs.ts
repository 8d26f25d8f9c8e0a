import { resolve } from 'node:path';
import type { FfmpegInput } from './ffmpeg.ts';

/** 35 million: an 8K picture. */
const MAX_PIXELS = '35389440';

/**
 * Guards before every input that a person chose: only local files, only formats that cannot name other files,
 * and no picture large enough to fill memory (RELIABILITY 2.4).
 */
export const INPUT_GUARDS = [
  '-protocol_whitelist',
  'file',
  '-format_whitelist',
  'mp3,aac,mov,wav,aiff,flac,ogg,matroska,avi',
  '-max_pixels',
  MAX_PIXELS,
] as const;

export interface Seek {
  /** Seconds into the file; ffmpeg jumps to the key frame before and decodes from there. */
  readonly fromS: number;
  readonly durationS: number;
}

/** ffmpeg takes a bare name for an option or a protocol; "file:" and an absolute path cannot be mistaken. */
export const fileUrl = (path: string): string => `file:${resolve(path)}`;

/** Media that a person chose. */
export function mediaInput(path: string, seek?: Seek): FfmpegInput {
  const seeking = seek === undefined ? [] : ['-ss', seek.fromS.toFixed(6), '-t', seek.durationS.toFixed(6)];
  return { source: fileUrl(path), options: [...INPUT_GUARDS, ...seeking] };
}

/** A still picture that we wrote ourselves, shown at the given rate (ffmpeg would take 25 frames a second). */
export function pictureInput(path: string, framesPerSecond: number): FfmpegInput {
  return {
    source: fileUrl(path),
    options: ['-protocol_whitelist', 'file', '-framerate', String(framesPerSecond)],
  };
}

/** A file that we wrote ourselves, in a format we name. */
export function ownInput(path: string, format: 'wav' | 'mp4' | 'mp3'): FfmpegInput {
  return { source: fileUrl(path), options: ['-protocol_whitelist', 'file', '-f', format] };
}

/** Demuxers of one still picture; each reads only the file it is given, unlike image2 with its patterns and globs. */
export type StillFormat = 'jpeg_pipe' | 'png_pipe' | 'webp_pipe';

/** A still picture that a person chose, or that lay beside a recording, read as the format its first bytes name. */
export function stillInput(path: string, format: StillFormat): FfmpegInput {
  const guards = ['-protocol_whitelist', 'file', '-format_whitelist', format, '-max_pixels', MAX_PIXELS];
  return { source: fileUrl(path), options: [...guards, '-f', format] };
}
