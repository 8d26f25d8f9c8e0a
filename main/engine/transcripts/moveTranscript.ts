import type { TimeRange } from '../../domain/time.ts';
import { moveWithin, stretchAt, type KeptStretch, type TimeMap } from '../../domain/timeMap.ts';
import type { Segment } from '../../domain/transcript.ts';
import type { EditOperation } from '../../domain/transcriptEdit.ts';
import { toSegments, toStream, type StreamWord } from './edits/wordStream.ts';
import { textOf } from './words.ts';

export interface CutWords extends TimeRange {
  readonly text: string;
}

export interface MovedTranscript {
  readonly segments: Segment[];
  /** Words that follow each other in one sentence and were cut, on the old clock. */
  readonly cut: CutWords[];
}

/** What was put into the middle of a sentence ends it, unless it is shorter than a pause. */
const LONGEST_PAUSE_S = 1;

/** A transcript on the clock of a new version of its recording; a word belongs to where its middle is heard. */
export function moveTranscript(segments: readonly Segment[], map: TimeMap): MovedTranscript {
  const moved: Segment[] = [];
  const cut: CutWords[] = [];
  for (const segment of segments) {
    const whole = stretchOfAll(segment, map);
    if (whole !== undefined) {
      moved.push(movedWhole(segment, whole));
      continue;
    }
    const stream = toStream([segment]);
    const places = stream.map((word) => stretchOf(word, map));
    moved.push(...toSegments(movedWords(stream, places)));
    cut.push(...cutWords(stream, places));
  }
  return { segments: moved, cut };
}

/** As exactly as borders are known: what lies deeper in a cut is not heard any more. */
const BORDER_OF_WORDS_S = 0.05;

const stretchOf = ({ fromS, toS }: TimeRange, map: TimeMap): KeptStretch | undefined =>
  stretchAt(map, (fromS + toS) / 2, BORDER_OF_WORDS_S);

/** The one stretch that all words of a sentence lie in; a sentence without any lies where its ends do. */
function stretchOfAll(segment: Segment, map: TimeMap): KeptStretch | undefined {
  const ends = [segment.fromS, segment.toS].map((timeS) => stretchAt(map, timeS));
  const places = segment.words.length === 0 ? ends : segment.words.map((word) => stretchOf(word, map));
  const [first] = places;
  return places.every((place) => place === first) ? first : undefined;
}

const movedTimes = ({ fromS, toS }: TimeRange, stretch: KeptStretch): TimeRange => ({
  fromS: moveWithin(stretch, fromS),
  toS: moveWithin(stretch, toS),
});

const movedWhole = (segment: Segment, stretch: KeptStretch): Segment => ({
  ...segment,
  ...movedTimes(segment, stretch),
  words: segment.words.map((word) => ({ ...word, ...movedTimes(word, stretch) })),
});

function movedWords(
  stream: readonly StreamWord[],
  places: readonly (KeptStretch | undefined)[],
): StreamWord[] {
  const moved: StreamWord[] = [];
  let before: KeptStretch | undefined;
  stream.forEach((word, index) => {
    const stretch = places[index];
    if (stretch === undefined) return;
    const startsSentence = before === undefined || putInS(before, stretch) > LONGEST_PAUSE_S;
    const isJoined = word.isJoined && places[index - 1] === stretch;
    moved.push({ ...word, ...movedTimes(word, stretch), startsSentence, isJoined });
    before = stretch;
  });
  return moved;
}

/** How much was put in between two stretches. */
const putInS = (before: KeptStretch, after: KeptStretch): number =>
  after.newFromS - before.newFromS - (before.oldToS - before.oldFromS);

function cutWords(stream: readonly StreamWord[], places: readonly (KeptStretch | undefined)[]): CutWords[] {
  const runs: StreamWord[][] = [];
  stream.forEach((word, index) => {
    if (places[index] !== undefined) return;
    const last = runs.at(-1);
    if (last !== undefined && index > 0 && places[index - 1] === undefined) last.push(word);
    else runs.push([word]);
  });
  return runs.map((words) => ({
    fromS: words[0]?.fromS ?? 0,
    toS: words.at(-1)?.toS ?? 0,
    text: textOf(words),
  }));
}

/** Words are hardly ever shorter: this far behind its beginning a word is still itself. */
const INSIDE_WORD_S = 0.05;

/** An edit on the clock of a new version; undefined where its words were cut. */
export function moveOperation(operation: EditOperation, map: TimeMap): EditOperation | undefined {
  switch (operation.kind) {
    case 'speaker':
      return operation;
    case 'words': {
      const middleS = (operation.fromS + operation.toS) / 2;
      const stretch = stretchAt(map, Math.min(middleS, operation.fromS + INSIDE_WORD_S), BORDER_OF_WORDS_S);
      return stretch && { ...operation, ...movedTimes(operation, stretch) };
    }
    case 'merge':
    case 'split': {
      const stretch = stretchAt(map, operation.atS + INSIDE_WORD_S, BORDER_OF_WORDS_S);
      return stretch && { ...operation, atS: moveWithin(stretch, operation.atS) };
    }
  }
}
