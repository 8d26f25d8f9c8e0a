import type { VideoPreset } from '../../../domain/preset.ts';

import { bottomOf, type Box, frameGeometry, rightOf } from '../frame.ts';

/** Where the parts of an audiogram stand. */
export interface CardLayout {
  readonly cover: Box;
  readonly showName: Box;
  readonly title: Box;
  readonly titleLines: number;
  readonly align: 'left' | 'centre';
  readonly waveform: Box;
  readonly progress: Box;
}

const WAVEFORM_PX = 116;
const PROGRESS_PX = 6;
const SHOW_NAME_PX = 44;
const TITLE_LINE_PX = 68;

/** Tall frames stack cover, title and waveform; all others set the title beside the cover. */
export const cardLayout = (preset: VideoPreset): CardLayout =>
  preset.height / preset.width >= 1.5 ? stacked(preset) : sideBySide(preset);

function stacked(preset: VideoPreset): CardLayout {
  const { text, captions } = frameGeometry(preset);
  const titleLines = 2;
  const below = 38 + SHOW_NAME_PX + 12 + titleLines * TITLE_LINE_PX + 36 + WAVEFORM_PX + 30;
  const coverPx = Math.min(text.width, captions.y - text.y - below);
  const cover = { x: text.x + (text.width - coverPx) / 2, y: text.y, width: coverPx, height: coverPx };
  const showName = { ...text, y: bottomOf(cover) + 38, height: SHOW_NAME_PX };
  const title = { ...text, y: bottomOf(showName) + 12, height: titleLines * TITLE_LINE_PX };
  const waveform = { ...text, y: bottomOf(title) + 36, height: WAVEFORM_PX };
  return { cover, showName, title, titleLines, align: 'centre', waveform, progress: progressLine(preset) };
}

function sideBySide(preset: VideoPreset): CardLayout {
  const { text, captions } = frameGeometry(preset);
  const roomPx = captions.y - text.y - WAVEFORM_PX - 40 - 24;
  const coverPx = Math.floor(Math.min(roomPx, text.width * 0.44));
  const top = text.y + Math.max(0, (roomPx - coverPx) / 2);
  const cover = { x: text.x, y: top, width: coverPx, height: coverPx };
  const columnX = rightOf(cover) + 48;
  const column = { x: columnX, width: rightOf(text) - columnX };
  const titleLines = 4;
  const blockPx = SHOW_NAME_PX + 10 + titleLines * TITLE_LINE_PX;
  const showName = { ...column, y: top + Math.max(0, (coverPx - blockPx) / 2), height: SHOW_NAME_PX };
  const title = { ...column, y: bottomOf(showName) + 10, height: titleLines * TITLE_LINE_PX };
  const waveform = { ...text, y: captions.y - 24 - WAVEFORM_PX, height: WAVEFORM_PX };
  return { cover, showName, title, titleLines, align: 'left', waveform, progress: progressLine(preset) };
}

function progressLine(preset: VideoPreset): Box {
  const { text } = frameGeometry(preset);
  return { ...text, y: bottomOf(text) - PROGRESS_PX, height: PROGRESS_PX };
}
