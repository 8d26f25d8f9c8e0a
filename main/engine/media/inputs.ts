import { resolve } from 'node:path';
import type { FfmpegInput } from './ffmpeg.ts';

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
  '35389440',
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
