import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { WebSocket } from 'ws';

export interface HttpAsk {
  readonly method?: string;
  /** Sent as it stands, so that a path can try to escape. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  json(): unknown;
}

/** One plain request to 127.0.0.1 with nothing added that a browser would add by itself. */
export function send(port: number, ask: HttpAsk): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      method: ask.method ?? 'GET',
      path: ask.path,
      headers: ask.headers ?? {},
      agent: false,
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          bytes,
          json: () => JSON.parse(bytes.toString('utf8')) as unknown,
        });
      });
    });
    request.end(ask.body);
  });
}

/** A window that has exchanged its token. */
export interface SignedIn {
  readonly port: number;
  readonly origin: string;
  readonly cookie: string;
  /** What our own page sends with every request of its own. */
  readonly headers: Readonly<Record<string, string>>;
}

export async function signIn(url: string): Promise<SignedIn> {
  const { origin, port, pathname, search } = new URL(url);
  const answer = await send(Number(port), { path: pathname + search });
  const [cookie = ''] = (answer.headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? '');
  if (answer.status !== 303 || cookie === '') throw new Error(`the token was refused with ${answer.status}`);
  return { port: Number(port), origin, cookie, headers: { Cookie: cookie, Origin: origin } };
}

/** Tries to open a socket; resolves with it, or with the status of the refusal. */
export function openSocket(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<WebSocket | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    socket.on('open', () => {
      resolve(socket);
    });
    socket.on('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', reject);
  });
}
