import type { Levels } from '../../domain/levels.ts';
import { floorOf, listenAround, smoothed, SPEECH_S } from './quiet.ts';

/**
 * What follows the last word of a clip is called a reaction when it is loud, lasts, and nobody says a word: a room that
 * laughs or claps. Only levels are looked at, so this hears neither laughter under words, nor a chuckle 18 dB under the
 * speech, nor whether it is laughter, a music sting, or words that the transcript lacks; steady noise it does tell apart,
 * because a reaction begins after the word and falls again.
 */
const BEGINS_WITHIN_S = 0.9;
const SHORTEST_S = 0.6;
const LONGEST_S = 4;
const BELOW_SPEECH_DB = 18;
const ABOVE_FLOOR_DB = 10;
/** It has fallen when it stays this far under its own loudest for so long. */
const FALLEN_DB = 12;
const FALLEN_FOR_S = 0.2;
/** A mean over this much of it carries over the gaps between laughs and claps. */
const SMOOTH_S = 0.2;
/** The end of the last word itself is no reaction. */
const WORD_TAIL_S = 0.12;

/** First block from which the levels stay under a line for so many blocks; the length of the levels if there is none. */
function staysUnder(levels: Float32Array, line: number, forBlocks: number, from: number): number {
  let since = from;
  for (let at = from; at < levels.length; at += 1) {
    if ((levels[at] ?? 0) > line) since = at + 1;
    else if (at - since + 1 >= forBlocks) return since;
  }
  return levels.length;
}

/**
 * Where laughter or applause after a clip's last word has fallen, in seconds; undefined where none is heard. `untilS` is
 * where the next word begins or the clip must end; 4 s are the most that is waited.
 */
export function reactionEndS(levels: Levels, lastWordEndS: number, untilS: number): number | undefined {
  const fromS = lastWordEndS + WORD_TAIL_S;
  const limitS = Math.min(untilS, lastWordEndS + LONGEST_S);
  if (limitS - fromS < SHORTEST_S) return undefined;
  const { speechDbfs } = listenAround(levels, lastWordEndS, 1);
  const floorDbfs = floorOf(levels, { fromS: lastWordEndS - SPEECH_S, toS: lastWordEndS });
  const heard = smoothed(levels, { fromS, toS: limitS }, SMOOTH_S);
  const line = Math.max(speechDbfs - BELOW_SPEECH_DB, floorDbfs + ABOVE_FLOOR_DB);
  const blocks = (seconds: number): number => Math.max(1, Math.round(seconds / levels.blockS));
  const begins = heard.findIndex((level) => level > line);
  if (begins < 0 || begins > blocks(BEGINS_WITHIN_S)) return undefined;
  const loudest = heard.reduce((most, level) => Math.max(most, level));
  const fallen = staysUnder(heard, Math.max(line, loudest - FALLEN_DB), blocks(FALLEN_FOR_S), begins);
  if (fallen - begins < blocks(SHORTEST_S)) return undefined;
  // What goes on until the recording itself ends has not fallen: a talk that is cut off, without its words.
  const recordingEndS = levels.rmsDbfs.length * levels.blockS;
  if (fallen >= heard.length && limitS >= recordingEndS - SHORTEST_S) return undefined;
  return Math.min(limitS, fromS + (fallen + blocks(FALLEN_FOR_S)) * levels.blockS);
}
