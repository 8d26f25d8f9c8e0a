import { expect, test } from 'vitest';
import { foldWord } from '../../../main/engine/clips/sentences.ts';
import { searchAgain } from '../../../main/engine/flows/searchEpisode.ts';
import { openLibraryBench } from '../../support/libraryBench.ts';
import { spoken, unrepeated } from '../clips/episodes.ts';

const story = [
  'Ben: I think the biggest mistake of my life was to sell the ferry.',
  'Ben: Nobody told me so and I never asked the engineer about it.',
  'Ben: It was worth more than the boat, they said later, and so on and so forth, until the whole town knew.',
  'Ben: A good engine is worth more than any boat.',
  'Ben: You never sell in the season when nobody needs it.',
];
const lines = [...unrepeated(120), ...story, ...unrepeated(120)];
const episode = spoken(lines);
const folded = (text: string): string => text.split(/\s+/u).map(foldWord).join(' ');
const POINTING = ['it', 'he', 'she', 'they', 'this', 'that', 'these', 'those', 'and', 'so', 'but'];

test('a clip has three titles in its own words, each knows where they are said, and they share no words', async () => {
  await using bench = await openLibraryBench();
  await bench.addEpisode('ep-1', episode);
  const said = episode.segments.slice(120, 125);
  const range = { fromS: said[0]?.fromS ?? 0, toS: said[4]?.toS ?? 0 };
  const { title, titles } = await bench.call('clips.fromRange', { episodeId: 'ep-1', range });
  expect(titles).toHaveLength(3);
  expect(titles[0]?.text).toBe(title);
  const words = said.flatMap((segment) => segment.words);
  for (const { text, fromS, toS } of titles) {
    const within = words.filter((word) => word.fromS >= fromS - 0.001 && word.toS <= toS + 0.001);
    expect(folded(within.map((word) => word.text).join(' '))).toBe(folded(text));
    expect(text.length).toBeLessThanOrEqual(60);
    expect(text.split(' ').length).toBeGreaterThanOrEqual(4);
    expect(text.split(' ').length).toBeLessThanOrEqual(12);
    expect(POINTING).not.toContain(foldWord(text.split(' ')[0] ?? ''));
  }
  const inOrder = titles.toSorted((a, b) => a.fromS - b.fromS);
  for (const [i, { fromS }] of inOrder.entries())
    expect(fromS).toBeGreaterThanOrEqual(inOrder[i - 1]?.toS ?? 0);
});

test('a title that was chosen stays through a new search, beside the others', async () => {
  await using bench = await openLibraryBench();
  const [clip] = await bench.addEpisode('ep-1', episode);
  const clipId = clip?.id ?? '';
  const second = clip?.titles[1]?.text ?? '';
  expect(second).not.toBe('');
  await bench.call('clips.setTitle', { clipId, title: second });
  await searchAgain(bench.engine, 'ep-1');
  const now = (await bench.call('clips.list', { episodeId: 'ep-1' })).find(({ id }) => id === clipId);
  expect(now).toMatchObject({ title: second, titles: clip?.titles });
  await expect(bench.call('clips.setTitle', { clipId, title: ' ' })).rejects.toMatchObject({
    code: 'BAD_INPUT',
  });
  await expect(bench.call('clips.setTitle', { clipId: 'clip-x', title: 'A title' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});
