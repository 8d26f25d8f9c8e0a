import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DIGITAL_SILENCE_DBFS, type Levels } from '../../../main/domain/levels.ts';
import type { Heard } from '../../../main/domain/recognition.ts';
import { overlapS, type TimeRange } from '../../../main/domain/time.ts';
import type { Word } from '../../../main/domain/transcript.ts';
import { assemble, type HeardChunk } from '../../../main/engine/transcripts/recogniser/assemble.ts';
import { cutChunks, hashChunk, LONGEST_CHUNK_S } from '../../../main/engine/transcripts/recogniser/chunks.ts';
import { isSameLine, withoutLoops } from '../../../main/engine/transcripts/recogniser/loops.ts';
import { punctuate } from '../../../main/engine/transcripts/recogniser/punctuation.ts';
import { wordsOfTokens } from '../../../main/engine/transcripts/recogniser/tokenWords.ts';

const range = (fromS: number, toS: number): TimeRange => ({ fromS, toS });

function levelsOf(speech: readonly TimeRange[], durationS: number): Levels {
  const rmsDbfs = new Float32Array(Math.ceil(durationS * 100)).fill(DIGITAL_SILENCE_DBFS);
  for (const { fromS, toS } of speech) rmsDbfs.fill(-20, Math.round(fromS * 100), Math.round(toS * 100));
  return { blockS: 0.01, rmsDbfs };
}
const cut = (speech: readonly TimeRange[], durationS: number) =>
  cutChunks(speech, levelsOf(speech, durationS), durationS);

describe('pieces', () => {
  test('lie around speech with a little room, and long silence is fed to nobody', () => {
    expect(cut([range(5, 9), range(9.5, 12), range(30, 33)], 40)).toEqual([
      { fed: range(4.75, 12.25), own: range(4.75, 12.25) },
      { fed: range(29.75, 33.25), own: range(29.75, 33.25) },
    ]);
    expect(cut([], 40)).toEqual([]);
  });

  test('are cut at the longest silence in reach', () => {
    const [first, second] = cut([range(0, 12), range(12.2, 20), range(21, 26), range(26.1, 45)], 45);
    expect(first).toEqual({ fed: range(0, 20.5), own: range(0, 20.5) });
    expect(second?.own.fromS).toBe(20.5);
  });

  test('overlap where a cut has to go through speech, and own each moment once', () => {
    const [first, second] = cut([range(0, 40)], 40);
    expect(first?.own.toS).toBe(second?.own.fromS);
    expect(first?.fed.toS).toBeGreaterThan(first?.own.toS ?? 0);
    expect(second?.fed.fromS).toBeLessThan(second?.own.fromS ?? 0);
  });

  test('cover all speech, never overlap in what they own, and are never too long, whatever is said', () => {
    const speech = fc
      .array(fc.tuple(fc.integer({ min: 5, max: 9000 }), fc.integer({ min: 15, max: 600 })), {
        maxLength: 40,
      })
      .map((pairs) => {
        let at = 0;
        return pairs.map(([soundCs, silenceCs]) => {
          const fromS = at + silenceCs / 100;
          at = fromS + soundCs / 100;
          return range(fromS, at);
        });
      });
    fc.assert(
      fc.property(speech, (said) => {
        const durationS = (said.at(-1)?.toS ?? 0) + 1;
        const chunks = cut(said, durationS);
        for (const [index, { fed, own }] of chunks.entries()) {
          expect(fed.toS - fed.fromS).toBeLessThanOrEqual(LONGEST_CHUNK_S + 1e-9);
          expect(own.fromS).toBeGreaterThanOrEqual(chunks[index - 1]?.own.toS ?? 0);
        }
        for (const words of said) {
          const covered = chunks.reduce((sum, { own }) => sum + overlapS(own, words), 0);
          expect(covered).toBeCloseTo(words.toS - words.fromS, 6);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('are the same to the cache only with the same sound, model, files, language and hotwords', () => {
    const recipe = { modelId: 'm', modelFiles: { a: '1', b: '2' }, language: null, hotwords: [] };
    const sound = Int16Array.of(1, 2, 3);
    const hash = hashChunk(sound, recipe);
    expect(hashChunk(sound, { ...recipe, modelFiles: { b: '2', a: '1' } })).toBe(hash);
    const others = [
      hashChunk(Int16Array.of(1, 2, 4), recipe),
      hashChunk(sound, { ...recipe, modelId: 'n' }),
      hashChunk(sound, { ...recipe, modelFiles: { a: '1', b: '3' } }),
      hashChunk(sound, { ...recipe, language: 'de' }),
      hashChunk(sound, { ...recipe, hotwords: ['Ada'] }),
    ];
    expect(new Set([hash, ...others]).size).toBe(others.length + 1);
  });
});

const sentence = (text: string): string[] => text.split(' ');

describe('loops', () => {
  test('are left once: a word, a phrase, a whole line over and over', () => {
    const said = sentence('and then thank you. thank you. thank you. Thank you. thank you. bye');
    const { kept, looped } = withoutLoops(said);
    expect([...looped].map((index) => said[index])).toEqual(['thank', 'you.']);
    expect(kept.map((index) => said[index])).toEqual(['and', 'then', 'thank', 'you.', 'bye']);
    expect(withoutLoops(sentence('so so so so so so so it goes')).kept).toEqual([0, 7, 8]);
  });

  test('are not what people say twice, or three times', () => {
    for (const text of [
      'no no no no, that is not it',
      'again and again and again we went',
      'very very very good',
    ]) {
      expect(withoutLoops(sentence(text)).looped.size).toBe(0);
    }
  });

  test('of a line from one piece to the next are seen, short answers are not', () => {
    expect(isSameLine('Thanks for watching!', 'thanks for watching')).toBe(true);
    expect(isSameLine('Yes.', 'Yes.')).toBe(false);
    expect(isSameLine('Thanks for watching', 'Thanks for listening')).toBe(false);
  });
});

const word = (text: string, fromS: number, toS: number): Word => ({ text, fromS, toS, confidence: null });

test('bare words get full stops and capitals at pauses, questions a question mark, shouting a voice', () => {
  const words = [
    word('WHAT', 0, 0.2),
    word('WAS', 0.2, 0.4),
    word('THAT', 0.4, 0.6),
    word('I', 2, 2.1),
    word("I'M", 2.1, 2.3),
    word('SURE', 2.3, 2.6),
  ];
  expect(punctuate(words).map(({ text }) => text)).toEqual(['What', 'was', 'that?', 'I', "I'm", 'sure.']);
});

/** A tone with silence around it, as floats. */
function tones(durationS: number, sounds: readonly TimeRange[]): Float32Array {
  const samples = new Float32Array(durationS * 16_000);
  for (const { fromS, toS } of sounds) {
    for (let i = Math.round(fromS * 16_000); i < Math.round(toS * 16_000); i++)
      samples[i] = 0.5 * Math.sin((2 * Math.PI * 500 * i) / 16_000);
  }
  return samples;
}

describe('tokens become words', () => {
  const result = { text: '', lang: '', durations: [], ys_log_probs: [] };

  test('at blanks; a word ends with its sound or where the next begins; marks belong to the word before', () => {
    const samples = tones(2, [range(0.2, 0.5), range(0.5, 0.9), range(1.2, 1.6)]);
    const words = wordsOfTokens(
      { ...result, tokens: ['▁hel', 'lo', '▁you', '.', ' bye'], timestamps: [0.2, 0.32, 0.5, 0.7, 1.2] },
      samples,
    );
    expect(words).toEqual([word('hello', 0.2, 0.5), word('you.', 0.5, 0.9), word('bye', 1.2, 1.6)]);
  });

  test('with the confidence that the model gives, and durations where it predicts them', () => {
    const [first] = wordsOfTokens(
      {
        ...result,
        tokens: [' a', 'b'],
        timestamps: [0.1, 0.2],
        durations: [0.08, 0.16],
        ys_log_probs: [Math.log(0.9), Math.log(0.4)],
      },
      tones(1, [range(0.1, 0.9)]),
    );
    expect(first).toEqual({ text: 'ab', fromS: 0.1, toS: 0.36, confidence: 0.6 });
  });
});

const heard = (words: Word[], marks: Heard['marks'] = [], language: string | null = null): Heard => ({
  text: words.map(({ text }) => text).join(' '),
  words,
  language,
  marks,
});
const options = { speech: [], writesPunctuation: true };

describe('a transcript put together from pieces', () => {
  test('takes each word from the piece that owns its middle, once', () => {
    const chunks: HeardChunk[] = [
      {
        fed: range(0, 10.6),
        own: range(0, 10),
        heard: heard([word('One', 9, 9.4), word('two', 9.7, 10.2), word('thr', 10.4, 10.6)]),
      },
      {
        fed: range(9.4, 20),
        own: range(10, 20),
        heard: heard([word('wo', 0.3, 0.82), word('three.', 1, 1.4)]),
      },
    ];
    const { segments } = assemble(chunks, options);
    expect(segments.map(({ text }) => text)).toEqual(['One two three.']);
    expect(segments[0]?.words.at(-1)).toMatchObject({ fromS: 10.4, toS: 10.8 });
  });

  test('says where it is doubtful: what was given up, looped, said again, put in by rule, or in another language', () => {
    const line = 'Thanks for watching'.split(' ').map((text, index) => word(text, index, index + 0.9));
    const chunks: HeardChunk[] = [
      { fed: range(0, 10), own: range(0, 10), heard: heard(line, ['looped'], 'en') },
      { fed: range(10, 20), own: range(10, 20), heard: heard(line, [], 'de') },
      { fed: range(20, 30), own: range(20, 30), heard: undefined },
    ];
    const { notes } = assemble(chunks, { speech: [], writesPunctuation: false });
    expect(notes).toEqual([
      expect.stringMatching(/ended twice.+0:20 to 0:30/u),
      expect.stringMatching(/repeated itself.+0:00 to 0:10/u),
      expect.stringMatching(/same line.+0:10 to 0:20/u),
      expect.stringMatching(/put in by rule/u),
      expect.stringMatching(/More than one language is spoken: en, de/u),
    ]);
  });

  test('is sure of nothing in a line that was heard again, nor in a loop of a piece whose words have no times', () => {
    const line = 'Thanks for watching'.split(' ').map((text, index) => word(text, index, index + 0.9));
    const again = assemble(
      [0, 10].map((fromS) => ({
        fed: range(fromS, fromS + 10),
        own: range(fromS, fromS + 10),
        heard: heard(line),
      })),
      options,
    );
    const sureness = again.segments.flatMap(({ words }) => words.map(({ confidence }) => confidence));
    expect(sureness).toEqual([...line.map(({ confidence }) => confidence), 0, 0, 0]);
    const looped: Heard = { text: 'Thank you.', words: null, language: null, marks: ['looped'] };
    const plain: Heard = { ...looped, text: 'It rained.', marks: [] };
    const spread = assemble(
      [looped, plain].map((said, at) => ({
        fed: range(at * 10, at * 10 + 10),
        own: range(at * 10, at * 10 + 10),
        heard: said,
      })),
      options,
    );
    expect(spread.segments.map(({ words }) => words.map(({ confidence }) => confidence))).toEqual([
      [0, 0],
      [null, null],
    ]);
  });

  test('spreads text without times over the speech in its piece', () => {
    const text: Heard = { text: 'We went home. It rained.', words: null, language: 'en', marks: [] };
    const chunks = [{ fed: range(5, 15), own: range(5, 15), heard: text }];
    const { segments, language } = assemble(chunks, { ...options, speech: [range(6, 9), range(10, 14)] });
    expect(segments.map((each) => [each.text, each.timing])).toEqual([
      ['We went home.', 'cue'],
      ['It rained.', 'cue'],
    ]);
    expect(segments[0]?.fromS).toBe(6);
    expect(segments.at(-1)?.toS).toBe(14);
    expect(language).toBe('en');
  });
});
