import { createReadStream } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { Readable } from 'node:stream';
import { MediaKind } from '../contract/media.ts';
import { AppError } from '../domain/errors.ts';
import type { OpenEngine } from './handlerTable.ts';
import { readRange, resolveMedia } from './media.ts';

/** What a page of ours may load: only what its own shell serves; no inline code, no other host. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

/** On every reply of a shell that serves pages, media and refusals included. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

export interface PageSources {
  /** The folder of the window's built files. */
  readonly rendererDir: string;
  readonly open: OpenEngine;
}

export const refusePage = (status: number, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(null, { status, headers: { ...PAGE_HEADERS, ...headers } });

/** Answers a GET or HEAD below a shell's own origin: the window's files, and media by id with its ranges. */
export async function answerPage(sources: PageSources, request: Request): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusePage(405);
  try {
    const path = decodeURIComponent(new URL(request.url).pathname);
    const [, kind, id] = /^\/media\/([^/]+)\/(.+)$/.exec(path) ?? [];
    if (kind === undefined || id === undefined) return await answerFile(sources.rendererDir, path);
    return await answerMedia(sources.open, kind, id, request);
  } catch (error) {
    if (error instanceof URIError) return refusePage(400);
    const isAbsent = error instanceof AppError && ['NOT_FOUND', 'FILE_MISSING'].includes(error.code);
    return refusePage(isAbsent ? 404 : 500);
  }
}

/** Rooms of the window are addresses without a file behind them, such as /episodes/ep-7k2m9q4x0d. */
const isRoom = (path: string): boolean => !path.slice(path.lastIndexOf('/')).includes('.');

async function answerFile(rendererDir: string, path: string): Promise<Response> {
  if (path.includes('\0')) return refusePage(404);
  const root = await realpath(rendererDir);
  const file = await realpath(join(root, isRoom(path) ? 'index.html' : path)).catch(() => '');
  const type = TYPES[extname(file)];
  // A link inside the folder may point out of it, which is why the real path is what counts.
  if (!file.startsWith(root + sep) || type === undefined) return refusePage(404);
  return new Response(await readFile(file), { headers: { ...PAGE_HEADERS, 'Content-Type': type } });
}

async function answerMedia(
  open: OpenEngine,
  kindName: string,
  id: string,
  request: Request,
): Promise<Response> {
  const kind = MediaKind.safeParse(kindName);
  if (!kind.success) return refusePage(404);
  const { path, contentType, sizeBytes } = await resolveMedia(await open(), kind.data, id);
  const range = readRange(request.headers.get('Range'), sizeBytes);
  if (range.kind === 'unsatisfiable') return refusePage(416, { 'Content-Range': `bytes */${sizeBytes}` });
  const isPart = range.kind === 'part';
  const [start, end] = isPart ? [range.firstByte, range.lastByte] : [0, sizeBytes - 1];
  const headers = {
    ...PAGE_HEADERS,
    'Accept-Ranges': 'bytes',
    'Content-Type': contentType,
    'Content-Length': String(end - start + 1),
    ...(isPart ? { 'Content-Range': `bytes ${start}-${end}/${sizeBytes}` } : {}),
  };
  // An empty file has no last byte to read to.
  const hasBody = request.method !== 'HEAD' && sizeBytes > 0;
  const bytes = hasBody ? Readable.toWeb(createReadStream(path, { start, end })) : null;
  return new Response(bytes as ReadableStream | null, { status: isPart ? 206 : 200, headers });
}
