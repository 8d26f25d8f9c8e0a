import { describe, expect, test } from 'vitest';
import { batchProgress } from '../../../main/domain/batch.ts';
import { actionFor, type Standing } from '../../../main/engine/flows/batch.ts';
import { batchMarkdown, type BatchReport } from '../../../main/hosts/cli/batchReport.ts';

const fresh: Standing = { intake: undefined, words: undefined, isComplete: false };
const complete: Standing = { intake: 'completed', words: undefined, isComplete: true };
const actions = (standing: Standing): string =>
  [
    { resume: false, retryFailed: false },
    { resume: true, retryFailed: false },
    { resume: false, retryFailed: true },
    { resume: true, retryFailed: true },
  ]
    .map((wish) => actionFor(standing, wish))
    .join(' ');

describe('what a batch does with a recording (plain, resumed, retrying, both)', () => {
  test.each<[string, Standing, string]>([
    ['nobody has seen', fresh, 'add add skip add'],
    ['waits or is at work', { ...fresh, intake: 'pending' }, 'follow follow follow follow'],
    ['was paused by a person', { ...fresh, intake: 'paused' }, 'leave leave leave leave'],
    ['failed', { ...fresh, intake: 'failed' }, 'add leave retry retry'],
    ['was cancelled', { ...fresh, intake: 'cancelled' }, 'add leave retry retry'],
    ['is complete', complete, 'add skip skip skip'],
    ['is complete and its jobs are forgotten', { ...complete, intake: undefined }, 'add skip skip skip'],
    ['has words that are being recognised', { ...complete, words: 'processing' }, 'add follow skip follow'],
    ['has words that could not be recognised', { ...complete, words: 'failed' }, 'add leave retry retry'],
  ])('that %s', (_what, standing, expected) => {
    expect(actions(standing)).toBe(expected);
  });
});

describe('the progress of a batch', () => {
  test('says how many are left, how well it goes, how fast, and how long it will take', () => {
    expect(batchProgress({ total: 10, done: 3, failed: 1, skipped: 2 }, 80)).toEqual({
      total: 10,
      done: 3,
      failed: 1,
      skipped: 2,
      left: 4,
      successRate: 0.75,
      perHour: 180,
      etaS: 80,
    });
  });

  test('promises nothing before the first has ended, and no time when none is left', () => {
    const nothing = batchProgress({ total: 2, done: 0, failed: 0, skipped: 0 }, 5);
    expect(nothing).toMatchObject({ left: 2, successRate: null, perHour: null, etaS: null });
    expect(batchProgress({ total: 2, done: 0, failed: 0, skipped: 2 }, 5)).toMatchObject({
      left: 0,
      etaS: 0,
    });
  });
});

test('the report of a batch tells first what failed, and a name cannot break its table', () => {
  const nothing = { episodeId: null, title: null, durationS: null, clips: null, tookS: null, problem: null };
  const report: BatchReport = {
    startedAt: '2026-11-22T10:00:00.000Z',
    endedAt: '2026-11-22T10:01:00.000Z',
    elapsedS: 60,
    progress: batchProgress({ total: 2, done: 1, failed: 1, skipped: 0 }, 60),
    episodes: [
      { ...nothing, path: '/a/one.mp3', state: 'done', title: 'One', durationS: 61, clips: 3, tookS: 4.2 },
      { ...nothing, path: '/a/t|w*o.mp3', state: 'failed', problem: 'Damaged.\n(X)' },
    ],
  };
  expect(batchMarkdown(report).split('\n').slice(4)).toEqual([
    '1 done, 1 failed in 1:00 (50 % went well, 120 an hour).',
    '',
    '| episode | state | length | clips | took | problem |',
    '| --- | --- | --- | --- | --- | --- |',
    String.raw`| t\|w\*o.mp3 | failed |  |  |  | Damaged. (X) |`,
    '| One | done | 1:01 | 3 | 4.2 s |  |',
    '',
  ]);
});
