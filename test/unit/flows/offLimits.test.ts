import { expect, test } from 'vitest';
import type { Clip } from '../../../main/domain/clip.ts';
import { overlapS } from '../../../main/domain/time.ts';
import { searchAgain } from '../../../main/engine/flows/searchEpisode.ts';
import { openLibraryBench } from '../../support/libraryBench.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { spoken, unrepeated } from '../clips/episodes.ts';

const lines = unrepeated(300);
const advert = [
  'Ada: This episode is brought to you by Acme Ovens.',
  'Ada: The biggest mistake people make with bread is that nobody ever waits.',
  'Ada: Never open the door, because the worst bread in the world was opened too early.',
  'Ada: Use code BREAD for 20% off your first order.',
];
const episode = spoken([...lines.slice(0, 150), ...advert, ...lines.slice(150)]);
const rangeOf = ({ inS, outS }: Clip) => ({ fromS: inS, toS: outS });

test('what is marked off the record is proposed no more, now and in later searches, until the mark is taken away', async () => {
  await using bench = await openLibraryBench();
  const [best] = await bench.addEpisode('ep-1', episode);
  const range = rangeOf(best ?? expect.fail('nothing was found'));
  const marks = await bench.call('offLimits.add', { episodeId: 'ep-1', range, reason: 'named a client' });
  const mark = marks.find(({ kind }) => kind === 'off-record');
  expect(mark).toMatchObject({ ...range, reason: 'named a client', isOverruled: false });
  const touching = async (): Promise<Clip[]> =>
    (await bench.call('clips.list', { episodeId: 'ep-1' })).filter(
      (clip) => overlapS(rangeOf(clip), range) > 0,
    );
  expect(await touching()).toEqual([]);
  await searchAgain(bench.engine, 'ep-1');
  expect(await touching()).toEqual([]);
  expect((await bench.call('clips.list', { episodeId: 'ep-1' })).length).toBeGreaterThan(3);
  await bench.call('offLimits.remove', { episodeId: 'ep-1', id: mark?.id ?? -1 });
  expect((await touching()).map(({ inS, outS, score }) => ({ inS, outS, score }))).toEqual([
    { inS: best?.inS, outS: best?.outS, score: best?.score },
  ]);
});

test('a clip that was kept before it was marked is refused as an export, and nothing is queued', async () => {
  await using bench = await openLibraryBench();
  using folder = temporaryFolder();
  const [best] = await bench.addEpisode('ep-1', episode);
  const clipId = best?.id ?? '';
  await bench.call('feedback.give', { clipId, decision: 'keep' });
  const middleS = ((best?.inS ?? 0) + (best?.outS ?? 0)) / 2;
  await bench.call('offLimits.add', { episodeId: 'ep-1', range: { fromS: middleS, toS: middleS + 0.5 } });
  expect((await bench.call('clips.list', { episodeId: 'ep-1' })).map(({ id }) => id)).toContain(clipId);
  const asked = bench.call('exports.create', { clipIds: [clipId], presets: ['tiktok'], folder: folder.path });
  await expect(asked).rejects.toMatchObject({ code: 'OFF_THE_RECORD' });
  expect((await bench.call('queue.status', {})).total).toBe(0);
});

test('an advert that a person allows can become a clip, stays allowed, and can be kept out again', async () => {
  await using bench = await openLibraryBench();
  await bench.addEpisode('ep-1', episode);
  const [found] = await bench.call('offLimits.list', { episodeId: 'ep-1' });
  expect(found).toMatchObject({ kind: 'advert', isOverruled: false });
  const id = found?.id ?? -1;
  const isProposed = async (): Promise<boolean> => {
    const penalties = (await bench.call('clips.list', { episodeId: 'ep-1' }))
      .filter(({ text }) => text.includes('biggest mistake'))
      .flatMap(({ parts }) => parts.filter(({ name }) => name === 'penalties'));
    return penalties.some(({ points }) => points === 0);
  };
  expect(await isProposed()).toBe(false);
  await bench.call('offLimits.overrule', { episodeId: 'ep-1', id });
  expect(await isProposed()).toBe(true);
  await searchAgain(bench.engine, 'ep-1');
  expect(await bench.call('offLimits.list', { episodeId: 'ep-1' })).toEqual([
    { ...found, isOverruled: true },
  ]);
  expect(await isProposed()).toBe(true);
  await bench.call('offLimits.overrule', { episodeId: 'ep-1', id, isOverruled: false });
  expect(await bench.call('offLimits.list', { episodeId: 'ep-1' })).toEqual([found]);
  expect(await isProposed()).toBe(false);
});

test('an episode that is off the record as a whole has no clips, and that is no failure', async () => {
  await using bench = await openLibraryBench();
  await bench.addEpisode('ep-1', episode);
  await bench.call('offLimits.add', { episodeId: 'ep-1', range: { fromS: -5, toS: 99_999 } });
  expect(await bench.call('clips.list', { episodeId: 'ep-1' })).toEqual([]);
});

test('what makes no sense is refused and changes nothing', async () => {
  await using bench = await openLibraryBench();
  await bench.addEpisode('ep-1', episode);
  const before = await bench.call('offLimits.list', { episodeId: 'ep-1' });
  const [found] = before;
  const refused = [
    bench.call('offLimits.add', { episodeId: 'ep-1', range: { fromS: 20, toS: 10 } }),
    bench.call('offLimits.add', { episodeId: 'ep-1', range: { fromS: 99_000, toS: 99_999 } }),
    bench.call('offLimits.remove', { episodeId: 'ep-1', id: found?.id ?? -1 }),
  ];
  for (const call of refused) await expect(call).rejects.toMatchObject({ code: 'BAD_INPUT' });
  const unknown = bench.call('offLimits.overrule', { episodeId: 'ep-1', id: 4711 });
  await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await bench.call('offLimits.list', { episodeId: 'ep-1' })).toEqual(before);
});
