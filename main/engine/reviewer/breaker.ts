/** Asks in a row that fail before no more are sent. */
const FAILURES_IN_A_ROW = 5;

/** Half of the last ten failing opens it as well: a provider that answers now and then is of no use either. */
const REMEMBERED = 10;
const MOST_FAILING = 5;

const MINUTE_MS = 60_000;
/** How long it stays open the first, the second, and every further time in a row. */
const OPEN_MS = [30 * MINUTE_MS, 60 * MINUTE_MS, 120 * MINUTE_MS] as const;
const LONGEST_OPEN_MS = OPEN_MS[2];

/** A trial of which nothing is heard for this long has died with its process, and another one may begin. */
export const TRIAL_MS = 10 * MINUTE_MS;

/**
 * Whether a provider is asked. closed: it is. open: not before `retryAtMs`. half-open: one ask is out to try it; if nothing
 * is heard of that until `retryAtMs`, another one may go.
 */
export interface Breaker {
  readonly state: 'closed' | 'open' | 'half-open';
  /** Asks that failed in a row. */
  readonly failures: number;
  /** How the last ten asks ended, the newest last. */
  readonly recent: readonly boolean[];
  /** How often in a row it opened without an ask going well in between. */
  readonly openings: number;
  readonly openedAtMs: number | null;
  readonly retryAtMs: number | null;
}

export const CLOSED: Breaker = {
  state: 'closed',
  failures: 0,
  recent: [],
  openings: 0,
  openedAtMs: null,
  retryAtMs: null,
};

export type Gate =
  { readonly kind: 'open-to-all' | 'trial' } | { readonly kind: 'shut'; readonly untilMs: number };

/** Whether an ask may be sent now. A time further off than it is ever open means that the clock was set back. */
export function gateOf({ state, retryAtMs }: Breaker, nowMs: number): Gate {
  if (state === 'closed') return { kind: 'open-to-all' };
  const untilMs = retryAtMs ?? nowMs;
  return untilMs > nowMs && untilMs - nowMs <= LONGEST_OPEN_MS
    ? { kind: 'shut', untilMs }
    : { kind: 'trial' };
}

/** The breaker while one ask tries the provider. */
export const onTrial = (breaker: Breaker, nowMs: number): Breaker => ({
  ...breaker,
  state: 'half-open',
  retryAtMs: nowMs + TRIAL_MS,
});

const withOutcome = (recent: readonly boolean[], isWell: boolean): boolean[] =>
  [...recent, isWell].slice(-REMEMBERED);

/** The breaker after an ask went well: closed, with its openings forgotten. */
export const afterSuccess = ({ recent }: Breaker): Breaker => ({
  ...CLOSED,
  recent: withOutcome(recent, true),
});

/** The breaker after an ask failed: it opens after five in a row, when half of ten failed, and when a trial did. */
export function afterFailure(breaker: Breaker, nowMs: number): Breaker {
  const failures = breaker.failures + 1;
  const recent = withOutcome(breaker.recent, false);
  const failing = recent.filter((isWell) => !isWell).length;
  const opens =
    breaker.state !== 'closed' ||
    failures >= FAILURES_IN_A_ROW ||
    (recent.length >= REMEMBERED && failing >= MOST_FAILING);
  if (!opens) return { ...breaker, failures, recent };
  // An ask that was sent before it opened and fails now is no further opening.
  if (breaker.state === 'open' && gateOf(breaker, nowMs).kind === 'shut')
    return { ...breaker, failures, recent };
  const openings = breaker.openings + 1;
  const openMs = OPEN_MS[Math.min(openings, OPEN_MS.length) - 1] ?? LONGEST_OPEN_MS;
  return {
    state: 'open',
    failures,
    recent: [],
    openings,
    openedAtMs: nowMs,
    retryAtMs: nowMs + openMs,
  };
}
