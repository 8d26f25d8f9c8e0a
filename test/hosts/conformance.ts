import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallName, EventName, EventPayload, Input, Output, Reply } from '../../main/contract/index.ts';
import { mediaPath } from '../../main/contract/media.ts';
import type { Job } from '../../main/domain/job.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/folder.ts';

export interface MediaAnswer {
  readonly status: number;
  header(name: string): string | null;
  readonly bytes: Uint8Array;
}

/** One shell as a window sees it; the same stories are told to each. */
export interface HostDriver {
  /** Sends any name and any input, valid or not. */
  call(name: string, input: unknown): Promise<Reply<unknown>>;
  /** The events that this shell passes on. */
  readonly events: readonly EventName[];
  on(name: EventName, listener: (payload: unknown) => void): () => void;
  /** Asks for media by the path below the shell's origin; absent where a shell plays none. */
  fetchMedia?(path: string, ask: { method: 'GET' | 'HEAD'; range?: string }): Promise<MediaAnswer>;
  close(): Promise<void>;
}

/** Opens a shell around the library in a folder. */
export type OpenDriver = (home: string) => Promise<HostDriver>;

/** The stories that every shell must be able to tell, each on a library of its own. */
export function conformance(name: string, openDriver: OpenDriver): void {
  describe(name, () => {
    let folder: TemporaryFolder;
    let host: HostDriver;
    beforeAll(async () => {
      folder = temporaryFolder();
      host = await openDriver(folder.file('home'));
    });
    afterAll(async () => {
      await host.close();
      folder[Symbol.dispose]();
    });

    test('what makes no sense is refused with a name for it, and nothing has changed', async () => {
      const before = await stateOf(host, folder);
      for (const [call, input, code] of NONSENSE) {
        expect(await host.call(call, input), `${call} ${JSON.stringify(input)}`).toEqual({
          ok: false,
          error: {
            code,
            title: expect.any(String) as string,
            hint: expect.any(String) as string,
            detail: expect.not.stringContaining('    at ') as string,
          },
        });
      }
      expect(await stateOf(host, folder)).toEqual(before);
      expect({}).not.toHaveProperty('polluted');
    });

    test('waiting work is paused, resumed and cancelled, alone and all together', async () => {
      const paused = await value(host, 'queue.pause', { scope: 'all' });
      expect(paused.paused).toEqual(['all']);
      const [job] = (await value(host, 'episodes.importSample', {})).jobs;
      const jobId = job?.id ?? 0;
      const cancelled = nextEvent(host, 'jobs.changed', (told) => told.state === 'cancelled');
      const states = [
        await value(host, 'jobs.get', { jobId }),
        await value(host, 'jobs.pause', { jobId }),
        await value(host, 'jobs.resume', { jobId }),
        await value(host, 'jobs.cancel', { jobId }),
      ].map(({ state }) => state);
      expect(states).toEqual(['pending', 'paused', 'pending', 'cancelled']);
      expect(await cancelled).toMatchObject({ id: jobId, lane: 'intake', state: 'cancelled' });
      expect(await host.call('jobs.cancel', { jobId })).toMatchObject({
        ok: false,
        error: { code: 'WRONG_STATE' },
      });
      const resumed = await value(host, 'queue.resume', { scope: 'all' });
      expect(resumed).toMatchObject({ paused: [], total: 1, isProcessing: false, waiting: [] });
    });

    test('the sample becomes clips, best first; a decision is kept; an export is a file that plays in ranges', async () => {
      const clips = await importSample(host);
      const [best] = clips;
      if (best === undefined) throw new Error('the sample has no clips');
      await decideAndCheck(host, best.id, best.episodeId);
      const file = await exportAndCheck(host, best.id, folder.file('exports'));
      if (host.fetchMedia !== undefined) await playAndCheck(host.fetchMedia.bind(host), file);
    });
  });
}

/** Calls that no shell may act on, and the error that each must answer with. */
const NONSENSE: readonly (readonly [string, unknown, string])[] = [
  ['episodes.explode', {}, 'BAD_INPUT'],
  ['constructor', {}, 'BAD_INPUT'],
  ['__proto__', {}, 'BAD_INPUT'],
  ['', {}, 'BAD_INPUT'],
  ['episodes.list', null, 'BAD_INPUT'],
  ['episodes.list', [], 'BAD_INPUT'],
  ['episodes.list', 'all', 'BAD_INPUT'],
  ['episodes.list', { path: '/etc/passwd' }, 'BAD_INPUT'],
  ['episodes.import', { paths: [] }, 'BAD_INPUT'],
  ['episodes.import', { paths: [''] }, 'BAD_INPUT'],
  ['episodes.import', { paths: ['x'.repeat(5000)] }, 'BAD_INPUT'],
  ['episodes.import', { paths: '/etc/passwd' }, 'BAD_INPUT'],
  ['episodes.import', { paths: ['/there/is/no/such/file.mp3'] }, 'FILE_MISSING'],
  ['episodes.open', { episodeId: 'ep-0000000000' }, 'NOT_FOUND'],
  ['episodes.get', { episodeId: '../../etc/passwd' }, 'NOT_FOUND'],
  ['clips.list', { episodeId: "' OR 1=1 --" }, 'NOT_FOUND'],
  ['clips.decide', { clipId: 'clip-0000000000', decision: 'keep' }, 'NOT_FOUND'],
  ['clips.decide', { clipId: 'clip-0000000000', decision: 'burn' }, 'BAD_INPUT'],
  ['exports.get', { exportId: 'exp-0000000000' }, 'NOT_FOUND'],
  ['host.revealExport', { exportId: 'exp-0000000000' }, 'NOT_FOUND'],
  ['host.listFolder', { folder: '/there/is/no/such/folder' }, 'FILE_MISSING'],
  ['jobs.cancel', { jobId: 999_999 }, 'NOT_FOUND'],
  ['jobs.cancel', { jobId: 1.5 }, 'BAD_INPUT'],
  ['jobs.cancel', { jobId: '1; DROP TABLE jobs' }, 'BAD_INPUT'],
  ['queue.pause', { scope: 'fast' }, 'BAD_INPUT'],
  ['queue.pause', JSON.parse('{"scope":"all","__proto__":{"polluted":true}}'), 'BAD_INPUT'],
];

/** Makes a call that has to succeed. */
async function value<C extends CallName>(host: HostDriver, name: C, input: Input<C>): Promise<Output<C>> {
  const reply = await host.call(name, input);
  if (!reply.ok) throw new Error(`${name}: ${reply.error.code} ${reply.error.detail}`);
  return reply.value as Output<C>;
}

/** The next event that fits; listening begins at once. */
function nextEvent<E extends EventName>(
  host: HostDriver,
  name: E,
  fits: (payload: EventPayload<E>) => boolean,
): Promise<EventPayload<E>> {
  return new Promise((resolve) => {
    const stop = host.on(name, (payload) => {
      const told = payload as EventPayload<E>;
      if (!fits(told)) return;
      stop();
      resolve(told);
    });
  });
}

async function stateOf(host: HostDriver, folder: TemporaryFolder): Promise<unknown> {
  const { counts, paused } = await value(host, 'queue.status', {});
  const files = readdirSync(folder.path, { recursive: true }).map(String);
  return {
    counts,
    paused,
    episodes: await value(host, 'episodes.list', {}),
    // The database's own files come and go with its checkpoints.
    files: files.filter((file) => !/soundbite\.db-/.test(file)).sort(),
  };
}

async function importSample(host: HostDriver): Promise<Output<'clips.list'>> {
  const told: Job[] = [];
  const stop = host.on('jobs.changed', (payload) => told.push(payload as Job));
  const completed = nextEvent(host, 'jobs.changed', ({ state }) => state === 'completed');
  const [asked] = (await value(host, 'episodes.importSample', {})).jobs;
  const job = await completed;
  stop();
  expect(job).toMatchObject({ id: asked?.id, kind: 'intake', state: 'completed', failure: null });
  const ours = told.filter(({ id }) => id === job.id);
  expect(ours.map(({ state }) => state)).toContain('processing');
  const progress = ours.filter(({ state }) => state === 'processing').map((each) => each.progress);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));

  const [overview] = await value(host, 'episodes.overview', {});
  const episodeId = overview?.episode.id ?? '';
  const clips = await value(host, 'clips.list', { episodeId });
  expect(clips.length).toBeGreaterThanOrEqual(6);
  expect(clips.map(({ rank }) => rank)).toEqual(clips.map((_clip, index) => index + 1));
  const scores = clips.map(({ score }) => score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  expect((await value(host, 'episodes.open', { episodeId })).clips).toEqual(clips);
  return clips;
}

async function decideAndCheck(host: HostDriver, clipId: string, episodeId: string): Promise<void> {
  const told = host.events.includes('episodes.changed')
    ? nextEvent(host, 'episodes.changed', () => true)
    : Promise.resolve({ episodeId });
  expect(await value(host, 'clips.decide', { clipId, decision: 'keep' })).toMatchObject({ state: 'kept' });
  expect(await told).toEqual({ episodeId });
  const found = await value(host, 'clips.list', { episodeId });
  expect(found.filter(({ state }) => state === 'kept').map(({ id }) => id)).toEqual([clipId]);
}

type ExportedFile = Output<'exports.get'>;

async function exportAndCheck(host: HostDriver, clipId: string, folder: string): Promise<ExportedFile> {
  const asked = await value(host, 'exports.create', { clipIds: [clipId], presets: ['audio'], folder });
  const [done] = await value(host, 'jobs.settled', { jobIds: asked.jobs.map(({ id }) => id) });
  expect(done).toMatchObject({ kind: 'export', state: 'completed', failure: null });
  const [file] = await value(host, 'exports.list', { clipId });
  if (file === undefined) throw new Error('a completed export left no file');
  expect(file).toMatchObject({ clipId, preset: 'audio', proof: { passed: true } });
  const beside = file.companions.map(({ path }) => path);
  expect(readdirSync(folder).map((name) => join(folder, name))).toEqual([file.path, ...beside].sort());
  return file;
}

async function playAndCheck(
  fetchMedia: NonNullable<HostDriver['fetchMedia']>,
  file: ExportedFile,
): Promise<void> {
  const path = mediaPath('export', file.id);
  const whole = await fetchMedia(path, { method: 'GET' });
  expect({ status: whole.status, type: whole.header('content-type'), size: whole.bytes.length }).toEqual({
    status: 200,
    type: 'audio/mp4',
    size: file.bytes,
  });
  const part = await fetchMedia(path, { method: 'GET', range: 'bytes=100-299' });
  expect([part.status, part.header('content-range')]).toEqual([206, `bytes 100-299/${file.bytes}`]);
  expect(part.bytes).toEqual(whole.bytes.subarray(100, 300));
  const tail = await fetchMedia(path, { method: 'GET', range: 'bytes=-10' });
  expect([tail.status, tail.bytes]).toEqual([206, whole.bytes.subarray(-10)]);
  const beyond = await fetchMedia(path, { method: 'GET', range: `bytes=${file.bytes}-` });
  expect([beyond.status, beyond.header('content-range')]).toEqual([416, `bytes */${file.bytes}`]);
  const head = await fetchMedia(path, { method: 'HEAD' });
  expect([head.status, head.header('content-length'), head.bytes.length]).toEqual([200, `${file.bytes}`, 0]);
  const unknown = await fetchMedia(mediaPath('export', 'exp-0000000000'), { method: 'GET' });
  const foreign = await fetchMedia('/media/export/..%2F..%2Fetc%2Fpasswd', { method: 'GET' });
  expect([unknown.status, foreign.status]).toEqual([404, 404]);
}
