import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError, toWireError } from '../../domain/errors.ts';
import type { Engine } from '../../engine/createEngine.ts';
import { storeCopy } from '../../engine/flows/storeCopy.ts';
import { MAX_UPLOAD_BYTES } from '../../api/host.ts';
import { refuseUpload } from './guard.ts';
import { sendJson, sendRefusal } from './reply.ts';

/** POST /upload?name=<file name>: the bytes of a dropped file, kept as a copy in the library. */
export async function answerUpload(
  request: IncomingMessage,
  response: ServerResponse,
  engine: Engine,
): Promise<void> {
  const { headers } = request;
  const refused = refuseUpload(headers['content-type'], headers['content-length'], MAX_UPLOAD_BYTES);
  if (refused !== undefined) {
    sendRefusal(response, refused);
    return;
  }
  const name = new URL(request.url ?? '', 'http://localhost').searchParams.get('name') ?? '';
  try {
    const sizeBytes = Number(headers['content-length']);
    const path = await storeCopy(engine, { name, sizeBytes, bytes: request });
    sendJson(response, 200, { ok: true, value: { path } });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    sendJson(response, 200, { ok: false, error: toWireError(error) });
  }
}
