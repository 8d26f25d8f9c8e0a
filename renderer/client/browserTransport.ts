import { z } from 'zod';
import type { DroppedFile, Transport, Upload } from './transport.ts';

const Message = z.object({ name: z.string(), payload: z.unknown() });

const RECONNECT_MS = [250, 500, 1000, 2000, 4000] as const;

/** The shell in a browser: calls over HTTP, events over a socket that comes back by itself. */
export function browserTransport(): Transport {
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const watchers = new Set<(isConnected: boolean) => void>();
  listen(listeners, (isConnected) => {
    for (const watch of watchers) watch(isConnected);
  });
  return {
    mediaOrigin: '',
    pathOf: () => undefined,
    upload: (file, upload) => send(file, upload),
    async call(name, input) {
      const reply = await fetch(`/call/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input),
      });
      return reply.json() as Promise<unknown>;
    },
    on(name, listener) {
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known.add(listener));
      return () => known.delete(listener);
    },
    onConnection(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}

function listen(
  listeners: ReadonlyMap<string, ReadonlySet<(payload: unknown) => void>>,
  onConnection: (isConnected: boolean) => void,
): void {
  let failures = 0;
  const connect = (): void => {
    const socket = new WebSocket(`ws://${location.host}/events`);
    socket.addEventListener('open', () => {
      failures = 0;
      onConnection(true);
    });
    socket.addEventListener('message', ({ data }) => {
      const message = Message.safeParse(JSON.parse(String(data)));
      if (!message.success) return;
      for (const listener of listeners.get(message.data.name) ?? []) listener(message.data.payload);
    });
    socket.addEventListener('close', () => {
      onConnection(false);
      setTimeout(connect, RECONNECT_MS[Math.min(failures, RECONNECT_MS.length - 1)]);
      failures += 1;
    });
  };
  connect();
}

/** XMLHttpRequest, because fetch does not say how much of a body has left. */
function send(file: DroppedFile, { onProgress, signal }: Upload): Promise<unknown> {
  return new Promise((resolve, reject) => {
    if (!(file instanceof Blob)) {
      reject(new TypeError(`${file.name} cannot be read here`));
      return;
    }
    const request = new XMLHttpRequest();
    request.open('POST', `/upload?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.responseType = 'json';
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      onProgress(total === 0 ? 0 : loaded / total);
    });
    request.addEventListener('load', () => {
      resolve(request.response);
    });
    request.addEventListener('error', () => {
      reject(new Error(`${file.name} could not be handed over`));
    });
    request.addEventListener('abort', () => {
      reject(new DOMException('cancelled', 'AbortError'));
    });
    signal.addEventListener(
      'abort',
      () => {
        request.abort();
      },
      { once: true },
    );
    request.send(file);
  });
}
