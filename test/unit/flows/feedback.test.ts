import { expect, test } from 'vitest';
import type { Clip } from '../../../main/domain/clip.ts';
import { searchAgain } from '../../../main/engine/flows/searchEpisode.ts';
import { gate } from '../../support/queue.ts';
import { openEngineAt, openLibraryBench } from '../../support/libraryBench.ts';
import { spoken, unrepeated } from '../clips/episodes.ts';

const episode = spoken(unrepeated(300));
const first = ([clip]: readonly Clip[]): Clip => {
  if (clip === undefined) throw new Error('no clip was found');
  return clip;
};

test('what is said of a clip is stored with the clip as it was, and what is taken back stays in the record', async () => {
  await using bench = await openLibraryBench();
  const clip = first(await bench.addEpisode('ep-1', episode));
  const clipId = clip.id;
  await bench.call('feedback.give', { clipId, decision: 'reject', reason: 'too long', rating: 2 });
  await bench.call('feedback.give', { clipId, decision: 'keep', comment: 'on second thoughts' });
  const { clip: now, feedback } = await bench.call('feedback.undo', { clipId });
  expect(now.state).toBe('rejected');
  expect(
    feedback.map(({ kind, rating, comment, undoneAtMs }) => [kind, rating, comment, undoneAtMs !== null]),
  ).toEqual([
    ['rating', 2, null, false],
    ['reject', null, 'too long', false],
    ['comment', null, 'on second thoughts', false],
    ['keep', null, null, true],
  ]);
  expect(feedback[0]?.judged).toEqual({
    inS: clip.inS,
    outS: clip.outS,
    rank: 1,
    score: clip.score,
    parts: Object.fromEntries(clip.parts.map(({ name, points }) => [name, points])),
    stateBefore: 'candidate',
  });
  expect((await bench.call('feedback.undo', { clipId })).clip.state).toBe('candidate');
  await expect(bench.call('feedback.undo', { clipId })).rejects.toMatchObject({ code: 'WRONG_STATE' });
});

test('nothing said, too many stars, both answers at once and an unknown clip are refused', async () => {
  await using bench = await openLibraryBench();
  const { id: clipId } = first(await bench.addEpisode('ep-1', episode));
  await expect(bench.call('feedback.give', { clipId })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  await expect(bench.call('feedback.give', { clipId, rating: 6 })).rejects.toMatchObject({
    code: 'BAD_INPUT',
  });
  await expect(bench.call('feedback.give', { clipId: 'clip-x', rating: 3 })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  expect((await bench.call('feedback.list', { clipId })).feedback).toEqual([]);
});

test('a rated clip is still there after a new search that does not find it, and so is what was said', async () => {
  await using bench = await openLibraryBench();
  const { id: clipId } = first(await bench.addEpisode('ep-1', episode));
  await bench.call('feedback.give', { clipId, rating: 5 });
  bench.engine.segments.replace('ep-1', spoken(unrepeated(300).reverse()).segments);
  await searchAgain(bench.engine, 'ep-1');
  const { feedback } = await bench.call('feedback.list', { clipId });
  expect(feedback.map(({ rating }) => rating)).toEqual([5]);
});

test('a decision reaches the windows of another process', async () => {
  await using bench = await openLibraryBench();
  const { id: clipId } = first(await bench.addEpisode('ep-1', episode));
  const other = await openEngineAt(bench.home);
  const heard = gate();
  other.on('episodes.changed', ({ episodeId }) => {
    if (episodeId === 'ep-1') heard.open();
  });
  await bench.call('clips.decide', { clipId, decision: 'keep' });
  await heard.opened;
  expect(other.clips.get(clipId)?.state).toBe('kept');
  await other.close();
});

test('a clip that is undecided again teaches nothing', async () => {
  await using bench = await openLibraryBench();
  const { id: clipId } = first(await bench.addEpisode('ep-1', episode));
  await bench.call('clips.decide', { clipId, decision: 'keep' });
  expect((await bench.call('learning.show', { show: 'still works' })).signals).toBe(1);
  await bench.call('clips.decide', { clipId, decision: 'undecide' });
  expect((await bench.call('learning.show', { show: 'still works' })).signals).toBe(0);
});
