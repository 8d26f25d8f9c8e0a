import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { announcementOf } from '../../../renderer/selectors/announcements.ts';
import { matchDrop } from '../../../renderer/selectors/dropMatching.ts';
import { evidenceLane } from '../../../renderer/selectors/evidenceLane.ts';
import { markWords } from '../../../renderer/selectors/evidenceMarks.ts';
import { clockTenths, fileSize, ordinal, signed } from '../../../renderer/selectors/numbers.ts';
import { pathOf, placeOf } from '../../../renderer/selectors/place.ts';
import { receiptOf } from '../../../renderer/selectors/receipt.ts';
import { rulerMarks } from '../../../renderer/selectors/ruler.ts';
import { stageTrack } from '../../../renderer/selectors/stageTrack.ts';
import { tallyOf } from '../../../renderer/selectors/tally.ts';
import { givenClip, givenJob, givenPart, givenSegment } from './given.ts';

describe('files that are dropped together', () => {
  const named = (...names: string[]) => names.map((name) => ({ name }));
  const pairs = (...names: string[]) =>
    matchDrop(named(...names)).episodes.map(({ media, transcript }) => [media.name, transcript?.name]);

  test('are paired by base name, whatever the case, and past a language tag', () => {
    expect(pairs('Ep 1.MP4', 'ep 2.mp3', 'Ep 2.srt', 'ep 1.en.vtt')).toEqual([
      ['Ep 1.MP4', 'ep 1.en.vtt'],
      ['ep 2.mp3', 'Ep 2.srt'],
    ]);
  });
  test('belong together when there is one recording and one transcript, whatever they are called', () => {
    expect(pairs('talk.wav', 'final transcript.json')).toEqual([['talk.wav', 'final transcript.json']]);
  });
  test('leave a transcript of nothing, and what is neither, aside', () => {
    const { episodes, transcripts, others } = matchDrop(named('a.mp3', 'b.mp3', 'c.srt', 'notes.pages'));
    expect(episodes.map(({ transcript }) => transcript)).toEqual([undefined, undefined]);
    expect([transcripts, others]).toEqual([named('c.srt'), named('notes.pages')]);
  });
});

describe('words are marked', () => {
  const segments = [givenSegment(8, 'and so it began that night', 'Ruth')];
  const proof = (text: string, fromS: number, toS: number, points: number) => ({ text, fromS, toS, points });
  const hook = givenPart('hook', 4, 7, [proof('began', 11, 12, 4)]);
  const story = givenPart('story', -1, 2, [proof('began that', 11, 13, -1), proof('night', 13, 14, 0.2)]);
  const clip = givenClip({ inS: 10, outS: 40, parts: [hook, story] });
  const said = (openPart: string | null) =>
    markWords(segments, clip, openPart).map((turn) => ({
      isInClip: turn.isInClip,
      runs: turn.runs.map((run) => [
        run.words.map(({ text }) => text).join(' '),
        run.points,
        run.isCost,
        run.isLit,
      ]),
    }));

  test('where they earned and where they cost, each run with what ends on it; words before the clip are not', () => {
    expect(said(null)).toEqual([
      { isInClip: false, runs: [['and so', 0, false, false]] },
      {
        isInClip: true,
        runs: [
          ['it', 0, false, false],
          ['began', 4, false, false],
          ['that', -1, true, false],
          ['night', 0, false, false],
        ],
      },
    ]);
  });
  test('with the points of the open part alone where that part speaks, small ones included', () => {
    expect(said('story')[1]?.runs.slice(1)).toEqual([
      ['began', 0, true, true],
      ['that', -1, true, true],
      ['night', 0.2, false, true],
    ]);
  });
  test('but not by evidence that is about the whole clip', () => {
    const whole = givenClip({ inS: 10, outS: 14, parts: [givenPart('pace', 2, 2, [proof('', 10, 14, 2)])] });
    expect(markWords(segments, whole, null).flatMap(({ runs }) => runs.map(({ parts }) => parts))).toEqual([
      [],
      [],
    ]);
  });
});

describe('a tally', () => {
  const parts = fc.array(
    fc.record({ max: fc.integer({ min: 1, max: 300 }), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
    { minLength: 1, maxLength: 12 },
  );
  test('has exactly a hundred ticks, of which as many are tall as the score says', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const sum = given.reduce((total, { max }) => total + max, 0);
        const scored = given.map(({ max, share }, at) =>
          givenPart(String(at), Math.round(((max * 100) / sum) * share * 10) / 10, (max * 100) / sum),
        );
        const score = scored.reduce((total, { points }) => total + points, 0);
        const { groups } = tallyOf(scored, score);
        const earned = groups.reduce((total, group) => total + group.earned, 0);
        const all = groups.reduce((total, group) => total + group.earned + group.missed, 0);
        expect(earned).toBe(Math.round(Math.min(100, score)));
        expect(Math.abs(all - 100)).toBeLessThanOrEqual(given.length);
      }),
    );
  });
  test('hangs what was taken off below the line, and keeps a place for what nobody could read', () => {
    const ticks = tallyOf([givenPart('level', 8, 12), givenPart('penalties', -3, 0)], 5);
    expect(ticks).toEqual({
      groups: [
        { name: 'level', earned: 8, missed: 4 },
        { name: 'unknown', earned: 0, missed: 88 },
      ],
      cost: 3,
    });
  });
});

test('a receipt puts the largest part and the strongest evidence first, and its sum is the score', () => {
  const weak = { text: 'a', fromS: 0, toS: 1, points: 0.4 };
  const strong = { text: 'b', fromS: 2, toS: 3, points: -1.2 };
  const { lines, corrections, sum } = receiptOf(
    givenClip({
      parts: [
        givenPart('hook', -0.8, 7, [weak, strong]),
        givenPart('theme', 12.2, 30),
        givenPart('scaling', 0.6, 9),
        givenPart('penalties', 0, 0),
      ],
    }),
  );
  expect(lines.map(({ part }) => part.name)).toEqual(['theme', 'hook']);
  expect(lines[1]?.evidence).toEqual([strong, weak]);
  expect(corrections.map(({ part }) => part.name)).toEqual(['scaling']);
  expect(sum).toBe(12);
});

test('the evidence lane keeps the stronger of two notes that would touch', () => {
  const because = [
    { text: 'a', fromS: 10, toS: 11, points: 1 },
    { text: 'b', fromS: 10.5, toS: 11, points: 3 },
    { text: 'c', fromS: 60, toS: 61, points: -2 },
    { text: 'd', fromS: 80, toS: 81, points: 0.1 },
  ];
  const notes = evidenceLane([givenPart('hook', 2, 7, because)], { fromS: 0, toS: 100 });
  expect(notes).toEqual([
    { at: 0.105, points: 3 },
    { at: 0.6, points: -2 },
  ]);
});

describe('a stage track', () => {
  test('says which stage runs and its own share, from the progress over all', () => {
    const steps = stageTrack(givenJob({ stage: 'listen', progress: 6 / 12 }));
    expect(steps).toEqual([
      { name: 'judge', state: 'done', share: 1 },
      { name: 'listen', state: 'now', share: 0.5 },
      { name: 'words', state: 'waiting', share: 0 },
      { name: 'find', state: 'waiting', share: 0 },
    ]);
  });
  test('is all done when the job is, and empty for work without stages', () => {
    expect(
      stageTrack(givenJob({ state: 'completed', progress: 1 })).every(({ state }) => state === 'done'),
    ).toBe(true);
    expect(stageTrack(givenJob({ kind: 'backup' }))).toEqual([]);
  });
});

describe('what is said aloud', () => {
  const at = (progress: number) => givenJob({ progress });
  test('is the start, each quarter and the end, and nothing between', () => {
    const steps = [at(0), at(0.1), at(0.26), at(0.3), at(0.8), givenJob({ state: 'completed', progress: 1 })];
    expect(steps.map((job, index) => announcementOf(steps[index - 1], job))).toEqual([
      'lamp.m4a: started.',
      undefined,
      'lamp.m4a: 25 percent.',
      undefined,
      'lamp.m4a: 75 percent.',
      'lamp.m4a: finished.',
    ]);
  });
  test('is the reason when it failed', () => {
    const failure = { code: 'DISK_FULL' as const, title: 'The disk is full.', hint: '', detail: '' };
    expect(announcementOf(at(0.5), givenJob({ state: 'failed', failure }))).toBe(
      'lamp.m4a: failed. The disk is full.',
    );
  });
});

test.each(['/', '/queue', '/episodes/ep-7k2m9q4x0d', '/work/12'])(
  'the address %s leads there and back',
  (path) => {
    expect(pathOf(placeOf(path))).toBe(path);
  },
);
test.each(['/nowhere', '/work/zero', '/episodes/'])('the address %s leads to the library', (path) => {
  expect(placeOf(path)).toEqual({ room: 'library' });
});

test('numbers are written as people read them', () => {
  expect([signed(2.25), signed(-0.2), signed(0)]).toEqual(['+2.3', '\u22120.2', '0']);
  expect([clockTenths(277.235), clockTenths(59.97), clockTenths(3600)]).toEqual([
    '4:37.2',
    '1:00.0',
    '1:00:00.0',
  ]);
  expect([fileSize(1_900_000_000), fileSize(2_620_069), fileSize(12_300)]).toEqual([
    '1.9 GB',
    '2.6 MB',
    '12 kB',
  ]);
  expect([1, 2, 3, 4, 11, 12, 13, 21, 102, 112].map(ordinal).join(' ')).toBe(
    '1st 2nd 3rd 4th 11th 12th 13th 21st 102nd 112th',
  );
});

test('a ruler has round marks, a dozen at most, whatever the length', () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 20_000, noNaN: true }), (durationS) => {
      const marks = rulerMarks(durationS);
      expect(marks[0]).toBe(0);
      expect(marks.length).toBeLessThanOrEqual(13);
      expect(marks.every((atS) => atS <= durationS)).toBe(true);
    }),
  );
});
