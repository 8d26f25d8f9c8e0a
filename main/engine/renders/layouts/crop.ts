import type { PictureBox } from '../../../domain/framing.ts';
import type { VideoPreset } from '../../../domain/preset.ts';
import { clamp } from '../../../domain/time.ts';
import { bottomOf, type Box, frameGeometry } from '../frame.ts';
import { readPictures } from '../readPictures.ts';
import type { SourcePicture } from '../sourcePicture.ts';
import type { CropStep, CropTrack } from './cropTrack.ts';
import { backdrop } from './fit.ts';
import type { Picture } from './picture.ts';
import { even, exactFrames, joined, scaledTo, type ShapedRange } from './pictureRange.ts';

/** A range with what is shown of its picture, and when. */
export type TrackedRange = ShapedRange & { readonly track: CropTrack };

/** Part of the frame, and the height in it, as a share, at which a face stands best. */
interface Panel {
  readonly place: Box;
  readonly faceY: number;
  /** How much larger than the box the shown part is: a face needs air, and room above the captions. */
  readonly air: number;
}

const SEAM_PX = 6;
const ALONE = { faceY: 0.36, air: 1.6 } as const;
const BESIDE = { faceY: 0.4, air: 1.3 } as const;
/** Faces are in the upper part of what a person marks. */
const FACE_IN_BOX = 0.45;

/** Parts of the picture that fill the frame, and change with the track. */
export function cropPicture(ranges: readonly TrackedRange[], preset: VideoPreset): Picture {
  const read = readPictures(ranges, preset.framesPerSecond);
  return {
    inputs: read.inputs,
    chains: [
      ...read.chains,
      ...ranges.flatMap((range, index) => rangeChains(range, index, preset)),
      joined(ranges),
    ],
    events: [],
  };
}

/** Where one or two people stand: one fills the frame; two stand above each other in tall frames, else side by side. */
export function panelsFor(count: number, preset: VideoPreset): Panel[] {
  const { width, height } = preset;
  if (count === 1) return [{ place: { x: 0, y: 0, width, height }, ...ALONE }];
  if (height / width < 1.5) {
    const half = even((width - SEAM_PX) / 2);
    const place = { x: 0, y: 0, width: half, height };
    return [
      { place, ...BESIDE },
      { place: { ...place, x: width - half }, ...BESIDE },
    ];
  }
  // Both faces stand above the captions, which run over the ground below.
  const { captions } = frameGeometry(preset);
  const each = even((captions.y - SEAM_PX) / 2);
  return [
    { place: { x: 0, y: 0, width, height: each }, faceY: 0.56, air: 1.15 },
    { place: { x: 0, y: each + SEAM_PX, width, height: each }, faceY: 0.5, air: 1.15 },
  ];
}

/**
 * The part of a picture that fills a panel: as small as the box with its air, as large as the picture allows, in the
 * panel's shape, with the box's face where faces stand in that panel. In shares of the picture.
 */
export function partFor(
  box: PictureBox,
  { place, faceY, air }: Panel,
  aspect: number,
): Omit<PictureBox, 'speaker' | 'look'> {
  const shape = place.width / place.height / aspect;
  const largest = { width: Math.min(1, shape), height: Math.min(1, 1 / shape) };
  const neededHeight = Math.max(box.height * air, (box.width * air) / shape);
  const height = Math.min(largest.height, neededHeight);
  const width = Math.min(largest.width, height * shape);
  const middleX = box.x + box.width / 2;
  const faceAt = box.y + box.height * FACE_IN_BOX;
  return {
    x: clamp(middleX - width / 2, 0, 1 - width),
    y: clamp(faceAt - height * faceY, 0, 1 - height),
    width,
    height,
  };
}

function rangeChains(range: TrackedRange, index: number, preset: VideoPreset): string[] {
  const steps = stepsInFrames(range, preset);
  const exactly = `${exactFrames(range)}[p${index}]`;
  const [only] = steps;
  if (only === undefined) throw new RangeError('a crop track without a step');
  if (steps.length === 1) {
    const label = `${index}x0`;
    return [
      `[r${index}]null[i${label}]`,
      ...stepChains(label, only.step, range, preset),
      `[o${label}]${exactly}`,
    ];
  }
  const labels = steps.map((_, step) => `${index}x${step}`);
  return [
    `[r${index}]split=${steps.length}${labels.map((label) => `[t${label}]`).join('')}`,
    ...steps.flatMap(({ step, startFrame, endFrame }, at) => {
      const label = labels[at] ?? '';
      const end = endFrame === undefined ? '' : `:end_frame=${endFrame}`;
      return [
        `[t${label}]trim=start_frame=${startFrame}${end},setpts=PTS-STARTPTS[i${label}]`,
        ...stepChains(label, step, range, preset),
      ];
    }),
    `${labels.map((label) => `[o${label}]`).join('')}concat=n=${steps.length}:v=1:a=0,${exactly}`,
  ];
}

interface FramedStep {
  readonly step: CropStep;
  readonly startFrame: number;
  /** Exclusive; undefined for the last step, which lasts as long as the range. */
  readonly endFrame: number | undefined;
}

/** The steps of a range's track by its frames; one that would not last a frame is left out. */
function stepsInFrames({ track, frames }: TrackedRange, { framesPerSecond }: VideoPreset): FramedStep[] {
  const startOf = (step: CropStep) => Math.min(frames - 1, Math.round(step.fromS * framesPerSecond));
  return track.flatMap((step, at) => {
    const next = track[at + 1];
    const startFrame = startOf(step);
    const endFrame = next === undefined ? undefined : startOf(next);
    return endFrame !== undefined && endFrame <= startFrame ? [] : [{ step, startFrame, endFrame }];
  });
}

/** One step of the track: from [i…] to [o…]. */
function stepChains(label: string, step: CropStep, picture: ShapedRange, preset: VideoPreset): string[] {
  const panels = panelsFor(step.boxes.length, preset);
  const shown = step.boxes.map((box, index) => {
    const panel = panels[index];
    if (panel === undefined) throw new RangeError(`no room for ${step.boxes.length} people`);
    return { panel, filters: panelFilters(box, panel, picture) };
  });
  const [first, second] = shown;
  if (first === undefined) throw new RangeError('a step of a crop track shows nobody');
  if (second === undefined) return [`[i${label}]${first.filters}[o${label}]`];
  const { place } = second.panel;
  const isBeside = place.x > 0;
  // The seam is a border of the first picture.
  const seam = `pad=${isBeside ? place.x : place.width}:${isBeside ? place.height : place.y}:0:0:0x101114`;
  const groundPx = preset.height - bottomOf(place);
  const ground = { width: preset.width, height: groundPx };
  const hasGround = groundPx > 0;
  return [
    `[i${label}]split=${hasGround ? 3 : 2}[a${label}][b${label}]${hasGround ? `[g${label}]` : ''}`,
    `[a${label}]${first.filters},${seam}[c${label}]`,
    `[b${label}]${second.filters}[d${label}]`,
    ...(hasGround ? [`[g${label}]${backdrop(ground, picture)}[e${label}]`] : []),
    `[c${label}][d${label}]${hasGround ? `[e${label}]` : ''}${isBeside ? 'hstack' : 'vstack'}=inputs=${hasGround ? 3 : 2}[o${label}]`,
  ];
}

function panelFilters(box: PictureBox, panel: Panel, picture: ShapedRange & SourcePicture): string {
  const part = partFor(box, panel, picture.aspect);
  const of = (side: 'iw' | 'ih', value: number) => `${side}*${value.toFixed(6)}`;
  const crop = `crop=${of('iw', part.width)}:${of('ih', part.height)}:${of('iw', part.x)}:${of('ih', part.y)}`;
  return `${crop},${scaledTo(panel.place, picture)}`;
}
