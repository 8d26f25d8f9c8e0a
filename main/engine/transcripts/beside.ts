import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import { LARGEST_TRANSCRIPT_BYTES, parseTranscript } from './formats/index.ts';

/** Formats with word times and speakers come first. */
const EXTENSIONS = ['.json', '.vtt', '.srt', '.txt'] as const;
const TAG =
  /^(?:[a-z]{2,3}(?:[-_][a-z0-9]{2,8})?|transcript|transcription|captions|subtitles|subs|words|whisper)$/;

interface Found {
  readonly name: string;
  readonly format: number;
  /** 0 for the recording's own name; more for every tag added to it. */
  readonly distance: number;
}

/**
 * The transcript that lies beside a recording and has its name: "episode.srt", "episode.en.vtt",
 * "episode.transcript.json", "episode.mp3.vtt"; undefined if there is none. A JSON file counts only if it is a
 * transcript.
 */
export async function findTranscriptBeside(mediaPath: string): Promise<string | undefined> {
  const folder = dirname(mediaPath);
  for (const { name } of transcriptsAmong(await namesIn(folder), basename(mediaPath))) {
    const path = join(folder, name);
    if (await isTranscript(path)) return path;
  }
  return undefined;
}

/** Decides by names alone, best first. */
export function transcriptsAmong(names: readonly string[], mediaName: string): Found[] {
  const found: Found[] = [];
  for (const name of names) {
    const format = EXTENSIONS.findIndex((extension) => name.toLowerCase().endsWith(extension));
    if (format < 0 || name === mediaName) continue;
    const distance = distanceOf(name.slice(0, -extname(name).length), mediaName);
    if (distance !== undefined) found.push({ name, format, distance });
  }
  return found.sort((a, b) => a.format - b.format || a.distance - b.distance || (a.name < b.name ? -1 : 1));
}

/** macOS writes accents as letters of their own; the same name must stay the same. */
const sameForm = (name: string): string => name.normalize('NFC').toLowerCase();

function distanceOf(stem: string, mediaName: string): number | undefined {
  const wanted = sameForm(mediaName.slice(0, mediaName.length - extname(mediaName).length));
  const given = sameForm(stem);
  if (!given.startsWith(wanted)) return undefined;
  const whole = sameForm(mediaName);
  const rest = given.startsWith(whole) ? given.slice(whole.length) : given.slice(wanted.length);
  if (rest === '') return 0;
  if (!/^[._ -]/.test(rest)) return undefined;
  const tags = rest.slice(1).split('.');
  return tags.every((tag) => TAG.test(tag.trim())) ? tags.length : undefined;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    // A folder that may not be listed is no reason to refuse the recording in it.
    if (error instanceof Error && 'code' in error) return [];
    throw error;
  }
}

async function isTranscript(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined);
  if (facts?.isFile() !== true || facts.size === 0) return false;
  if (extname(path).toLowerCase() !== '.json') return true;
  if (facts.size > LARGEST_TRANSCRIPT_BYTES) return false;
  try {
    parseTranscript(await readFile(path), basename(path));
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
