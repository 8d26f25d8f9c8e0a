import { describe, expect, test } from 'vitest';
import type { ExportedFile } from '../../../main/domain/exportedFile.ts';
import type { Recipe } from '../../../main/domain/recipe.ts';
import type { SearchPage } from '../../../main/domain/showMemory.ts';
import { lengthS, overlapS } from '../../../main/domain/time.ts';
import { matchExpression } from '../../../main/engine/db/wordSearch.ts';
import { openLibraryBench, type LibraryBench } from '../../support/libraryBench.ts';
import { spoken, unrepeated } from '../clips/episodes.ts';

const talk = unrepeated(200);
const story = [
  'Ben: The biggest mistake I ever made was to sell the old ferry in a hard winter.',
  'Ben: Nobody had told me that the engine was worth more than the whole boat.',
  'Ben: My father did not speak to me until the ice on the river broke again.',
  'Ben: Then he came into the yard with two mugs of coffee and asked what I had learned.',
  'Ben: I said that you never sell a thing in the season when nobody needs it.',
];
/** The same story as another recogniser would have heard it. */
const misheard = story.map((line) =>
  line.replace('hard', 'heart').replace('mugs', 'mucks').replace('yard', 'guard'),
);
const withStory = (lines: readonly string[], at: number): string[] => [
  ...talk.slice(0, at),
  ...lines,
  ...talk.slice(at),
];
const others = (episode: number): string[] =>
  unrepeated(200).map(
    (line, i) => `${line.slice(0, -1)} of cycle ${(i * 7 + episode * 13) % 89} and ${(i * 31) % 97}.`,
  );

async function openArchive(): Promise<LibraryBench> {
  const bench = await openLibraryBench();
  await bench.addEpisode('ep-1', spoken(withStory(story, 80)));
  return bench;
}

describe('search', () => {
  test('finds the sentence with all the words, marks them, and says where it is', async () => {
    await using bench = await openArchive();
    const { hits, total, nextOffset } = await bench.call('search.words', { words: 'coffee YARD' });
    const said = spoken(withStory(story, 80)).segments[83];
    expect({ total, nextOffset }).toEqual({ total: 1, nextOffset: null });
    expect(hits[0]).toMatchObject({
      episodeId: 'ep-1',
      episodeTitle: 'Episode ep-1',
      showName: 'Still Works',
      speaker: 'Ben',
      fromS: said?.fromS,
      toS: said?.toS,
      isOffRecord: false,
    });
    expect(hits[0]?.snippet.filter(({ isHit }) => isHit).map(({ text }) => text)).toEqual(['yard', 'coffee']);
    expect(hits[0]?.snippet.map(({ text }) => text).join('')).toBe(said?.text);
  });

  test('a phrase has to stand together, a word finds its longer forms, and accents do not matter', async () => {
    await using bench = await openArchive();
    const count = async (words: string): Promise<number> =>
      (await bench.call('search.words', { words })).total;
    expect([
      await count('"old ferry"'),
      await count('"ferry old"'),
      await count('ferr'),
      await count('mistäke'),
    ]).toEqual([1, 0, 1, 1]);
  });

  test('pages follow each other without a gap or a repetition', async () => {
    await using bench = await openArchive();
    const starts: number[] = [];
    let offset: number | null = 0;
    let total = 0;
    while (offset !== null) {
      const page: SearchPage = await bench.call('search.words', { words: 'bakery', limit: 7, offset });
      starts.push(...page.hits.map(({ fromS }) => fromS));
      ({ total, nextOffset: offset } = page);
    }
    expect(total).toBeGreaterThan(20);
    expect(new Set(starts).size).toBe(total);
    expect(starts).toHaveLength(total);
  });

  test('only the show that was asked for is searched, and an unknown one is refused', async () => {
    await using bench = await openArchive();
    await bench.addEpisode('ep-2', spoken(withStory(story, 20)), 'Another Show');
    const inShow = async (show?: string): Promise<string[]> =>
      (
        await bench.call('search.words', { words: 'ferry', ...(show === undefined ? {} : { show }) })
      ).hits.map(({ episodeId }) => episodeId);
    expect(await inShow('another show')).toEqual(['ep-2']);
    expect((await inShow()).toSorted()).toEqual(['ep-1', 'ep-2']);
    await expect(inShow('No Such Show')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  const HOSTILE = [
    '"',
    '""',
    '"""',
    "'",
    '*',
    '^ferry',
    'ferry*',
    'text:ferry',
    '{text}: ferry',
    'NEAR(ferry boat, 2)',
    'NOT',
    'AND',
    'ferry AND',
    'OR OR',
    '(ferry',
    'ferry)',
    'ferry -boat',
    '+',
    '\\',
    ';--',
    "'; DROP TABLE clips; --",
    'ferry\u0000boat',
    '\u0002\u0003',
    '💡',
    '%',
    '_',
    'a'.repeat(1000),
    '" '.repeat(400),
    '',
    '   ',
    '"unclosed phrase',
    'column : "x"',
  ];
  test.each(HOSTILE)('%j is only words', async (words) => {
    await using bench = await openArchive();
    const { hits, total } = await bench.call('search.words', { words });
    expect(hits.length).toBeLessThanOrEqual(total);
    expect((await bench.call('search.words', { words: 'ferry' })).total).toBe(1);
  });

  test('words that are operators elsewhere are looked for as words', () => {
    expect(matchExpression('ferry NOT "old boat" *')).toBe('"ferry" * AND "NOT" AND "old boat"');
    expect(matchExpression('* " " -')).toBe('');
  });
});

describe('a clip from a moment', () => {
  test('is whole sentences around what was found, scored like any other, and kept by later searches', async () => {
    await using bench = await openArchive();
    const [hit] = (await bench.call('search.words', { words: 'mugs coffee' })).hits;
    const range = { fromS: hit?.fromS ?? 0, toS: hit?.toS ?? 0 };
    const clip = await bench.call('clips.fromRange', { episodeId: 'ep-1', range });
    expect(clip.text).toContain('two mugs of coffee');
    expect(clip.state).toBe('kept');
    expect(clip.durationS).toBeGreaterThanOrEqual(12);
    expect(clip.parts.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(clip.score, 6);
    const starts = spoken(withStory(story, 80)).segments.map(({ fromS }) => Math.round(fromS * 1000) / 1000);
    expect(starts).toContain(clip.inS);
    expect(await bench.call('clips.fromRange', { episodeId: 'ep-1', range })).toMatchObject({ id: clip.id });
  });

  test('a range that makes a clip by itself is taken as it is, to the nearest whole sentences', async () => {
    await using bench = await openArchive();
    const said = spoken(withStory(story, 80)).segments.slice(80, 85);
    const range = { fromS: (said[0]?.fromS ?? 0) + 0.4, toS: (said[4]?.toS ?? 0) - 0.4 };
    const clip = await bench.call('clips.fromRange', { episodeId: 'ep-1', range });
    expect(clip.text).toBe(said.map(({ text }) => text).join(' '));
  });

  test('nothing is made of silence, of what is off the record, or of an unknown episode', async () => {
    await using bench = await openArchive();
    const at = (fromS: number, toS: number, episodeId = 'ep-1') =>
      bench.call('clips.fromRange', { episodeId, range: { fromS, toS } });
    await expect(at(90_000, 90_010)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(at(0, 10, 'ep-9')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await bench.call('offLimits.add', { episodeId: 'ep-1', range: { fromS: 100, toS: 130 } });
    await expect(at(110, 125)).rejects.toMatchObject({ code: 'OFF_THE_RECORD' });
    const beside = await at(85, 89.9);
    expect(overlapS({ fromS: beside.inS, toS: beside.outS }, { fromS: 100, toS: 130 })).toBe(0);
  });
});

describe('the memory of a show', () => {
  /** The clip made of some sentences of an episode, as the list shows it. */
  const clipOf = async (bench: LibraryBench, episodeId: string, first: number, count: number) => {
    const said = bench.engine.segments.list(episodeId).slice(first, first + count);
    const range = { fromS: said[0]?.fromS ?? 0, toS: said.at(-1)?.toS ?? 0 };
    const { id } = await bench.call('clips.fromRange', { episodeId, range });
    const clips = await bench.call('clips.list', { episodeId });
    return clips.find((clip) => clip.id === id) ?? expect.fail('the clip is not listed');
  };

  test('nearly the same words in another episode are marked on the clip, with where they are', async () => {
    await using bench = await openLibraryBench();
    await bench.addEpisode('ep-1', spoken(withStory(story, 80)));
    await bench.addEpisode('ep-2', spoken([...others(2).slice(0, 40), ...misheard, ...others(2).slice(40)]));
    const clip = await clipOf(bench, 'ep-2', 40, 5);
    const told = spoken(withStory(story, 80)).segments.slice(80, 85);
    const [before] = clip.seenBefore ?? [];
    expect(clip.seenBefore).toHaveLength(1);
    expect(before).toMatchObject({ kind: 'same-words', episodeId: 'ep-1', episodeTitle: 'Episode ep-1' });
    const range = { fromS: told[0]?.fromS ?? 0, toS: told[4]?.toS ?? 0 };
    const heard = { fromS: before?.fromS ?? 0, toS: before?.toS ?? 0 };
    expect(overlapS(range, heard) / lengthS(heard)).toBeGreaterThan(0.9);
  });

  test('other words about the same things are not', async () => {
    await using bench = await openLibraryBench();
    await bench.addEpisode('ep-1', spoken(withStory(story, 80)));
    const retold = [
      'Ben: Selling that ferry when the river was frozen is what I regret most, by far.',
      'Ben: A motor like hers could have paid for three such boats, had I only known.',
      'Ben: Dad kept silent all winter, and only with the thaw did we drink a coffee together.',
      'Ben: He wanted to hear what I had learned from the sale of her, and so I told him at last.',
    ];
    await bench.addEpisode('ep-2', spoken([...others(2).slice(0, 40), ...retold, ...others(2).slice(40)]));
    expect((await clipOf(bench, 'ep-2', 40, 4)).seenBefore).toEqual([]);
  });

  test('a moment that was exported is marked, in its own episode and where the same is said again', async () => {
    await using bench = await openLibraryBench();
    await bench.addEpisode('ep-1', spoken(withStory(story, 80)));
    const first = await clipOf(bench, 'ep-1', 80, 5);
    expect(first.seenBefore).toEqual([]);
    await bench.engine.library.write(() => {
      bench.engine.exports.add({
        file: exportedFrom(first.id),
        jobId: 1,
        recipe: recipeOf('ep-1', first.inS, first.outS),
        recipeHash: 'h',
      });
    });
    expect((await clipOf(bench, 'ep-1', 80, 5)).seenBefore).toMatchObject([
      { kind: 'exported', episodeId: 'ep-1', share: 1, exportedAtMs: 77 },
    ]);
    await bench.addEpisode('ep-2', spoken([...others(2).slice(0, 40), ...misheard, ...others(2).slice(40)]));
    expect((await clipOf(bench, 'ep-2', 40, 5)).seenBefore).toMatchObject([
      { kind: 'exported', episodeId: 'ep-1', exportedAtMs: 77 },
    ]);
  });

  test('words that were replaced are forgotten', async () => {
    await using bench = await openLibraryBench();
    await bench.addEpisode('ep-1', spoken(withStory(story, 80)));
    await bench.addEpisode('ep-2', spoken([...others(2).slice(0, 40), ...misheard, ...others(2).slice(40)]));
    bench.engine.segments.replace('ep-1', spoken(others(1)).segments);
    expect((await clipOf(bench, 'ep-2', 40, 5)).seenBefore).toEqual([]);
  });
});

const exportedFrom = (clipId: string): ExportedFile => ({
  id: 'exp-1',
  clipId,
  preset: 'tiktok',
  path: '/tmp/a.mp4',
  bytes: 1,
  durationS: 20,
  width: 1080,
  height: 1920,
  integratedLufs: -14,
  truePeakDbtp: -2,
  proof: { passed: true, checks: [] },
  warnings: [],
  companions: [],
  exportedAtMs: 77,
});
const recipeOf = (episodeId: string, fromS: number, toS: number): Recipe => ({
  ranges: [{ episodeId, fromS, toS }],
  preset: 'tiktok',
  layout: 'audiogram',
  captionStyle: 'karaoke',
  bleeps: null,
  episode: { title: 'e', date: '' },
  title: 't',
  showName: 's',
  brand: { backgroundColour: '#000000', textColour: '#ffffff', accentColour: '#ff0000' },
  renderer: 'r',
  threads: 1,
});
