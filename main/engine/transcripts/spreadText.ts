import { lengthS, type TimeRange } from '../../domain/time.ts';
import type { Cue, Segment } from '../../domain/transcript.ts';
import { toSegments } from './sentences.ts';
import {
  lastStarted,
  speechTrack,
  spokenRange,
  stretchOf,
  type SpeechTrack,
  type Stretch,
} from './stretches.ts';
import { readTurns, type Turn } from './turns.ts';
import { SECONDS_PER_LETTER, spokenWeight, tokenise } from './words.ts';

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
  const stretches = stretchesOf(turns, cues, speechTrack(speech ?? []), durationS);
  const startsS = stretches.map((stretch) => stretch.reading.fromS);
  return toSegments(cues).map((segment) => {
    const middleS = (segment.fromS + segment.toS) / 2;
    return onRecording(segment, stretches[lastStarted(startsS, middleS)]);
  });
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
  track: SpeechTrack,
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
    const latestS = next?.atS ?? durationS ?? mark.atS + lengthS(reading);
    // The only stretch of a text without time stamps fills the whole recording.
    const toS = first === undefined ? latestS : Math.min(latestS, mark.atS + lengthS(reading) * SLOWEST);
    return stretchOf(reading, { fromS: mark.atS, toS }, track);
  });
}

function onRecording(segment: Segment, stretch: Stretch | undefined): Segment {
  const words = segment.words.map((word) =>
    stretch === undefined ? word : { ...word, ...spokenRange(word, stretch) },
  );
  return {
    ...segment,
    fromS: words[0]?.fromS ?? segment.fromS,
    toS: words.at(-1)?.toS ?? segment.toS,
    words,
    timing: 'approximate',
  };
}
