import { expect, test } from 'vitest';
import type { EditableFormat } from '../../../main/domain/interchange.ts';
import type { LibraryBench } from '../../support/libraryBench.ts';
import { openLibraryBench } from '../../support/libraryBench.ts';
import { spoken, unrepeated } from '../clips/episodes.ts';

const episode = spoken(unrepeated(240));
const episodeId = 'ep-1';

/** An episode with its two best clips kept. */
async function givenTwoKept(bench: LibraryBench) {
  const [first, second] = await bench.addEpisode(episodeId, episode);
  const kept = [first, second].flatMap((clip) => clip ?? []);
  for (const { id } of kept) await bench.call('clips.decide', { clipId: id, decision: 'keep' });
  return kept.toSorted((a, b) => a.inS - b.inS);
}
const written = async (bench: LibraryBench, format: EditableFormat) =>
  (await bench.call('interchange.write', { episodeId, format })).text;
const clipNow = async (bench: LibraryBench, id: string) =>
  (await bench.call('clips.list', { episodeId })).find((clip) => clip.id === id);

test('only clips that were kept are listed, in order of time, under a name of their own', async () => {
  await using bench = await openLibraryBench();
  await bench.addEpisode(episodeId, episode);
  await expect(bench.call('interchange.write', { episodeId, format: 'csv' })).rejects.toMatchObject({
    code: 'BAD_INPUT',
  });
  const kept = await givenTwoKept(bench);
  const { text, fileName, entries } = await bench.call('interchange.write', { episodeId, format: 'csv' });
  const starts = text
    .trimEnd()
    .split('\n')
    .map((row) => Number(row.split(',')[0]));
  expect(starts).toEqual(kept.map(({ inS }) => inS));
  expect([fileName, entries]).toEqual(['Episode ep-1.csv', 2]);
});

test.each(['otio', 'edl'] as const)('an %s list that was not edited changes nothing', async (format) => {
  await using bench = await openLibraryBench();
  await givenTwoKept(bench);
  const text = await written(bench, format);
  const read = await bench.call('interchange.read', { episodeId, format, text, apply: true });
  expect(read).toEqual({ changes: [], unchanged: 2, notes: [], applied: true });
});

test('an edited list is only told at first; applied it cuts at whole words, and each cut can be taken back', async () => {
  await using bench = await openLibraryBench();
  const [clip, other] = await givenTwoKept(bench);
  const sentence = episode.segments.find(({ fromS }) => fromS >= (clip?.outS ?? 0));
  const word = sentence?.words[2];
  expect(word).toBeDefined();
  // Drawn out to the middle of the third word after its end.
  const asked = ((word?.fromS ?? 0) + (word?.toS ?? 0)) / 2;
  const document = JSON.parse(await written(bench, 'otio')) as {
    tracks: {
      children: {
        children: { source_range: { start_time: { value: number }; duration: { value: number } } }[];
      }[];
    };
  };
  const range = document.tracks.children[0]?.children[0]?.source_range;
  if (range === undefined) throw new Error('the list has no clip');
  range.duration.value = Math.round(asked * 48_000) - range.start_time.value;
  const request = { episodeId, format: 'otio', text: JSON.stringify(document) } as const;

  const told = await bench.call('interchange.read', request);
  expect(told).toMatchObject({ unchanged: 1, applied: false, notes: [] });
  const [change] = told.changes;
  expect(change).toMatchObject({ clipId: clip?.id, before: { fromS: clip?.inS, toS: clip?.outS } });
  expect(change?.asked.toS).toBeCloseTo(asked, 3);
  expect(await clipNow(bench, clip?.id ?? '')).toMatchObject({ outS: clip?.outS, state: 'kept' });

  const done = await bench.call('interchange.read', { ...request, apply: true });
  expect(done.changes).toEqual(told.changes);
  const cut = await clipNow(bench, clip?.id ?? '');
  expect(cut).toMatchObject({ inS: change?.after.fromS, outS: change?.after.toS, state: 'trimmed' });
  const words = episode.segments.flatMap((segment) => segment.words);
  const isInside = words.some(
    ({ fromS, toS }) => fromS < (cut?.outS ?? 0) - 1e-3 && toS > (cut?.outS ?? 0) + 1e-3,
  );
  expect(isInside).toBe(false);
  expect(await clipNow(bench, other?.id ?? '')).toMatchObject({ outS: other?.outS, state: 'kept' });

  const again = await bench.call('interchange.read', { ...request, apply: true });
  expect(again.changes).toEqual([]);
  const undone = await bench.call('clips.undo', { clipId: clip?.id ?? '' });
  expect(undone).toMatchObject({ inS: clip?.inS, outS: clip?.outS, score: clip?.score, state: 'kept' });
});

test('what was marked off the record is neither listed nor reached by an edited list', async () => {
  await using bench = await openLibraryBench();
  const [clip, other] = await givenTwoKept(bench);
  const text = await written(bench, 'edl');
  const range = { fromS: (clip?.inS ?? 0) + 1, toS: (clip?.inS ?? 0) + 2 };
  await bench.call('offLimits.add', { episodeId, range, reason: 'a name' });
  const { entries, notes } = await bench.call('interchange.write', { episodeId, format: 'soundbites' });
  expect([entries, notes[0]]).toEqual([
    1,
    `“${clip?.title ?? ''}” is left out: some of it was marked off the record.`,
  ]);
  const read = await bench.call('interchange.read', { episodeId, format: 'edl', text, apply: true });
  expect(read.changes).toEqual([]);
  expect((await clipNow(bench, other?.id ?? ''))?.state).toBe('kept');
});

test('chapters come from a person’s marks and the kept clips, the words as subtitles', async () => {
  await using bench = await openLibraryBench();
  await givenTwoKept(bench);
  await bench.call('marks.add', { episodeId, atS: 2, note: 'Welcome' });
  const { text } = await bench.call('interchange.write', { episodeId, format: 'chapters' });
  expect(JSON.parse(text)).toMatchObject({
    version: '1.2.0',
    chapters: [{ startTime: 0, title: 'Welcome' }, {}],
  });
  const srt = await bench.call('interchange.write', { episodeId, format: 'srt' });
  expect(srt.text.startsWith('1\n00:00:0')).toBe(true);
});
