import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { VideoPreset } from '../../../domain/preset.ts';
import type { Recipe } from '../../../domain/recipe.ts';
import { type FfmpegInput, runFfmpeg, type RunOptions } from '../../media/ffmpeg.ts';
import { fileUrl, pictureInput } from '../../media/inputs.ts';
import type { MediaTools } from '../../media/tools.ts';
import type { Box } from '../frame.ts';
import { type AssEvent, assColour, assScript } from '../text/assScript.ts';
import { filterColour } from '../text/colour.ts';
import { drawingTags, roundedBox } from '../text/drawing.ts';
import type { Typefaces } from '../text/font.ts';
import { cardLayout } from './card.ts';
import { cardGraph } from './cardGraph.ts';
import { endCardEvents } from './endCard.ts';
import { backdropEvents, cardEvents } from './cardText.ts';
import type { Picture } from './picture.ts';
import { styled } from './styled.ts';
import { waveformEvents } from './waveform.ts';

const CARD = 'card.png';
const COVER = 'cover-source';
/** Names of the demuxers for single pictures; image2, which expands patterns, is not among them. */
const PICTURE_FORMATS = 'png_pipe,jpeg_pipe,webp_pipe,bmp_pipe,gif';

/** Draws everything that stands still, once, as a picture in the work folder; returns its path. */
export async function drawCard(
  tools: MediaTools,
  plain: Recipe,
  coverPath: string | undefined,
  preset: VideoPreset,
  typefaces: Typefaces,
  run: RunOptions,
): Promise<string> {
  const { recipe, look } = styled(plain);
  const layout = cardLayout(preset);
  const cover = coverPath === undefined ? [] : [await coverInput(coverPath, run.cwd)];
  const backdrop = backdropEvents(layout, look, recipe.brand);
  const text = cardEvents(layout, recipe, look, typefaces, coverPath !== undefined);
  await Promise.all([
    writeFile(join(run.cwd, 'backdrop.ass'), assScript(preset, typefaces.titles, backdrop)),
    writeFile(join(run.cwd, 'card.ass'), assScript(preset, typefaces.titles, text)),
  ]);
  const path = join(run.cwd, CARD);
  await runFfmpeg(
    tools,
    {
      inputs: [fieldInput(recipe, preset), ...cover],
      filterGraph: cardGraph(layout, preset, { brand: recipe.brand, look }, coverPath !== undefined),
      outputs: [
        {
          target: fileUrl(path),
          options: ['-map', '[card]', '-frames:v', '1', '-c:v', 'png', '-f', 'image2'],
        },
      ],
    },
    run,
  );
  return path;
}

const fieldInput = ({ brand }: Recipe, { width, height }: VideoPreset): FfmpegInput => ({
  source: `color=c=${filterColour(brand.backgroundColour)}:s=${width}x${height}:r=1:d=1`,
  options: ['-f', 'lavfi'],
});

/** A copy of the cover under our own name: ffmpeg then goes by what is in the file, not by what its name says. */
async function coverInput(coverPath: string, cwd: string): Promise<FfmpegInput> {
  const copy = join(cwd, COVER);
  await copyFile(coverPath, copy);
  return {
    source: fileUrl(copy),
    options: [
      ...['-protocol_whitelist', 'file'],
      ...['-format_whitelist', PICTURE_FORMATS],
      ...['-max_pixels', '35389440'],
    ],
  };
}

/** The card, shown for so many frames, with the moving waveform and the progress line over it. */
export function audiogramPicture(
  plain: Recipe,
  preset: VideoPreset,
  typefaces: Typefaces,
  sound: { readonly cardPath: string; readonly levels: readonly number[]; readonly durationS: number },
  frames: number,
): Picture {
  const { recipe, look } = styled(plain);
  const layout = cardLayout(preset);
  return {
    inputs: [pictureInput(sound.cardPath, preset.framesPerSecond)],
    // Decoding the picture again for every frame costs more than encoding it; the loop filter keeps the decoded one.
    chains: [
      `[1:v]scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1,loop=${frames - 1}:1:0,setpts=N/${preset.framesPerSecond}/TB[picture]`,
    ],
    events: [
      ...waveformEvents(sound.levels, layout.waveform, sound.durationS, {
        brand: recipe.brand,
        style: look.waveform,
      }),
      progressEvent(layout.progress, sound.durationS, recipe),
      ...endCardEvents(recipe, look, preset, sound.durationS, typefaces),
    ],
  };
}

function progressEvent(box: Box, durationS: number, { brand }: Recipe): AssEvent {
  const clip = (toX: number) => `\\clip(${box.x},${box.y - 1},${toX},${box.y + box.height + 1})`;
  const clipMs = Math.round(durationS * 1000);
  return {
    layer: 6,
    fromS: 0,
    toS: durationS + 1,
    tags: `${drawingTags()}\\1c${assColour(brand.accentColour)}${clip(box.x)}\\t(0,${clipMs},${clip(box.x + box.width)})`,
    body: roundedBox(box, box.height),
  };
}
