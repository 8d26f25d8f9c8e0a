import { expect, test } from 'vitest';
import { createSession } from '../../../main/hosts/browser/session.ts';

test('a token of 256 bits is redeemed once; nothing else ever is', () => {
  const session = createSession(4321);
  expect(Buffer.from(session.token, 'base64url')).toHaveLength(32);
  expect(session.redeem('')).toBeUndefined();
  expect(session.redeem(`${session.token}x`)).toBeUndefined();
  expect(session.redeem(session.token)).toMatch(/^soundbite-4321=[\w-]{43}; /);
  expect(session.redeem(session.token)).toBeUndefined();
});

test('the cookie is found among others, and only under the name and with the value of this server', () => {
  const session = createSession(4321);
  const other = createSession(4321);
  const cookie = (session.redeem(session.token) ?? '').split(';')[0] ?? '';
  const foreign = (other.redeem(other.token) ?? '').split(';')[0] ?? '';
  const value = cookie.slice(cookie.indexOf('=') + 1);
  expect(session.isSignedIn(cookie)).toBe(true);
  expect(session.isSignedIn(`theme=dark; ${cookie}; a=b=c`)).toBe(true);
  const refused = [
    undefined,
    '',
    value,
    foreign,
    `soundbite-4322=${value}`,
    `soundbite-4321=${session.token}`,
  ];
  expect(refused.filter((header) => session.isSignedIn(header))).toEqual([]);
});
