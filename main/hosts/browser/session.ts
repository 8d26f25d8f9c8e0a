import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;

const newSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

/** Compares in constant time; hashing first gives both sides one length. */
function isSame(given: string, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

function readCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [key = '', ...value] = pair.split('=');
    if (key.trim() === name) return value.join('=').trim();
  }
  return undefined;
}

/** Who may use this server: one token, good once, is exchanged for a cookie that lives as long as the server. */
export interface Session {
  /** The token of 256 bits that the address carries. */
  readonly token: string;
  /** The Set-Cookie header for the right token, the first time; undefined for any other, and ever after. */
  redeem(token: string): string | undefined;
  isSignedIn(cookieHeader: string | undefined): boolean;
}

/** Browsers share cookies between the ports of one machine, so the cookie carries its port in its name. */
export function createSession(port: number): Session {
  const name = `soundbite-${port}`;
  const secret = newSecret();
  const token = newSecret();
  let isUsed = false;
  return {
    token,
    redeem(given) {
      const isRight = isSame(given, token);
      if (isUsed || !isRight) return undefined;
      isUsed = true;
      return `${name}=${secret}; Path=/; HttpOnly; SameSite=Strict`;
    },
    isSignedIn(cookieHeader) {
      const given = readCookie(cookieHeader, name);
      return given !== undefined && isSame(given, secret);
    },
  };
}
