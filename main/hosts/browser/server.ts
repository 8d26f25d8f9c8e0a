import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Log } from '../../api/dispatch.ts';
import type { Handlers } from '../../api/handlerTable.ts';
import { AppError, toWireError } from '../../domain/errors.ts';
import type { Engine } from '../../engine/createEngine.ts';
import { answerCall } from './callRoute.ts';
import { openEventSocket, type EventSocket } from './eventSocket.ts';
import { contentSecurityPolicy, readPath, refuseForeign, safetyHeaders, type Refusal } from './guard.ts';
import { answerMedia } from './mediaRoute.ts';
import { refusalReply, sendJson, sendRefusal, sendRefusalPage } from './reply.ts';
import { createSession, type Session } from './session.ts';
import { answerUpload } from './uploadRoute.ts';

/** Where the window's files come from: the built ones, or a development server that makes them as they are asked for. */
export interface Pages {
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** What a development server needs beyond the rules of the product. */
  readonly development?: {
    policy(origin: string): string;
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  };
}

export interface ServeOptions {
  readonly engine: Engine;
  readonly handlers: Handlers;
  readonly pages: Pages;
  /** 0 takes any port that is free. */
  readonly port: number;
  readonly log: Log;
}

/** A browser shell that answers until it is closed. */
export interface BrowserShell {
  readonly port: number;
  /** The address to open, with the token that works once. */
  readonly url: string;
  /** Ends every connection; the engine and its work are left alone. */
  close(): Promise<void>;
}

interface Shell extends ServeOptions {
  readonly session: Session;
  readonly events: EventSocket;
}

/** Serves the window on this machine only. Throws BAD_INPUT when the port is taken. */
export async function serve(options: ServeOptions): Promise<BrowserShell> {
  const server = createServer({ keepAlive: true });
  const port = await listen(server, options.port);
  const shell = {
    ...options,
    port,
    session: createSession(port),
    events: openEventSocket(options.engine),
  };
  server.on('request', (request, response) => {
    answer(shell, request, response).catch((error: unknown) => {
      // A client that broke off is nobody's fault, and nobody is left to be answered.
      if (request.destroyed && !request.complete) return;
      options.log('a request failed', error);
      if (response.headersSent) response.destroy();
      else
        sendJson(response, 500, { ok: false, error: toWireError(new AppError('INTERNAL', 'see the log')) });
    });
  });
  server.on('upgrade', (request, socket, head) => {
    upgrade(shell, request, socket, head);
  });
  server.on('clientError', (_error, socket) => {
    refuseSocket(shell, socket, { status: 400, code: 'BAD_INPUT', detail: 'that is not a request of HTTP' });
  });
  return {
    port,
    url: `http://127.0.0.1:${port}/?token=${shell.session.token}`,
    close: async () => {
      shell.events.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(
        isTaken ? new AppError('BAD_INPUT', `port ${port} cannot be used here`, { cause: error }) : error,
      );
    });
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

const ownOrigin = (shell: Shell, request: IncomingMessage): string =>
  `http://${request.headers.host === `localhost:${shell.port}` ? 'localhost' : '127.0.0.1'}:${shell.port}`;

const policyOf = (shell: Shell, origin: string): string =>
  (shell.pages.development?.policy ?? contentSecurityPolicy)(origin);

function refuse(shell: Shell, request: IncomingMessage, isUpgrade: boolean): Refusal | undefined {
  const { host, origin, cookie } = request.headers;
  const foreign = refuseForeign({ method: request.method ?? '', host, origin, isUpgrade }, shell.port);
  if (foreign !== undefined || shell.session.isSignedIn(cookie)) return foreign;
  return { status: 401, code: 'NOT_SIGNED_IN', detail: 'no key, or one that has been used' };
}

async function answer(shell: Shell, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const headers = safetyHeaders(policyOf(shell, ownOrigin(shell, request)));
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const refusal = refuse(shell, request, false);
  if (refusal === undefined || refusal.status === 401) {
    if (exchangesToken(shell, request, response, refusal === undefined)) return;
  }
  if (refusal !== undefined) {
    const isTyped = request.headers['sec-fetch-mode'] === 'navigate';
    (isTyped ? sendRefusalPage : sendRefusal)(response, refusal);
  } else await route(shell, request, response);
  leaveUnread(request, response);
}

/** GET /?token=…: the key for the cookie, and on to an address that no longer carries it. */
function exchangesToken(
  shell: Shell,
  request: IncomingMessage,
  response: ServerResponse,
  isSignedIn: boolean,
): boolean {
  const [path, query = ''] = (request.url ?? '').split('?', 2);
  const token = new URLSearchParams(query).get('token');
  if (request.method !== 'GET' || path !== '/' || token === null) return false;
  const cookie = shell.session.redeem(token);
  if (cookie === undefined && !isSignedIn) return false;
  if (cookie !== undefined) response.setHeader('Set-Cookie', cookie);
  response.writeHead(303, { Location: '/', 'Cache-Control': 'no-store', 'Content-Length': 0 });
  response.end();
  return true;
}

async function route(shell: Shell, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parts = readPath(request.url ?? '');
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  const [room = '', name = ''] = parts ?? [];
  if (parts === undefined) {
    sendRefusal(response, { status: 404, code: 'NOT_FOUND', detail: 'there is no such address' });
  } else if (request.method === 'POST' && room === 'call' && parts.length === 2) {
    await answerCall(request, response, name, shell);
  } else if (request.method === 'POST' && room === 'upload' && parts.length === 1) {
    await answerUpload(request, response, shell.engine);
  } else if (!isReading || room === 'call' || room === 'upload' || room === 'events') {
    sendRefusal(response, { status: 405, code: 'BAD_INPUT', detail: 'nothing here answers that method' });
  } else if (room === 'media' && parts.length === 3) {
    await answerMedia(request, response, parts.slice(1), shell.engine);
  } else {
    await shell.pages.answer(request, response);
  }
}

/** How long a client that is still sending may go on, so that it gets to read why it was refused. */
const DRAIN_MS = 2_000;

/** A body that nobody wants is let run dry for a moment, then the connection is cut. */
function leaveUnread(request: IncomingMessage, response: ServerResponse): void {
  if (request.complete || request.destroyed) return;
  const drain = (): void => {
    const cut = setTimeout(() => request.destroy(), DRAIN_MS);
    request.once('close', () => {
      clearTimeout(cut);
    });
    request.resume();
  };
  if (response.writableFinished) drain();
  else response.once('finish', drain);
}

function upgrade(shell: Shell, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  // Whoever vanishes during the handshake needs no answer.
  socket.on('error', () => socket.destroy());
  const refusal = refuse(shell, request, true);
  const { development } = shell.pages;
  if (refusal !== undefined) refuseSocket(shell, socket, refusal);
  else if (request.url === '/events') shell.events.accept(request, socket, head);
  else if (development !== undefined) development.upgrade(request, socket, head);
  else refuseSocket(shell, socket, { status: 404, code: 'NOT_FOUND', detail: 'there is no such socket' });
}

const REASONS: Readonly<Record<Refusal['status'], string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
};

/** Answers on a bare connection, where there is no response object to do it. */
function refuseSocket(shell: Shell, socket: Duplex, refusal: Refusal): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify(refusalReply(refusal));
  const headers = {
    ...safetyHeaders(policyOf(shell, `http://127.0.0.1:${shell.port}`)),
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${refusal.status} ${REASONS[refusal.status]}`, ...lines, '', body].join('\r\n'));
}
