const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Nobody waits longer for a quota: a day, and an hour for clocks that disagree. */
export const LONGEST_WAIT_MS = 25 * HOUR_MS;

/** Asks a day and key where nobody says otherwise. */
export const USUAL_DAILY_LIMIT = 100;

const MINUTE_MS = 60_000;

/** Quotas are counted by days of UTC, as providers do. */
export const dayOf = (nowMs: number): string => new Date(nowMs).toISOString().slice(0, 10);

/** When the quota of the day is whole again. */
export const resetAfter = (nowMs: number): number => (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS;

/** How a key stands when somebody wants to ask. */
export interface KeyStanding {
  readonly keyId: string;
  /** Asks a day; null where there is no limit. */
  readonly dailyLimit: number | null;
  /** Asks of today, those under way included. */
  readonly used: number;
  readonly blockedUntilMs: number | null;
  /** The provider does not know it. */
  readonly isRejected: boolean;
  /** Its secret can be read by this process. */
  readonly isReadable: boolean;
}

export type KeyChoice =
  | { readonly kind: 'use'; readonly keyId: string }
  | { readonly kind: 'wait'; readonly untilMs: number; readonly because: 'spent' | 'rate-limited' }
  | { readonly kind: 'none'; readonly because: 'no-key' | 'rejected' | 'unreadable' };

const isSpent = ({ dailyLimit, used }: KeyStanding): boolean => dailyLimit !== null && used >= dailyLimit;

/** A time further off than anybody waits means that the clock was set back. */
const isBlocked = ({ blockedUntilMs }: KeyStanding, nowMs: number): boolean =>
  blockedUntilMs !== null && blockedUntilMs > nowMs && blockedUntilMs - nowMs <= LONGEST_WAIT_MS;

/** The first key in line that has some quota left and may be used now; else how long to wait for the first that will. */
export function chooseKey(keys: readonly KeyStanding[], nowMs: number): KeyChoice {
  if (keys.length === 0) return { kind: 'none', because: 'no-key' };
  const known = keys.filter(({ isRejected, dailyLimit }) => !isRejected && dailyLimit !== 0);
  if (known.length === 0) return { kind: 'none', because: 'rejected' };
  const usable = known.filter(({ isReadable }) => isReadable);
  if (usable.length === 0) return { kind: 'none', because: 'unreadable' };
  const free = usable.find((key) => !isSpent(key) && !isBlocked(key, nowMs));
  if (free !== undefined) return { kind: 'use', keyId: free.keyId };
  const waits = usable.map((key) => ({
    untilMs: Math.max(
      isSpent(key) ? resetAfter(nowMs) : nowMs,
      isBlocked(key, nowMs) ? (key.blockedUntilMs ?? nowMs) : nowMs,
    ),
    because: isSpent(key) ? ('spent' as const) : ('rate-limited' as const),
  }));
  const first = waits.reduce((a, b) => (b.untilMs < a.untilMs ? b : a));
  return { kind: 'wait', ...first, untilMs: Math.min(first.untilMs, nowMs + LONGEST_WAIT_MS) };
}

const SHORTEST_BLOCK_MS = 1000;
const LONGEST_GUESS_MS = HOUR_MS;

/**
 * Until when a key rests that the provider turned away: as long as it says, a minute where it says nothing, twice as long
 * each further time in a row, up to an hour.
 */
export function blockedUntil(retryAfterMs: number | null, strikes: number, nowMs: number): number {
  const guessMs = Math.min(MINUTE_MS * 2 ** strikes, LONGEST_GUESS_MS);
  const waitMs = Math.max(SHORTEST_BLOCK_MS, retryAfterMs ?? guessMs);
  return nowMs + Math.min(waitMs, LONGEST_WAIT_MS);
}

/** Milliseconds that a Retry-After header asks for: seconds or a date (RFC 9110, 10.2.3); null where it says neither. */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}(\.\d{1,3})?$/u.test(text)) return Number(text) * 1000;
  const at = /^[A-Z][a-z]{2,8}, /u.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
