import type { Clip, Rung } from '../../../main/domain/clip.ts';
import { presetsFor } from '../../selectors/platforms.ts';

/** Ends closer together than this are one. */
const SAME_END_S = 0.35;

/** The ends a clip may have, its own included, shortest first. */
export function rungsOf(clip: Clip): Rung[] {
  const { ladder = [], outS, durationS, score } = clip;
  const own: Rung = { outS, durationS, score, presets: presetsFor(durationS) };
  const others = ladder.filter((rung) => Math.abs(rung.outS - outS) >= SAME_END_S);
  return [...others, own].sort((a, b) => a.outS - b.outS);
}

/** The end one rung further out or in; undefined at the last one. */
export function rungBeside(clip: Clip, step: 1 | -1): Rung | undefined {
  const rungs = rungsOf(clip);
  return rungs[rungs.findIndex(({ outS }) => outS === clip.outS) + step];
}
