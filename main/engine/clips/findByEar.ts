import type { Candidate, ScorePart } from '../../domain/clip.ts';
import type { Levels, SpeechMap } from '../../domain/levels.ts';
import { AppError } from '../../domain/errors.ts';
import { clamp, formatClock, lengthS, overlapS, toMilliseconds, type TimeRange } from '../../domain/time.ts';
import { listFallbackWindows, listWindows } from './boundaries.ts';
import { LONGEST_S, SHORTEST_S, type Found } from './find.ts';
import { placeHandles, type EdgeWords } from './handles.ts';
import { selectBest, usualLimit, type Contender } from './selection.ts';
import { clipSound, type ClipSound } from './sound.ts';

/** What can be searched without a transcript. Times in seconds. */
export interface EarInput {
  readonly levels: Levels;
  readonly speech: SpeechMap;
  readonly durationS: number;
  readonly title?: string;
  readonly limit?: number;
  readonly shortestS?: number;
  readonly longestS?: number;
}

const SCORER_VERSION = 'ear-1';
/** A shorter silence is a breath inside a sentence. */
const PAUSE_S = 0.35;
/** A pause of this length before or after a clip could not be cleaner. */
const CLEAN_PAUSE_S = 1;
/** Sound alone says little: all parts together give 40 points of 100, so no such clip outranks one that was read. */
const MAX = { level: 12, rise: 6, dynamics: 10, pauses: 6, flow: 6 };

interface Ear {
  readonly runs: readonly TimeRange[];
  readonly sound: ClipSound;
  readonly durationS: number;
}

/** Speech between real pauses. */
function joinBreaths(speech: readonly TimeRange[]): TimeRange[] {
  const runs: TimeRange[] = [];
  for (const range of speech) {
    const previous = runs.at(-1);
    if (previous !== undefined && range.fromS - previous.toS < PAUSE_S)
      runs[runs.length - 1] = { fromS: previous.fromS, toS: Math.max(previous.toS, range.toS) };
    else runs.push(range);
  }
  return runs;
}

/** Parts a run that is longer than any clip at the quietest place of its middle half, until all pieces are short enough. */
function partOverlong(run: TimeRange, levels: Levels, longestS: number): TimeRange[] {
  const lengthS = run.toS - run.fromS;
  if (lengthS <= longestS) return [run];
  const { blockS, rmsDbfs } = levels;
  const from = Math.ceil((run.fromS + lengthS / 4) / blockS);
  const to = Math.floor((run.toS - lengthS / 4) / blockS);
  let quietest = Math.floor((from + to) / 2);
  for (let block = from; block < to; block += 1)
    if ((rmsDbfs[block] ?? 0) < (rmsDbfs[quietest] ?? 0)) quietest = block;
  const atS = (quietest + 0.5) * blockS;
  return [
    ...partOverlong({ fromS: run.fromS, toS: atS }, levels, longestS),
    ...partOverlong({ fromS: atS, toS: run.toS }, levels, longestS),
  ];
}

const pauseBeforeS = ({ runs }: Ear, first: number): number =>
  (runs[first]?.fromS ?? 0) - (runs[first - 1]?.toS ?? 0);
const pauseAfterS = ({ runs, durationS }: Ear, last: number): number =>
  (runs[last + 1]?.fromS ?? durationS) - (runs[last]?.toS ?? 0);

function silentS({ runs }: Ear, first: number, last: number): number {
  let total = 0;
  for (let at = first; at < last; at += 1) total += Math.max(0, pauseAfterSpeech(runs, at) - PAUSE_S);
  return total;
}

const pauseAfterSpeech = (runs: readonly TimeRange[], at: number): number =>
  (runs[at + 1]?.fromS ?? 0) - (runs[at]?.toS ?? 0);

const percent = (share: number): string => `${Math.round(share * 100)} %`;

interface Heard {
  readonly name: keyof typeof MAX;
  /** 0 to 1 of what the part can give. */
  readonly share: number;
  readonly fact: string;
  readonly where: TimeRange;
}

function listen(ear: Ear, first: number, last: number): Heard[] {
  const where = { fromS: ear.runs[first]?.fromS ?? 0, toS: ear.runs[last]?.toS ?? 0 };
  const { fromS, toS } = where;
  const loudness = ear.sound.loudness(fromS, toS);
  const rise = ear.sound.rise(fromS, toS);
  const dynamics = ear.sound.dynamics(fromS, toS);
  const before = clamp(pauseBeforeS(ear, first) / CLEAN_PAUSE_S, 0, 1);
  const after = clamp(pauseAfterS(ear, last) / CLEAN_PAUSE_S, 0, 1);
  const silence = silentS(ear, first, last) / Math.max(0.001, toS - fromS);
  return [
    { name: 'level', share: loudness, fact: `louder than ${percent(loudness)} of the episode`, where },
    {
      name: 'rise',
      share: rise,
      fact: `the second half is ${(rise * 6).toFixed(1)} dB louder`,
      where: { fromS: (fromS + toS) / 2, toS },
    },
    { name: 'dynamics', share: dynamics, fact: `livelier than ${percent(dynamics)} of the episode`, where },
    {
      name: 'pauses',
      share: (before + after) / 2,
      fact: `${pauseBeforeS(ear, first).toFixed(1)} s of pause before, ${pauseAfterS(ear, last).toFixed(1)} s after`,
      where,
    },
    {
      name: 'flow',
      share: clamp(1 - 4 * silence, 0, 1),
      fact: `${percent(silence)} of it is silence`,
      where,
    },
  ];
}

const tenthsOf = ({ name, share }: Heard): number => Math.round(share * MAX[name] * 10);
const scoreTenths = (heard: readonly Heard[]): number => heard.reduce((sum, part) => sum + tenthsOf(part), 0);

function toPart(heard: Heard): ScorePart {
  const points = tenthsOf(heard) / 10;
  const { fromS, toS } = heard.where;
  const evidence = { text: heard.fact, fromS: toMilliseconds(fromS), toS: toMilliseconds(toS), points };
  return { name: heard.name, points, max: MAX[heard.name], because: points === 0 ? [] : [evidence] };
}

function reasonFor(heard: readonly Heard[]): string {
  const best = [...heard].sort((a, b) => tenthsOf(b) - tenthsOf(a))[0];
  const fact = best === undefined ? '' : `: ${best.fact}`;
  return `Found by sound alone${fact}. No words were heard, so nothing is known about what is said.`;
}

function toCandidate(ear: Ear, input: EarInput, first: number, last: number): Candidate {
  const heard = listen(ear, first, last);
  const words = { fromS: ear.runs[first]?.fromS ?? 0, toS: ear.runs[last]?.toS ?? 0 };
  const edges: EdgeWords = {
    previous: ear.runs[first - 1],
    first: { ...words, ...ear.runs[first] },
    last: { ...words, ...ear.runs[last] },
    next: ear.runs[last + 1],
    timing: 'word',
  };
  const { fromS, toS } = placeHandles(edges, input.levels, {
    endS: input.durationS,
    longestS: input.longestS ?? LONGEST_S,
  });
  const inS = toMilliseconds(fromS);
  const outS = toMilliseconds(Math.min(toS, input.durationS));
  return {
    inS,
    outS,
    durationS: toMilliseconds(outS - inS),
    score: scoreTenths(heard) / 10,
    confidence: 'low',
    foundBy: 'ear',
    reason: reasonFor(heard),
    parts: heard.map(toPart),
    title: `Found by ear at ${formatClock(inS)}`,
    titles: [],
    text: '',
    speakers: [],
    scorerVersion: SCORER_VERSION,
  };
}

const runsOf = (input: EarInput, longestS: number): TimeRange[] =>
  joinBreaths(input.speech.speech).flatMap((run) => partOverlong(run, input.levels, longestS));

/** Scores one given range by ear, snapped to the pauses nearest to it. Throws BAD_INPUT where nobody is heard. */
export function scoreRangeByEar(input: EarInput, range: TimeRange): Candidate {
  const runs = runsOf(input, input.longestS ?? LONGEST_S);
  const inside = [...runs.keys()].filter((at) => {
    const { fromS, toS } = runs[at] ?? { fromS: 0, toS: 0 };
    return (fromS + toS) / 2 >= range.fromS && (fromS + toS) / 2 < range.toS;
  });
  const overlapping = runs.findIndex((run) => overlapS(run, range) > 0);
  const first = inside[0] ?? overlapping;
  if (first < 0)
    throw new AppError('BAD_INPUT', `nobody is heard between ${range.fromS} s and ${range.toS} s`);
  const ear: Ear = { runs, sound: clipSound(input.levels), durationS: input.durationS };
  const longestS = Math.max(input.longestS ?? LONGEST_S, lengthS(range));
  return toCandidate(ear, { ...input, longestS }, first, inside.at(-1) ?? first);
}

/**
 * Finds stretches worth a listen where nobody has read the words: runs of speech between pauses, judged by loudness and
 * liveliness against the rest of the same episode. The parts give 40 points at most. Throws NO_SPEECH when nobody is heard.
 */
export function findByEar(input: EarInput): Found {
  const { levels, durationS, shortestS = SHORTEST_S, longestS = LONGEST_S } = input;
  const runs = runsOf(input, longestS);
  if (runs.length === 0) throw new AppError('NO_SPEECH', 'nobody is heard in this recording');
  const ear: Ear = { runs, sound: clipSound(levels), durationS };
  const fitting = listWindows(runs, { shortestS, longestS });
  const windows = fitting.first.length > 0 ? fitting : listFallbackWindows(runs, { shortestS, longestS });
  const contenders = Array.from(windows.first, (first, window): Contender => {
    const last = windows.last[window] ?? first;
    const range = { fromS: runs[first]?.fromS ?? 0, toS: runs[last]?.toS ?? 0 };
    return { ...range, window, tenths: scoreTenths(listen(ear, first, last)) };
  });
  const episode = { fromS: 0, toS: durationS };
  const noWords: ReadonlySet<string> = new Set();
  const chosen = selectBest(contenders, input.limit ?? usualLimit(durationS), episode, () => noWords);
  return {
    clips: chosen.map(({ window }) =>
      toCandidate(ear, input, windows.first[window] ?? 0, windows.last[window] ?? 0),
    ),
    offLimits: [],
    windows: windows.first.length,
  };
}
