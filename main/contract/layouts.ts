import { z } from 'zod';
import { isWithinPicture, PictureBox } from '../domain/framing.ts';
import { Template } from '../domain/template.ts';
import { call } from './call.ts';

const episodeId = z.string().min(1);
const SizedBoxes = z.object({ width: z.int(), height: z.int(), boxes: z.array(PictureBox) });

export const layoutCalls = {
  /** Audiogram templates: a person's own, then those that ship. */
  'templates.list': call(
    z.strictObject({}),
    z.object({
      templates: z.array(z.object({ template: Template, path: z.string(), isOwn: z.boolean() })),
      problems: z.array(z.string()),
      folder: z.string(),
    }),
  ),
  /** Where the show's speakers are in pictures of this episode's size. */
  'crops.get': call(z.strictObject({ episodeId }), SizedBoxes),
  /**
   * Keeps a box with the show, for all pictures of this size, in place of the one that this speaker has in the same
   * shot. With a moment of the episode it belongs to shots that look like that one, else to all.
   */
  'crops.place': call(
    z.strictObject({
      episodeId,
      box: PictureBox.omit({ look: true }).refine(isWithinPicture, 'a crop box lies within the picture'),
      atS: z.number().min(0).optional(),
    }),
    SizedBoxes,
  ),
  /** Forgets all boxes for pictures of this size. */
  'crops.clear': call(z.strictObject({ episodeId }), SizedBoxes),
};
