import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Clip } from '../../main/domain/clip.ts';
import type { Engine } from '../../main/engine/createEngine.ts';
import { decide } from '../../main/engine/flows/decide.ts';
import { importEpisodes } from '../../main/engine/flows/importEpisodes.ts';
import { importModel } from '../../main/engine/flows/keepModels.ts';
import { requestTranscription } from '../../main/engine/flows/requestTranscription.ts';
import { trimClip } from '../../main/engine/flows/trims.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/folder.ts';
import { openHearing, untilIdle, type HearingBench } from '../support/hearing.ts';
import { toneModel, writeTones } from '../support/tones.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder[Symbol.dispose]();
});

const LENGTH_S = 300;

/** An episode that was found by ear, with a recogniser of tones that takes its time. */
async function openWordless(): Promise<HearingBench & { episodeId: string }> {
  const bench = await openHearing(folder.file('library'), { pieceMs: 120 });
  const { engine } = bench;
  const path = folder.file('tones.wav');
  writeTones(path, { durationS: LENGTH_S, seed: 31 });
  const request = { transcriptPath: null, title: null, together: false, atLeast: 10 };
  await importEpisodes(engine.queue, { paths: [path], ...request });
  await untilIdle(engine);
  await importModel(engine, toneModel);
  return { ...bench, episodeId: engine.episodes.list()[0]?.id ?? '' };
}

const byEar = (clips: readonly Clip[]): Clip[] => clips.filter(({ foundBy }) => foundBy === 'ear');
const undecided = (clips: readonly Clip[]): Clip[] => clips.filter(({ state }) => state === 'candidate');

/** Resolves at the first moment at which some candidates were read and others only heard. */
function untilBoth(engine: Engine, episodeId: string): Promise<Clip[]> {
  return new Promise((resolve) => {
    const stopListening = engine.on('episodes.changed', () => {
      const clips = undecided(engine.clips.list(episodeId));
      const heard = byEar(clips).length;
      if (heard === 0 || heard === clips.length) return;
      stopListening();
      resolve(clips);
    });
  });
}

test(
  'candidates follow the words as they arrive, and what was kept, rejected or trimmed never moves',
  { timeout: 120_000 },
  async () => {
    await using opened = await openWordless();
    const { engine, episodeId } = opened;
    const found = engine.clips.list(episodeId);
    expect(byEar(found)).toEqual(found);
    const [first, second, , third] = found;
    if (first === undefined || second === undefined || third === undefined)
      throw new Error('too few clips were found by ear');
    await decide(engine, first.id, 'keep');
    await decide(engine, second.id, 'reject');
    await trimClip(engine, third.id, { fromS: third.inS, toS: third.outS }, true);
    const isDecided = ({ id }: Clip): boolean => [first.id, second.id, third.id].includes(id);
    const decided = () =>
      engine.clips
        .list(episodeId)
        .filter(isDecided)
        .map(({ id, inS, outS, state, score, title }) => ({ id, inS, outS, state, score, title }))
        .sort((a, b) => a.inS - b.inS);
    const before = decided();
    expect(before.map(({ state }) => state).sort()).toEqual(['kept', 'rejected', 'trimmed']);
    const seen: (typeof before)[] = [];
    engine.on('episodes.changed', () => seen.push(decided()));

    const both = untilBoth(engine, episodeId);
    await requestTranscription(engine, { episodeId });
    const meanwhile = await both;
    const heardFromS = Math.min(...byEar(meanwhile).map(({ inS }) => inS));
    for (const { foundBy, inS } of meanwhile) if (foundBy === 'words') expect(inS).toBeLessThan(heardFromS);
    // What was read pushes nothing out of the list that can only be heard yet.
    const unread = found.filter((clip) => !isDecided(clip) && clip.inS >= heardFromS);
    expect(meanwhile.map(({ id }) => id)).toEqual(expect.arrayContaining(unread.map(({ id }) => id)));

    await untilIdle(engine);
    const after = undecided(engine.clips.list(episodeId));
    expect(after.length).toBeGreaterThan(0);
    expect(byEar(after)).toEqual([]);
    expect(seen.length).toBeGreaterThan(3);
    for (const moment of seen) expect(moment).toEqual(before);
  },
);

test(
  'a transcription that is cancelled takes the candidates along that it found, and those by ear are back',
  { timeout: 120_000 },
  async () => {
    await using opened = await openWordless();
    const { engine, episodeId } = opened;
    const ranges = () => engine.clips.list(episodeId).map(({ inS, outS, foundBy }) => [inS, outS, foundBy]);
    const before = ranges();
    const both = untilBoth(engine, episodeId);
    const job = await requestTranscription(engine, { episodeId });
    await both;
    await engine.queue.cancel(job.id);
    await untilIdle(engine);
    await expect.poll(ranges, { timeout: 20_000 }).toEqual(before);
  },
);
