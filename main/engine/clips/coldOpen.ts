import type { Candidate } from '../../domain/clip.ts';
import type { Search } from './find.ts';
import { clipAround, type SentenceRun } from './givenRange.ts';
import { offLimitsCount } from './reading.ts';
import { findRepetitions } from './shingles.ts';

/** A cold open lies in the first minutes, and in no more than this share of a short episode. */
const OPENING_S = 240;
const OPENING_SHARE = 0.2;
const REASON = 'The show opens with it.';

/** The whole sentences that later say what the opening has let us hear. */
function repeatedSentences({ reading: { sentences }, input }: Search): SentenceRun[] {
  const startS = sentences[0]?.fromS ?? 0;
  const endS = Math.max(input.durationS, sentences.at(-1)?.toS ?? 0);
  const openingEndS = startS + Math.min(OPENING_S, (endS - startS) * OPENING_SHARE);
  const tokens: string[] = [];
  const sentenceOf: number[] = [];
  let openingTo = 0;
  sentences.forEach((sentence, at) => {
    for (const token of sentence.tokens) {
      if (token === '') continue;
      tokens.push(token);
      sentenceOf.push(at);
    }
    if (sentence.toS <= openingEndS) openingTo = tokens.length;
  });
  return findRepetitions(tokens, openingTo).map(({ from, to }) => ({
    first: sentenceOf[from] ?? 0,
    last: sentenceOf[to - 1] ?? 0,
  }));
}

/**
 * The passages that an episode opens with, where they really are: the editor's own choice of moments, each as a clip of
 * whole sentences, in order of time. Adverts, introductions and what is off the record are left out.
 */
export function findColdOpens(search: Search): Candidate[] {
  return repeatedSentences(search)
    .filter(({ first, last }) => offLimitsCount(search.reading, first, last) === 0)
    .flatMap((run) => {
      const clip = clipAround(search, run);
      return clip === undefined
        ? []
        : [{ ...clip, foundBy: 'coldOpen' as const, reason: `${REASON} ${clip.reason}` }];
    });
}
