import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispatch } from '../../main/api/dispatch.ts';
import { createHandlers } from '../../main/api/handlers.ts';
import type { Host } from '../../main/api/host.ts';
import { createEngine, type Engine } from '../../main/engine/createEngine.ts';
import { findResources } from '../../main/hosts/resources.ts';
import { temporaryFolder } from '../support/folder.ts';

const folder = temporaryFolder();
let engine: Engine;
let ended = 0;
let waiting = 0;
let elsewhere = 0;

const refuse = (): Promise<never> => Promise.reject(new Error('not here'));
const host: Host = {
  kind: 'cli',
  hasNativeDialogs: false,
  pickMedia: refuse,
  pickFolder: refuse,
  reveal: refuse,
};

beforeAll(async () => {
  engine = await createEngine({
    env: { ...process.env, SOUNDBITE_HOME: folder.file('home') },
    resourcesDir: findResources(),
    works: false,
    onNotice: () => undefined,
    onBug: (error) => {
      throw error;
    },
  });
  const job = { kind: 'intake', lane: 'intake', priority: 'normal', payload: {}, label: 'x' } as const;
  ended = (await engine.queue.enqueue(job)).id;
  await engine.queue.cancel(ended);
  waiting = (await engine.queue.enqueue(job)).id;
  elsewhere = (await engine.queue.enqueue({ ...job, lane: 'review' })).id;
});

afterAll(async () => {
  await engine.close();
  folder[Symbol.dispose]();
});

/** Everything that the queue remembers. */
const remembered = (): unknown[] =>
  ['jobs', 'work_items', 'queue_pauses', 'review_gate', 'review_pauses', 'production_holds'].map((table) =>
    engine.library.db.prepare(`SELECT * FROM ${table}`).all(),
  );

const bad: readonly (readonly [string, string, () => unknown, string])[] = [
  ['an id that nobody has', 'jobs.get', () => ({ jobId: 999 }), 'NOT_FOUND'],
  ['cancelling an id that nobody has', 'jobs.cancel', () => ({ jobId: 999 }), 'NOT_FOUND'],
  ['a negative id', 'jobs.cancel', () => ({ jobId: -1 }), 'BAD_INPUT'],
  ['an id in words', 'jobs.pause', () => ({ jobId: 'seven' }), 'BAD_INPUT'],
  ['half an id', 'jobs.retry', () => ({ jobId: 1.5 }), 'BAD_INPUT'],
  ['cancelling what has ended', 'jobs.cancel', () => ({ jobId: ended }), 'WRONG_STATE'],
  ['pausing what has ended', 'jobs.pause', () => ({ jobId: ended }), 'WRONG_STATE'],
  ['resuming what is not paused', 'jobs.resume', () => ({ jobId: waiting }), 'WRONG_STATE'],
  ['retrying what waits', 'jobs.retry', () => ({ jobId: waiting }), 'WRONG_STATE'],
  [
    'a priority that does not exist',
    'jobs.setPriority',
    () => ({ jobId: waiting, priority: 'asap' }),
    'BAD_INPUT',
  ],
  [
    'the priority of what has ended',
    'jobs.setPriority',
    () => ({ jobId: ended, priority: 'low' }),
    'WRONG_STATE',
  ],
  ['moving before itself', 'jobs.move', () => ({ jobId: waiting, beforeJobId: waiting }), 'WRONG_STATE'],
  ['moving into another lane', 'jobs.move', () => ({ jobId: waiting, beforeJobId: elsewhere }), 'BAD_INPUT'],
  ['a lane that does not exist', 'queue.pause', () => ({ scope: 'fast' }), 'BAD_INPUT'],
  ['resuming a lane that is not paused', 'queue.resume', () => ({ scope: 'upkeep' }), 'WRONG_STATE'],
  ['resuming a queue that is not paused', 'queue.resume', () => ({ scope: 'all' }), 'WRONG_STATE'],
  ['resuming review that nothing holds', 'production.resume', () => ({}), 'WRONG_STATE'],
  ['a state that does not exist', 'queue.list', () => ({ state: 'sleeping' }), 'BAD_INPUT'],
  ['a page of nothing', 'queue.list', () => ({ state: 'pending', limit: 0 }), 'BAD_INPUT'],
  ['cleaning what waits', 'queue.clean', () => ({ state: 'pending' }), 'BAD_INPUT'],
  ['retrying in a lane that does not exist', 'queue.retryFailed', () => ({ lane: 'fast' }), 'BAD_INPUT'],
  ['waiting for an id that nobody has', 'jobs.settled', () => ({ jobIds: [999] }), 'NOT_FOUND'],
  ['waiting for nothing', 'jobs.settled', () => ({ jobIds: [] }), 'BAD_INPUT'],
  ['more than was asked for', 'queue.status', () => ({ please: true }), 'BAD_INPUT'],
];

test.each(bad)('%s is refused with its sentence and changes nothing', async (_title, name, input, code) => {
  const before = remembered();
  const reply = await dispatch(
    createHandlers(() => Promise.resolve(engine), host),
    name,
    input(),
    () => undefined,
  );
  expect(reply).toMatchObject({ ok: false, error: { code, hint: expect.stringMatching(/\w/) as string } });
  expect(remembered()).toEqual(before);
});
