import { expect, test } from 'vitest';
import { queueEtaS } from '../../../main/engine/jobs/estimate.ts';
import { HangWatch } from '../../../main/engine/jobs/hangWatch.ts';
import { backOffMs, outcomeOfError } from '../../../main/engine/jobs/retry.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { SleepWatch } from '../../../main/engine/jobs/sleepWatch.ts';

const lease = (counter: number) => [{ token: 'a', counter }];

/** Looks once a second of the observer's own time. */
function lookFor(
  watch: HangWatch,
  fromS: number,
  toS: number,
  counter: (second: number) => number,
): number[] {
  const hungAt: number[] = [];
  for (let second = fromS; second <= toS; second += 1)
    if (watch.look(lease(counter(second)), second * 1000).length > 0) hungAt.push(second);
  return hungAt;
}

test('a lease whose counter stands still for a minute hangs, and one that moves never does', () => {
  expect(lookFor(new HangWatch(), 0, 70, () => 7)[0]).toBe(60);
  expect(lookFor(new HangWatch(), 0, 600, (second) => Math.floor(second / 50))).toEqual([]);
});

test('an observer that was stopped itself begins to count again', () => {
  const watch = new HangWatch();
  expect(lookFor(watch, 0, 55, () => 7)).toEqual([]);
  expect(lookFor(watch, 655, 714, () => 7)).toEqual([]);
  expect(lookFor(watch, 715, 716, () => 7)).toEqual([715, 716]);
});

test('a lease that ends and another that begins share no time', () => {
  const watch = new HangWatch();
  lookFor(watch, 0, 50, () => 7);
  expect(watch.look([{ token: 'b', counter: 7 }], 51_000)).toEqual([]);
  for (let second = 52; second < 111; second += 1)
    expect(watch.look([{ token: 'b', counter: 7 }], second * 1000)).toEqual([]);
});

test('sleep is noticed when the wall clock ran on alone, or when nobody was run; a busy second is no sleep', () => {
  let wallMs = 1_000_000;
  let monotonicMs = 0;
  const watch = new SleepWatch({ nowMs: () => wallMs, monotonicMs: () => monotonicMs }, 1000);
  const pass = (wall: number, monotonic: number): number => {
    wallMs += wall;
    monotonicMs += monotonic;
    return watch.look();
  };
  expect(pass(1000, 1000)).toBe(0);
  expect(pass(6000, 6000)).toBe(0);
  expect(pass(600_000, 1000)).toBe(599_000);
  expect(pass(600_000, 600_000)).toBe(599_000);
  expect(pass(-3_600_000, 1000)).toBe(0);
  expect(pass(1000, 1000)).toBe(0);
});

test('the whole queue takes as long as its work shared by its places, and no less than its longest job', () => {
  const history = (waiting: number, meanWorkedMs: number | null) => ({ kind: 'x', waiting, meanWorkedMs });
  expect(queueEtaS([{ etaS: 30 }], [history(4, 15_000)], 3)).toBe(30);
  expect(queueEtaS([{ etaS: 30 }], [history(10, 15_000)], 3)).toBe(60);
  expect(queueEtaS([{ etaS: null }], [history(10, 15_000)], 3)).toBeNull();
  expect(queueEtaS([], [history(10, null)], 3)).toBeNull();
  expect(queueEtaS([], [], 3)).toBeNull();
});

test('back-off doubles from fifteen seconds to a quarter of an hour, each a tenth around its length', () => {
  const middle = Array.from({ length: 9 }, (_, index) => backOffMs(index + 1, () => 0.5) / 1000);
  expect(middle).toEqual([15, 30, 60, 120, 240, 480, 900, 900, 900]);
  expect([backOffMs(1, () => 0), backOffMs(1, () => 1)]).toEqual([13_500, 16_500]);
});

test('what can heal is tried three times in all, what cannot never again', () => {
  const failing = (code: 'FFMPEG_FAILED' | 'EMPTY_FILE', attempt: number) =>
    outcomeOfError(new AppError(code, 'x'), { attempt, max_attempts: 3 }, () => 0.5);
  expect(failing('FFMPEG_FAILED', 2)).toMatchObject({ kind: 'retry', delayMs: 30_000, costsAttempt: true });
  expect(failing('FFMPEG_FAILED', 3).kind).toBe('failed');
  expect(failing('EMPTY_FILE', 1).kind).toBe('failed');
});
