import type { Clip } from '../../domain/clip.ts';
import type { EngineContext } from './context.ts';
import { giveFeedback, undecide } from './feedback.ts';

export type Decision = 'keep' | 'reject' | 'undecide';

/** Keeps or rejects a clip, or takes that back. */
export async function decide(engine: EngineContext, clipId: string, decision: Decision): Promise<Clip> {
  const { clip } =
    decision === 'undecide'
      ? await undecide(engine, clipId)
      : await giveFeedback(engine, { clipId, decision });
  return clip;
}
