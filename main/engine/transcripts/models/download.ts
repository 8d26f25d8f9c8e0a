import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../domain/errors.ts';
import { Watchdog } from '../../media/watchdog.ts';
import { fetchChecked, type AddressRule } from './fetchChecked.ts';

export interface DownloadRequest {
  /** Addresses of the same bytes; the next one is asked when one fails. */
  readonly urls: readonly string[];
  /** Where the file goes when it is whole; "<path>.partial" holds what has come so far. */
  readonly path: string;
  /** What it has to be; null where it is not known yet. */
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
}

export interface DownloadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((bytes: number, ofBytes: number | null) => void) | undefined;
  readonly mayFetch: AddressRule;
  /** No byte for this long means that the server has stalled. */
  readonly stallMs?: number;
}

export interface Downloaded {
  readonly sizeBytes: number;
  readonly sha256: string;
}

const STALL_MS = 30_000;
/** Left free beside the file, so that the library can still be written. */
const SPARE_BYTES = 256 * 1024 * 1024;
/** The largest model there is has 1.5 GB; a server that sends for ever must not fill the disk. */
const LARGEST_BYTES = 8 * 1024 ** 3;

/** What a partial file is a part of: without the same mark its bytes cannot be gone on with. */
const PartialNote = z.object({ url: z.string(), etag: z.string() });
const noteOf = (partial: string): string => `${partial}.json`;

/**
 * Downloads one file, going on where an earlier try stopped. It appears under its name only when it is whole, synced and
 * of the right content. Throws DOWNLOAD_FAILED (can be tried again), DOWNLOAD_WRONG, DISK_FULL, or the signal's reason.
 */
export async function download(request: DownloadRequest, options: DownloadOptions): Promise<Downloaded> {
  let failure: AppError | undefined;
  for (const url of request.urls) {
    options.signal?.throwIfAborted();
    try {
      return await downloadFrom(url, request, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!(error instanceof AppError) || error.code === 'DISK_FULL') throw error;
      // That the bytes are wrong says more than that they could not be had.
      if (failure === undefined || error.code === 'DOWNLOAD_WRONG') failure = error;
    }
  }
  throw failure ?? new AppError('DOWNLOAD_FAILED', `no address is known for ${request.path}`);
}

interface Start {
  readonly atByte: number;
  readonly hash: Hash;
  readonly etag: string | undefined;
}

async function downloadFrom(
  url: string,
  request: DownloadRequest,
  options: DownloadOptions,
): Promise<Downloaded> {
  const partial = `${request.path}.partial`;
  const before = await startOf(partial, url);
  const stalled = new AbortController();
  const watchdog = new Watchdog(options.stallMs ?? STALL_MS, () => {
    stalled.abort(new AppError('DOWNLOAD_FAILED', `${url} sent nothing for a while`));
  });
  const signal = AbortSignal.any([stalled.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  try {
    const response = await ask(url, before, options.mayFetch, signal);
    const isRest = response.status === 206 && before.etag !== undefined;
    const start = isRest ? before : nothingYet();
    const total = totalOf(response, start.atByte);
    refuseSize(url, total, request.sizeBytes);
    await ensureSpace(request.path, (total ?? request.sizeBytes ?? 0) - start.atByte);
    await keepNote(partial, url, response.headers.get('etag'));
    const sizeBytes = await store(response, partial, start, {
      onBytes: (bytes) => {
        watchdog.sawLife();
        options.onProgress?.(bytes, total ?? request.sizeBytes);
      },
      largestBytes: total ?? request.sizeBytes ?? LARGEST_BYTES,
    });
    return await finish(url, request, partial, { sizeBytes, sha256: start.hash.digest('hex') }, total);
  } catch (error) {
    signal.throwIfAborted();
    const failure = toAppError(error, url);
    // A full disk needs its space back before anything else can be written, the library included.
    if (failure instanceof AppError && failure.code === 'DISK_FULL') await dropPartial(partial);
    throw failure;
  } finally {
    watchdog.stop();
  }
}

const nothingYet = (): Start => ({ atByte: 0, hash: createHash('sha256'), etag: undefined });

/** What lies there of an earlier try, if it came from this address and can be gone on with. */
async function startOf(partial: string, url: string): Promise<Start> {
  const note = await readFile(noteOf(partial), 'utf8').then(
    (text) => PartialNote.safeParse(JSON.parse(text)).data,
    () => undefined,
  );
  const size = await stat(partial).then(
    (file) => file.size,
    () => 0,
  );
  if (note?.url !== url || size === 0) return nothingYet();
  const { hash } = nothingYet();
  for await (const piece of createReadStream(partial)) hash.update(piece as Buffer);
  return { atByte: size, hash, etag: note.etag };
}

async function ask(url: string, start: Start, mayFetch: AddressRule, signal: AbortSignal): Promise<Response> {
  const rest: Record<string, string> =
    start.etag === undefined ? {} : { Range: `bytes=${start.atByte}-`, 'If-Range': start.etag };
  // Bytes that were packed on the way could not be gone on with.
  const response = await fetchChecked(url, { 'Accept-Encoding': 'identity', ...rest }, mayFetch, signal);
  if (response.status === 200 || (response.status === 206 && startsAt(response) === start.atByte))
    return response;
  await response.body?.cancel();
  if (response.status === 416 || response.status === 206) return ask(url, nothingYet(), mayFetch, signal);
  throw new AppError('DOWNLOAD_FAILED', `${url} answered ${response.status}`);
}

const startsAt = (response: Response): number =>
  Number(/^bytes (\d+)-/u.exec(response.headers.get('content-range') ?? '')?.[1] ?? Number.NaN);

function totalOf(response: Response, atByte: number): number | null {
  const length = response.headers.get('content-length');
  return length === null ? null : Number(length) + (response.status === 206 ? atByte : 0);
}

function refuseSize(url: string, total: number | null, expected: number | null): void {
  if (total !== null && expected !== null && total !== expected)
    throw new AppError('DOWNLOAD_WRONG', `${url} has ${total} bytes instead of ${expected}`);
  if ((total ?? 0) > LARGEST_BYTES)
    throw new AppError('DOWNLOAD_WRONG', `${url} has ${String(total)} bytes, more than any model`);
}

async function ensureSpace(path: string, neededBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(path));
  if (bavail * bsize < neededBytes + Math.min(SPARE_BYTES, neededBytes))
    throw new AppError('DISK_FULL', `${neededBytes} bytes are needed for ${path}`);
}

/** A weak mark does not promise the same bytes, so what came under it cannot be gone on with. */
async function keepNote(partial: string, url: string, etag: string | null): Promise<void> {
  if (etag === null || etag.startsWith('W/')) await rm(noteOf(partial), { force: true });
  else await writeFile(noteOf(partial), JSON.stringify({ url, etag }));
}

async function store(
  response: Response,
  partial: string,
  start: Start,
  { onBytes, largestBytes }: { onBytes: (bytes: number) => void; largestBytes: number },
): Promise<number> {
  if (response.body === null) throw new AppError('DOWNLOAD_FAILED', 'the answer has no content');
  const file = await open(partial, start.atByte === 0 ? 'w' : 'a');
  try {
    let bytes = start.atByte;
    for await (const piece of response.body as AsyncIterable<Uint8Array>) {
      if (bytes + piece.length > largestBytes)
        throw new AppError('DOWNLOAD_WRONG', `more than ${largestBytes} bytes came`);
      await file.writeFile(piece);
      start.hash.update(piece);
      bytes += piece.length;
      onBytes(bytes);
    }
    await file.sync();
    return bytes;
  } finally {
    await file.close();
  }
}

/** A file that came whole but is not the right one is taken away: nothing could be made of it. */
async function finish(
  url: string,
  request: DownloadRequest,
  partial: string,
  made: Downloaded,
  total: number | null,
): Promise<Downloaded> {
  if (total !== null && made.sizeBytes < total)
    throw new AppError('DOWNLOAD_FAILED', `${url} ended after ${made.sizeBytes} of ${total} bytes`);
  const isRight =
    (request.sizeBytes === null || request.sizeBytes === made.sizeBytes) &&
    (request.sha256 === null || request.sha256 === made.sha256);
  if (!isRight) {
    await dropPartial(partial);
    throw new AppError('DOWNLOAD_WRONG', `${url} has sha256 ${made.sha256} and ${made.sizeBytes} bytes`);
  }
  await rename(partial, request.path);
  await rm(noteOf(partial), { force: true });
  return made;
}

async function dropPartial(partial: string): Promise<void> {
  await rm(partial, { force: true });
  await rm(noteOf(partial), { force: true });
}

function toAppError(error: unknown, url: string): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new AppError('DISK_FULL', error.message, { cause: error });
  const reason = error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
  return new AppError('DOWNLOAD_FAILED', `${url}: ${reason}`, { cause: error });
}
