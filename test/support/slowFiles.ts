import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SlowFiles extends AsyncDisposable {
  readonly url: string;
  /** The first byte that each request asked for. */
  readonly asked: readonly number[];
  /** Lets everything through that is still held back. */
  release(): void;
}

const HALVES = 2;

/** Serves files by name on this machine: the first half of each at once, the rest when it is released; goes on from any byte. */
export async function serveSlowly(files: Readonly<Record<string, Buffer>>): Promise<SlowFiles> {
  const asked: number[] = [];
  const gate = Promise.withResolvers<undefined>();
  const server = createServer((request, response) => {
    const body = files[request.url?.split('/').at(-1) ?? ''];
    if (body === undefined) {
      response.writeHead(404).end();
      return;
    }
    const from = Number(/^bytes=(\d+)-/u.exec(request.headers.range ?? '')?.[1] ?? 0);
    asked.push(from);
    const range = from === 0 ? {} : { 'Content-Range': `bytes ${from}-${body.length - 1}/${body.length}` };
    const headers = { 'Content-Length': body.length - from, ETag: '"1"', 'Accept-Ranges': 'bytes', ...range };
    response.writeHead(from === 0 ? 200 : 206, headers);
    const half = Math.max(from, Math.floor(body.length / HALVES));
    response.write(body.subarray(from, half));
    void gate.promise.then(() => response.end(body.subarray(half)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    release: () => {
      gate.resolve(undefined);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
