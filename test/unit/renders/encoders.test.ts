import { expect, test } from 'vitest';
import { type Trial, whyNot } from '../../../main/engine/renders/chooseEncoder.ts';

const x264: Trial = { tookMs: 1000, sizeBytes: 500_000, ssim: 0.97, fault: undefined };

test.each<[string, Partial<Trial>, string | undefined]>([
  ['is fast, small and as good', {}, undefined],
  ['makes files that platforms refuse', { fault: 'it loses pictures' }, 'it loses pictures'],
  ['makes a worse picture', { ssim: 0.95 }, 'its picture is worse (SSIM 0.9500)'],
  ['makes large files', { sizeBytes: 760_000 }, 'its files are too large'],
  ['is hardly faster', { tookMs: 810 }, 'it is hardly faster'],
])('an encoder that %s is told so', (_, change, reason) => {
  expect(whyNot({ ...x264, tookMs: 300, ...change }, x264)).toBe(reason);
});
