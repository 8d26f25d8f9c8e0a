import { expect, test } from 'vitest';
import type { Cue } from '../../../main/domain/transcript.ts';
import { fitTranscript } from '../../../main/engine/transcripts/fit.ts';

const cue = (fromS: number, toS: number, text = 'Some words here.', speaker?: string): Cue =>
  speaker === undefined ? { fromS, toS, text } : { fromS, toS, text, speaker };
const times = (cues: readonly Cue[], durationS?: number): number[][] =>
  fitTranscript(cues, durationS).cues.map(({ fromS, toS }) => [fromS, toS]);
const notes = (cues: readonly Cue[], durationS?: number): string[] =>
  fitTranscript(cues, durationS).notes.map((note) => `${note.kind}: ${note.text}`);

test('a transcript that fits is left alone, without a note', () => {
  const cues = [cue(0, 2), cue(2, 4), cue(5, 9)];
  expect(fitTranscript(cues, 10)).toEqual({ cues, notes: [] });
});

test('cues that reach into the next are shortened', () => {
  const cues = [cue(0, 3, 'a b c'), cue(2, 5, 'd e f'), cue(4, 6, 'g h i')];
  expect(times(cues)).toEqual([
    [0, 2],
    [2, 4],
    [4, 6],
  ]);
  expect(notes(cues)).toEqual(['repaired: 2 cues ended after the next one began; they were shortened.']);
});

test('an overlap of a few frames is put right without a word', () => {
  expect(fitTranscript([cue(0, 2.04), cue(2, 4)], undefined)).toEqual({
    cues: [cue(0, 2), cue(2, 4)],
    notes: [],
  });
});

test('where shortening would squeeze the words, both cues share their time by length', () => {
  const cues = [cue(0, 10, 'twenty letters of it'), cue(0.2, 10, 'twenty letters of it')];
  expect(times(cues)).toEqual([
    [0, 5],
    [5, 10],
  ]);
  expect(notes(cues)).toEqual([
    'repaired: 1 cue lay over the next one; their time was shared out by length.',
  ]);
});

test('two speakers who talk at once are left so, and told', () => {
  const cues = [cue(0, 10, 'I am talking all the time here without end', 'Anna'), cue(1, 2, 'Mm-hm.', 'Ben')];
  expect(times(cues)).toEqual([
    [0, 10],
    [1, 2],
  ]);
  expect(notes(cues)).toEqual(['doubtful: In 1 place two speakers have times at once; they were left so.']);
});

test('order, direction, sign, length and repeats are put right', () => {
  const cues = [
    cue(5, 7, 'five'),
    cue(2, 1, 'two'),
    cue(-1, 0.5, 'minus'),
    cue(9, 9, 'nine'),
    cue(5, 7, 'five'),
    cue(8, 8.5, ' '),
  ];
  expect(fitTranscript(cues, 20).cues.map(({ fromS, toS, text }) => [fromS, toS, text])).toEqual([
    [0, 0.5, 'minus'],
    [1, 2, 'two'],
    [5, 7, 'five'],
    [9, 9.33, 'nine'],
  ]);
  expect(notes(cues, 20)).toEqual([
    'repaired: 1 cue had no words in it and was left out.',
    'repaired: 1 cue ended before it began; its times were swapped.',
    'repaired: 1 cue began before the recording and was cut.',
    'repaired: 3 cues were out of order and were put in their places.',
    'repaired: 1 cue was there twice and was left out once.',
    'repaired: 1 cue had no length; it was estimated from its words.',
  ]);
});

test('a cue slightly past the end is cut quietly; a tail beyond it is dropped and told', () => {
  const body = Array.from({ length: 9 }, (_, at) => cue(at * 10, at * 10 + 9));
  expect(fitTranscript([...body, cue(90, 100.5)], 100).notes).toEqual([]);
  expect(times([...body, cue(90, 100.5)], 100).at(-1)).toEqual([90, 100]);
  expect(notes([...body, cue(95, 105), cue(110, 112), cue(115, 118)], 100)).toEqual([
    'repaired: 2 cues after the end of the recording at 1:40 were left out.',
    'repaired: 1 cue lasted beyond the end of the recording and was cut there.',
  ]);
});

test('timed words stay inside a cue that is cut', () => {
  const words = [
    { text: 'So', fromS: 8, toS: 9, confidence: null },
    { text: 'long.', fromS: 9.5, toS: 11, confidence: null },
  ];
  const [fitted] = fitTranscript([{ fromS: 8, toS: 11, text: 'So long.', words }], 10).cues;
  expect(fitted?.words?.at(-1)).toEqual({ text: 'long.', fromS: 9.5, toS: 10, confidence: null });
});

test('the transcript of a longer recording is refused with both lengths', () => {
  const cues = Array.from({ length: 373 }, (_, at) => cue(at * 10, at * 10 + 10));
  expect(() => fitTranscript(cues, 31 * 60 + 4)).toThrow(
    expect.objectContaining({
      code: 'TRANSCRIPT_MISFIT',
      message: 'The transcript ends at 1:02:10 but the recording is 31:04 long.',
    }),
  );
});

test('times in the wrong unit are refused, with or without a recording', () => {
  const cues = Array.from({ length: 100 }, (_, at) =>
    cue(at * 0.003, at * 0.003 + 0.003, `Some words ${at}.`),
  );
  for (const durationS of [undefined, 300]) {
    expect(() => fitTranscript(cues, durationS)).toThrow(
      expect.objectContaining({
        code: 'TRANSCRIPT_MISFIT',
        message: 'It puts 300 words into 0.3 seconds, 1000 a second; its times must be wrong.',
      }),
    );
  }
});

test('a transcript that stops early is doubtful', () => {
  expect(notes([cue(0, 300)], 3600)).toEqual([
    'doubtful: The transcript ends at 5:00 although the recording is 1:00:00 long; what comes after has no words.',
  ]);
});

test('no words at all are an error', () => {
  expect(() => fitTranscript([cue(0, 1, ' ')], 10)).toThrow(
    expect.objectContaining({ code: 'TRANSCRIPT_EMPTY' }),
  );
});
