import { describe, expect, test } from 'vitest';
import type { MediaFacts } from '../../../main/domain/episode.ts';
import { groupMicrophones } from '../../../main/engine/media/microphones.ts';

const stream = { index: 0, codec: 'pcm_s24le', sampleRateHz: 48_000, channels: 1, channelLayout: 'mono' };
const facts: MediaFacts = {
  format: 'wav',
  durationS: 1800,
  sizeBytes: 1,
  audio: [stream],
  video: null,
  coverIndex: null,
  subtitleIndexes: [],
  tags: {},
  warnings: [],
};
const video = {
  index: 1,
  codec: 'h264',
  width: 1920,
  height: 1080,
  rotation: 0,
  framesPerSecond: 30,
} as const;
const files = (...names: readonly string[]) => names.map((name) => ({ path: `/rec/${name}`, facts }));
const speakers = (...names: readonly string[]) =>
  groupMicrophones(files(...names)).map(({ name, microphones }) => [
    name,
    ...microphones.map((m) => m.speaker),
  ]);

describe('files of one conversation are found by their names', () => {
  test.each([
    [
      ['ep12-anna.wav', 'ep12-ben.wav'],
      ['ep 12', 'Anna', 'Ben'],
    ],
    [
      ['anna_ep12.wav', 'ben_ep12.wav'],
      ['ep 12', 'Anna', 'Ben'],
    ],
    [
      ['Track 1.wav', 'Track 2.wav', 'Track 3.wav'],
      ['rec', 'Track 1', 'Track 2', 'Track 3'],
    ],
    [
      ['ZOOM0007_Tr1.WAV', 'ZOOM0007_Tr2.WAV'],
      ['ZOOM 0007', 'Tr 1', 'Tr 2'],
    ],
    [
      ['Coffee - Anna Smith.wav', 'Coffee - Ben Jones.wav'],
      ['Coffee', 'Anna Smith', 'Ben Jones'],
    ],
    [
      ['audioAnna11234567.m4a', 'audioBen21234567.m4a'],
      ['rec', 'Anna', 'Ben'],
    ],
    [
      ['show (host).flac', 'show (guest).flac'],
      ['show', 'Guest', 'Host'],
    ],
    [
      ['Søndag-Åse.wav', 'Søndag-Øyvind.wav'],
      ['Søndag', 'Åse', 'Øyvind'],
    ],
  ])('%j', (names, group) => {
    expect(speakers(...names)).toEqual([group]);
  });

  test('and two conversations in one folder are two groups', () => {
    expect(speakers('ep12-anna.wav', 'ep13-ben.wav', 'ep12-ben.wav', 'ep13-anna.wav')).toEqual([
      ['ep 12', 'Anna', 'Ben'],
      ['ep 13', 'Anna', 'Ben'],
    ]);
  });
});

describe('files that only look alike are left alone', () => {
  test.each([
    ['numbered episodes', ['ep12.mp3', 'ep13.mp3']],
    ['versions of one recording', ['ep12-raw.wav', 'ep12-final.wav']],
    ['parts of one recording', ['ep12 part 1.wav', 'ep12 part 2.wav']],
    ['names with nothing in common', ['anna.wav', 'ben.wav']],
    ['a mix and its source', ['ep12.wav', 'ep12-anna.wav']],
    ['dated episodes', ['2024-05-01.mp3', '2024-05-08.mp3']],
    ['a show of each weekday', ['news-monday.mp3', 'news-tuesday.mp3']],
  ])('%s', (_, names) => {
    expect(speakers(...names)).toEqual([]);
  });

  const [anna, ben] = files('ep12-anna.wav', 'ep12-ben.wav');
  const pair = (a: object, b: object) =>
    anna === undefined || ben === undefined
      ? []
      : groupMicrophones([
          { ...anna, ...a },
          { ...ben, ...b },
        ]);

  test('because one is much shorter', () => {
    expect(pair({}, { facts: { ...facts, durationS: 1800 * 0.985 } })).toHaveLength(1);
    expect(pair({}, { facts: { ...facts, durationS: 1800 * 0.97 } })).toEqual([]);
    expect(pair({ facts: { ...facts, durationS: 40 } }, { facts: { ...facts, durationS: 44 } })).toHaveLength(
      1,
    );
  });

  test('because they began on different days', () => {
    expect(pair({ startedAtMs: 1_000_000 }, { startedAtMs: 1_090_000 })).toHaveLength(1);
    expect(pair({ startedAtMs: 1_000_000 }, { startedAtMs: 87_400_000 })).toEqual([]);
  });

  test('because they lie in different folders', () => {
    expect(pair({}, { path: '/other/ep12-ben.wav' })).toEqual([]);
  });

  test('because one has a picture, or no sound', () => {
    expect(pair({}, { facts: { ...facts, video } })).toEqual([]);
    expect(pair({}, { facts: { ...facts, audio: [] } })).toEqual([]);
  });

  test('because they were published as episodes of one show', () => {
    const tags = (title: string) => ({ facts: { ...facts, tags: { album: 'Coffee', title } } });
    expect(pair(tags('Beans'), tags('Water'))).toEqual([]);
  });
});
