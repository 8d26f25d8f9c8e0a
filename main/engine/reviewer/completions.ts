import { readModels, readReply, type Received, type Reply } from './reply.ts';

/** An answer is a page of text; a provider that sends more than this is not what it says it is. */
const LARGEST_BYTES = 1024 * 1024;

const LIST_TIMEOUT_MS = 10_000;

/** Room for a verdict, its reasons and its titles; a model that needs more does something else. */
const MOST_TOKENS = 900;

export interface Message {
  readonly role: 'system' | 'user';
  readonly content: string;
}

export interface Endpoint {
  readonly baseUrl: string;
  /** null where none is needed. */
  readonly secret: string | null;
}

export interface Ask {
  readonly model: string;
  readonly messages: readonly Message[];
  /** The same for an ask that is repeated because nobody heard its end: a provider that keeps account of it charges once. */
  readonly idempotencyKey: string;
  /** Another one may lead to another answer. */
  readonly seed: number;
  readonly timeoutMs: number;
}

class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** Asks a model. A stop is thrown with its reason; everything else that can happen is a reply. */
export async function complete(
  endpoint: Endpoint,
  { model, messages, idempotencyKey, seed, timeoutMs }: Ask,
  signal: AbortSignal,
  nowMs: () => number,
): Promise<Reply> {
  const body = JSON.stringify({
    model,
    messages,
    temperature: 0,
    seed,
    max_tokens: MOST_TOKENS,
    stream: false,
    response_format: { type: 'json_object' },
  });
  const received = await request(endpoint, '/chat/completions', {
    signal,
    timeoutMs,
    body,
    headers: { 'Idempotency-Key': idempotencyKey },
  });
  return 'failed' in received
    ? { kind: 'failed', because: received.failed, wasTaken: received.wasTaken }
    : readReply(received, nowMs());
}

/** The models that a provider has; a sentence about what is wrong where it does not tell. */
export async function listModels(endpoint: Endpoint, signal: AbortSignal): Promise<string[] | string> {
  const received = await request(endpoint, '/models', { signal, timeoutMs: LIST_TIMEOUT_MS, headers: {} });
  if ('failed' in received) return received.failed;
  if (received.status === 401 || received.status === 403)
    return `it does not know the key (status ${received.status})`;
  if (received.status !== 200) return `status ${received.status}`;
  return readModels(received.body) ?? 'what answers there does not speak the protocol of OpenAI';
}

interface Unheard {
  readonly failed: string;
  readonly wasTaken: boolean;
}

interface RequestOptions {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly body?: string;
  readonly headers: Readonly<Record<string, string>>;
}

async function request(
  { baseUrl, secret }: Endpoint,
  path: string,
  { signal, timeoutMs, body, headers }: RequestOptions,
): Promise<Received | Unheard> {
  const timeout = AbortSignal.timeout(timeoutMs);
  let wasTaken = false;
  try {
    const response = await fetch(`${baseUrl}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(secret === null ? {} : { Authorization: `Bearer ${secret}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
      // Words and keys go to the address that a person gave, and nowhere else.
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeout]),
    });
    wasTaken = response.status === 200;
    return {
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      body: await readLimited(response),
    };
  } catch (error) {
    signal.throwIfAborted();
    if (timeout.aborted) return { failed: `no answer within ${timeoutMs / 1000} s`, wasTaken: true };
    if (error instanceof TooLarge) return { failed: error.message, wasTaken };
    return { failed: networkFault(error), wasTaken: wasTaken || isCutOff(error) };
  }
}

async function readLimited({ body }: Response): Promise<string> {
  if (body === null) return '';
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > LARGEST_BYTES) {
      await reader.cancel();
      throw new TooLarge(`it sent more than ${LARGEST_BYTES} bytes`);
    }
    text += decoder.decode(value, { stream: true });
  }
}

const codeOf = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
};

/** The connection stood and broke: the provider may have begun, or even ended, what it was asked. */
const isCutOff = (error: unknown): boolean =>
  ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(codeOf(error));

function networkFault(error: unknown): string {
  const code = codeOf(error);
  if (code === 'ECONNREFUSED') return 'nothing listens at its address';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'its name is not known to the network';
  return `the connection failed${code === '' ? '' : ` (${code})`}`;
}
