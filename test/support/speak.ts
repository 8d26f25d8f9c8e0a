import type { Segment } from '../../main/domain/transcript.ts';

const WORD_S = 0.4;
const PAUSE_S = 0.3;

/** Sentences said one after the other, every word as long as the next. */
export function speak(sentences: readonly string[], fromS = 0): Segment[] {
  let atS = fromS;
  return sentences.map((text) => {
    const words = text.split(' ').map((word) => {
      const said = { text: word, fromS: atS, toS: atS + WORD_S, confidence: null };
      atS += WORD_S;
      return said;
    });
    const segment: Segment = {
      fromS: words[0]?.fromS ?? atS,
      toS: atS,
      text,
      words,
      timing: 'word',
    };
    atS += PAUSE_S;
    return segment;
  });
}
