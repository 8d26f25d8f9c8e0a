import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One ask as the server saw it. */
export interface SeenAsk {
  readonly clip: string;
  /** The key it came with; empty without one. */
  readonly key: string;
  readonly idempotencyKey: string;
  readonly prompt: string;
}

/** How one ask is dealt with. */
export type Behaviour = (response: ServerResponse, ask: SeenAsk) => void;

/** A server on this machine that speaks the protocol of OpenAI, as well or badly as a test wants. */
export interface ModelServer extends AsyncDisposable {
  /** Up to and including the version. */
  readonly url: string;
  readonly asks: SeenAsk[];
  /** What is done with the asks that come from now on. */
  behave: Behaviour;
  /** Resolves with the next ask, before it is dealt with. */
  nextAsk(): Promise<SeenAsk>;
}

const sendJson = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
};

/** A model's words, wrapped as the protocol wants them. */
export const saying =
  (text: string | ((ask: SeenAsk) => string), finish = 'stop'): Behaviour =>
  (response, ask) => {
    const content = typeof text === 'string' ? text : text(ask);
    sendJson(response, 200, { choices: [{ message: { content }, finish_reason: finish }] });
  };

/** An opinion that quotes the first words of the clip and takes its title from them. */
export const opinion = (verdict: number) => (ask: SeenAsk) => {
  const words = ask.clip.split(' ');
  return JSON.stringify({
    verdict,
    reasons: [{ why: 'It begins with its point.', quote: words.slice(0, 4).join(' ') }],
    titles: [words.slice(0, 5).join(' ')],
    hooks: [],
    hashtags: [],
  });
};

export const well = (verdict = 8): Behaviour => saying(opinion(verdict));

export const refusing =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (response) => {
    response.writeHead(status, headers).end(JSON.stringify({ error: { message: `no: ${status}` } }));
  };

function clipOf(prompt: string): string {
  const { messages } = JSON.parse(prompt) as { messages: { content: string }[] };
  const { clip } = JSON.parse(messages[1]?.content ?? '{}') as { clip?: string };
  return clip ?? '';
}

export async function serveModel(behave: Behaviour = well()): Promise<ModelServer> {
  const waiting: ((ask: SeenAsk) => void)[] = [];
  const served: Pick<ModelServer, 'asks' | 'behave'> = { asks: [], behave };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      if (request.url === '/v1/models') {
        sendJson(response, 200, { data: [{ id: 'small' }, { id: 'large' }] });
        return;
      }
      const ask: SeenAsk = {
        clip: clipOf(body),
        key: (request.headers.authorization ?? '').replace('Bearer ', ''),
        idempotencyKey: String(request.headers['idempotency-key']),
        prompt: body,
      };
      served.asks.push(ask);
      for (const tell of waiting.splice(0)) tell(ask);
      served.behave(response, ask);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return Object.assign(served, {
    url: `http://127.0.0.1:${port}/v1`,
    nextAsk: () => new Promise<SeenAsk>((resolve) => waiting.push(resolve)),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}
