import { expect, test } from 'vitest';
import { decideSpace, leastFreeBytes } from '../../../main/engine/storage/leastFree.ts';
import { settle } from '../../../main/engine/storage/settleRemovals.ts';

const KEPT = 'trash/run/1/a.wav';

test.each([
  ['intended', KEPT, { inPlace: true, inTrash: false }, 'drop'],
  ['intended', KEPT, { inPlace: false, inTrash: true }, 'removed'],
  ['intended', KEPT, { inPlace: false, inTrash: false }, 'drop'],
  ['intended', null, { inPlace: false, inTrash: false }, 'removed'],
  ['intended', null, { inPlace: true, inTrash: false }, 'drop'],
  ['restoring', KEPT, { inPlace: true, inTrash: true }, 'undone'],
  ['restoring', KEPT, { inPlace: true, inTrash: false }, 'undone'],
  ['restoring', KEPT, { inPlace: false, inTrash: true }, 'removed'],
  ['restoring', KEPT, { inPlace: false, inTrash: false }, 'emptied'],
  ['emptying', KEPT, { inPlace: false, inTrash: true }, 'removed'],
  ['emptying', KEPT, { inPlace: false, inTrash: false }, 'emptied'],
] as const)(
  'what was %s (%s) when its process was killed, with %o, is %s',
  (state, keptAs, found, becomes) => {
    expect(settle({ state, keptAs }, found)).toBe(becomes);
  },
);

test('what has to stay free follows the disk: a gibibyte, a hundredth of a large one, never more than a tenth of a small one', () => {
  const GIB = 1024 ** 3;
  expect(leastFreeBytes({ totalBytes: 100 * GIB }, 'auto')).toBe(GIB);
  expect(leastFreeBytes({ totalBytes: 1000 * GIB }, 'auto')).toBe(10 * GIB);
  expect(leastFreeBytes({ totalBytes: 8 * 1024 ** 2 }, 'auto')).toBe(838_861);
  expect(leastFreeBytes({ totalBytes: 1000 * GIB }, 2)).toBe(2e9);
});

test('a pause for want of room ends only when there is a little more than has to stay free', () => {
  const decide = (freeBytes: number, isPaused: boolean) =>
    decideSpace({ freeBytes, leastBytes: 100, isPaused });
  expect([
    decide(100, false),
    decide(99, false),
    decide(99, true),
    decide(109, true),
    decide(110, true),
  ]).toEqual([...['leave', 'pause', 'leave', 'leave', 'resume']]);
});
