import type { ErrorCode } from '../../domain/errors.ts';

/** What the door looks at before anything of a request is acted on. */
export interface Knock {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly isUpgrade: boolean;
}

/** A request that never reaches the engine: the status of HTTP, and the error as the catalogue names it. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 415;
  readonly code: ErrorCode;
  readonly detail: string;
}

const refusal = (status: Refusal['status'], code: ErrorCode, detail: string): Refusal => ({
  status,
  code,
  detail,
});

/** The names by which our own window may call this server. */
export const ownHosts = (port: number): readonly string[] => [`127.0.0.1:${port}`, `localhost:${port}`];

const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD';

/**
 * Refuses what our own window would never send: another Host (a name rebound to this machine), another Origin
 * (a page elsewhere), or none where a browser always sends one (everything but reading, and every upgrade).
 */
export function refuseForeign(knock: Knock, port: number): Refusal | undefined {
  const { host, origin } = knock;
  if (host === undefined || !ownHosts(port).includes(host)) {
    return refusal(403, 'FOREIGN_REQUEST', 'the Host header names another server');
  }
  const mayLackOrigin = isReading(knock.method) && !knock.isUpgrade;
  if (origin === undefined && mayLackOrigin) return undefined;
  if (origin === `http://${host}`) return undefined;
  return refusal(403, 'FOREIGN_REQUEST', 'the Origin header does not name this window');
}

/** The largest body of a call; recordings never travel in one. */
export const MAX_CALL_BYTES = 1_048_576;

/** Refuses a body that is not JSON, or that says it is larger than any call can be. */
export function refuseCallBody(
  contentType: string | undefined,
  contentLength: string | undefined,
): Refusal | undefined {
  const [type = '', ...parameters] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
  const isUtf8 = parameters.every((parameter) => parameter === '' || parameter === 'charset=utf-8');
  if (type !== 'application/json' || !isUtf8) {
    return refusal(415, 'BAD_INPUT', 'a call is sent as application/json in UTF-8');
  }
  return Number(contentLength ?? 0) > MAX_CALL_BYTES ? tooLargeCall() : undefined;
}

export const tooLargeCall = (): Refusal =>
  refusal(413, 'BAD_INPUT', `a call takes at most ${MAX_CALL_BYTES} bytes`);

/** Refuses an upload whose kind or size is not told, or that is larger than a copy may be. */
export function refuseUpload(
  contentType: string | undefined,
  contentLength: string | undefined,
  maxBytes: number,
): Refusal | undefined {
  if (contentType?.trim().toLowerCase() !== 'application/octet-stream') {
    return refusal(415, 'BAD_INPUT', 'an upload is sent as application/octet-stream');
  }
  if (contentLength === undefined || !/^\d{1,15}$/.test(contentLength)) {
    return refusal(400, 'BAD_INPUT', 'an upload must say its length');
  }
  if (Number(contentLength) > maxBytes) {
    return refusal(413, 'FILE_TOO_LARGE', `${contentLength} bytes; a copy may have at most ${maxBytes}`);
  }
  return undefined;
}

/**
 * The parts of a request's path, each decoded; undefined for a path that tries to leave its root:
 * dot segments, separators or control characters in disguise, or escapes that are no UTF-8.
 */
export function readPath(target: string): readonly string[] | undefined {
  const [path = ''] = target.split(/[?#]/, 1);
  if (!path.startsWith('/')) return undefined;
  try {
    const parts = path.slice(1).split('/').map(decodeURIComponent);
    return parts.every(isPlainName) ? parts : undefined;
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

const isPlainName = (part: string): boolean => {
  const hasControl = Array.from(part).some((char) => char < ' ' || char === '\u007f');
  return part !== '.' && part !== '..' && !hasControl && !/[/\\]/.test(part);
};

/** What a window may load and talk to; origin is the window's own, such as http://127.0.0.1:4321. */
export function contentSecurityPolicy(origin: string): string {
  const events = origin.replace(/^http:/, 'ws:');
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "media-src 'self' blob:",
    // Older Safari does not count the web socket of the same origin as 'self'.
    `connect-src 'self' ${events}`,
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** Headers of every reply, refusals included. */
export const safetyHeaders = (policy: string): Readonly<Record<string, string>> => ({
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
});
