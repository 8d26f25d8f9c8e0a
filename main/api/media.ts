import { extname, join } from 'node:path';
import { stat } from 'node:fs/promises';
import type { MediaKind } from '../contract/media.ts';
import { AppError } from '../domain/errors.ts';
import type { Engine } from '../engine/createEngine.ts';
import { coverOf } from '../engine/flows/cover.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4',
  '.m4b': 'audio/mp4',
  '.aac': 'audio/aac',
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  '.mov': 'video/mp4',
  '.wav': 'audio/wav',
  '.flac': 'audio/flac',
  '.ogg': 'audio/ogg',
  '.oga': 'audio/ogg',
  '.opus': 'audio/ogg',
  '.webm': 'video/webm',
  '.mkv': 'video/x-matroska',
  '.png': 'image/png',
};

export interface MediaFile {
  readonly path: string;
  readonly contentType: string;
  readonly sizeBytes: number;
}

/** The file behind an id. Throws NOT_FOUND for an unknown id and FILE_MISSING when the file has gone. */
export async function resolveMedia(engine: Engine, kind: MediaKind, id: string): Promise<MediaFile> {
  const path = await pathOf(engine, kind, id);
  if (path === undefined) throw new AppError('NOT_FOUND', `there is no ${kind} ${id}`);
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) throw new AppError('FILE_MISSING', path);
  const contentType = TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
  return { path, contentType, sizeBytes: found.size };
}

async function pathOf(engine: Engine, kind: MediaKind, id: string): Promise<string | undefined> {
  switch (kind) {
    case 'episode':
      return engine.episodes.get(id)?.episode.path;
    case 'export':
      return engine.exports.get(id)?.path;
    case 'cover':
      return coverOf(engine, id);
  }
}

/** What a Range header asks of a file: its bytes from one to another, both included. */
export type RangeAnswer =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly firstByte: number; readonly lastByte: number }
  | { readonly kind: 'unsatisfiable' };

/** Reads one byte range (RFC 9110, 14.1.2); several ranges, or a header that is not one, get the whole file. */
export function readRange(header: string | null | undefined, sizeBytes: number): RangeAnswer {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (found === null) return { kind: 'whole' };
  const [, from = '', to = ''] = found;
  if (from === '' && to === '') return { kind: 'whole' };
  const firstByte = from === '' ? Math.max(0, sizeBytes - Number(to)) : Number(from);
  const lastByte = from === '' || to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  if (firstByte >= sizeBytes || lastByte < firstByte) return { kind: 'unsatisfiable' };
  return { kind: 'part', firstByte, lastByte };
}

/** The folder of the window's built files, seen from a bundle or from the sources. */
export const rendererFolder = (resourcesDir: string): string => join(resourcesDir, '..', 'dist', 'renderer');
