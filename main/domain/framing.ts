import { z } from 'zod';

/** A picture as it is stored, and by how many degrees it is turned for display. */
interface StoredPicture {
  readonly width: number;
  readonly height: number;
  readonly rotation: number;
}

const share = z.number().min(0).max(1);

/** A picture so small that it tells one camera from another and nothing else: 32x18 gray pixels, as base64. */
const Look = z.string().length(768);

/** Where somebody is in the picture, in shares of its width and height as it is shown, from the top left corner. */
export const PictureBox = z.object({
  /** Null for whoever speaks. */
  speaker: z.string().nullable(),
  x: share,
  y: share,
  width: share.positive(),
  height: share.positive(),
  /** What the camera showed when the box was placed: it belongs to shots that look like this, or to all. */
  look: Look.optional(),
});
export type PictureBox = z.infer<typeof PictureBox>;

const ROUNDING = 1e-9;

/** Whether a box lies within the picture. */
export const isWithinPicture = ({ x, y, width, height }: Omit<PictureBox, 'speaker'>): boolean =>
  x + width <= 1 + ROUNDING && y + height <= 1 + ROUNDING;

/** A box as the show keeps it: cameras of another size see other things there. */
export const CropBox = PictureBox.extend({
  sourceWidth: z.int().positive(),
  sourceHeight: z.int().positive(),
});
export type CropBox = z.infer<typeof CropBox>;

/** The boxes that were placed on pictures of this size. */
export const boxesFor = (
  boxes: readonly CropBox[],
  { width, height }: { readonly width: number; readonly height: number },
): PictureBox[] =>
  boxes
    .filter((box) => box.sourceWidth === width && box.sourceHeight === height)
    .map((box) => PictureBox.parse(box));

/** The size of a picture as it is shown: turned upright. */
export const uprightSize = ({ width, height, rotation }: StoredPicture): { width: number; height: number } =>
  rotation === 90 || rotation === 270 ? { width: height, height: width } : { width, height };
