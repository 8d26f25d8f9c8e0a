import { describe, expect, test, vi } from 'vitest';
import type { QueueStatus } from '../../../main/contract/queue.ts';
import type { Job } from '../../../main/domain/job.ts';
import { queueAnnouncement } from '../../../renderer/selectors/announcements.ts';
import {
  laneView,
  leftovers,
  piecesOf,
  rateOf,
  reviewWords,
  waitOf,
} from '../../../renderer/selectors/queue.ts';
import { statusNews } from '../../../renderer/selectors/statusBar.ts';
import { start } from '../../../renderer/stores/app.ts';
import { fakeTransport } from './fakeTransport.ts';
import { givenJob, givenWindow } from './given.ts';
import { givenProduction, givenStatus } from './givenQueue.ts';

const waits = (id: number, more: Partial<Job> = {}): Job =>
  givenJob({ id, state: 'pending', progress: 0, stage: null, label: `job ${id}`, ...more });
const byId = (...jobs: Job[]): Record<number, Job> => Object.fromEntries(jobs.map((job) => [job.id, job]));
const ids = (jobs: readonly Job[]): number[] => jobs.map(({ id }) => id);

describe('a lane', () => {
  test('shows what runs, then what waits in the order of the queue, which is not that of the numbers', () => {
    const listed = [waits(3), waits(1), waits(2, { lane: 'review' })];
    const status = givenStatus({ running: [givenJob({ id: 9 })], waiting: listed });
    const view = laneView(status, byId(givenJob({ id: 9 }), ...listed, waits(12)), 'intake');
    expect([ids(view.running), ids(view.waiting), view.more]).toEqual([[9], [3, 1], 0]);
  });

  test('follows each job by its latest word, and says how many more wait than are listed', () => {
    const status = givenStatus({ waiting: [waits(1), waits(2)] });
    const many: QueueStatus = {
      ...status,
      lanes: { ...status.lanes, intake: { ...status.lanes.intake, pending: 9_000, paused: 2 } },
    };
    const { running, waiting, more } = laneView(many, byId(givenJob({ id: 1 }), waits(2)), 'intake');
    expect([ids(running), ids(waiting), more]).toEqual([[1], [2], 9_000]);
  });
});

describe('a job says', () => {
  const items = { total: 2000, done: 120, failed: 0, duplicates: 3 };
  test('its pieces, and its rate in pieces or hundredths a minute', () => {
    expect(piecesOf(givenJob({ items }))).toBe('120 of 2,000 pieces, 3 twice');
    expect(piecesOf(givenJob({ items: { ...items, failed: 1, duplicates: 0 } }))).toBe(
      '120 of 2,000 pieces, 1 failed',
    );
    expect(piecesOf(givenJob({}))).toBeUndefined();
    expect(rateOf(givenJob({ ratePerS: 0.002 }))).toBe('12 % a min');
    expect(rateOf(givenJob({ ratePerS: 0.0005, items }))).toBe('60 a min');
    expect(rateOf(givenJob({ ratePerS: 0.0000001 }))).toBeUndefined();
    expect(rateOf(givenJob({ ratePerS: null }))).toBeUndefined();
  });

  const status = (more: Partial<QueueStatus>): QueueStatus => givenStatus(more);
  const paused = (scope: 'all' | 'intake', because: 'person' | 'battery') =>
    status({ pauses: [{ scope, because }], paused: [scope] });
  const aside = (override: 'paused' | null) =>
    status({ production: givenProduction({ reviewPaused: true, override }) });
  test.each([
    ['that it waits for a place', waits(1), status({}), 'Waits for a free place'],
    ['that the queue is paused', waits(1), paused('all', 'person'), 'Waits until the queue is resumed'],
    ['that its lane is paused', waits(1), paused('intake', 'person'), 'Waits until this lane is resumed'],
    [
      'that the battery is low',
      waits(1),
      paused('intake', 'battery'),
      'Waits for mains power, the battery is low',
    ],
    [
      'that an export goes first',
      waits(1, { lane: 'review' }),
      aside(null),
      'Stands aside for the export that runs',
    ],
    [
      'that an urgent review passes',
      waits(1, { lane: 'review', priority: 'urgent' }),
      aside(null),
      'Waits for a free place',
    ],
    [
      'that a person paused review',
      waits(1, { lane: 'review', priority: 'urgent' }),
      aside('paused'),
      'Waits until review is resumed',
    ],
    ['where it was parked', waits(1, { progress: 0.41 }), status({}), 'Waits for a free place, at 41 %'],
    [
      'that it is left over',
      waits(1, { state: 'paused', pausedBecause: 'start', progress: 0.1 }),
      status({}),
      'Left from last time, at 10 %',
    ],
    [
      'that a person paused it',
      waits(1, { state: 'paused', pausedBecause: 'person' }),
      status({}),
      'Paused, nothing lost',
    ],
  ])('%s', (_what, job, queue, words) => {
    expect(waitOf(queue, job)).toBe(words);
  });

  test('when it tries again, and after what', () => {
    const failure = { code: 'DISK_FULL' as const, title: 'The disk is full.', hint: '', detail: '' };
    expect(waitOf(status({}), waits(1, { runAtMs: 0, failure }))).toMatch(
      /^Tries again at \d\d:\d\d\. The disk is full\.$/,
    );
  });

  test('that it is left over only where nobody has said anything yet', () => {
    const left = waits(1, { state: 'paused', pausedBecause: 'start' });
    const byHand = waits(2, { state: 'paused', pausedBecause: 'person' });
    expect(ids(leftovers(givenStatus({ waiting: [left, byHand] })))).toEqual([1]);
  });
});

describe('background review', () => {
  const nowMs = 10 * 3_600_000;
  test('says why it stands aside, since when, what waits for it, and when the lock ends by itself', () => {
    const production = givenProduction({
      reviewPaused: true,
      reason: 'Review stands aside while A lamp is made.',
      sinceMs: nowMs - 240_000,
      expiresMs: nowMs + 118 * 60_000,
      deferred: 3,
    });
    const { title, then, facts } = reviewWords(production, nowMs);
    expect([title, then]).toEqual([
      'Review stands aside while A lamp is made.',
      'What it was doing is parked, and comes back by itself.',
    ]);
    expect(facts[0]).toMatch(/^Since \d\d:\d\d, 4 min\.$/);
    expect(facts.slice(1)).toEqual(['3 reviews wait.', 'Back in 1 h 58 at the latest.']);
  });

  test('says what a person said about it', () => {
    const said = (override: 'paused' | 'running') => reviewWords(givenProduction({ override }), nowMs).title;
    expect([said('paused'), said('running')]).toEqual([
      'Background review is paused.',
      'Background review goes on, beside exports as well.',
    ]);
  });
});

describe('the status bar', () => {
  const tell = (status: QueueStatus, more: { failures?: number; noticesReadMs?: number } = {}) =>
    statusNews({ status, running: status.running, failures: 0, noticesReadMs: 0, ...more });

  test('is not there while there is nothing to tell', () => {
    expect(tell(givenStatus({}))).toBeUndefined();
    expect(
      tell(givenStatus({ notices: [{ text: 'Read.', atMs: 5 }] }), { noticesReadMs: 5 }),
    ).toBeUndefined();
  });

  test('tells work with its share and the time of the whole queue, what waits and what failed', () => {
    const running = [
      givenJob({ id: 1, kind: 'export', progress: 0.2 }),
      givenJob({ id: 2, kind: 'export', progress: 0.6 }),
    ];
    const status = givenStatus({ running, waiting: [waits(3)], etaS: 108 });
    expect(tell(status, { failures: 2 })).toEqual({
      work: { what: 'Exporting 2', share: 0.4, left: '1:48 left' },
      waiting: '1 waiting',
      failures: '2 things need you',
    });
  });

  test('tells a pause of everything before that of a lane, and a person before the battery', () => {
    const paused = (...pauses: QueueStatus['pauses']) => tell(givenStatus({ pauses }))?.pause;
    expect(paused({ scope: 'intake', because: 'person' })).toBe('Intake paused');
    expect(paused({ scope: 'production', because: 'battery' })).toBe('Paused: the battery is low');
    expect(paused({ scope: 'production', because: 'battery' }, { scope: 'all', because: 'person' })).toBe(
      'Queue paused',
    );
  });

  test('tells that review stands aside only where something waits for it or a person asked for it', () => {
    const review = (production: Parameters<typeof givenProduction>[0]) =>
      tell(givenStatus({ production: givenProduction({ reviewPaused: true, ...production }) }))?.review;
    expect(review({ deferred: 0 })).toBeUndefined();
    expect(review({ deferred: 2 })).toBe('Review stands aside');
    expect(review({ override: 'paused' })).toBe('Review paused');
  });

  test('tells the latest line that nobody has read', () => {
    const notices = [
      { text: 'Old.', atMs: 5 },
      { text: 'New.', atMs: 9 },
    ];
    expect(tell(givenStatus({ notices }), { noticesReadMs: 5 })?.notice?.text).toBe('New.');
  });
});

test('a pause, its end, and review that stands aside are said aloud once', () => {
  const quiet = givenStatus({});
  const paused = givenStatus({ pauses: [{ scope: 'all', because: 'person' }] });
  const aside = givenStatus({ production: givenProduction({ reviewPaused: true, deferred: 1 }) });
  const said = [
    [null, paused],
    [quiet, paused],
    [paused, paused],
    [paused, quiet],
    [quiet, aside],
    [aside, quiet],
  ].map(([before, after]) => queueAnnouncement(before ?? null, after ?? null));
  expect(said).toEqual([
    undefined,
    'Queue paused',
    undefined,
    'The queue goes on.',
    'Review stands aside',
    'Review may run again.',
  ]);
});

describe('what the window knows of the queue', () => {
  const callsOf = (transport: ReturnType<typeof fakeTransport>, name: string) =>
    transport.asked.filter((call) => call.name === name).map(({ input }) => input);

  async function opened(status: () => QueueStatus = () => givenStatus({})) {
    const transport = fakeTransport();
    transport.answer('queue.status', status);
    const { client, stores } = givenWindow(transport);
    await start(client, stores);
    return { transport, stores, queue: stores.queue };
  }

  test('follows the events of jobs, and a change of state has the queue read again', async () => {
    const { transport, stores } = await opened();
    const reads = () => callsOf(transport, 'queue.status').length;
    const before = reads();
    transport.tell('jobs.changed', givenJob({ progress: 0.1 }));
    expect(stores.queue.getState().jobs[1]?.progress).toBe(0.1);
    await vi.waitFor(() => {
      expect(reads()).toBe(before + 1);
    });
    expect(stores.announcements.getState().text).toBe('lamp.m4a: started.');
  });

  test('a flood of events is taken in a few times, and the last word of each job is kept', async () => {
    const { transport, queue } = await opened(() => givenStatus({ running: [givenJob({ id: 1 })] }));
    let changes = 0;
    queue.subscribe(() => {
      changes += 1;
    });
    for (let step = 1; step <= 1000; step += 1)
      transport.tell('jobs.changed', givenJob({ id: 1, progress: step / 1000 }));
    await vi.waitFor(() => {
      expect(queue.getState().jobs[1]?.progress).toBe(1);
    });
    expect(changes).toBeLessThan(20);
  });

  test('a hundred changes at once make a few reads, not a hundred, and the last of them is seen', async () => {
    let done = 0;
    const { transport, queue } = await opened(() => {
      const status = givenStatus({});
      return { ...status, counts: { ...status.counts, completed: done } };
    });
    const before = callsOf(transport, 'queue.status').length;
    for (let id = 1; id <= 100; id += 1) {
      done = id;
      transport.tell('jobs.changed', givenJob({ id, state: 'completed', finishedAtMs: id }));
    }
    await vi.waitFor(() => {
      expect(queue.getState().status?.counts.completed).toBe(100);
    });
    expect(callsOf(transport, 'queue.status').length - before).toBeLessThanOrEqual(2);
  });

  test('does not pile up: jobs that ended or wait far back are forgotten, what ended last is not', async () => {
    const { queue } = await opened(() => givenStatus({ waiting: [waits(1)] }));
    const ended = Array.from({ length: 5000 }, (_, at) =>
      givenJob({ id: 10 + at, state: 'completed', finishedAtMs: at }),
    );
    const farBack = Array.from({ length: 5000 }, (_, at) => waits(10_000 + at));
    queue.getState().learn([...ended, ...farBack]);
    await queue.getState().load();
    const known = Object.keys(queue.getState().jobs).map(Number);
    expect(known.length).toBeLessThanOrEqual(101);
    expect(known).toContain(1);
    expect(known).toContain(5009);
    expect(known.filter((id) => id >= 10_000)).toEqual([]);
  });

  test('the job that a room is about stays known however far back it waits, and by its latest state', async () => {
    let state: Job['state'] = 'pending';
    const { transport, queue } = await opened();
    transport.answer('jobs.get', () => waits(77, { state }));
    await queue.getState().find(77);
    await queue.getState().load();
    expect(queue.getState().jobs[77]?.state).toBe('pending');
    state = 'completed';
    await queue.getState().load();
    expect(queue.getState().jobs[77]?.state).toBe('completed');
  });

  test('failures that were cleaned away are gone', async () => {
    const failed = givenJob({ id: 5, state: 'failed', finishedAtMs: 1 });
    let status = givenStatus({ recentFailures: [failed] });
    const { transport, queue } = await opened(() => status);
    expect(queue.getState().jobs[5]?.state).toBe('failed');
    status = givenStatus({});
    transport.answer('queue.clean', () => ({ removed: 1, status }));
    await queue.getState().cleanFailed();
    expect(callsOf(transport, 'queue.clean')).toEqual([{ state: 'failed' }]);
    expect(queue.getState().jobs).toEqual({});
  });

  test('what waits further back comes a page at a time, and the open page follows what happens', async () => {
    const { transport, queue } = await opened();
    let first = 1;
    transport.answer('queue.list', (input) => {
      const { afterId } = input as { afterId: number };
      const from = Math.max(first, afterId + 1);
      return { jobs: Array.from({ length: 50 }, (_, at) => waits(from + at)) };
    });
    const begin = () => queue.getState().pages.intake?.jobs[0]?.id;
    const { turnPage, closePage, load } = queue.getState();
    await turnPage('intake', 'first');
    await turnPage('intake', 'later');
    expect(begin()).toBe(51);
    await turnPage('intake', 'earlier');
    await turnPage('intake', 'earlier');
    expect(begin()).toBe(1);
    first = 4;
    await load();
    expect(begin()).toBe(4);
    closePage('intake');
    await load();
    expect(begin()).toBeUndefined();
  });

  test('a line that is given later joins those of the status, and is said aloud', async () => {
    const { transport, stores } = await opened(() => givenStatus({ notices: [{ text: 'Old.', atMs: 1 }] }));
    transport.tell('notice.given', { text: 'New.', atMs: 2 });
    expect(stores.queue.getState().status?.notices.map(({ text }) => text)).toEqual(['Old.', 'New.']);
    expect(stores.announcements.getState().text).toBe('New.');
  });

  test('resuming review ends what holds it back: the lane, the lock, or both', async () => {
    const isPaused = { paused: ['review'] } satisfies Partial<QueueStatus>;
    const isAside = { production: givenProduction({ reviewPaused: true }) };
    for (const [status, calls] of [
      [isPaused, ['queue.resume']],
      [isAside, ['production.resume']],
      [{ ...isPaused, ...isAside }, ['queue.resume', 'production.resume']],
    ] as const) {
      const { transport, queue } = await opened(() => givenStatus(status));
      transport.answer('queue.resume', () => givenStatus({}));
      transport.answer('production.resume', () => givenProduction({}));
      const before = transport.asked.length;
      await queue.getState().resumeReview();
      const asked = transport.asked.slice(before).map(({ name }) => name);
      expect(asked.filter((name) => name !== 'queue.status')).toEqual(calls);
    }
  });
});
