import type { Fix } from '../../../main/domain/fix.ts';
import type { TimeRange } from '../../../main/domain/time.ts';

type Cut = { readonly inS: number; readonly outS: number };

const EDGE_S = 3;
/** How much earlier a piece of evidence is heard, so that its first word is not clipped. */
const LEAD_S = 1;

export const rangeOf = ({ inS, outS }: Cut): TimeRange => ({ fromS: inS, toS: outS });
export const firstSeconds = ({ inS, outS }: Cut): TimeRange => ({
  fromS: inS,
  toS: Math.min(outS, inS + EDGE_S),
});
export const lastSeconds = ({ inS, outS }: Cut): TimeRange => ({
  fromS: Math.max(inS, outS - EDGE_S),
  toS: outS,
});

/** From one second before a piece of evidence to the end of its clip. */
export const fromEvidence = (clip: Cut, fromS: number): TimeRange => ({
  fromS: Math.max(0, fromS - LEAD_S),
  toS: clip.outS,
});

const movesStart = ({ kind }: Fix): boolean => kind === 'start' || kind === 'startAtQuestion';

/** The edge that a better cut would move, as it is now and as it would be. */
export const edgeHeard = (fix: Fix, clip: Cut): TimeRange =>
  movesStart(fix) ? firstSeconds(clip) : lastSeconds(clip);
export const edgeProposed = (fix: Fix): TimeRange => (movesStart(fix) ? firstSeconds(fix) : lastSeconds(fix));
