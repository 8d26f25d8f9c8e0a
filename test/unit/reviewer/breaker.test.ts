import { describe, expect, test } from 'vitest';
import {
  afterFailure,
  afterSuccess,
  CLOSED,
  gateOf,
  onTrial,
  TRIAL_MS,
  type Breaker,
} from '../../../main/engine/reviewer/breaker.ts';

const MINUTE_MS = 60_000;
const NOW = Date.UTC(2026, 10, 22, 12);

const failing = (breaker: Breaker, times: number, nowMs = NOW): Breaker =>
  Array.from({ length: times }).reduce<Breaker>((each) => afterFailure(each, nowMs), breaker);

describe('a breaker', () => {
  test('lets everything through until five asks in a row have failed, and then nothing for half an hour', () => {
    expect(gateOf(failing(CLOSED, 4), NOW)).toEqual({ kind: 'open-to-all' });
    const open = failing(CLOSED, 5);
    expect(open).toMatchObject({ state: 'open', failures: 5, openings: 1, openedAtMs: NOW });
    expect(gateOf(open, NOW + 30 * MINUTE_MS - 1)).toEqual({ kind: 'shut', untilMs: NOW + 30 * MINUTE_MS });
    expect(gateOf(open, NOW + 30 * MINUTE_MS)).toEqual({ kind: 'trial' });
  });

  test('an ask that goes well in between starts the count anew', () => {
    const mended = afterSuccess(failing(CLOSED, 4));
    expect(gateOf(failing(mended, 4), NOW).kind).toBe('open-to-all');
  });

  test('opens when half of the last ten asks failed, though never five in a row', () => {
    let breaker = CLOSED;
    for (let ask = 0; ask < 4; ask += 1) breaker = afterSuccess(afterFailure(breaker, NOW));
    breaker = afterSuccess(breaker);
    expect(breaker.state).toBe('closed');
    expect(afterFailure(breaker, NOW).state).toBe('open');
  });

  test('stays open for 30 minutes, then an hour, then two, and no longer, with one trial in between', () => {
    const waits: number[] = [];
    let breaker = failing(CLOSED, 5);
    let nowMs = NOW;
    for (let opening = 0; opening < 4; opening += 1) {
      const untilMs = breaker.retryAtMs ?? 0;
      waits.push((untilMs - nowMs) / MINUTE_MS);
      nowMs = untilMs;
      expect(gateOf(breaker, nowMs)).toEqual({ kind: 'trial' });
      const trial = onTrial(breaker, nowMs);
      expect(gateOf(trial, nowMs + 1).kind).toBe('shut');
      breaker = afterFailure(trial, nowMs);
    }
    expect(waits).toEqual([30, 60, 120, 120]);
  });

  test('closes when its trial goes well, and its next opening is a short one again', () => {
    const reopened = afterFailure(onTrial(failing(CLOSED, 5), NOW), NOW);
    const closed = afterSuccess(onTrial(reopened, NOW));
    expect(closed).toMatchObject({ state: 'closed', failures: 0, openings: 0, retryAtMs: null });
    expect(failing(closed, 5).retryAtMs).toBe(NOW + 30 * MINUTE_MS);
  });

  test('tries again when its trial died with the process that made it', () => {
    const trial = onTrial(failing(CLOSED, 5), NOW);
    expect(gateOf(trial, NOW + TRIAL_MS)).toEqual({ kind: 'trial' });
  });

  test('asks that were under way when it opened do not open it once more', () => {
    const open = failing(CLOSED, 5);
    expect(failing(open, 3, NOW + 1000)).toMatchObject({ openings: 1, retryAtMs: open.retryAtMs });
  });

  test('is not shut for days where the clock was set back', () => {
    const open = failing(CLOSED, 5);
    expect(gateOf(open, NOW - 48 * 60 * MINUTE_MS)).toEqual({ kind: 'trial' });
  });
});
