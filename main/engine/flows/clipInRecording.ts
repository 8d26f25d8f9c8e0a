import type { Clip } from '../../domain/clip.ts';
import { AppError } from '../../domain/errors.ts';

/** Throws CLIP_CUT for a clip that the episode's recording no longer has: its range is on another clock. */
export function assertInRecording(clip: Clip): void {
  if (clip.isCut === true) throw new AppError('CLIP_CUT', `“${clip.title}” (${clip.id}) was cut`);
}
