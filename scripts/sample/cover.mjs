/**
 * Draws resources/sample/cover.png (1400 x 1400) from cover.html.
 *
 * Needs Chromium (CHROMIUM_PATH, or `chromium` on the PATH), ffmpeg, and the variable typeface Inter as WOFF2,
 * which has an open licence and is not kept here:
 *   node scripts/sample/cover.mjs path/to/inter.woff2
 */

import { copyFile, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { run } from './run.mjs';

const SIZE_PX = 1400;
const [typeface] = process.argv.slice(2);
if (!typeface)
  throw new Error('Say where the typeface is: node scripts/sample/cover.mjs path/to/inter.woff2');

const folder = await mkdtemp(join(tmpdir(), 'cover-'));
try {
  await copyFile(fileURLToPath(new URL('cover.html', import.meta.url)), join(folder, 'cover.html'));
  await copyFile(typeface, join(folder, 'cover-sans.woff2'));
  const photograph = await photographPage(folder);
  await shrinkPalette(
    photograph,
    fileURLToPath(new URL('../../resources/sample/cover.png', import.meta.url)),
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function photographPage(inFolder) {
  const photograph = join(inFolder, 'photograph.png');
  await run(process.env.CHROMIUM_PATH ?? 'chromium', [
    ...['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars'],
    ...[`--user-data-dir=${join(inFolder, 'profile')}`, '--virtual-time-budget=2000'],
    ...[`--window-size=${SIZE_PX},${SIZE_PX}`, `--screenshot=${photograph}`],
    pathToFileURL(join(inFolder, 'cover.html')).href,
  ]);
  return photograph;
}

/** Four flat colours and the steps between them fit a palette, which makes the file several times smaller. */
async function shrinkPalette(from, to) {
  await run('ffmpeg', [
    ...['-hide_banner', '-loglevel', 'error', '-y', '-i', from],
    ...[
      '-vf',
      'format=rgb24,split[a][b];[a]palettegen=reserve_transparent=0[p];[b][p]paletteuse=dither=none',
    ],
    ...[
      '-fflags',
      '+bitexact',
      '-pred',
      'mixed',
      '-f',
      'image2',
      '-update',
      '1',
      '-c:v',
      'png',
      `${to}.partial`,
    ],
  ]);
  await rename(`${to}.partial`, to);
}
