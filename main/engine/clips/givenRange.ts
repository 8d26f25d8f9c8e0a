import type { Candidate } from '../../domain/clip.ts';
import { AppError } from '../../domain/errors.ts';
import { lengthS, overlapS, toMilliseconds, type TimeRange } from '../../domain/time.ts';
import { spokenRange } from './clipRange.ts';
import { candidateOf, firstOf, lastOf, prepare, type FindInput, type Search } from './find.ts';
import { isOnRecord, keepOffRecord } from './offRecord.ts';

/** The sentences of a clip, inclusive. */
export interface SentenceRun {
  readonly first: number;
  readonly last: number;
}

/** Which of the edges lies nearest; the earlier of two that are as near. */
function nearest(edgesS: readonly number[], toS: number, from: number): number {
  let best = from;
  for (let at = from; at < edgesS.length; at += 1)
    if (Math.abs((edgesS[at] ?? Infinity) - toS) < Math.abs((edgesS[best] ?? Infinity) - toS)) best = at;
  return best;
}

/** The whole sentences that a range means: from the nearest beginning to the nearest end. Throws BAD_INPUT outside the words. */
export function snapToSentences({ reading: { sentences } }: Search, { fromS, toS }: TimeRange): SentenceRun {
  if (!sentences.some((sentence) => sentence.fromS < toS && sentence.toS > fromS))
    throw new AppError('BAD_INPUT', `nothing is said between ${fromS} s and ${toS} s`);
  const first = nearest(
    sentences.map((sentence) => sentence.fromS),
    fromS,
    0,
  );
  const last = nearest(
    sentences.map((sentence) => sentence.toS),
    toS,
    first,
  );
  return { first, last };
}

/**
 * Scores one given range of an episode as the finder would: snapped to whole sentences or, where a person asks for it,
 * only to whole words; then the sentences it cuts into count as parts of sentences. Throws BAD_INPUT where nothing is
 * said, OFF_THE_RECORD where a person wants none of it heard, NO_SPEECH for an episode without words.
 */
export function scoreRange(
  input: FindInput,
  range: TimeRange,
  options: { readonly snap: boolean },
): Candidate {
  const search = prepare(options.snap ? input : { ...input, cutsS: [range.fromS, range.toS] });
  const run = snapToSentences(search, range);
  const candidate = candidateOnRecord(search, run);
  if (candidate === undefined)
    throw new AppError(
      'OFF_THE_RECORD',
      `what is said between ${range.fromS} s and ${range.toS} s was marked off the record`,
    );
  return candidate;
}

/** Handles and rounding keep in and out points from being the sentences' own ends; a cut takes more of a sentence. */
const CUT_S = 0.25;

/** The sentences that a range holds; undefined where it cuts into one. */
function wholeSentencesIn({ reading: { sentences } }: Search, range: TimeRange): SentenceRun | undefined {
  const holds = (sentence: TimeRange): boolean =>
    (sentence.fromS + sentence.toS) / 2 > range.fromS && (sentence.fromS + sentence.toS) / 2 < range.toS;
  const isCut = (sentence: TimeRange): boolean => {
    const insideS = overlapS(sentence, range);
    return insideS > CUT_S && lengthS(sentence) - insideS > CUT_S;
  };
  const first = sentences.findIndex(holds);
  if (first < 0 || sentences.some(isCut)) return undefined;
  return { first, last: sentences.findLastIndex(holds) };
}

/**
 * What a clip is worth as it reads now, with its own in and out point; undefined where it does not begin and end with whole
 * sentences. Titles that are taken are passed over.
 */
export function scoreInPlace(
  search: Search,
  range: TimeRange,
  taken?: ReadonlySet<string>,
): Candidate | undefined {
  const run = wholeSentencesIn(search, range);
  if (run === undefined) return undefined;
  const { fromS: inS, toS: outS } = range;
  const durationS = toMilliseconds(outS - inS);
  return { ...candidateOf(search, run.first, run.last, false, taken), inS, outS, durationS };
}

/** The clip of these sentences; undefined where some of it was marked off the record. */
function candidateOnRecord(search: Search, run: SentenceRun): Candidate | undefined {
  const { offRecord = [] } = search.input;
  if (!isOnRecord(search.reading.sentences, run, offRecord)) return undefined;
  return keepOffRecord([candidateOf(search, run.first, run.last)], offRecord)[0];
}

/**
 * The best clip that holds these sentences, or that lies in them where they are too many for one; exactly they where there
 * is no such window, or where isExact asks for it. Undefined where that is off the record.
 */
export function clipAround(search: Search, run: SentenceRun, isExact = false): Candidate | undefined {
  let best = run;
  let most = -1;
  const { fromS, toS } = spokenRange(search.reading, run.first, run.last);
  const isOverlong = toS - fromS > search.longestS;
  if (!isExact)
    search.tenths.forEach((tenths, window) => {
      const [first, last] = [firstOf(search, window), lastOf(search, window)];
      const [outer, inner] = isOverlong ? [run, { first, last }] : [{ first, last }, run];
      if (outer.first > inner.first || outer.last < inner.last || tenths <= most) return;
      [best, most] = [{ first, last }, tenths];
    });
  return candidateOnRecord(search, best);
}
