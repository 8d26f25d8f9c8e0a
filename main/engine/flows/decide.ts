import type { Clip, ClipState } from '../../domain/clip.ts';
import { AppError } from '../../domain/errors.ts';
import type { EngineContext } from './context.ts';

export type Decision = 'keep' | 'reject' | 'undecide';

const STATE_AFTER: Readonly<Record<Decision, ClipState>> = {
  keep: 'kept',
  reject: 'rejected',
  undecide: 'candidate',
};

/** Keeps or rejects a clip, or takes that back. */
export async function decide(engine: EngineContext, clipId: string, decision: Decision): Promise<Clip> {
  const clip = engine.clips.get(clipId);
  if (clip === undefined) throw new AppError('NOT_FOUND', `there is no clip ${clipId}`);
  await engine.library.write(() => {
    engine.clips.setState(clipId, STATE_AFTER[decision]);
    if (decision !== 'undecide')
      engine.feedback.addDecision({ clipId, kind: decision, givenAtMs: Date.now() });
  });
  engine.emit('episodes.changed', { episodeId: clip.episodeId });
  return { ...clip, state: STATE_AFTER[decision] };
}
