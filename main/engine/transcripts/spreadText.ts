import { lengthS, overlapS, toMilliseconds, type TimeRange } from '../../domain/time.ts';
import type { Cue, Segment } from '../../domain/transcript.ts';
import { toSegments } from './sentences.ts';
import { readTurns, type Turn } from './turns.ts';
import { SECONDS_PER_LETTER, spokenWeight, tokenise } from './words.ts';

/** A stretch of text between two time stamps: where it lies on the clock of reading, and where it may be spoken. */
interface Stretch {
  readonly reading: TimeRange;
  readonly spoken: readonly TimeRange[];
}

/** Between two time stamps nobody speaks this much more slowly than usual; the rest of the time is a pause. */
const SLOWEST = 1.6;

/**
 * Gives plain text times: its sentences share out the speech in proportion to their length, between time stamps if
 * the text has any. Without speech the whole duration counts as speech; without a duration the text is taken to be
 * read at a usual pace. All segments are marked approximate.
 */
export function spreadText(
  text: string,
  speech: readonly TimeRange[] | undefined,
  durationS: number | undefined,
): Segment[] {
  const turns = readTurns(text);
  const cues = readingCues(turns);
  const stretches = stretchesOf(turns, cues, speech, durationS);
  return toSegments(cues).map((segment) => onRecording(segment, stretches));
}

/** Cues on the clock of somebody who reads the text at a usual pace without a pause. */
function readingCues(turns: readonly Turn[]): Cue[] {
  let readS = 0;
  return turns.map(({ speaker, text }) => {
    const fromS = readS;
    readS += tokenise(text).reduce((sum, token) => sum + spokenWeight(token.text) * SECONDS_PER_LETTER, 0);
    // Every paragraph ends a sentence: a heading has no full stop.
    return { ...(speaker === undefined ? {} : { speaker }), startsTurn: true, fromS, toS: readS, text };
  });
}

function stretchesOf(
  turns: readonly Turn[],
  cues: readonly Cue[],
  speech: readonly TimeRange[] | undefined,
  durationS: number | undefined,
): Stretch[] {
  const endS = cues.at(-1)?.toS ?? 0;
  const anchors = turns.flatMap((turn, index) => {
    const isUsable = turn.atS !== undefined && (durationS === undefined || turn.atS < durationS);
    return isUsable ? [{ readS: cues[index]?.fromS ?? 0, atS: turn.atS }] : [];
  });
  const [first] = anchors;
  const openS = first === undefined ? 0 : Math.max(0, first.atS - first.readS);
  const marks = first?.readS === 0 ? anchors : [{ readS: 0, atS: openS }, ...anchors];
  return marks.map((mark, index) => {
    const next = marks[index + 1];
    const reading = { fromS: mark.readS, toS: next?.readS ?? endS };
    const readingS = lengthS(reading);
    const isLast = next === undefined;
    const latestS = next?.atS ?? durationS ?? mark.atS + readingS;
    // The only stretch of a text without time stamps fills the whole recording.
    const isAnchored = anchors.length > 0;
    const toS =
      isAnchored && (!isLast || durationS !== undefined)
        ? Math.min(latestS, mark.atS + readingS * SLOWEST)
        : latestS;
    return { reading, spoken: speechWithin({ fromS: mark.atS, toS }, speech) };
  });
}

function speechWithin(range: TimeRange, speech: readonly TimeRange[] | undefined): TimeRange[] {
  const heard = (speech ?? [])
    .filter((part) => overlapS(part, range) > 0)
    .map((part) => ({ fromS: Math.max(part.fromS, range.fromS), toS: Math.min(part.toS, range.toS) }));
  return heard.length > 0 ? heard : [range];
}

function onRecording(segment: Segment, stretches: readonly Stretch[]): Segment {
  const middleS = (segment.fromS + segment.toS) / 2;
  const stretch = stretches.findLast(({ reading }) => reading.fromS <= middleS) ?? stretches[0];
  const words = segment.words.map((word) => {
    return { ...word, ...(stretch === undefined ? {} : spokenRange(word, stretch)) };
  });
  return {
    ...segment,
    fromS: words[0]?.fromS ?? segment.fromS,
    toS: words.at(-1)?.toS ?? segment.toS,
    words,
    timing: 'approximate',
  };
}

/** Where a word of the reading clock is spoken. A word that would reach over a pause stays on the side of its middle. */
function spokenRange(word: TimeRange, { reading, spoken }: Stretch): TimeRange {
  const speechS = spoken.reduce((sum, part) => sum + lengthS(part), 0);
  const scale = speechS / Math.max(0.001, lengthS(reading));
  const fromS = (word.fromS - reading.fromS) * scale;
  const toS = (word.toS - reading.fromS) * scale;
  let passedS = 0;
  let part = spoken[0] ?? reading;
  for (const next of spoken) {
    part = next;
    if (passedS + lengthS(next) >= (fromS + toS) / 2) break;
    passedS += lengthS(next);
  }
  const inside = (timeS: number): number =>
    toMilliseconds(Math.min(part.toS, Math.max(part.fromS, part.fromS + timeS - passedS)));
  return { fromS: inside(fromS), toS: inside(toS) };
}
