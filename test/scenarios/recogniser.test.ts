import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JobState } from '../../main/domain/job.ts';
import type { Segment } from '../../main/domain/transcript.ts';
import type { Engine } from '../../main/engine/createEngine.ts';
import { importEpisodes } from '../../main/engine/flows/importEpisodes.ts';
import { currentTranscription, requestTranscription } from '../../main/engine/flows/requestTranscription.ts';
import { findTools } from '../../main/engine/media/tools.ts';
import { root, soundbite } from '../support/cli.ts';
import { temporaryFolder } from '../support/folder.ts';
import { installTones, openHearing, untilIdle } from '../support/hearing.ts';
import { plainWord, seededRandom, toneModel, writeTones, type ToneWord } from '../support/tones.ts';

const isLong = process.env['SOUNDBITE_TEST_LONG'] !== undefined;
const MINUTES = isLong ? 30 : 3;
const KILLS = isLong ? 20 : 5;
const LONGEST_MS = isLong ? 1_800_000 : 180_000;
const WORST_S = 0.08;

const folder = temporaryFolder();
const recording = folder.file('tones.flac');
let said: ToneWord[] = [];
beforeAll(async () => {
  const wav = folder.file('tones.wav');
  said = writeTones(wav, { durationS: MINUTES * 60, seed: 11 });
  const { ffmpeg } = await findTools();
  await execa(ffmpeg, ['-nostdin', '-v', 'error', '-i', wav, '-c:a', 'flac', recording]);
  rmSync(wav);
});
afterAll(() => {
  folder[Symbol.dispose]();
});

const take = (engine: Engine, path: string) =>
  importEpisodes(engine.queue, {
    paths: [path],
    transcriptPath: null,
    title: null,
    together: false,
    atLeast: null,
  });

const wordsOf = (segments: readonly Segment[]) => segments.flatMap(({ words }) => words);
const theEpisode = (engine: Engine): string => engine.episodes.list()[0]?.id ?? 'no episode';
const transcriptOf = (engine: Engine): Segment[] => engine.segments.list(theEpisode(engine));

/** Every word as it was said, each begin and end within the tolerance. */
function expectWordsAsSaid(segments: readonly Segment[], spoken: readonly ToneWord[]): void {
  const words = wordsOf(segments);
  expect(words.map(({ text }) => plainWord(text))).toEqual(spoken.map(({ text }) => text));
  const worst = words.map((word, index) => {
    const tone = spoken[index] ?? word;
    return Math.max(Math.abs(word.fromS - tone.fromS), Math.abs(word.toS - tone.toS));
  });
  expect(Math.max(...worst)).toBeLessThan(WORST_S);
}

test(
  `${MINUTES} minutes of known words come out of the command line word for word, each in its place`,
  async () => {
    const home = folder.file('command line');
    expect(await soundbite(home, ['models', 'import', toneModel])).toMatchObject({ code: 0 });
    const imported = (await soundbite(home, ['import', recording, '--json'])).json() as {
      episodes: { id: string; transcriptSource: string; notes: string[] }[];
    };
    expect(imported.episodes).toMatchObject([{ transcriptSource: 'recognised' }]);
    const again = await soundbite(home, ['transcribe', imported.episodes[0]?.id ?? '', '--json']);
    const { segments, realTimeFactor } = again.json() as {
      segments: Segment[];
      realTimeFactor: number | null;
    };
    expectWordsAsSaid(segments, said);
    // The second time everything was known.
    expect(realTimeFactor).toBeNull();
  },
  LONGEST_MS,
);

test(
  'words without a pause between them come out whole on both sides of every cut',
  async () => {
    const home = folder.file('breathless');
    const path = folder.file('breathless.wav');
    const spoken = writeTones(path, { durationS: 150, seed: 5, longestPauseS: 0.11 });
    await installTones(home);
    const asked: number[] = [];
    await using bench = await openHearing(home, {
      onAsked: (order) =>
        order.kind === 'recognise' && asked.push((order.toSample - order.fromSample) / 16_000),
    });
    await take(bench.engine, path);
    await untilIdle(bench.engine);
    expectWordsAsSaid(transcriptOf(bench.engine), spoken);
    expect(asked.length).toBeGreaterThan(4);
    expect(Math.max(...asked)).toBeLessThanOrEqual(28);
  },
  LONGEST_MS,
);

test(
  `${KILLS} kills at any moment change no word, and nothing that was written down is heard again`,
  async () => {
    const home = folder.file('killed');
    await installTones(home);
    const log = folder.file('asked.txt');
    const random = seededRandom(3);
    let known: ReadonlySet<number> = new Set();
    let isFirst = true;
    for (let kill = 0; kill < KILLS; kill++) {
      const asked = await workUntilKilled(home, log, isFirst ? recording : undefined, random());
      isFirst = false;
      expect(asked.filter((sample) => known.has(sample))).toEqual([]);
      known = await piecesWrittenDown(home, new Set([...known, ...asked]));
    }
    const before = readAsked(log).length;
    await using bench = await openHearing(home);
    await untilIdle(bench.engine);
    expect(bench.engine.library.db.prepare('SELECT DISTINCT state FROM jobs').pluck().all()).toEqual([
      'completed',
    ]);
    expectWordsAsSaid(transcriptOf(bench.engine), said);
    expect(before).toBeGreaterThan(0);
  },
  LONGEST_MS,
);

const readAsked = (log: string): number[] =>
  existsSync(log)
    ? readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map(Number)
    : [];

/** Lets another process work and kills it: at a moment of its start, or when it has asked for so many pieces. */
async function workUntilKilled(
  home: string,
  log: string,
  path: string | undefined,
  moment: number,
): Promise<number[]> {
  const before = readAsked(log).length;
  const child = spawn(
    process.execPath,
    [
      ...['--import', join(root, 'scripts/sqlAsText.mjs'), join(root, 'test/support/transcribeOn.ts')],
      ...[home, log, ...(path === undefined ? [] : [path])],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), ended]);
  const wanted = before + 1 + Math.floor(moment * 3);
  await Promise.race([ended, untilTrue(() => readAsked(log).length >= wanted)]);
  // Some way into the piece, so that the kill falls before, into and after the writing.
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, moment * 120))]);
  child.kill('SIGKILL');
  await ended;
  return readAsked(log).slice(before);
}

/** Resolves when a condition outside this process has come true. */
const untilTrue = (isTrue: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const timer = setInterval(() => {
      if (!isTrue()) return;
      clearInterval(timer);
      resolve();
    }, 5);
  });

/** Of the pieces that were asked for, those whose words are in the library. */
async function piecesWrittenDown(home: string, asked: ReadonlySet<number>): Promise<Set<number>> {
  const { default: Database } = await import('better-sqlite3');
  const db = new Database(join(home, 'soundbite.db'), { readonly: true });
  const rows = db
    .prepare<[], { content: string }>(
      `SELECT content FROM work_items WHERE json_extract(content, '$.hash') IN (SELECT hash FROM recognised_chunks)`,
    )
    .all();
  db.close();
  const samples = rows.map(({ content }) =>
    Math.round((JSON.parse(content) as { fed: { fromS: number } }).fed.fromS * 16_000),
  );
  return new Set(samples.filter((sample) => asked.has(sample)));
}

test(
  'a recogniser that is killed over and over costs time, not words',
  async () => {
    const home = folder.file('child killed');
    await installTones(home);
    let asked = 0;
    await using bench = await openHearing(home, {
      onAsked: (order, child) => {
        // Every third order the child goes away with its piece under way; the next one is a fresh child.
        if (order.kind === 'recognise' && ++asked % 3 === 0) child.kill();
      },
    });
    await take(bench.engine, recording);
    await untilIdle(bench.engine);
    expectWordsAsSaid(transcriptOf(bench.engine), said);
    expect(asked).toBeGreaterThan(6);
  },
  LONGEST_MS,
);

test(
  'a piece over which the recogniser ends twice is left out, told, and not in the way of the others',
  async () => {
    const home = folder.file('given up');
    await installTones(home);
    let first: number | undefined;
    await using bench = await openHearing(home, {
      onAsked: (order, child) => {
        if (order.kind !== 'recognise') return;
        first ??= order.fromSample;
        if (order.fromSample === first) child.kill();
      },
    });
    await take(bench.engine, recording);
    await untilIdle(bench.engine);
    const { notes } = bench.engine.episodes.list()[0] ?? { notes: [] };
    expect(notes).toContainEqual(expect.stringMatching(/ended twice over these pieces.+0:00 to 0:\d\d/u));
    const words = wordsOf(transcriptOf(bench.engine));
    const rest = said.filter(({ fromS }) => fromS >= (words[0]?.fromS ?? 0) - WORST_S);
    expect(words.map(({ text }) => plainWord(text))).toEqual(rest.map(({ text }) => text));
  },
  LONGEST_MS,
);

test(
  'a pause keeps what was heard, and nothing is heard twice after it; the words show as they come',
  async () => {
    const home = folder.file('paused');
    await installTones(home);
    const asked: number[] = [];
    await using bench = await openHearing(home, {
      pieceMs: 200,
      onAsked: (order) => order.kind === 'recognise' && asked.push(order.fromSample),
    });
    const { engine } = bench;
    await take(engine, recording);
    const { jobId } = await firstSentences(engine);
    await engine.queue.pause(jobId);
    await untilState(engine, jobId, 'paused');
    const shown = wordsOf(transcriptOf(engine)).map(({ text }) => plainWord(text));
    expect(shown.length).toBeGreaterThan(0);
    expect(shown).toEqual(said.slice(0, shown.length).map(({ text }) => text));
    await engine.queue.resume(jobId);
    await untilIdle(engine);
    expectWordsAsSaid(transcriptOf(engine), said);
    // The piece under way when the pause came is the only one that may have been asked for again.
    expect(asked.length - new Set(asked).size).toBeLessThanOrEqual(1);
  },
  LONGEST_MS,
);

test(
  'cancelling takes the sentences that were shown and the pieces away; what was heard is not heard again for the next ask',
  async () => {
    const home = folder.file('cancelled');
    await installTones(home);
    const asked: number[] = [];
    await using bench = await openHearing(home, {
      pieceMs: 200,
      onAsked: (order) => order.kind === 'recognise' && asked.push(order.fromSample),
    });
    const { engine } = bench;
    await take(engine, recording);
    const { jobId, episodeId } = await firstSentences(engine);
    await engine.queue.cancel(jobId);
    await untilState(engine, jobId, 'cancelled');
    const { db } = engine.library;
    const itemsOfJob = db
      .prepare<[number], number>('SELECT count(*) FROM work_items WHERE job_id = ?')
      .pluck();
    const chunks = db.prepare<[], number>('SELECT count(*) FROM recognised_chunks').pluck();
    expect({
      sentences: engine.segments.list(episodeId),
      base: engine.segments.listBase(episodeId),
      source: engine.episodes.get(episodeId)?.episode.transcriptSource,
      items: itemsOfJob.get(jobId),
    }).toEqual({ sentences: [], base: [], source: null, items: 0 });
    expect(chunks.get()).toBeGreaterThan(0);
    await requestTranscription(engine, { episodeId });
    await untilIdle(engine);
    expectWordsAsSaid(transcriptOf(engine), said);
    // The piece under way when the cancel came is the only one that may have been asked for again.
    expect(asked.length - new Set(asked).size).toBeLessThanOrEqual(1);
  },
  LONGEST_MS,
);

/** Resolves when the first sentences of a transcription show. */
function firstSentences(engine: Engine): Promise<{ jobId: number; episodeId: string }> {
  return new Promise((resolve) => {
    const stopListening = engine.on('episodes.changed', ({ episodeId }) => {
      const job = currentTranscription(engine.queue, episodeId);
      if (job === undefined || engine.segments.list(episodeId).length === 0) return;
      stopListening();
      resolve({ jobId: job.id, episodeId });
    });
  });
}

/** Resolves when a job has come to rest in a state. */
function untilState(engine: Engine, jobId: number, state: JobState): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (engine.queue.get(jobId).state === state) resolve();
    };
    engine.on('jobs.changed', look);
    look();
  });
}

test(
  'the same sound in another episode is not recognised again, and a decided clip stays where it is',
  async () => {
    const home = folder.file('again');
    const path = folder.file('again.wav');
    const copy = folder.file('copy.flac');
    writeTones(path, { durationS: 100, seed: 21 });
    const { ffmpeg } = await findTools();
    await execa(ffmpeg, ['-nostdin', '-v', 'error', '-i', path, '-c:a', 'flac', copy]);
    await installTones(home);
    let asked = 0;
    await using bench = await openHearing(home, {
      onAsked: (order) => order.kind === 'recognise' && (asked += 1),
    });
    const { engine } = bench;
    await take(engine, path);
    await untilIdle(engine);
    const once = asked;
    await take(engine, copy);
    await untilIdle(engine);
    expect(engine.episodes.list().map(({ transcriptSource }) => transcriptSource)).toEqual([
      'recognised',
      'recognised',
    ]);
    expect(asked).toBe(once);

    const episode = engine.episodes.list().find((each) => each.path === path);
    const episodeId = episode?.id ?? '';
    const [clip] = engine.clips.list(episodeId);
    engine.clips.setState(clip?.id ?? '', 'kept');
    await requestTranscription(engine, { episodeId });
    await untilIdle(engine);
    const kept = engine.clips.list(episodeId).filter(({ state }) => state === 'kept');
    expect(kept).toMatchObject([{ id: clip?.id, inS: clip?.inS, outS: clip?.outS }]);
  },
  LONGEST_MS,
);

test(
  'without a model, or with none chosen, an episode is found by ear and nothing is queued',
  async () => {
    const home = folder.file('none');
    const path = folder.file('none.wav');
    writeTones(path, { durationS: 60, seed: 2 });
    await using bench = await openHearing(home);
    const { engine } = bench;
    await take(engine, path);
    await untilIdle(engine);
    expect(engine.episodes.list()).toMatchObject([{ transcriptSource: null, state: 'ready' }]);
    await expect(requestTranscription(engine, { episodeId: theEpisode(engine) })).rejects.toMatchObject({
      code: 'SPEECH_MODEL_MISSING',
    });
  },
  LONGEST_MS,
);

const onlyLong = isLong ? '' : ' (not run: only in the long form)';
const bytesAt = (): number => process.memoryUsage.rss();

test.skipIf(!isLong)(
  `three hours take hardly more memory than ten minutes, and this process stays responsive${onlyLong}`,
  async () => {
    const peaks: Record<number, { child: number; parent: number; delayP99Ms: number }> = {};
    for (const minutes of [10, 180]) {
      const home = folder.file(`memory ${minutes}`);
      const path = folder.file(`memory ${minutes}.wav`);
      writeTones(path, { durationS: minutes * 60, seed: 8 });
      await installTones(home);
      const peak = { child: 0, parent: 0, delayP99Ms: 0 };
      await using bench = await openHearing(home, {
        onAsked: (order, child) => {
          if (order.kind !== 'recognise' || child.pid === undefined) return;
          peak.child = Math.max(peak.child, residentBytes(child.pid));
          peak.parent = Math.max(peak.parent, bytesAt());
        },
      });
      const delay = monitorEventLoopDelay({ resolution: 5 });
      delay.enable();
      await take(bench.engine, path);
      await untilIdle(bench.engine);
      delay.disable();
      peak.delayP99Ms = delay.percentile(99) / 1e6;
      peaks[minutes] = peak;
      rmSync(path);
    }
    writeFileSync(folder.file('memory.json'), JSON.stringify(peaks));
    process.stdout.write(`memory: ${JSON.stringify(peaks)}\n`);
    expect(peaks[180]?.child).toBeLessThan((peaks[10]?.child ?? 0) * 1.25);
  },
  LONGEST_MS,
);

/** VmRSS of another process, as Linux tells it. */
function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/u.exec(status)?.[1] ?? 0) * 1024;
}
