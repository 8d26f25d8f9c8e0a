import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPath, refuseCallBody, refuseForeign, refuseUpload } from '../../../main/hosts/browser/guard.ts';

const PORT = 4321;
const ours = { method: 'GET', host: '127.0.0.1:4321', origin: undefined, isUpgrade: false };

test('reading needs no Origin, everything else needs ours, and it has to belong to the Host', () => {
  const origin = 'http://127.0.0.1:4321';
  const statuses = [
    ours,
    { ...ours, method: 'HEAD' },
    { ...ours, origin },
    { ...ours, method: 'POST', origin },
    { ...ours, isUpgrade: true, origin },
    { ...ours, method: 'POST', host: 'localhost:4321', origin: 'http://localhost:4321' },
    { ...ours, method: 'POST' },
    { ...ours, method: 'DELETE' },
    { ...ours, isUpgrade: true },
    { ...ours, method: 'POST', host: 'localhost:4321', origin },
    { ...ours, host: undefined },
    { ...ours, host: 'LOCALHOST:4321' },
    { ...ours, host: '127.0.0.1:4321:4321' },
    { ...ours, host: '127.0.0.1:04321' },
    { ...ours, host: '0.0.0.0:4321' },
  ].map((knock) => refuseForeign(knock, PORT)?.status ?? 'in');
  const refused = Array.from({ length: 9 }, () => 403);
  expect(statuses).toEqual(['in', 'in', 'in', 'in', 'in', 'in', ...refused]);
});

test('no Host but our two, and no Origin but the one that goes with it, ever comes in with a change', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (host, origin) => {
      fc.pre(!(['127.0.0.1:4321', 'localhost:4321'].includes(host) && origin === `http://${host}`));
      return refuseForeign({ method: 'POST', host, origin, isUpgrade: false }, PORT)?.status === 403;
    }),
  );
});

test.each([
  ['application/json', '2', undefined],
  ['application/json; charset=utf-8', '2', undefined],
  ['Application/JSON;charset=UTF-8', undefined, undefined],
  ['application/json', '1048577', 413],
  ['application/json-seq', '2', 415],
  ['text/plain', '2', 415],
  [undefined, '2', 415],
])('a call of type %s and length %s: %s', (type, length, status) => {
  expect(refuseCallBody(type, length)?.status).toBe(status);
});

test.each([
  ['application/octet-stream', '100', undefined],
  ['application/octet-stream', '101', 413],
  ['application/octet-stream', undefined, 400],
  ['application/octet-stream', '-1', 400],
  ['application/octet-stream', '1e2', 400],
  ['video/mp4', '100', 415],
])('an upload of type %s and length %s, where 100 bytes may be copied: %s', (type, length, status) => {
  expect(refuseUpload(type, length, 100)?.status).toBe(status);
});

test('a path is read once, decoded once, and none of its parts can lead anywhere else', () => {
  expect(readPath('/')).toEqual(['']);
  expect(readPath('/media/episode/ep-1?x=/../y')).toEqual(['media', 'episode', 'ep-1']);
  expect(readPath('/a%20b/%252e%252e')).toEqual(['a b', '%2e%2e']);
  for (const path of [
    '',
    'x',
    'http://evil.test/',
    '/..',
    '/a/./b',
    '/%2E%2e/x',
    '/a%2fb',
    '/a\\b',
    '/%0a',
    '/%c0%ae',
  ]) {
    expect(readPath(path), path).toBeUndefined();
  }
  fc.assert(
    fc.property(fc.string(), (rest) =>
      (readPath(`/${rest}`) ?? []).every((part) => part !== '..' && part !== '.' && !/[/\\\0]/.test(part)),
    ),
  );
});
