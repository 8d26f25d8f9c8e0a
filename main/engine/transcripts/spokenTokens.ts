import type { TimeRange } from '../../domain/time.ts';
import type { Cue, Word } from '../../domain/transcript.ts';
import { interpolate, isMarksOnly, tokenise } from './words.ts';

/** A word on its way from a cue into a sentence. */
export interface SpokenToken extends Word {
  /** True where nothing stands between it and the word before. */
  readonly isJoined: boolean;
  readonly speaker: string | undefined;
  /** True where somebody else begins to speak. */
  readonly startsTurn: boolean;
  readonly endsCue: boolean;
  /** False where the time was interpolated. */
  readonly isTimed: boolean;
}

/** All words of the cues in order, with times of their own or interpolated ones. */
export function spokenTokens(cues: readonly Cue[]): SpokenToken[] {
  const tokens: SpokenToken[] = [];
  let speaker: string | undefined;
  for (const cue of cues) {
    const words = cue.words === undefined ? interpolatedWords(cue) : ownWords(cue, cue.words);
    const isNew = tokens.length > 0 && (cue.startsTurn === true || cue.speaker !== speaker);
    words.forEach(({ text, isJoined, times, confidence, isTimed }, index) => {
      const startsTurn = isNew && index === 0;
      const endsCue = index === words.length - 1;
      const { fromS, toS } = times;
      const last = tokens.at(-1);
      if (last !== undefined && !startsTurn && isMarksOnly(text)) {
        tokens[tokens.length - 1] = { ...last, text: withMark(last.text, text, isJoined), endsCue };
      } else {
        tokens.push({
          text,
          fromS,
          toS,
          confidence,
          isJoined,
          speaker: cue.speaker,
          startsTurn,
          endsCue,
          isTimed,
        });
      }
    });
    if (words.length > 0) speaker = cue.speaker;
  }
  return tokens;
}

/** Some files time marks as if they were words; a mark belongs to the word before it and takes no time. */
const withMark = (word: string, mark: string, isJoined: boolean): string =>
  isJoined || /^[,.;:!?…%)\]}]/u.test(mark) ? word + mark : `${word} ${mark}`;

interface CueWord {
  readonly text: string;
  readonly isJoined: boolean;
  readonly times: TimeRange;
  readonly confidence: number | null;
  readonly isTimed: boolean;
}

function interpolatedWords(cue: Cue): CueWord[] {
  const tokens = tokenise(cue.text);
  const times = interpolate(tokens, cue);
  return tokens.map(({ text, isJoined }, index) => {
    return { text, isJoined, times: times[index] ?? cue, confidence: null, isTimed: false };
  });
}

/** Words are joined where the cue's text has no blank between them. */
function ownWords(cue: Cue, words: readonly Word[]): CueWord[] {
  let place = 0;
  return words
    .filter((word) => word.text.trim() !== '')
    .map((word, index) => {
      const text = word.text.trim();
      const found = cue.text.indexOf(text, place);
      const isJoined = index > 0 && found === place;
      if (found >= 0) place = found + text.length;
      return { text, isJoined, times: word, confidence: word.confidence, isTimed: true };
    });
}
