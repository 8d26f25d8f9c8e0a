import { describe, expect, test } from 'vitest';
import { moveRange, moveTime, type TimeMap } from '../../../main/domain/timeMap.ts';
import { moveOperation, moveTranscript } from '../../../main/engine/transcripts/moveTranscript.ts';
import { sentence, spoken } from '../../support/words.ts';

/** 5 s put in at 10 s, and the seconds from 20 to 24 cut out. */
const map: TimeMap = {
  kept: [
    { oldFromS: 0, oldToS: 10, newFromS: 0 },
    { oldFromS: 10, oldToS: 20, newFromS: 15 },
    { oldFromS: 24, oldToS: 60, newFromS: 25 },
  ],
  cut: [{ fromS: 20, toS: 24 }],
  added: [{ fromS: 10, toS: 15 }],
};

describe('times on the clock of a new version', () => {
  test('move by what was put in and cut out before them, and have no place inside a cut', () => {
    expect([0, 9.9, 10.5, 19.9, 22, 24.5, 60].map((timeS) => moveTime(map, timeS))).toEqual([
      0,
      9.9,
      15.5,
      24.9,
      undefined,
      25.5,
      61,
    ]);
  });

  test('at the very border of a cut belong to what was kept beside it', () => {
    expect([20.2, 23.8].map((timeS) => moveTime(map, timeS))).toEqual([25, 25]);
  });

  test('of a range are those of what is left of it, and say what is missing or new inside', () => {
    expect([
      moveRange(map, { fromS: 2, toS: 8 }),
      moveRange(map, { fromS: 8, toS: 14 }),
      moveRange(map, { fromS: 18, toS: 30 }),
      moveRange(map, { fromS: 21, toS: 30 }),
      moveRange(map, { fromS: 20.1, toS: 23.9 }),
    ]).toEqual([
      { fromS: 2, toS: 8, cutS: 0, addedS: 0 },
      { fromS: 8, toS: 19, cutS: 0, addedS: 5 },
      { fromS: 23, toS: 31, cutS: 4, addedS: 0 },
      { fromS: 25, toS: 31, cutS: 3, addedS: 0 },
      undefined,
    ]);
  });
});

describe('a transcript on the clock of a new version', () => {
  test('keeps whole sentences as they are', () => {
    const before = sentence('Nobody comes about the toaster.', 30, 'Ruth');
    const { segments, cut } = moveTranscript([before], map);
    expect(segments).toEqual([sentence('Nobody comes about the toaster.', 31, 'Ruth')]);
    expect(cut).toEqual([]);
  });

  test('loses the words that were cut, and lists them on the old clock', () => {
    const before = sentence('It took me a year to learn that.', 19);
    const { segments, cut } = moveTranscript([before], map);
    expect(segments.map(({ text, fromS, toS }) => ({ text, fromS, toS }))).toEqual([
      { text: 'It took', fromS: 24, toS: 24.9 },
    ]);
    expect(cut).toEqual([{ fromS: 20, toS: 22.9, text: 'me a year to learn that.' }]);
  });

  test('goes on in the same sentence over a cut, and in a new one after something was put in', () => {
    const over = moveTranscript(
      [sentence('one two three four five six seven eight nine ten eleven', 19.5)],
      map,
    );
    expect(over.segments.map(({ text }) => text)).toEqual(['one ten eleven']);
    const apart = moveTranscript([sentence('one two three four', 9)], map);
    expect(apart.segments.map(({ text, fromS }) => [text, fromS])).toEqual([
      ['one two', 9],
      ['three four', 15],
    ]);
  });

  test('has its edits where their words are', () => {
    const [first, second] = spoken([
      ['Ruth', 'A lamp is a lamp.'],
      ['Dan', 'Is it?'],
    ]);
    expect([first?.fromS, second?.fromS]).toEqual([0, 2.9]);
    const words = { kind: 'words', from: 'lamp', to: 'Lamp', before: 'A', after: 'is' } as const;
    expect([
      moveOperation({ ...words, fromS: 30, toS: 30.4 }, map),
      moveOperation({ ...words, fromS: 21, toS: 21.4 }, map),
      moveOperation({ kind: 'merge', atS: 10, before: 'lamp.', after: 'Is' }, map),
      moveOperation({ kind: 'speaker', from: 'Dan', to: 'Daniel' }, map),
    ]).toEqual([
      { ...words, fromS: 31, toS: 31.4 },
      undefined,
      { kind: 'merge', atS: 15, before: 'lamp.', after: 'Is' },
      { kind: 'speaker', from: 'Dan', to: 'Daniel' },
    ]);
  });
});
