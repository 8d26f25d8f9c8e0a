import type { Segment, Word } from '../../domain/transcript.ts';
import { isProgramTalk } from './programTalk.ts';

/** A word as it is compared: without case, marks, or what joins it to its neighbours. */
export const foldWord = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}%]+$/gu, '');

/** A sentence of a clip as the reviewer sees it. */
export interface SpokenSentence {
  readonly text: string;
  readonly words: readonly Word[];
  /** The words as they are compared, one for each. */
  readonly folded: readonly string[];
}

/** The words of a clip, apart from those that are kept from the model. */
export interface Spoken {
  readonly sentences: readonly SpokenSentence[];
  /** How many sentences speak to programs rather than to listeners. */
  readonly keptBack: number;
}

/** The words that are said inside a clip, sentence by sentence. */
export function spokenIn(segments: readonly Segment[], clip: { inS: number; outS: number }): Spoken {
  const isInside = ({ fromS, toS }: Word): boolean =>
    (fromS + toS) / 2 >= clip.inS && (fromS + toS) / 2 < clip.outS;
  const all = segments
    .map(({ words }) => words.filter(isInside))
    .filter((words) => words.length > 0)
    .map((words) => ({
      text: words.map(({ text }) => text).join(' '),
      words,
      folded: words.map(({ text }) => foldWord(text)),
    }));
  const sentences = all.filter((sentence, at) => {
    // An order that a full stop cuts in two is one with its neighbour.
    const next = all[at + 1]?.text ?? '';
    const previous = all[at - 1]?.text ?? '';
    return (
      !isProgramTalk(sentence.text) &&
      !(isProgramTalk(`${sentence.text} ${next}`) && !isProgramTalk(next)) &&
      !(isProgramTalk(`${previous} ${sentence.text}`) && !isProgramTalk(previous))
    );
  });
  return { sentences, keptBack: all.length - sentences.length };
}
