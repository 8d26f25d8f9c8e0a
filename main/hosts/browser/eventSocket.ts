import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { EventName } from '../../contract/index.ts';
import type { Job } from '../../domain/job.ts';
import type { Engine } from '../../engine/createEngine.ts';
import { ProgressThrottle } from './progressThrottle.ts';

/** The window sends nothing here. */
const MAX_MESSAGE_BYTES = 1024;

/** A window that reads nothing for so long is cut off; it fetches everything afresh when it comes back. */
const MAX_BUFFERED_BYTES = 1_048_576;

/** Passes the engine's events on to every window that listens. */
export interface EventSocket {
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

function send(socket: WebSocket, message: string): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate();
  else socket.send(message);
}

export function openEventSocket(engine: Engine): EventSocket {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  const broadcast = (name: EventName, payload: unknown): void => {
    const message = JSON.stringify({ name, payload });
    for (const socket of server.clients) send(socket, message);
  };
  const progress = new ProgressThrottle((job: Job) => {
    broadcast('jobs.changed', job);
  });
  const stopListening = [
    engine.on('jobs.changed', (job) => {
      progress.add(job);
    }),
    ...(['episodes.changed', 'queue.changed', 'notice.given'] as const).map((name) =>
      engine.on(name, (payload) => {
        broadcast(name, payload);
      }),
    ),
  ];
  return {
    accept(request, socket, head) {
      server.handleUpgrade(request, socket, head, (window) => {
        // A protocol error closes that window's connection; the window opens another.
        window.on('error', () => {
          window.terminate();
        });
      });
    },
    close() {
      for (const stop of stopListening) stop();
      progress.close();
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}
