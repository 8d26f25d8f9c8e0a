import { expect, test } from 'vitest';
import type { Candidate } from '../../../main/domain/clip.ts';
import type { MediaFacts } from '../../../main/domain/episode.ts';
import { newShow } from '../../../main/domain/show.ts';
import { clipRepository } from '../../../main/engine/db/clips.ts';
import { episodeRepository } from '../../../main/engine/db/episodes.ts';
import { openLibrary } from '../../../main/engine/db/open.ts';
import { segmentRepository } from '../../../main/engine/db/segments.ts';
import { showRepository } from '../../../main/engine/db/shows.ts';
import { temporaryFolder } from '../../support/folder.ts';

const facts: MediaFacts = {
  format: 'mp3',
  durationS: 61.5,
  sizeBytes: 1000,
  audio: [{ index: 0, codec: 'mp3', sampleRateHz: 44_100, channels: 2, channelLayout: 'stereo' }],
  video: null,
  coverIndex: null,
  subtitleIndexes: [],
  tags: { title: 'One' },
  warnings: ['HEADER_DURATION_WRONG'],
};

const candidate = (inS: number, outS: number, score: number): Candidate => ({
  inS,
  outS,
  durationS: outS - inS,
  score,
  confidence: 'medium',
  foundBy: 'words',
  reason: 'It opens on a claim.',
  parts: [
    {
      name: 'hook',
      points: score,
      max: 100,
      because: [{ text: 'never', fromS: inS, toS: inS + 1, points: score }],
    },
  ],
  title: 'A claim',
  titles: [],
  text: 'Never do that.',
  speakers: ['Ann'],
  scorerVersion: 'test',
});

async function openShelf() {
  const place = temporaryFolder();
  const library = await openLibrary(place.file('soundbite.db'));
  const { db } = library;
  const shows = showRepository(db);
  const episodes = episodeRepository(db);
  shows.add(newShow('show-1', 'Still Works'));
  episodes.addOrRelink({
    id: 'ep-1',
    showId: 'show-1',
    title: 'One',
    path: '/a/one.mp3',
    fingerprint: 'f1',
    modifiedAtMs: 5,
    facts,
    importedAtMs: 9,
  });
  return {
    db,
    shows,
    episodes,
    clips: clipRepository(db),
    segments: segmentRepository(db),
    [Symbol.dispose]() {
      library.close();
      place[Symbol.dispose]();
    },
  };
}

test('an episode comes back as it went in', async () => {
  using shelf = await openShelf();
  expect(shelf.episodes.get('ep-1')).toEqual({
    episode: {
      id: 'ep-1',
      showId: 'show-1',
      title: 'One',
      path: '/a/one.mp3',
      sizeBytes: 1000,
      durationS: 61.5,
      hasVideo: false,
      hasAudio: true,
      language: null,
      state: 'importing',
      transcriptSource: null,
      warnings: ['HEADER_DURATION_WRONG'],
      notes: [],
      importedAtMs: 9,
    },
    facts,
    fingerprint: 'f1',
    transcriptDigest: null,
    analysisFolder: 'ep-1',
  });
});

test('the same recording under another name is the same episode, relinked', async () => {
  using shelf = await openShelf();
  shelf.episodes.addOrRelink({
    id: 'ep-2',
    showId: 'show-1',
    title: 'Renamed',
    path: '/b/moved.mp3',
    fingerprint: 'f1',
    modifiedAtMs: 6,
    facts,
    importedAtMs: 10,
  });
  expect(shelf.episodes.list().map(({ id, title, path }) => ({ id, title, path }))).toEqual([
    { id: 'ep-1', title: 'One', path: '/b/moved.mp3' },
  ]);
});

test('show names are one show whatever their case', async () => {
  using shelf = await openShelf();
  expect(shelf.shows.findByName('STILL works')).toEqual(newShow('show-1', 'Still Works'));
});

test('a new search keeps what was found again and what a person decided on, and drops the rest', async () => {
  using shelf = await openShelf();
  shelf.clips.replaceCandidates(
    'ep-1',
    [candidate(0, 20, 80), candidate(20, 40, 70), candidate(40, 60, 60)],
    1,
  );
  const [first, second, third] = shelf.clips.list('ep-1');
  shelf.clips.setState(third?.id ?? '', 'rejected');
  shelf.clips.replaceCandidates('ep-1', [candidate(5, 30, 90), candidate(0, 20, 85)], 2);
  const now = shelf.clips.list('ep-1');
  expect(now.map(({ inS, rank, score, state }) => ({ inS, rank, score, state }))).toEqual([
    { inS: 5, rank: 1, score: 90, state: 'candidate' },
    { inS: 0, rank: 2, score: 85, state: 'candidate' },
    { inS: 40, rank: 3, score: 60, state: 'rejected' },
  ]);
  expect(now[1]?.id).toBe(first?.id);
  expect(now.some((clip) => clip.id === second?.id)).toBe(false);
});

test('a rejected clip stays rejected when it is found again', async () => {
  using shelf = await openShelf();
  shelf.clips.replaceCandidates('ep-1', [candidate(0, 20, 80)], 1);
  shelf.clips.setState(shelf.clips.list('ep-1')[0]?.id ?? '', 'rejected');
  shelf.clips.replaceCandidates('ep-1', [candidate(0, 20, 81)], 2);
  expect(shelf.clips.list('ep-1').map(({ state, score }) => ({ state, score }))).toEqual([
    { state: 'rejected', score: 81 },
  ]);
});

test('every word of every episode can be searched, and replaced words are forgotten', async () => {
  using shelf = await openShelf();
  const say = (text: string) => ({ fromS: 1, toS: 2, text, words: [], timing: 'cue' as const });
  const search = shelf.db
    .prepare<[string], string>(
      'SELECT s.text FROM transcript_words JOIN transcript_segments AS s ON s.id = transcript_words.rowid WHERE transcript_words MATCH ?',
    )
    .pluck();
  shelf.segments.replace('ep-1', [say('The lamp on table four.'), say('A café in Alderwick.')]);
  expect(search.all('cafe')).toEqual(['A café in Alderwick.']);
  shelf.segments.replace('ep-1', [say('Nothing of the kind.')]);
  expect(search.all('lamp')).toEqual([]);
  expect(shelf.segments.list('ep-1').map((segment) => segment.text)).toEqual(['Nothing of the kind.']);
});

test('a range that ends before it begins is refused by the database itself', async () => {
  using shelf = await openShelf();
  expect(() => {
    shelf.clips.replaceCandidates('ep-1', [candidate(20, 10, 50)], 1);
  }).toThrow(/CHECK/);
});
