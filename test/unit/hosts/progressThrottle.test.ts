import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Job } from '../../../main/domain/job.ts';
import { ProgressThrottle } from '../../../main/hosts/browser/progressThrottle.ts';

const running: Job = {
  id: 1,
  kind: 'export',
  lane: 'production',
  state: 'processing',
  priority: 'normal',
  origin: 'person',
  pausedBecause: null,
  workerId: null,
  label: 'clip',
  episodeId: null,
  stage: 'render',
  order: {},
  progress: 0,
  ratePerS: null,
  etaS: null,
  items: null,
  attempt: 1,
  maxAttempts: 3,
  crashes: 0,
  runAtMs: null,
  createdAtMs: 0,
  startedAtMs: 0,
  finishedAtMs: null,
  failure: null,
  result: null,
};

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('a hundred reports in a second become about five, and the last one always arrives', () => {
  const sent: number[] = [];
  const throttle = new ProgressThrottle((job) => sent.push(job.progress));
  for (let index = 0; index < 100; index += 1) {
    throttle.add({ ...running, progress: index / 100 });
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(1000);
  expect(sent.length).toBeLessThanOrEqual(7);
  expect(sent[0]).toBe(0);
  expect(sent.at(-1)).toBe(0.99);
  expect(vi.getTimerCount()).toBe(0);
});

test('a new stage, a new state and another job go out at once, and nothing older comes after them', () => {
  const sent: string[] = [];
  const throttle = new ProgressThrottle((job) =>
    sent.push(`${job.id} ${job.state} ${job.stage ?? ''} ${job.progress}`),
  );
  throttle.add(running);
  throttle.add({ ...running, progress: 0.4 });
  throttle.add({ ...running, id: 2 });
  throttle.add({ ...running, stage: 'publish', progress: 0.9 });
  throttle.add({ ...running, state: 'completed', stage: 'publish', progress: 1 });
  vi.advanceTimersByTime(1000);
  expect(sent).toEqual([
    '1 processing render 0',
    '2 processing render 0',
    '1 processing publish 0.9',
    '1 completed publish 1',
  ]);
});

test('a closed throttle sends nothing more', () => {
  const sent: Job[] = [];
  const throttle = new ProgressThrottle((job) => sent.push(job));
  throttle.add(running);
  throttle.add({ ...running, progress: 0.5 });
  throttle.close();
  vi.advanceTimersByTime(1000);
  expect([sent, vi.getTimerCount()]).toEqual([[running], 0]);
});
