import type { Cue, Word } from '../../domain/transcript.ts';
import { interpolate, tokenise } from './words.ts';

/** A word on its way from a cue into a sentence. */
export interface SpokenToken extends Word {
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
    words.forEach((word, index) => {
      const startsTurn = isNew && index === 0;
      tokens.push({ ...word, speaker: cue.speaker, startsTurn, endsCue: index === words.length - 1 });
    });
    if (words.length > 0) speaker = cue.speaker;
  }
  return tokens;
}

type CueWord = Word & Pick<SpokenToken, 'isJoined' | 'isTimed'>;

function interpolatedWords(cue: Cue): CueWord[] {
  const tokens = tokenise(cue.text);
  const times = interpolate(
    tokens.map((token) => token.text),
    cue,
  );
  return tokens.map((token, index) => {
    const { fromS, toS } = times[index] ?? cue;
    return { ...token, fromS, toS, confidence: null, isTimed: false };
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
      return { ...word, text, isJoined, isTimed: true };
    });
}
