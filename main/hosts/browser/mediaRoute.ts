import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { readRange, resolveMedia, type MediaFile } from '../../api/media.ts';
import { MediaKind } from '../../contract/media.ts';
import { AppError } from '../../domain/errors.ts';
import type { Engine } from '../../engine/createEngine.ts';
import { sendRefusal } from './reply.ts';

/** GET or HEAD /media/<kind>/<id>: a recording, an export or a cover, whole or one range of it. */
export async function answerMedia(
  request: IncomingMessage,
  response: ServerResponse,
  [kindName = '', id = '']: readonly string[],
  engine: Engine,
): Promise<void> {
  const kind = MediaKind.safeParse(kindName);
  if (!kind.success) {
    sendRefusal(response, { status: 404, code: 'NOT_FOUND', detail: `there is no media of that kind` });
    return;
  }
  let file: MediaFile;
  try {
    file = await resolveMedia(engine, kind.data, id);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    sendRefusal(response, { status: 404, code: error.code, detail: error.message });
    return;
  }
  await sendFile(request, response, file);
}

async function sendFile(request: IncomingMessage, response: ServerResponse, file: MediaFile): Promise<void> {
  const range = readRange(request.headers.range, file.sizeBytes);
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('Cache-Control', 'private, no-cache');
  if (range.kind === 'unsatisfiable') {
    response.writeHead(416, { 'Content-Range': `bytes */${file.sizeBytes}`, 'Content-Length': 0 });
    response.end();
    return;
  }
  const isPart = range.kind === 'part';
  const firstByte = isPart ? range.firstByte : 0;
  const lastByte = isPart ? range.lastByte : file.sizeBytes - 1;
  response.writeHead(isPart ? 206 : 200, {
    'Content-Type': file.contentType,
    'Content-Length': lastByte - firstByte + 1,
    ...(isPart ? { 'Content-Range': `bytes ${firstByte}-${lastByte}/${file.sizeBytes}` } : {}),
  });
  if (request.method === 'HEAD' || lastByte < firstByte) response.end();
  else await stream(response, file.path, firstByte, lastByte);
}

/** Sends the bytes until they end or the client goes; players drop a connection with every seek. */
async function stream(response: ServerResponse, path: string, start: number, end: number): Promise<void> {
  const source = createReadStream(path, { start, end });
  try {
    await pipeline(source, response, { end: false });
    // A file that shrank under us cannot keep the length that was promised; a cut connection says so.
    if (source.bytesRead === end - start + 1) response.end();
    else response.destroy();
  } catch {
    response.destroy();
  }
}
