import { describe, expect, test } from 'vitest';
import {
  blockedUntil,
  chooseKey,
  dayOf,
  resetAfter,
  retryAfterMs,
  type KeyStanding,
} from '../../../main/engine/reviewer/quota.ts';

const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2026, 10, 22, 20);
const MIDNIGHT = Date.UTC(2026, 10, 23);

const key = (keyId: string, more: Partial<KeyStanding> = {}): KeyStanding => ({
  keyId,
  dailyLimit: 100,
  used: 0,
  blockedUntilMs: null,
  isRejected: false,
  isReadable: true,
  ...more,
});

describe('the key that is used', () => {
  test('is the first in line with some quota left, before anybody waits', () => {
    expect(chooseKey([key('a', { used: 99 }), key('b')], NOW)).toEqual({ kind: 'use', keyId: 'a' });
    expect(chooseKey([key('a', { used: 100 }), key('b')], NOW)).toEqual({ kind: 'use', keyId: 'b' });
    const resting = key('a', { blockedUntilMs: NOW + 5000 });
    expect(chooseKey([resting, key('b', { dailyLimit: null, used: 5000 })], NOW)).toEqual({
      kind: 'use',
      keyId: 'b',
    });
  });

  test('is waited for until the earliest of them is free again, for the reason that holds it back', () => {
    const spent = key('a', { used: 100 });
    const resting = key('b', { blockedUntilMs: NOW + 90_000 });
    expect(chooseKey([spent, resting], NOW)).toEqual({
      kind: 'wait',
      untilMs: NOW + 90_000,
      because: 'rate-limited',
    });
    expect(chooseKey([spent], NOW)).toEqual({ kind: 'wait', untilMs: MIDNIGHT, because: 'spent' });
    const both = key('c', { used: 100, blockedUntilMs: MIDNIGHT + HOUR_MS });
    expect(chooseKey([both], NOW)).toMatchObject({ untilMs: MIDNIGHT + HOUR_MS });
  });

  test('is none where no key is known to the provider or readable here, which no waiting changes', () => {
    expect(chooseKey([], NOW)).toEqual({ kind: 'none', because: 'no-key' });
    expect(chooseKey([key('a', { isRejected: true }), key('b', { dailyLimit: 0 })], NOW)).toEqual({
      kind: 'none',
      because: 'rejected',
    });
    expect(chooseKey([key('a', { isReadable: false })], NOW)).toEqual({
      kind: 'none',
      because: 'unreadable',
    });
  });

  test('is not waited for over 25 hours, and not at all where the clock was set back', () => {
    const long = key('a', { used: 100, blockedUntilMs: NOW + 25 * HOUR_MS });
    expect(chooseKey([long], NOW)).toMatchObject({ untilMs: NOW + 25 * HOUR_MS });
    const wrong = key('a', { blockedUntilMs: NOW + 26 * HOUR_MS });
    expect(chooseKey([wrong], NOW)).toEqual({ kind: 'use', keyId: 'a' });
  });
});

describe('a day', () => {
  test('begins at midnight of UTC', () => {
    expect([dayOf(MIDNIGHT - 1), dayOf(MIDNIGHT)]).toEqual(['2026-11-22', '2026-11-23']);
    expect([resetAfter(MIDNIGHT - 1), resetAfter(MIDNIGHT)]).toEqual([MIDNIGHT, MIDNIGHT + 24 * HOUR_MS]);
  });
});

describe('a provider that says "later"', () => {
  test('says when in seconds or as a date, or not at all', () => {
    const cases = ['120', ' 0.5 ', 'Sun, 22 Nov 2026 20:01:00 GMT', 'Sun, 22 Nov 2026 19:00:00 GMT'];
    expect(cases.map((text) => retryAfterMs(text, NOW))).toEqual([120_000, 500, 60_000, 0]);
    expect([null, '', 'soon', '-5', '1e9', 'Mon, nonsense'].map((text) => retryAfterMs(text, NOW))).toEqual(
      Array.from({ length: 6 }, () => null),
    );
  });

  test('is left alone as long as it asks, else for a minute, twice as long each time, an hour at most', () => {
    expect(blockedUntil(7000, 3, NOW)).toBe(NOW + 7000);
    expect(blockedUntil(0, 0, NOW)).toBe(NOW + 1000);
    expect(blockedUntil(99 * HOUR_MS, 0, NOW)).toBe(NOW + 25 * HOUR_MS);
    expect([0, 1, 2, 9].map((strikes) => blockedUntil(null, strikes, NOW) - NOW)).toEqual([
      60_000,
      120_000,
      240_000,
      HOUR_MS,
    ]);
  });
});
