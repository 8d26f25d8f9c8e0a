import { lengthS, type TimeRange } from '../../domain/time.ts';
import type { Cue, TranscriptFit } from '../../domain/transcript.ts';
import { findShifts, shiftAt, standingOut, type ShiftedStretch, type Shifts } from './shifts.ts';
import { placeSteps, type PlacedStretch } from './soundSteps.ts';
import { claimsOf, SpeechEvidence } from './speechEvidence.ts';

/** What comparing a transcript with the sound has shown. */
export interface SoundCheck {
  readonly fit: TranscriptFit;
  /** Where the transcript lies in the recording; one that fits has a single stretch that is not shifted. */
  readonly placed: readonly PlacedStretch[];
}

/** Fewer pauses, or too little silence, prove nothing. */
const FEWEST_PAUSES = 12;
const LEAST_SILENCE = 0.03;
/** Evidence for 15 s of a transcript that belongs to the recording; by chance there is next to none. */
const BELONGS = 1.5;
/** Nothing less than this many pauses over this long is called another recording's transcript. */
const PAUSES_TO_REFUSE = 40;
const SPAN_TO_REFUSE_S = 180;
/** Chance reaches 3.5 standard deviations. */
const ROUGHLY_FITS = 4.5;
const SURELY_NOT = 4;
/** Readers and players do not notice less, and many subtitles lead their words by as much. */
const UNNOTICED_S = 0.35;

/** Compares where a transcript says that somebody speaks with where somebody is heard. Cues must be in order. */
export function checkAgainstSound(
  cues: readonly Cue[],
  speech: readonly TimeRange[],
  durationS: number,
): SoundCheck {
  const claims = claimsOf(cues);
  const pauses = claims.filter((claim) => claim.isPause).length;
  const evidence = new SpeechEvidence(speech, durationS);
  if (pauses < FEWEST_PAUSES || evidence.silenceShare < LEAST_SILENCE) return asItStands('unknown', cues);
  const shifts = findShifts(claims, evidence);
  const [only, ...others] = believable(shifts);
  if (only === undefined) {
    const standsOut = standingOut(claims, evidence);
    if (standsOut >= ROUGHLY_FITS) return asItStands('rough', cues);
    const spanS = (cues.at(-1)?.toS ?? 0) - (cues[0]?.fromS ?? 0);
    const isProven = pauses >= PAUSES_TO_REFUSE && spanS >= SPAN_TO_REFUSE_S && standsOut < SURELY_NOT;
    return asItStands(isProven && shifts.absentBlocks * 2 > shifts.blocks ? 'unrelated' : 'unknown', cues);
  }
  if (others.length > 0)
    return { fit: 'steps', placed: placeSteps(cues, claims, [only, ...others], evidence) };
  if (Math.max(Math.abs(only.shiftS), Math.abs(only.shiftS + only.driftS)) < UNNOTICED_S)
    return asItStands('fits', cues);
  return {
    fit: only.driftS === 0 ? 'shifted' : 'drifting',
    placed: [{ first: 0, end: cues.length, shift: only }],
  };
}

const asItStands = (fit: TranscriptFit, cues: readonly Cue[]): SoundCheck => ({
  fit,
  placed: [{ first: 0, end: cues.length, shift: { fromS: 0, toS: 0, shiftS: 0, driftS: 0 } }],
});

/** Stretches that follow each other in the transcript do so in the recording, but for the blocks in which they meet. */
const MOST_OVERLAP = 0.5;
/** Evidence for a stretch that chance does not give, altogether and for each of its blocks. */
const BEYOND_CHANCE = 24;
const STEP_BELONGS = 4;
/** What is left when stretches of chance are taken away has to be most of the transcript. */
const MOST = 0.6;

/** The stretches that can be relied on: one for the whole, or those with the most evidence that can stand in a row. */
function believable({ stretches, evidence, blocks }: Shifts): ShiftedStretch[] {
  if (evidence < BELONGS * blocks) return [];
  if (stretches.length === 1) return [...stretches];
  const chains: { readonly worth: number; readonly chain: readonly ShiftedStretch[] }[] = [];
  for (const stretch of stretches) {
    if (stretch.evidence < Math.max(BEYOND_CHANCE, STEP_BELONGS * stretch.blocks)) continue;
    const before = best(chains.filter(({ chain }) => follows(stretch, chain.at(-1))));
    chains.push({
      worth: (before?.worth ?? 0) + stretch.evidence,
      chain: [...(before?.chain ?? []), stretch],
    });
  }
  const chain = best(chains)?.chain ?? [];
  const covered = chain.reduce((sum, stretch) => sum + stretch.blocks, 0);
  return covered >= MOST * blocks ? [...chain] : [];
}

function follows(stretch: ShiftedStretch, last: ShiftedStretch | undefined): boolean {
  if (last === undefined) return true;
  const overlapS = last.toS + shiftAt(last, last.toS) - (stretch.fromS + stretch.shiftS);
  return overlapS <= MOST_OVERLAP * Math.min(lengthS(stretch), lengthS(last));
}

const best = <Chain extends { readonly worth: number }>(chains: readonly Chain[]): Chain | undefined =>
  chains.reduce<Chain | undefined>(
    (most, chain) => (chain.worth > (most?.worth ?? 0) ? chain : most),
    undefined,
  );
