import type { PresetId } from '../../domain/preset.ts';
import type { ScoreProfile } from '../../domain/show.ts';
import { clamp } from '../../domain/time.ts';
import { isCut, isWhole } from './enumerations.ts';
import type { Reading } from './reading.ts';
import { answersItself, furtherQuestions } from './turns.ts';

/** A clip is at its best between the first two, and worth nothing more at the third; in seconds. */
export interface LengthTaste {
  readonly bestFromS: number;
  readonly bestToS: number;
  readonly mostS: number;
}

const USUAL_TASTE: LengthTaste = { bestFromS: 20, bestToS: 42, mostS: 64 };
/** A joke that has landed is over. */
const JOKE_TASTE: LengthTaste = { bestFromS: 10, bestToS: 50, mostS: 72 };

/** What does well where, as those who publish there report it; gentle, because none of them measured podcasts. */
const PLATFORM_TASTE: Readonly<Record<PresetId, LengthTaste>> = {
  tiktok: { bestFromS: 30, bestToS: 75, mostS: 120 },
  reels: { bestFromS: 18, bestToS: 60, mostS: 90 },
  shorts: { bestFromS: 20, bestToS: 55, mostS: 80 },
  x: { bestFromS: 15, bestToS: 40, mostS: 62 },
  'x-wide': { bestFromS: 15, bestToS: 40, mostS: 62 },
  linkedin: { bestFromS: 30, bestToS: 75, mostS: 120 },
  square: USUAL_TASTE,
  wide: USUAL_TASTE,
  audio: { bestFromS: 30, bestToS: 75, mostS: 120 },
  'audio-mp3': { bestFromS: 30, bestToS: 75, mostS: 120 },
};

/** The lengths that suit a platform, or a profile where no platform was named. */
export function tasteOf(profile: ScoreProfile, platform: PresetId | undefined): LengthTaste {
  if (platform !== undefined) return PLATFORM_TASTE[platform];
  return profile === 'humour' ? JOKE_TASTE : USUAL_TASTE;
}

const LOST_PER_SECOND = 0.4;
const MOST_LOST = -3;
/** Further questions and seams beyond this many make a clip no worse. */
const MOST_QUESTIONS = 2;
const MOST_SEAMS = 5;

/** 1 for the best lengths, falling gently to 0 for what is long, and steeply to -3 for what has hardly begun. */
export function lengthWorth(seconds: number, taste: LengthTaste = USUAL_TASTE): number {
  const { bestFromS, bestToS, mostS } = taste;
  const rise = 1 - LOST_PER_SECOND * (bestFromS - seconds);
  const fall = (mostS - seconds) / (mostS - bestToS);
  return clamp(Math.min(rise, Math.max(0, fall)), MOST_LOST, 1);
}

type MeasureShape = (reading: Reading, first: number, last: number, taste: LengthTaste) => number;

/** How each feature of a clip's shape is measured. */
export const shapeMeasures = {
  goodLength: ({ sentences }, first, last, taste) =>
    lengthWorth((sentences[last]?.toS ?? 0) - (sentences[first]?.fromS ?? 0), taste),
  answersItself: ({ sentences, turns }, first, last) => Number(answersItself(sentences, turns, first, last)),
  wholeList: ({ lists }, first, last) => Number(lists.some((list) => isWhole(list, first, last))),
  cutList: ({ lists }, first, last) => Number(lists.some((list) => isCut(list, first, last))),
  furtherQuestions: ({ turns }, first, last) =>
    Math.min(MOST_QUESTIONS, furtherQuestions(turns, first, last)),
  seams: ({ seamTotals }, first, last) =>
    Math.min(MOST_SEAMS, (seamTotals[last] ?? 0) - (seamTotals[first] ?? 0)),
} satisfies Record<string, MeasureShape>;
