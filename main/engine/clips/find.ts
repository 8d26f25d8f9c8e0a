import type { Candidate, Rung, ScorePart } from '../../domain/clip.ts';
import type { Levels, SpeechMap } from '../../domain/levels.ts';
import type { PresetId } from '../../domain/preset.ts';
import type { ScoreProfile } from '../../domain/show.ts';
import type { Segment } from '../../domain/transcript.ts';
import { AppError } from '../../domain/errors.ts';
import { toMilliseconds, type TimeRange } from '../../domain/time.ts';
import { listFallbackWindows, listWindows, type Windows } from './boundaries.ts';
import { placeHandles } from './handles.ts';
import { ladderOf } from './ladder.ts';
import type { PointsOf } from './lines.ts';
import { measureOf } from './measure.ts';
import { toRanges, type OffLimitsRange } from './offLimits.ts';
import { FEATURES } from './parts/catalogue.ts';
import { offLimitsCount, readEpisode, type Reading } from './reading.ts';
import { briefParts, confidenceOf, writeReceipt } from './receipt.ts';
import { createScorer, type Scorer } from './score.ts';
import { selectBest, usualLimit, type Contender } from './selection.ts';
import { readSentences } from './sentences.ts';
import { tasteOf } from './shape.ts';
import { clipSound } from './sound.ts';
import { subjectReader } from './subject.ts';
import { titler, type TitleOf } from './titles.ts';
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
  readonly shortestS?: number;
  readonly longestS?: number;
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
/** A joke needs less time than a thought. */
export const SHORTEST_JOKE_S = 6;
/** A clip that touches what is off limits is proposed only where there is nothing else. */
const TOUCHABLE = 0;
/** From each beginning the best short, middling and long clip compete. */
const LENGTH_BUCKETS_S = [25, 40, Infinity];

interface Search {
  readonly input: FindInput;
  readonly reading: Reading;
  readonly scorer: Scorer;
  readonly windows: Windows;
  /** Scores of all windows in tenths, and the same in rising order. */
  readonly tenths: Int32Array;
  readonly sorted: Int32Array;
  readonly titleOf: TitleOf;
  readonly pointsOf: PointsOf;
  readonly weights: Weights;
  readonly profile: ScoreProfile;
  readonly shortestS: number;
  readonly longestS: number;
}

function prepare(input: FindInput): Search {
  const {
    weights = DEFAULT_WEIGHTS,
    profile = 'insight',
    shortestS = profile === 'humour' ? SHORTEST_JOKE_S : SHORTEST_S,
    longestS = LONGEST_S,
  } = input;
  const sentences = readSentences(input.segments, input.durationS, longestS);
  if (sentences.length === 0) throw new AppError('NO_SPEECH', 'the transcript holds no spoken words');
  const reading = readEpisode({
    sentences,
    durationS: input.durationS,
    title: input.title ?? '',
    offLimitsPhrases: input.offLimitsPhrases ?? [],
    ...(input.language === undefined ? {} : { language: input.language }),
  });
  const sound = input.levels === undefined ? undefined : clipSound(input.levels);
  const spreadOf = (feature: number): number => weights.features[FEATURES[feature]?.name ?? '']?.spread ?? 1;
  const canSpeak = (feature: number): boolean => {
    const { part, anyLanguage } = FEATURES[feature] ?? {};
    return (reading.english || anyLanguage === true) && (part !== 'delivery' || sound !== undefined);
  };
  const taste = tasteOf(profile, input.platform);
  const scorer = createScorer(measureOf(reading, spreadOf, sound, taste), weights, profile, canSpeak);
  const limits = { shortestS, longestS };
  const fitting = listWindows(sentences, limits);
  const windows = fitting.first.length > 0 ? fitting : listFallbackWindows(sentences, limits);
  const tenths = windows.first.map((first, n) => scorer.total(first, windows.last[n] ?? first));
  const pointsOfFeature = (feature: number): number =>
    pointsOf(weights, profile, FEATURES[feature]?.name ?? '');
  return {
    input,
    reading,
    scorer,
    windows,
    tenths,
    sorted: tenths.slice().sort(),
    titleOf: titler(reading, pointsOfFeature),
    pointsOf: pointsOfFeature,
    weights,
    profile,
    shortestS,
    longestS,
  };
}

const firstOf = ({ windows }: Search, window: number): number => windows.first[window] ?? 0;
const lastOf = ({ windows }: Search, window: number): number => windows.last[window] ?? 0;

function spokenRange(search: Search, window: number): TimeRange {
  const { sentences } = search.reading;
  return {
    fromS: sentences[firstOf(search, window)]?.fromS ?? 0,
    toS: sentences[lastOf(search, window)]?.toS ?? 0,
  };
}

/** From each beginning the best window of each length, so that sorting thousands of overlapping ones is spared. */
function contenders(search: Search, mayTouch: number): Contender[] {
  const best = new Map<number, Contender>();
  search.tenths.forEach((tenths, window) => {
    const first = firstOf(search, window);
    if (offLimitsCount(search.reading, first, lastOf(search, window)) > mayTouch) return;
    const range = spokenRange(search, window);
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

const rangeOf = (search: Search, window: number): TimeRange =>
  rangeOfSentences(search, firstOf(search, window), lastOf(search, window));

/** In point and out point: the words exactly, or with handles where the sound is known. */
function rangeOfSentences(search: Search, first: number, last: number): TimeRange {
  const { input, reading } = search;
  const words = { fromS: reading.sentences[first]?.fromS ?? 0, toS: reading.sentences[last]?.toS ?? 0 };
  const longestS = Math.max(search.longestS, words.toS - words.fromS);
  const endS = input.durationS > 0 ? input.durationS : Infinity;
  const whole = { fromS: Math.max(0, words.fromS), toS: Math.min(words.toS, endS) };
  if (input.levels === undefined) return whole;
  const previousEndS = reading.sentences[first - 1]?.toS ?? 0;
  const nextStartS = reading.sentences[last + 1]?.fromS ?? endS;
  return placeHandles(
    whole,
    { previousEndS, nextStartS: Math.min(nextStartS, endS) },
    input.levels,
    longestS,
  );
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
  const endAt = (last: number): number => rangeOfSentences(search, first, last).toS;
  return ladderOf({ reading, scorer, first, inS, shortestS, endAt });
}

/** Said of an episode that is shorter than any clip: it gives itself. */
const TOO_SHORT = ' It is too short for a clip.';
const ROUNDING_S = 0.001;

const spokenS = (search: Search, window: number): number => {
  const { fromS, toS } = spokenRange(search, window);
  return toS - fromS;
};

function toCandidate(search: Search, window: number, brief: boolean, taken?: ReadonlySet<string>): Candidate {
  const { reading, scorer } = search;
  const first = firstOf(search, window);
  const last = lastOf(search, window);
  const score = scorer.explain(first, last);
  const title = search.titleOf(first, last, taken);
  const receipt: { parts: ScorePart[]; reason: string } = brief
    ? { parts: briefParts(reading, scorer, score), reason: '' }
    : writeReceipt(reading, scorer, score, { first, last, title, pointsOf: search.pointsOf });
  const { fromS, toS } = rangeOf(search, window);
  const inS = toMilliseconds(fromS);
  const outS = toMilliseconds(toS);
  const spoken = reading.sentences.slice(first, last + 1);
  const tooShort = spokenS(search, window) < search.shortestS - ROUNDING_S ? TOO_SHORT : '';
  return {
    inS,
    outS,
    durationS: toMilliseconds(outS - inS),
    score: score.tenths / 10,
    confidence: confidenceOf(reading, rankOf(search, score.tenths), first, last),
    foundBy: 'words',
    ...receipt,
    reason: `${receipt.reason}${tooShort}`,
    title,
    text: spoken.map(({ text }) => text).join(' '),
    speakers: [...new Set(spoken.flatMap(({ speaker }) => (speaker === undefined ? [] : [speaker])))],
    scorerVersion: scorerVersion(search.weights, search.profile),
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
    ...spokenRange(search, window),
    score: tenths / 10,
  }));
}

/**
 * Finds the moments of an episode that are worth a clip. Every clip begins and ends with a whole sentence; the same input
 * gives the same answer. Throws NO_SPEECH when there are no words at all: such an episode is searched by ear.
 */
export function findClips(episode: FindInput): Found {
  const search = prepare(episode);
  return {
    clips: episode.all === true ? listAll(search) : listBest(search),
    offLimits: toRanges(search.reading.offLimits, search.reading.sentences),
    windows: search.windows.first.length,
  };
}
