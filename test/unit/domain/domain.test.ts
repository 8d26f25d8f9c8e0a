import { expect, test } from 'vitest';
import { AppError, ERRORS, exitCodeOf, toWireError } from '../../../main/domain/errors.ts';
import { newId } from '../../../main/domain/id.ts';
import { PRESETS } from '../../../main/domain/preset.ts';
import { resolveSettings } from '../../../main/domain/settings.ts';
import { formatClock, overlapS } from '../../../main/domain/time.ts';

test('every error has one sentence, one way out, and crosses a process without a stack', () => {
  for (const { title, hint } of Object.values(ERRORS)) {
    expect(title).toMatch(/^[A-Z].*\.$/);
    expect(hint).toMatch(/[.]$/);
  }
  const wire = toWireError(new AppError('EMPTY_FILE', 'a.mp3 has 0 bytes'));
  expect(wire).toEqual({
    code: 'EMPTY_FILE',
    title: ERRORS.EMPTY_FILE.title,
    hint: ERRORS.EMPTY_FILE.hint,
    detail: 'a.mp3 has 0 bytes',
  });
  expect(toWireError(new TypeError('x is not a function')).code).toBe('INTERNAL');
});

test('wrong usage and failure have different exit codes', () => {
  expect([exitCodeOf('BAD_INPUT'), exitCodeOf('UNKNOWN_PRESET'), exitCodeOf('FILE_MISSING')]).toEqual([
    2, 2, 1,
  ]);
});

test('the environment overrides what is stored, nonsense is told and skipped', () => {
  const { values, problems } = resolveSettings(
    { SOUNDBITE_MAX_CONCURRENT_JOBS: '2', SOUNDBITE_POLL_INTERVAL_S: 'often', SOUNDBITE_MAX_QUEUE_SIZE: '' },
    { pollIntervalS: 5, maxQueueSize: -1, maxConcurrentJobs: 7 },
  );
  expect(values).toMatchObject({ maxConcurrentJobs: 2, pollIntervalS: 5, maxQueueSize: 100 });
  expect(problems).toEqual([
    'the stored setting maxQueueSize is -1, which is not a value it can have.',
    'SOUNDBITE_POLL_INTERVAL_S is "often", which is not a value it can have.',
  ]);
});

test('clocks read as people say them', () => {
  expect([0, 59.99, 61, 3600, 3723.4].map(formatClock)).toEqual([
    '0:00',
    '0:59',
    '1:01',
    '1:00:00',
    '1:02:03',
  ]);
});

test('overlap is the shared length and never negative', () => {
  expect(overlapS({ fromS: 0, toS: 10 }, { fromS: 8, toS: 20 })).toBe(2);
  expect(overlapS({ fromS: 0, toS: 5 }, { fromS: 8, toS: 20 })).toBe(0);
});

test('ids do not repeat and can be typed', () => {
  const ids = Array.from({ length: 2000 }, () => newId('clip'));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id) => /^clip-[0-9a-hj-km-np-tv-z]{10}$/.test(id))).toBe(true);
});

test('the safe box of vertical video is 835 by 1170 pixels', () => {
  const { tiktok } = PRESETS;
  if (tiktok.kind !== 'video') throw new Error('tiktok is a video preset');
  const { safeArea } = tiktok;
  expect([
    tiktok.width - safeArea.leftPx - safeArea.rightPx,
    tiktok.height - safeArea.topPx - safeArea.bottomPx,
  ]).toEqual([835, 1170]);
});
