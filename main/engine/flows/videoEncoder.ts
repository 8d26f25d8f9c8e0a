import { z } from 'zod';
import { VideoEncoder } from '../../domain/videoEncoder.ts';
import { chooseEncoder } from '../renders/chooseEncoder.ts';
import type { EngineContext } from './context.ts';

/** Under which name the library keeps what was found; another build of ffmpeg is tried anew. */
const KEPT_AS = 'h264Encoder';
const Kept = z.object({ versionLine: z.string(), encoder: VideoEncoder });

/** The encoder that proved itself with this ffmpeg: tried once, kept by the library. */
export async function videoEncoder(
  engine: Pick<EngineContext, 'tools' | 'storedSettings' | 'library'>,
  run: { readonly cwd: string; readonly signal: AbortSignal },
): Promise<VideoEncoder> {
  const tools = await engine.tools();
  const { versionLine } = tools;
  const kept = Kept.safeParse(engine.storedSettings.readAll()[KEPT_AS]);
  if (kept.success && kept.data.versionLine === versionLine) return kept.data.encoder;
  const { encoder } = await chooseEncoder(tools, run);
  await engine.library.write(() => {
    engine.storedSettings.save(KEPT_AS, { versionLine, encoder });
  });
  return encoder;
}
