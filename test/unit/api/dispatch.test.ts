import { expect, test } from 'vitest';
import { createCaller, dispatch } from '../../../main/api/dispatch.ts';
import type { Host } from '../../../main/api/host.ts';
import { createHandlers } from '../../../main/api/handlers.ts';
import { calls } from '../../../main/contract/index.ts';
import { AppError } from '../../../main/domain/errors.ts';

const refusingHost: Host = {
  kind: 'cli',
  hasNativeDialogs: false,
  pickMedia: () => Promise.reject(new AppError('HOST_CANNOT', 'test')),
  pickFolder: () => Promise.reject(new AppError('HOST_CANNOT', 'test')),
  reveal: () => Promise.reject(new AppError('HOST_CANNOT', 'test')),
};

/** An engine that must not be opened: a refused call reaches nothing. */
const untouched = createHandlers(() => Promise.reject(new Error('the engine was opened')), refusingHost);
const silent = (): void => undefined;

test.each([
  ['an unknown call', 'episodes.explode', {}],
  ['a name from Object.prototype', 'constructor', {}],
  ['a missing field', 'episodes.get', {}],
  ['a field too many', 'episodes.list', { path: '/etc/passwd' }],
  ['a wrong type', 'jobs.cancel', { jobId: '1' }],
  ['a negative number', 'clips.list', { episodeId: 'ep-1', limit: -1 }],
  ['a lane that does not exist', 'queue.pause', { scope: 'fast' }],
  ['no input at all', 'clips.list', undefined],
])('%s is refused before the engine is touched', async (_title, name, input) => {
  const reply = await dispatch(untouched, name, input, silent);
  expect(reply).toMatchObject({
    ok: false,
    error: { code: 'BAD_INPUT', hint: expect.any(String) as string },
  });
});

test('every call of the contract has a handler', () => {
  expect(Object.keys(untouched).sort()).toEqual(Object.keys(calls).sort());
});

test('an error of the catalogue keeps its code and detail across the door; a bug is logged and says no more than that', async () => {
  const logged: unknown[] = [];
  const bug = new TypeError('secret is not a function');
  const handlers = createHandlers(() => Promise.reject(bug), refusingHost);
  const reply = await dispatch(handlers, 'episodes.list', {}, (_message, error) => logged.push(error));
  expect(reply).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
  expect(logged).toEqual([bug]);
  const refusing = createHandlers(
    () => Promise.reject(new AppError('LIBRARY_NEWER', 'schema 9')),
    refusingHost,
  );
  await expect(createCaller(refusing, silent)('episodes.list', {})).rejects.toMatchObject({
    code: 'LIBRARY_NEWER',
    message: 'schema 9',
  });
});
