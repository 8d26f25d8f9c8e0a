import type { TimeRange } from '../../domain/time.ts';
import type { Cue } from '../../domain/transcript.ts';
import { hasSentenceMark } from './sentenceMarks.ts';

/** What a transcript claims of a stretch of its own clock: that somebody speaks there, or that nobody does. */
export interface Claim extends TimeRange {
  readonly isPause: boolean;
  /** 1 for times that the transcript gives, less for what is only likely. */
  readonly weight: number;
}

const SHORTEST_PAUSE_S = 0.15;
/** A longer hole may hold music or an advert that nobody wrote down. */
const LONGEST_PAUSE_S = 4;
/** Where a sentence ends and the next begins at once, a short pause is likely. */
const LIKELY_PAUSE_S = 0.24;
const LIKELY_WEIGHT = 0.4;

/** Where the cues, in order, say that somebody speaks and where nobody does. */
export function claimsOf(cues: readonly Cue[]): Claim[] {
  const spoken = cues.flatMap((cue) =>
    (cue.words ?? [cue]).map(({ fromS, toS, text }) => ({ fromS, toS, text })),
  );
  const claims: Claim[] = [];
  let openS = spoken[0]?.fromS ?? 0;
  spoken.forEach((piece, index) => {
    const next = spoken[index + 1];
    const endS = piece.toS;
    const pauseS = next === undefined ? Infinity : next.fromS - endS;
    const isLikely = pauseS < SHORTEST_PAUSE_S && hasSentenceMark(piece.text);
    if (pauseS < SHORTEST_PAUSE_S && !isLikely) return;
    const half = isLikely ? LIKELY_PAUSE_S / 2 : 0;
    if (endS - half > openS) claims.push({ fromS: openS, toS: endS - half, isPause: false, weight: 1 });
    if (isLikely) claims.push({ fromS: endS - half, toS: endS + half, isPause: true, weight: LIKELY_WEIGHT });
    else if (next !== undefined && pauseS <= LONGEST_PAUSE_S)
      claims.push({ fromS: endS, toS: next.fromS, isPause: true, weight: 1 });
    openS = isLikely ? endS + half : (next?.fromS ?? endS);
  });
  return claims;
}

/** Levels close together are one observation: about the length of a syllable. */
const OBSERVATION_S = 0.15;
const TICK_S = 0.01;
/** How much of a pause of the transcript is silent in the recording it belongs to, at least. */
const SILENT_IN_PAUSE = 0.65;

/**
 * How well claims of a transcript agree with a recording when they are shifted by so many seconds: the logarithm of how much
 * likelier the sound is if they belong together than if they have nothing to do with each other. Positive speaks for it.
 */
export class SpeechEvidence {
  private readonly silentBefore: Float64Array;
  private readonly durationS: number;
  /** The share of the recording in which nobody is heard. */
  readonly silenceShare: number;
  private readonly pause: { readonly silent: number; readonly heard: number };
  private readonly speech: { readonly silent: number; readonly heard: number };

  constructor(speech: readonly TimeRange[], durationS: number) {
    this.durationS = durationS;
    this.silentBefore = silenceUpTo(speech, durationS);
    const silenceS = this.silentBefore.at(-1) ?? 0;
    this.silenceShare = silenceS / Math.max(TICK_S, durationS);
    const share = Math.min(0.95, Math.max(0.02, this.silenceShare));
    this.pause = gains(Math.max(SILENT_IN_PAUSE, share + (1 - share) / 2), share);
    this.speech = gains(share / 2, share);
  }

  of(claims: readonly Claim[], shiftS: number): number {
    let sum = 0;
    for (const claim of claims) sum += this.ofOne(claim, shiftS);
    return sum;
  }

  /** The share of the claims that lies inside the recording when they are shifted. */
  shareInside(claims: readonly Claim[], shiftS: number): number {
    const inside = claims.filter(
      (claim) => claim.fromS + shiftS >= 0 && claim.toS + shiftS <= this.durationS,
    );
    return inside.length / Math.max(1, claims.length);
  }

  private ofOne({ fromS, toS, isPause, weight }: Claim, shiftS: number): number {
    const from = fromS + shiftS;
    const to = toS + shiftS;
    const lengthS = to - from;
    // Nothing is known of what lies outside the recording, but nobody can speak there.
    if (from < 0 || to > this.durationS)
      return isPause ? 0 : (weight * lengthS * this.speech.silent) / OBSERVATION_S;
    const silentS = this.at(to) - this.at(from);
    const { silent, heard } = isPause ? this.pause : this.speech;
    return (weight * (silentS * silent + (lengthS - silentS) * heard)) / OBSERVATION_S;
  }

  private at(timeS: number): number {
    return this.silentBefore[Math.round(timeS / TICK_S)] ?? 0;
  }
}

const gains = (expected: number, usual: number): { silent: number; heard: number } => ({
  silent: Math.log(expected / usual),
  heard: Math.log((1 - expected) / (1 - usual)),
});

/** Seconds of silence before each hundredth of a second. */
function silenceUpTo(speech: readonly TimeRange[], durationS: number): Float64Array {
  const ticks = Math.ceil(durationS / TICK_S) + 1;
  const before = new Float64Array(ticks + 1);
  let at = 0;
  let silentS = 0;
  const advance = (toS: number, isSilent: boolean): void => {
    const end = Math.min(ticks, Math.round(toS / TICK_S));
    for (; at < end; at++) {
      before[at] = silentS;
      if (isSilent) silentS += TICK_S;
    }
  };
  for (const { fromS, toS } of speech) {
    advance(fromS, true);
    advance(toS, false);
  }
  advance(durationS + 1, true);
  before.fill(silentS, at);
  return before;
}
