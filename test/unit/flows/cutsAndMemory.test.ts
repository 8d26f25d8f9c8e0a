import { expect, test } from 'vitest';
import { overlapS } from '../../../main/domain/time.ts';
import { searchAgain } from '../../../main/engine/flows/searchEpisode.ts';
import { openLibraryBench, type LibraryBench } from '../../support/libraryBench.ts';
import { conversation, spoken, unrepeated } from '../clips/episodes.ts';

const episode = spoken(unrepeated(300));
const episodeId = 'ep-1';
const OFF_RECORD = { fromS: 200, toS: 220 };

const touches = (inS: number, outS: number): boolean => overlapS({ fromS: inS, toS: outS }, OFF_RECORD) > 0;

async function withOffRecord(): Promise<LibraryBench> {
  const bench = await openLibraryBench();
  await bench.addEpisode(episodeId, episode);
  await bench.call('offLimits.add', { episodeId, range: OFF_RECORD });
  return bench;
}

test('neither a mark nor a trim nor a line nor an offer brings back what is off the record', async () => {
  await using bench = await withOffRecord();
  await bench.call('marks.add', { episodeId, atS: 205, toS: 240, note: 'the secret' });
  await bench.call('marks.add', { episodeId, atS: 300, note: 'the open part' });
  const clips = await bench.call('clips.list', { episodeId });
  expect(clips.filter(({ foundBy }) => foundBy === 'mark').map(({ title }) => title)).toEqual([
    'the open part',
  ]);
  expect(clips.filter(({ inS, outS }) => touches(inS, outS))).toEqual([]);
  const lines = await bench.call('clips.lines', { episodeId, limit: 1000 });
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter(({ inS, outS }) => touches(inS, outS))).toEqual([]);
  const clipId = clips[0]?.id ?? '';
  await expect(bench.call('clips.trim', { clipId, inS: 190, outS: 210 })).rejects.toMatchObject({
    code: 'OFF_THE_RECORD',
  });
  const beside = await bench.call('clips.trim', { clipId, inS: 225, outS: 250 });
  const { fixes } = await bench.call('clips.explain', { clipId: beside.id });
  expect(fixes.filter(({ inS, outS }) => touches(inS, outS))).toEqual([]);
});

test('a decision on a trimmed clip that is taken back leaves the trim, and the trim can still be taken back', async () => {
  await using bench = await openLibraryBench();
  const [clip] = await bench.addEpisode(episodeId, episode);
  const clipId = clip?.id ?? '';
  await bench.call('feedback.give', { clipId, decision: 'keep' });
  await bench.call('clips.trim', { clipId, inS: 100, outS: 130 });
  expect((await bench.call('feedback.undo', { clipId })).clip.state).toBe('trimmed');
  const { feedback } = await bench.call('feedback.list', { clipId });
  expect(feedback.map(({ kind, undoneAtMs }) => [kind, undoneAtMs === null])).toEqual([
    ['keep', false],
    ['trim', true],
  ]);
  const before = await bench.call('clips.undo', { clipId });
  expect(before).toMatchObject({ inS: clip?.inS, outS: clip?.outS, score: clip?.score, state: 'kept' });
  await expect(bench.call('clips.undo', { clipId })).rejects.toMatchObject({ code: 'BAD_INPUT' });
});

test('a title that a person chose stays through another cut', async () => {
  await using bench = await openLibraryBench();
  const [clip] = await bench.addEpisode(episodeId, episode);
  const clipId = clip?.id ?? '';
  await bench.call('clips.setTitle', { clipId, title: 'The one about the river' });
  const trimmed = await bench.call('clips.trim', { clipId, inS: 100, outS: 130 });
  expect(trimmed).toMatchObject({ title: 'The one about the river', state: 'trimmed' });
  expect(trimmed.titles).not.toEqual(clip?.titles);
});

test('what the show opens with is one signal for each clip, however often it is searched', async () => {
  await using bench = await openLibraryBench();
  const clips = await bench.addEpisode(episodeId, spoken(conversation(300)));
  const coldOpens = clips.filter(({ foundBy }) => foundBy === 'coldOpen');
  expect(coldOpens.length).toBeGreaterThan(0);
  await searchAgain(bench.engine, episodeId);
  await searchAgain(bench.engine, episodeId);
  for (const { id } of coldOpens)
    expect((await bench.call('feedback.list', { clipId: id })).feedback.map(({ kind }) => kind)).toEqual([
      'cold-open',
    ]);
  const { signals } = await bench.call('learning.show', { show: 'Still Works' });
  expect(signals).toBe(coldOpens.length);
});

test('searching again and again neither grows nor shrinks the list', async () => {
  await using bench = await openLibraryBench();
  const first = await bench.addEpisode(episodeId, episode);
  for (const { id: clipId } of first.slice(0, 2)) await bench.call('feedback.give', { clipId, rating: 4 });
  const lengths: number[] = [];
  for (let round = 0; round < 3; round += 1)
    lengths.push((await searchAgain(bench.engine, episodeId)).length);
  expect(lengths).toEqual([first.length, first.length, first.length]);
});
