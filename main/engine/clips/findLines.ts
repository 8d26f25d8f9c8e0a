import type { Evidence, ScorePart } from '../../domain/clip.ts';
import type { EpisodeLine } from '../../domain/line.ts';
import { clamp, toMilliseconds } from '../../domain/time.ts';
import { isUnsure } from '../../domain/transcript.ts';
import { isSelfContained } from './clauses.ts';
import { rangeOf } from './clipRange.ts';
import type { Search } from './find.ts';
import { COMMON_WORDS } from './language.ts';
import { isOnRecord, keepOffRecord } from './offRecord.ts';
import { FEATURES } from './parts/catalogue.ts';
import { EARLY_POINTERS, LINKS } from './parts/standsAlone.ts';
import { isIdle, isOffLimits } from './reading.ts';
import { endsSentence, foldWord, type Sentence } from './sentences.ts';
import { isQuestion } from './turns.ts';

const SHORTEST_S = 3;
const LONGEST_S = 12;
const FEWEST_WORDS = 6;
const DEFAULT_LIMIT = 20;

/** What the parts of a line can give; together 100. */
const MOST = { claim: 45, substance: 35, brevity: 20 };
/** A weight's points count this often, because a line is one sentence and a clip is many. */
const CLAIM_FACTOR = 6;
const SUBSTANCE_POINTS = 6;
/** As long as a line that is read at a glance; each word more costs a little. */
const BRIEF_WORDS = 14;
const COST_PER_WORD = 2;

/** Pointing words within the first few leave a listener lost who has heard nothing else. */
const pointsBack = (tokens: readonly string[]): boolean =>
  tokens.slice(0, 4).some((token) => EARLY_POINTERS.has(token));

/** Whether a sentence is whole, said clearly, and needs nothing before it. */
function standsAlone({ reading, input }: Search, at: number, sentence: Sentence): boolean {
  const { tokens, words, fromS, toS } = sentence;
  const [first = ''] = tokens;
  const durationS = toS - fromS;
  return (
    durationS >= SHORTEST_S &&
    durationS <= LONGEST_S &&
    words.length >= FEWEST_WORDS &&
    sentence.opensSentence &&
    sentence.closesSentence &&
    endsSentence(sentence.text) &&
    !isQuestion(sentence) &&
    !LINKS.has(first) &&
    isSelfContained(first) &&
    !(reading.english && pointsBack(tokens)) &&
    !words.some(isUnsure) &&
    !isIdle(reading.marks[at] ?? []) &&
    !isOffLimits(reading, at) &&
    isOnRecord(reading.sentences, { first: at, last: at }, input.offRecord)
  );
}

const tenth = (points: number): number => Math.round(points * 10) / 10;

function evidence({ words }: Sentence, from: number, to: number, points: number): Evidence[] {
  const said = words.slice(from, to);
  const [first] = said;
  const last = said.at(-1);
  if (first === undefined || last === undefined || tenth(points) === 0) return [];
  return [
    {
      text: said.map(({ text }) => text).join(' '),
      fromS: toMilliseconds(first.fromS),
      toS: toMilliseconds(last.toS),
      points: tenth(points),
    },
  ];
}

/** A part that gives what its evidence adds up to, within its limits. */
function part(name: keyof typeof MOST, because: Evidence[]): ScorePart {
  const sum = because.reduce((total, { points }) => total + points, 0);
  return { name, points: tenth(clamp(sum, 0, MOST[name])), max: MOST[name], because };
}

/** The phrases that claim something, by the weights of the scorer; what the episode is about is no claim. */
function claims({ reading, pointsOf }: Search, at: number, sentence: Sentence): ScorePart {
  const because = (reading.marks[at] ?? []).flatMap(({ feature, from, to }) => {
    const { place, part: of } = FEATURES[feature] ?? {};
    if (place !== 'anywhere' || of === 'theme') return [];
    return evidence(sentence, from, to, CLAIM_FACTOR * pointsOf(feature));
  });
  return part('claim', because);
}

function substance(sentence: Sentence): ScorePart {
  const because = sentence.tokens.flatMap((token, at) =>
    token.length > 3 && !COMMON_WORDS.has(token) ? evidence(sentence, at, at + 1, SUBSTANCE_POINTS) : [],
  );
  return part('substance', because);
}

function brevity(sentence: Sentence): ScorePart {
  const count = sentence.words.length;
  const points = MOST.brevity - COST_PER_WORD * Math.max(0, count - BRIEF_WORDS);
  return part('brevity', evidence(sentence, 0, count, Math.max(0, points)));
}

interface Found {
  readonly at: number;
  readonly sentence: Sentence;
  readonly parts: ScorePart[];
  readonly score: number;
}

function judge(search: Search, at: number, sentence: Sentence): Found {
  const parts = [claims(search, at, sentence), substance(sentence), brevity(sentence)];
  return { at, sentence, parts, score: tenth(parts.reduce((sum, { points }) => sum + points, 0)) };
}

function toLine({ reading, input, longestS }: Search, { at, sentence, parts, score }: Found): EpisodeLine {
  const { fromS, toS } = rangeOf(reading, at, at, { ...input, longestS });
  const [inS, outS] = [toMilliseconds(fromS), toMilliseconds(toS)];
  const { speaker, text } = sentence;
  const durationS = toMilliseconds(outS - inS);
  return { inS, outS, durationS, score, parts, text, ...(speaker === undefined ? {} : { speaker }) };
}

/**
 * The lines of an episode, best first, equals in order of time: sentences of 3 to 12 s, whole and understood without what
 * was said before. What is said twice is given once. None where the words have no punctuation to tell sentences by.
 */
export function findLines(search: Search, limit: number = DEFAULT_LIMIT): EpisodeLine[] {
  const known = new Set<string>();
  const best = search.reading.sentences
    .flatMap((sentence, at) => (standsAlone(search, at, sentence) ? [judge(search, at, sentence)] : []))
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .filter(({ sentence: { text } }) => !known.has(foldWord(text)) && known.add(foldWord(text)))
    .slice(0, limit)
    .map((found) => toLine(search, found));
  return keepOffRecord(best, search.input.offRecord ?? []);
}
