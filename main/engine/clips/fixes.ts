import type { Fix, FixKind } from '../../domain/fix.ts';
import type { TimeRange } from '../../domain/time.ts';
import { SHORTEST_S, candidateOf, prepare, type FindInput, type Search } from './find.ts';
import { snapToSentences, type SentenceRun } from './givenRange.ts';
import { isOnRecord } from './offRecord.ts';
import { FEATURES } from './parts/catalogue.ts';
import { isOffLimits, offLimitsCount } from './reading.ts';
import type { WindowScore } from './score.ts';
import { endsSentence } from './sentences.ts';
import { changesVoice, isQuestion } from './turns.ts';

/** How many sentences away a better edge is looked for; further off it would be another clip. */
const REACH = 4;
/** What was asked further back than this is no longer in the ear. */
const QUESTION_REACH = 3;
/** A cut that is worth less is not worth a person's time. */
const LEAST_WORTH = 2;
const MOST_FIXES = 3;
const QUOTED_WORDS = 7;

interface Offer extends SentenceRun {
  readonly kind: FixKind;
  /** True for what a listener misses: it is offered whatever it is worth. */
  readonly isMissing: boolean;
}

/** A clip as far as its cuts go. */
export interface CutClip {
  readonly inS: number;
  readonly outS: number;
  readonly text: string;
}

const quoteStart = ({ reading }: Search, at: number): string => {
  const words = reading.sentences[at]?.words.map(({ text }) => text) ?? [];
  return `“${words.slice(0, QUOTED_WORDS).join(' ')}${words.length > QUOTED_WORDS ? '…' : ''}”`;
};

/** The question before a clip that its first sentence answers; -1 where there is none. */
function questionBefore({ reading: { sentences } }: Search, first: number): number {
  const opening = sentences[first];
  if (isQuestion(opening)) return -1;
  for (let at = first - 1; at >= Math.max(0, first - QUESTION_REACH); at -= 1) {
    if (!isQuestion(sentences[at])) continue;
    // Without names nobody knows who asks; then only the question right before counts.
    const isAnswered = changesVoice(sentences[at], opening) || at === first - 1;
    return isAnswered ? at : -1;
  }
  return -1;
}

/** A last sentence that promises more: a question, a colon, or a sentence that goes on. */
function isSetUp({ reading: { sentences } }: Search, last: number): boolean {
  const sentence = sentences[last];
  if (sentence === undefined || sentences[last + 1] === undefined) return false;
  return isQuestion(sentence) || !endsSentence(sentence.text) || /:["'”’)]*$/u.test(sentence.text);
}

/** The next sentence after a set-up that says something whole. */
function landingAfter({ reading }: Search, last: number): number {
  for (let at = last + 1; at <= last + REACH; at += 1) {
    const sentence = reading.sentences[at];
    if (sentence === undefined || isOffLimits(reading, at)) return -1;
    if (sentence.closesSentence && endsSentence(sentence.text) && !isQuestion(sentence)) return at;
  }
  return -1;
}

function offersFor(search: Search, { first, last }: SentenceRun): Offer[] {
  const offers: Offer[] = [];
  const question = questionBefore(search, first);
  if (question >= 0) offers.push({ kind: 'startAtQuestion', isMissing: true, first: question, last });
  const landing = isSetUp(search, last) ? landingAfter(search, last) : -1;
  if (landing >= 0) offers.push({ kind: 'endAtLanding', isMissing: true, first, last: landing });
  for (let by = -REACH; by <= REACH; by += 1) {
    if (by === 0) continue;
    const start = first + by;
    const kind = isQuestion(search.reading.sentences[start]) ? 'startAtQuestion' : 'start';
    if (start !== question) offers.push({ kind, isMissing: false, first: start, last });
    if (last + by !== landing) offers.push({ kind: 'end', isMissing: false, first, last: last + by });
  }
  return offers;
}

const spokenS = ({ reading: { sentences } }: Search, { first, last }: SentenceRun): number =>
  (sentences[last]?.toS ?? 0) - (sentences[first]?.fromS ?? 0);

/** Whether a cut is one that may be proposed: whole, no longer than a clip may be, and no nearer to what is off limits. */
function isAllowed(search: Search, offer: SentenceRun, now: SentenceRun): boolean {
  const { reading, longestS } = search;
  const { first, last } = offer;
  if (first < 0 || last >= reading.sentences.length || first > last) return false;
  if (!isOnRecord(reading.sentences, offer, search.input.offRecord)) return false;
  const durationS = spokenS(search, offer);
  const shortestS = Math.min(SHORTEST_S, spokenS(search, now));
  if (durationS < shortestS || durationS > Math.max(longestS, spokenS(search, now))) return false;
  return offLimitsCount(reading, first, last) <= offLimitsCount(reading, now.first, now.last);
}

const pointsByFeature = ({ parts }: WindowScore): Map<number, number> =>
  new Map(parts.flatMap(({ shares }) => shares.map(({ feature, points }) => [feature, points] as const)));

/** What the cut changes most about the edge that it moves, as an editor would say it. */
function gainOf(before: WindowScore, after: WindowScore, edge: 'opening' | 'closing'): string {
  const had = pointsByFeature(before);
  const gains = [...pointsByFeature(after)]
    .filter(([feature]) => FEATURES[feature]?.place === edge)
    .map(([feature, points]) => ({ feature, lost: had.get(feature) ?? 0, points }))
    .sort((a, b) => b.points - b.lost - (a.points - a.lost));
  const [best] = gains;
  const { praise, blame } = FEATURES[best?.feature ?? -1] ?? {};
  if (best === undefined || praise === undefined || best.points <= best.lost) return '';
  return best.lost < 0 ? `, so that it no longer ${blame ?? praise}` : `, so that it ${praise}`;
}

function sentenceFor(search: Search, offer: Offer, byS: number, gain: string): string {
  const seconds = `${Math.abs(byS).toFixed(1)} s ${byS < 0 ? 'earlier' : 'later'}`;
  switch (offer.kind) {
    case 'startAtQuestion':
      return `Start ${seconds}, at the question ${quoteStart(search, offer.first)}${gain}.`;
    case 'start':
      return `Start ${seconds}, at ${quoteStart(search, offer.first)}${gain}.`;
    case 'endAtLanding':
      return `End ${seconds}, where it lands: ${quoteStart(search, offer.last)}${gain}.`;
    case 'end':
      return `End ${seconds}, after ${quoteStart(search, offer.last)}${gain}.`;
  }
}

function toFix(search: Search, offer: Offer, now: SentenceRun): Fix {
  const before = search.scorer.explain(now.first, now.last);
  const after = search.scorer.explain(offer.first, offer.last);
  const { sentences } = search.reading;
  const movesEnd = offer.first === now.first;
  const byS = movesEnd
    ? (sentences[offer.last]?.toS ?? 0) - (sentences[now.last]?.toS ?? 0)
    : (sentences[offer.first]?.fromS ?? 0) - (sentences[now.first]?.fromS ?? 0);
  const { inS, outS } = candidateOf(search, offer.first, offer.last, true);
  const why = sentenceFor(search, offer, byS, gainOf(before, after, movesEnd ? 'closing' : 'opening'));
  return { kind: offer.kind, inS, outS, why, worth: (after.tenths - before.tenths) / 10 };
}

/** The best of each kind, because two nearly equal offers are one too many; what is missing goes before what is better. */
function choose(search: Search, offers: readonly Offer[], now: SentenceRun): Fix[] {
  const kinds = new Set<FixKind>();
  return offers
    .map((offer) => ({ offer, fix: toFix(search, offer, now) }))
    .filter(({ offer, fix }) => offer.isMissing || fix.worth >= LEAST_WORTH)
    .sort(
      (a, b) =>
        Number(b.offer.isMissing) - Number(a.offer.isMissing) ||
        b.fix.worth - a.fix.worth ||
        a.fix.inS - b.fix.inS ||
        a.fix.outS - b.fix.outS,
    )
    .filter(({ fix }) => !kinds.has(fix.kind) && kinds.add(fix.kind))
    .map(({ fix }) => fix)
    .slice(0, MOST_FIXES);
}

/** The sentences of a clip as they were cut: whole ones, or parted where a person's cut runs through them. */
function readClip(input: FindInput, { inS, outS, text }: CutClip): { search: Search; now: SentenceRun } {
  const range: TimeRange = { fromS: inS, toS: outS };
  const search = prepare(input);
  const now = snapToSentences(search, range);
  if (textOf(search, now) === text) return { search, now };
  const parted = prepare({ ...input, cutsS: [inS, outS] });
  return { search: parted, now: snapToSentences(parted, range) };
}

const textOf = ({ reading }: Search, { first, last }: SentenceRun): string =>
  reading.sentences
    .slice(first, last + 1)
    .map(({ text }) => text)
    .join(' ');

/**
 * Better cuts of a clip: the question that it answers, the sentence on which it would land, another beginning or end
 * nearby. Each is worth what scoring the new range gives more, in points. The missing question and landing are offered
 * whatever they are worth, the others only from 2 points on.
 */
export function findFixes(input: FindInput, clip: CutClip): Fix[] {
  const { search, now } = readClip(input, clip);
  const offers = offersFor(search, now).filter((offer) => isAllowed(search, offer, now));
  return choose(search, offers, now);
}
