import type { Candidate, Rung, ScorePart } from '../../domain/clip.ts';
import type { Levels, SpeechMap } from '../../domain/levels.ts';
import type { OffLimits } from '../../domain/offLimits.ts';
import type { PresetId } from '../../domain/preset.ts';
import type { ScoreProfile } from '../../domain/show.ts';
import type { Segment } from '../../domain/transcript.ts';
import { AppError } from '../../domain/errors.ts';
import { lengthS, toMilliseconds, type TimeRange } from '../../domain/time.ts';
import { listFallbackWindows, listWindows, type Windows } from './boundaries.ts';
import { ladderOf } from './ladder.ts';
import type { PointsOf } from './lines.ts';
import { learnedVersion, tellLearned, type Multipliers } from './learning.ts';
import { measureOf } from './measure.ts';
import { isOnRecord, windowsOnRecord } from './offRecord.ts';
import { toRanges, type OffLimitsRange } from './offLimits.ts';
import { FEATURES } from './parts/catalogue.ts';
import { offLimitsCount, readEpisode, type Reading } from './reading.ts';
import { briefParts, confidenceOf, writeReceipt } from './receipt.ts';
import { rangeOf, spokenRange } from './clipRange.ts';
import { createScorer, type Scorer } from './score.ts';
import { selectBest, usualLimit, type Contender } from './selection.ts';
import { partAt, readSentences } from './sentences.ts';
import { tasteOf } from './shape.ts';
import { clipSound } from './sound.ts';
import { subjectReader } from './subject.ts';
import { titler, type TitlesOf } from './titles.ts';
import { DEFAULT_WEIGHTS, pointsOf, scorerVersion, type Weights } from './weights.ts';

/** What the finder is given: the sentences of an episode, and whatever else is known about it. Times in seconds. */
export interface FindInput {
  readonly segments: readonly Segment[];
  readonly durationS: number;
  readonly title?: string;
  /** BCP 47 tag; without it the words themselves tell whether they are English. */
  readonly language?: string;
  readonly levels?: Levels;
  readonly speech?: SpeechMap;
  readonly profile?: ScoreProfile;
  /** Where the clips are meant for: lengths that suit it are preferred. */
  readonly platform?: PresetId;
  /** The show's own phrases that mark an advert. */
  readonly offLimitsPhrases?: readonly string[];
  readonly limit?: number;
  /** Every window with its score, overlaps and all, instead of the best few. */
  readonly all?: boolean;
  readonly weights?: Weights;
  /** What the show's feedback multiplies the parts by. */
  readonly multipliers?: Multipliers;
  /** Marked by a person: no clip touches it. */
  readonly offRecord?: readonly TimeRange[];
  /** Found off limits before, and allowed by a person. */
  readonly allowed?: readonly OffLimits[];
  readonly shortestS?: number;
  readonly longestS?: number;
  /** Where a person cuts into sentences: each is parted there. */
  readonly cutsS?: readonly number[];
}

/** What was found, best first. */
export interface Found {
  readonly clips: Candidate[];
  readonly offLimits: OffLimitsRange[];
  /** How many windows were scored. */
  readonly windows: number;
}

export const SHORTEST_S = 12;
export const LONGEST_S = 60;
/** A clip is offered with so many titles to choose from. */
const TITLES = 3;
/** A joke needs less time than a thought. */
export const SHORTEST_JOKE_S = 6;
/** A clip that touches what is off limits is proposed only where there is nothing else. */
const TOUCHABLE = 0;
/** From each beginning the best short, middling and long clip compete. */
const LENGTH_BUCKETS_S = [25, 40, Infinity];

/** An episode that was read and whose windows were all scored. */
export interface Search {
  readonly input: FindInput;
  readonly reading: Reading;
  readonly scorer: Scorer;
  readonly windows: Windows;
  /** Scores of all windows in tenths, and the same in rising order. */
  readonly tenths: Int32Array;
  readonly sorted: Int32Array;
  readonly titlesOf: TitlesOf;
  readonly pointsOf: PointsOf;
  readonly weights: Weights;
  readonly profile: ScoreProfile;
  readonly shortestS: number;
  readonly longestS: number;
}

/** Reads and scores an episode once. Throws NO_SPEECH when there are no words at all. */
export function prepare(input: FindInput): Search {
  const {
    weights = DEFAULT_WEIGHTS,
    profile = 'insight',
    shortestS = profile === 'humour' ? SHORTEST_JOKE_S : SHORTEST_S,
    longestS = LONGEST_S,
  } = input;
  const sentences = partAt(readSentences(input.segments, input.durationS, longestS), input.cutsS ?? []);
  if (sentences.length === 0) throw new AppError('NO_SPEECH', 'the transcript holds no spoken words');
  const reading = readEpisode({
    sentences,
    durationS: input.durationS,
    title: input.title ?? '',
    offLimitsPhrases: input.offLimitsPhrases ?? [],
    allowed: input.allowed ?? [],
    ...(input.language === undefined ? {} : { language: input.language }),
  });
  const sound = input.levels === undefined ? undefined : clipSound(input.levels);
  const spreadOf = (feature: number): number => weights.features[FEATURES[feature]?.name ?? '']?.spread ?? 1;
  const canSpeak = (feature: number): boolean => {
    const { part, anyLanguage } = FEATURES[feature] ?? {};
    return (reading.english || anyLanguage === true) && (part !== 'delivery' || sound !== undefined);
  };
  const taste = tasteOf(profile, input.platform);
  const scorer = createScorer(
    measureOf(reading, spreadOf, sound, taste),
    weights,
    profile,
    canSpeak,
    input.multipliers,
  );
  const limits = { shortestS, longestS };
  const offRecord = input.offRecord ?? [];
  const fitting = windowsOnRecord(listWindows(sentences, limits), sentences, offRecord);
  const windows =
    fitting.first.length > 0
      ? fitting
      : windowsOnRecord(listFallbackWindows(sentences, limits), sentences, offRecord);
  const tenths = scorer.totals(windows);
  const pointsOfFeature = (feature: number): number =>
    pointsOf(weights, profile, FEATURES[feature]?.name ?? '');
  return {
    input,
    reading,
    scorer,
    windows,
    tenths,
    sorted: tenths.slice().sort(),
    titlesOf: titler(reading, pointsOfFeature),
    pointsOf: pointsOfFeature,
    weights,
    profile,
    shortestS,
    longestS,
  };
}

export const firstOf = ({ windows }: Search, window: number): number => windows.first[window] ?? 0;
export const lastOf = ({ windows }: Search, window: number): number => windows.last[window] ?? 0;

/** From each beginning the best window of each length, so that sorting thousands of overlapping ones is spared. */
function contenders(search: Search, mayTouch: number): Contender[] {
  const best = new Map<number, Contender>();
  search.tenths.forEach((tenths, window) => {
    const first = firstOf(search, window);
    if (offLimitsCount(search.reading, first, lastOf(search, window)) > mayTouch) return;
    const range = spokenRange(search.reading, first, lastOf(search, window));
    const bucket = LENGTH_BUCKETS_S.findIndex((mostS) => range.toS - range.fromS < mostS);
    const key = first * LENGTH_BUCKETS_S.length + bucket;
    if (tenths > (best.get(key)?.tenths ?? -1)) best.set(key, { ...range, window, tenths });
  });
  return [...best.values()];
}

function choose(search: Search): number[] {
  const { reading, input } = search;
  const allowed = contenders(search, TOUCHABLE);
  const pool = allowed.length > 0 ? allowed : contenders(search, Infinity);
  const episode = { fromS: reading.sentences[0]?.fromS ?? 0, toS: reading.sentences.at(-1)?.toS ?? 0 };
  const limit = input.limit ?? usualLimit(input.durationS > 0 ? input.durationS : episode.toS);
  const wordsBetween = subjectReader(reading.sentences);
  const wordsOf = ({ window }: Contender): ReadonlySet<string> =>
    wordsBetween(firstOf(search, window), lastOf(search, window));
  return selectBest(pool, limit, episode, wordsOf).map(({ window }) => window);
}

/** Share of the episode's windows that score less. */
function rankOf({ sorted }: Search, tenths: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < tenths) low = middle + 1;
    else high = middle;
  }
  return sorted.length < 2 ? 1 : low / (sorted.length - 1);
}

function ladderFrom(search: Search, first: number, inS: number): Rung[] {
  const { reading, scorer, shortestS } = search;
  const { offRecord = [] } = search.input;
  const endAt = (last: number): number => {
    const { toS } = rangeOf(reading, first, last, { ...search.input, longestS: search.longestS });
    const spokenToS = reading.sentences[last]?.toS ?? 0;
    return Math.min(toS, ...offRecord.filter(({ fromS }) => fromS >= spokenToS).map(({ fromS }) => fromS));
  };
  const isAllowed = (last: number): boolean => isOnRecord(reading.sentences, { first, last }, offRecord);
  return ladderOf({ reading, scorer, first, inS, shortestS, endAt, isAllowed });
}

/** Said of an episode that is shorter than any clip: it gives itself. */
const TOO_SHORT = ' It is too short for a clip.';
const ROUNDING_S = 0.001;

function toCandidate(search: Search, window: number, brief: boolean, taken?: ReadonlySet<string>): Candidate {
  const [first, last] = [firstOf(search, window), lastOf(search, window)];
  const candidate = candidateOf(search, first, last, brief, taken);
  const isTooShort = lengthS(spokenRange(search.reading, first, last)) < search.shortestS - ROUNDING_S;
  return isTooShort ? { ...candidate, reason: `${candidate.reason}${TOO_SHORT}` } : candidate;
}

/** The clip from one sentence to another with its receipt; brief leaves the evidence out. */
export function candidateOf(
  search: Search,
  first: number,
  last: number,
  brief = false,
  taken?: ReadonlySet<string>,
): Candidate {
  const { reading, scorer } = search;
  const score = scorer.explain(first, last);
  const titles = search.titlesOf(first, last, brief ? 1 : TITLES, taken);
  const title = titles[0]?.text ?? '';
  const receipt: { parts: ScorePart[]; reason: string } = brief
    ? { parts: briefParts(reading, scorer, score), reason: '' }
    : writeReceipt(reading, scorer, score, { first, last, title, pointsOf: search.pointsOf });
  const { multipliers = {} } = search.input;
  const { fromS, toS } = rangeOf(reading, first, last, { ...search.input, longestS: search.longestS });
  const inS = toMilliseconds(fromS);
  const outS = toMilliseconds(toS);
  const spoken = reading.sentences.slice(first, last + 1);
  return {
    inS,
    outS,
    durationS: toMilliseconds(outS - inS),
    score: score.tenths / 10,
    confidence: confidenceOf(reading, rankOf(search, score.tenths), first, last),
    foundBy: 'words',
    ...receipt,
    parts: tellLearned(receipt.parts, multipliers),
    title,
    titles: [...titles],
    text: spoken.map(({ text }) => text).join(' '),
    speakers: [...new Set(spoken.flatMap(({ speaker }) => (speaker === undefined ? [] : [speaker])))],
    scorerVersion: learnedVersion(scorerVersion(search.weights, search.profile), multipliers),
    ...(brief ? {} : { ladder: ladderFrom(search, first, inS) }),
  };
}

/** Every window, best first, equals in order of time; receipts without evidence, because there are thousands. */
function listAll(search: Search): Candidate[] {
  const { tenths } = search;
  const order = Array.from(tenths.keys()).sort((a, b) => (tenths[b] ?? 0) - (tenths[a] ?? 0) || a - b);
  return order.map((window) => toCandidate(search, window, true));
}

/** The best few, each with its whole receipt and a title of its own. */
function listBest(search: Search): Candidate[] {
  const taken = new Set<string>();
  return choose(search).map((window) => {
    const candidate = toCandidate(search, window, false, taken);
    taken.add(candidate.title);
    return candidate;
  });
}

/** A window and its score, 0 to 100; which sentences it holds is told by its times. */
export interface ScoredWindow extends TimeRange {
  readonly score: number;
}

/** Every window of an episode with its score, in order of time: what `all` lists, without receipts. */
export function scoreWindows(episode: FindInput): ScoredWindow[] {
  const search = prepare(episode);
  return Array.from(search.tenths, (tenths, window) => ({
    ...spokenRange(search.reading, firstOf(search, window), lastOf(search, window)),
    score: tenths / 10,
  }));
}

/**
 * Finds the moments of an episode that are worth a clip. Every clip begins and ends with a whole sentence; the same input
 * gives the same answer. Throws NO_SPEECH when there are no words at all: such an episode is searched by ear.
 */
export const findClips = (episode: FindInput): Found => findClipsIn(prepare(episode));

/** The same in an episode that was read already. */
export const findClipsIn = (search: Search): Found => ({
  clips: search.input.all === true ? listAll(search) : listBest(search),
  offLimits: toRanges(search.reading.offLimits, search.reading.sentences),
  windows: search.windows.first.length,
});
