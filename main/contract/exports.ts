import { z } from 'zod';
import { ExportedFile } from '../domain/exportedFile.ts';
import { Job } from '../domain/job.ts';
import { PresetId } from '../domain/preset.ts';
import { ExportOptions } from '../domain/recipe.ts';
import { call } from './call.ts';

const folder = z.string().min(1).max(4096);

export const exportCalls = {
  /** Answers when files could be written there; creates nothing. */
  'exports.checkFolder': call(z.strictObject({ folder }), z.object({ folder: z.string() })),
  /** Renders each clip in each preset into the folder, a job each. */
  'exports.create': call(
    z.strictObject({
      clipIds: z.array(z.string().min(1)).min(1).max(1000),
      presets: z.array(PresetId).min(1),
      folder,
      ...ExportOptions.shape,
    }),
    z.object({ jobs: z.array(Job) }),
  ),
  'exports.get': call(z.strictObject({ exportId: z.string().min(1) }), ExportedFile),
  'exports.list': call(z.strictObject({ clipId: z.string().min(1) }), z.array(ExportedFile)),
};
