import type { IncomingMessage, ServerResponse } from 'node:http';
import { dispatch, type Log } from '../../api/dispatch.ts';
import type { Handlers } from '../../api/handlerTable.ts';
import { MAX_CALL_BYTES, refuseCallBody, tooLargeCall, type Refusal } from './guard.ts';
import { sendJson, sendRefusal } from './reply.ts';

type Body = { readonly value: unknown } | { readonly refusal: Refusal };

/** Reads a JSON body of bounded size, whatever its headers promised. */
async function readBody(request: IncomingMessage): Promise<Body> {
  const refused = refuseCallBody(request.headers['content-type'], request.headers['content-length']);
  if (refused !== undefined) return { refusal: refused };
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_CALL_BYTES) return { refusal: tooLargeCall() };
    chunks.push(chunk);
  }
  try {
    return { value: JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { refusal: { status: 400, code: 'BAD_INPUT', detail: 'the body of the call is not JSON' } };
  }
}

/** POST /call/<name>: one call of the contract. */
export async function answerCall(
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  door: { readonly handlers: Handlers; readonly log: Log },
): Promise<void> {
  const body = await readBody(request);
  if ('refusal' in body) {
    sendRefusal(response, body.refusal);
    return;
  }
  sendJson(response, 200, await dispatch(door.handlers, name, body.value, door.log));
}
