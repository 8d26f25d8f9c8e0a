import type { ServerResponse } from 'node:http';
import type { Reply } from '../../contract/index.ts';
import { AppError, ERRORS, toWireError } from '../../domain/errors.ts';
import type { Refusal } from './guard.ts';

/** Answers with one JSON document. */
export function sendJson(response: ServerResponse, status: number, reply: Reply<unknown>): void {
  const body = Buffer.from(JSON.stringify(reply));
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
    'Cache-Control': 'no-store',
  });
  response.end(body);
}

export const refusalReply = ({ code, detail }: Refusal): Reply<never> => ({
  ok: false,
  error: toWireError(new AppError(code, detail)),
});

export function sendRefusal(response: ServerResponse, refusal: Refusal): void {
  sendJson(response, refusal.status, refusalReply(refusal));
}

/** Tells a person who typed the address what is missing: a sentence and the way out. */
export function sendRefusalPage(response: ServerResponse, { status, code }: Refusal): void {
  const body = Buffer.from(`${ERRORS[code].title} ${ERRORS[code].hint}\n`);
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': body.length,
    'Cache-Control': 'no-store',
  });
  response.end(body);
}
