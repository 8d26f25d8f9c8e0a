import type { Clip } from '../../domain/clip.ts';
import type { EngineContext } from './context.ts';
import { clipNamed } from './feedback.ts';

/** Gives a clip another title: it heads the picture, names the file, and stays through later searches. */
export async function setTitle(engine: EngineContext, clipId: string, title: string): Promise<Clip> {
  const clip = clipNamed(engine, clipId);
  await engine.library.write(() => {
    engine.clips.setTitle(clipId, title);
  });
  engine.emit('episodes.changed', { episodeId: clip.episodeId });
  return { ...clip, title };
}
