import type { Clip } from '../../domain/clip.ts';
import type { RecipeRange } from '../../domain/recipe.ts';
import { formatClock } from '../../domain/time.ts';
import type { Segment } from '../../domain/transcript.ts';
import { planTightening, type RefusalReason } from '../renders/tighten.ts';
import type { EngineContext } from './context.ts';
import { hear } from './searchInput.ts';

/** The ranges that a clip is made of, and what a person should know of them. */
export interface ClipRanges {
  readonly ranges: RecipeRange[];
  readonly warnings: string[];
}

const TOLD: Readonly<Record<RefusalReason, string>> = {
  laughter: 'somebody laughs or something else is heard there',
  negation: 'a negation stands right beside the cut',
  hedge: 'a word that limits what is said stands right beside the cut',
  question: 'it belongs to a question or its answer',
};

/** A clip as it was cut, in one range. */
export const wholeClip = ({ episodeId, inS, outS }: Clip): ClipRanges => ({
  ranges: [{ episodeId, fromS: inS, toS: outS }],
  warnings: [],
});

/** A clip with its pauses shortened and its fillers cut, where the words and the sound of its episode are known. */
export async function tightenedClip(
  engine: EngineContext,
  clip: Clip,
  segments: readonly Segment[],
): Promise<ClipRanges> {
  const whole = wholeClip(clip);
  const heard = await hear(engine, clip.episodeId);
  if (heard === undefined || segments.length === 0) {
    return {
      ...whole,
      warnings: ['Nothing was tightened: that takes the words and the sound of the episode.'],
    };
  }
  const { ranges, refused } = planTightening(segments, { fromS: clip.inS, toS: clip.outS }, heard.levels);
  return {
    ranges: ranges.map((range) => ({ ...range, episodeId: clip.episodeId })),
    warnings: refused.map(({ atS, why }) => `Not tightened at ${formatClock(atS)}: ${TOLD[why]}.`),
  };
}
