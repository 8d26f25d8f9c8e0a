import type { Heard } from '../../../domain/recognition.ts';
import { formatClock, overlapS, toMilliseconds, type TimeRange } from '../../../domain/time.ts';
import type { Cue, Segment, Word } from '../../../domain/transcript.ts';
import { toSegments } from '../sentences.ts';
import type { Chunk } from './chunks.ts';
import { isSameLine } from './loops.ts';
import { isPunctuated, punctuate } from './punctuation.ts';

/** A piece with what was heard in it; undefined where the recogniser gave up. */
export interface HeardChunk extends Chunk {
  readonly heard: Heard | undefined;
}

export interface RecognisedTranscript {
  readonly segments: readonly Segment[];
  /** The language most of it is in, where the model says; null otherwise. */
  readonly language: string | null;
  /** Sentences for a person: what was doubtful, what was put in by rule. */
  readonly notes: readonly string[];
}

export interface AssemblyOptions {
  /** Where somebody is heard: text without times is spread over it. */
  readonly speech: readonly TimeRange[];
  readonly writesPunctuation: boolean;
}

/** Two neighbours heard one word when their words overlap this much of the shorter one. */
const SAME_WORD_SHARE = 0.5;

/** Makes one transcript of the pieces, which come in order of time. No word is heard twice, and none is lost at a border. */
export function assemble(chunks: readonly HeardChunk[], options: AssemblyOptions): RecognisedTranscript {
  const timed = chunks.every(({ heard }) => heard === undefined || heard.words !== null);
  const words = timed ? wordsOf(chunks) : [];
  const isBare = timed && !options.writesPunctuation && words.length > 0 && !isPunctuated(words);
  const cues = timed ? wordCues(isBare ? punctuate(words) : words) : textCues(chunks, options.speech);
  return {
    segments: withDoubt(toSegments(cues), doubtedBy(chunks, timed)),
    language: mainLanguage(chunks),
    notes: notesOn(chunks, isBare),
  };
}

/** Where the guards doubt every word: a line that was heard again, and a loop in a piece whose words have no times. */
const doubtedBy = (chunks: readonly HeardChunk[], timed: boolean): readonly TimeRange[] => {
  const looped = timed ? [] : chunks.filter(({ heard }) => heard?.marks.includes('looped'));
  return [...repeatedOf(chunks), ...looped].map(({ own }) => own);
};

/** Nothing is built on words that nobody may have said: a recogniser can be sure of what it invents. */
function withDoubt(segments: readonly Segment[], doubted: readonly TimeRange[]): readonly Segment[] {
  if (doubted.length === 0) return segments;
  const isDoubted = ({ fromS, toS }: TimeRange): boolean =>
    doubted.some((range) => (fromS + toS) / 2 >= range.fromS && (fromS + toS) / 2 < range.toS);
  return segments.map((segment) => ({
    ...segment,
    words: segment.words.map((word) => (isDoubted(word) ? { ...word, confidence: 0 } : word)),
  }));
}

/** The words of one piece on the clock of the episode, those of its neighbours left out. */
export function ownWords({ fed, own, heard }: HeardChunk): Word[] {
  return (heard?.words ?? [])
    .map((word) => ({
      ...word,
      fromS: toMilliseconds(word.fromS + fed.fromS),
      toS: toMilliseconds(word.toS + fed.fromS),
    }))
    .filter(({ fromS, toS }) => {
      const middleS = (fromS + toS) / 2;
      return middleS >= own.fromS && middleS < own.toS;
    });
}

function wordsOf(chunks: readonly HeardChunk[]): Word[] {
  const words: Word[] = [];
  for (const chunk of chunks) {
    const [first, ...rest] = ownWords(chunk);
    if (first === undefined) continue;
    const last = words.at(-1);
    const isSame =
      last?.text === first.text &&
      overlapS(last, first) > SAME_WORD_SHARE * Math.min(last.toS - last.fromS, first.toS - first.fromS);
    words.push(...(isSame ? rest : [first, ...rest]));
  }
  return words;
}

/** One cue for all words: sentences are found by marks and pauses, not by the borders of pieces. */
function wordCues(words: readonly Word[]): Cue[] {
  const [first] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined) return [];
  return [{ fromS: first.fromS, toS: last.toS, text: words.map(({ text }) => text).join(' '), words }];
}

/** A piece's text lies between the first and the last sound of speech in it. */
export function textCues(chunks: readonly HeardChunk[], speech: readonly TimeRange[]): Cue[] {
  return chunks.flatMap(({ own, heard }) => {
    if (heard === undefined || heard.text === '') return [];
    const inside = speech.filter((range) => overlapS(range, own) > 0);
    return [
      {
        fromS: Math.max(own.fromS, inside[0]?.fromS ?? own.fromS),
        toS: Math.min(own.toS, inside.at(-1)?.toS ?? own.toS),
        text: heard.text,
      },
    ];
  });
}

function mainLanguage(chunks: readonly HeardChunk[]): string | null {
  const seconds = secondsByLanguage(chunks);
  return [...seconds].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

function secondsByLanguage(chunks: readonly HeardChunk[]): Map<string, number> {
  const seconds = new Map<string, number>();
  for (const { own, heard } of chunks) {
    if (heard === undefined || heard.language === null) continue;
    seconds.set(heard.language, (seconds.get(heard.language) ?? 0) + own.toS - own.fromS);
  }
  return seconds;
}

/** A second language counts as spoken from this share of the episode on; below it, it was misheard. */
const SECOND_LANGUAGE_SHARE = 0.15;

/** Pieces that say the same whole line as the one before. */
const repeatedOf = (chunks: readonly HeardChunk[]): HeardChunk[] =>
  chunks.filter(({ heard }, index) => {
    const before = chunks[index - 1]?.heard;
    return before !== undefined && heard !== undefined && isSameLine(before.text, heard.text);
  });

function notesOn(chunks: readonly HeardChunk[], isBare: boolean): string[] {
  const notes: string[] = [];
  const places = (found: readonly HeardChunk[]): string =>
    found.map(({ own }) => `${formatClock(own.fromS)} to ${formatClock(own.toS)}`).join(', ');
  const lost = chunks.filter(({ heard }) => heard === undefined);
  if (lost.length > 0)
    notes.push(`The recogniser ended twice over these pieces, and nothing was heard there: ${places(lost)}.`);
  const looped = chunks.filter(({ heard }) => heard?.marks.includes('looped'));
  if (looped.length > 0)
    notes.push(
      `The model repeated itself, and the repetitions were taken out: ${places(looped)}. Listen there.`,
    );
  const repeated = repeatedOf(chunks);
  if (repeated.length > 0)
    notes.push(`The same line was heard again, which may be invented: ${places(repeated)}. Listen there.`);
  if (isBare)
    notes.push('This model writes no full stops and capitals; they were put in by rule, at the pauses.');
  const seconds = secondsByLanguage(chunks);
  const all = [...seconds.values()].reduce((sum, each) => sum + each, 0);
  const spoken = [...seconds].filter(([, each]) => each >= all * SECOND_LANGUAGE_SHARE).map(([name]) => name);
  if (spoken.length > 1) notes.push(`More than one language is spoken: ${spoken.join(', ')}.`);
  return notes;
}
