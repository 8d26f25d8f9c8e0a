import { expect, test } from 'vitest';
import { openLibraryBench } from '../../support/libraryBench.ts';
import { spoken, unrepeated } from '../clips/episodes.ts';

const episode = spoken(unrepeated(240));
const showId = 'show-Still Works';

test('a show keeps its list: words in any case once, off again by name, nothing that is not there', async () => {
  await using bench = await openLibraryBench();
  await bench.addEpisode('ep-1', episode);
  expect(await bench.call('bleeps.list', { showId })).toEqual({ words: [], mode: 'beep', offPresets: [] });
  await bench.call('bleeps.add', { showId, words: ['Ottokar', 'acme*'] });
  await bench.call('bleeps.add', { showId, words: ['OTTOKAR', 'Lena'] });
  const list = await bench.call('bleeps.set', { showId, mode: 'mute', offPresets: ['audio', 'audio'] });
  expect(list).toEqual({ words: ['Ottokar', 'acme*', 'Lena'], mode: 'mute', offPresets: ['audio'] });
  await bench.call('bleeps.remove', { showId, words: ['lena'] });
  await expect(bench.call('bleeps.remove', { showId, words: ['nobody'] })).rejects.toMatchObject({
    ...{ code: 'NOT_FOUND' },
  });
  expect((await bench.call('bleeps.list', { showId })).words).toEqual(['Ottokar', 'acme*']);
  await expect(bench.call('bleeps.list', { showId: 'show-none' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('lists for other programs say no word that the show masks', async () => {
  await using bench = await openLibraryBench();
  const [clip] = await bench.addEpisode('ep-1', episode);
  await bench.call('clips.decide', { clipId: clip?.id ?? '', decision: 'keep' });
  await bench.call('clips.setTitle', { clipId: clip?.id ?? '', title: 'What Ottokar told me' });
  await bench.call('bleeps.add', { showId, words: ['ottokar'] });
  for (const format of [
    'otio',
    'edl',
    'fcpxml',
    'csv',
    'soundbites',
    'soundbites-json',
    'chapters',
  ] as const) {
    const { text } = await bench.call('interchange.write', { episodeId: 'ep-1', format });
    expect(text).toContain('What ••• told me');
    expect(text.toLowerCase()).not.toContain('ottokar');
  }
});
