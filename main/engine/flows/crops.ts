import { AppError } from '../../domain/errors.ts';
import { boxesFor, type CropBox, type PictureBox, uprightSize } from '../../domain/framing.ts';
import type { Show } from '../../domain/show.ts';
import type { StoredEpisode } from '../db/episodes.ts';
import { lookAt } from '../media/looks.ts';
import { isSameCamera } from '../renders/layouts/shots.ts';
import type { EngineContext } from './context.ts';

/** Boxes for pictures of one size. */
export interface SizedBoxes {
  readonly width: number;
  readonly height: number;
  readonly boxes: PictureBox[];
}

/** The crop boxes that go with an episode's picture. Throws NOT_FOUND, and BAD_INPUT for an episode of sound alone. */
export function cropsOf(engine: EngineContext, episodeId: string): SizedBoxes {
  const { show, size } = sizeAndShow(engine, episodeId);
  return { ...size, boxes: boxesFor(show.cropBoxes, size) };
}

/**
 * Keeps a box with the show, in place of the one that this speaker has in the same shot. With a moment of the episode
 * it belongs to shots that look like that one, else to all. Throws BAD_INPUT where there is no picture then.
 */
export async function placeCrop(
  engine: EngineContext,
  episodeId: string,
  box: PictureBox,
  atS: number | undefined,
): Promise<SizedBoxes> {
  const { stored } = sizeAndShow(engine, episodeId);
  const { path } = stored.episode;
  const look =
    atS === undefined
      ? {}
      : {
          look: await lookAt(await engine.tools(), { path, facts: stored.facts }, atS, {
            cwd: engine.paths.home,
          }),
        };
  const placed: PictureBox = { ...box, ...look };
  const { boxes } = cropsOf(engine, episodeId);
  keep(engine, episodeId, [...boxes.filter((one) => !isReplacedBy(one, placed)), placed]);
  return cropsOf(engine, episodeId);
}

/** Forgets all boxes for pictures of an episode's size. */
export function clearCrops(engine: EngineContext, episodeId: string): SizedBoxes {
  keep(engine, episodeId, []);
  return cropsOf(engine, episodeId);
}

const isReplacedBy = (one: PictureBox, placed: PictureBox): boolean =>
  one.speaker === placed.speaker &&
  (one.look === undefined || placed.look === undefined
    ? one.look === placed.look
    : isSameCamera(one.look, placed.look));

/** Read and written in one turn: nobody else of this process comes between. */
function keep(engine: EngineContext, episodeId: string, boxes: readonly PictureBox[]): void {
  const { show, size } = sizeAndShow(engine, episodeId);
  const others = show.cropBoxes.filter(
    (box) => box.sourceWidth !== size.width || box.sourceHeight !== size.height,
  );
  const sized = boxes.map((box): CropBox => ({ ...box, sourceWidth: size.width, sourceHeight: size.height }));
  engine.shows.setCropBoxes(show.id, [...others, ...sized]);
}

function sizeAndShow(
  engine: EngineContext,
  episodeId: string,
): { stored: StoredEpisode; show: Show; size: { width: number; height: number } } {
  const stored = engine.episodes.get(episodeId);
  const show = stored && engine.shows.get(stored.episode.showId);
  if (stored === undefined || show === undefined)
    throw new AppError('NOT_FOUND', `there is no episode ${episodeId}`);
  const { video } = stored.facts;
  if (video === null)
    throw new AppError('BAD_INPUT', `${stored.episode.title} has no picture to place a box on`);
  return { stored, show, size: uprightSize(video) };
}
