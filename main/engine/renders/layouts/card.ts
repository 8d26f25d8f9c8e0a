import type { VideoPreset } from '../../../domain/preset.ts';

import { bottomOf, type Box, frameGeometry, rightOf } from '../frame.ts';

/** Where the parts of an audiogram stand. */
export interface CardLayout {
  readonly cover: Box;
  /** Show name and title as one block, which is centred in its height. */
  readonly heading: Box;
  readonly titleLines: number;
  /** Type sizes to try for the title, largest first. */
  readonly titleSizesPx: readonly number[];
  readonly align: 'left' | 'centre';
  readonly waveform: Box;
  readonly progress: Box;
}

const WAVEFORM_PX = 116;
const PROGRESS_PX = 6;
const GAP_PX = 36;

/** Tall frames stack cover, title and waveform; all others set the title beside the cover. */
export const cardLayout = (preset: VideoPreset): CardLayout =>
  preset.height / preset.width >= 1.5 ? stacked(preset) : sideBySide(preset);

function stacked(preset: VideoPreset): CardLayout {
  const { text, captions } = frameGeometry(preset);
  const headingPx = 196;
  const waveform = { ...text, y: captions.y - 26 - WAVEFORM_PX, height: WAVEFORM_PX };
  const heading = { ...text, y: waveform.y - GAP_PX - headingPx, height: headingPx };
  const coverPx = Math.min(text.width, heading.y - GAP_PX - text.y);
  return {
    cover: { x: text.x + (text.width - coverPx) / 2, y: text.y, width: coverPx, height: coverPx },
    heading,
    titleLines: 2,
    titleSizesPx: [58, 54, 50, 46, 42],
    align: 'centre',
    waveform,
    progress: progressLine(preset),
  };
}

function sideBySide(preset: VideoPreset): CardLayout {
  const { text, captions } = frameGeometry(preset);
  const waveform = { ...text, y: captions.y - GAP_PX - WAVEFORM_PX, height: WAVEFORM_PX };
  const roomPx = waveform.y - GAP_PX - text.y;
  const coverPx = Math.floor(Math.min(roomPx, text.width * 0.44));
  const cover = { x: text.x, y: text.y + (roomPx - coverPx) / 2, width: coverPx, height: coverPx };
  const headingX = rightOf(cover) + 48;
  return {
    cover,
    heading: { x: headingX, y: cover.y, width: rightOf(text) - headingX, height: coverPx },
    titleLines: 4,
    titleSizesPx: preset.width > preset.height ? [84, 76, 68, 60, 54, 48] : [62, 58, 54, 50, 46, 42],
    align: 'left',
    waveform,
    progress: progressLine(preset),
  };
}

function progressLine(preset: VideoPreset): Box {
  const { text } = frameGeometry(preset);
  return { ...text, y: bottomOf(text) - PROGRESS_PX, height: PROGRESS_PX };
}
