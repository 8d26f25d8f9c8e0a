import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type FfmpegInput, runFfmpeg } from '../media/ffmpeg.ts';
import { fileUrl, ownInput } from '../media/inputs.ts';
import type { MediaTools } from '../media/tools.ts';
import type { Measuring } from './loudness.ts';

/** Where in a clip a poster may be taken, as shares of its length. */
const MOMENTS = [0.2, 0.5, 0.8] as const;
/** Small enough to judge three pictures in no time, large enough that blur shows. */
const JUDGED = { width: 216, height: 216 } as const;
const JUDGED_FILE = 'poster.gray';

/** Writes the sharpest of three frames of a finished video as a PNG. */
export async function writePoster(
  tools: MediaTools,
  video: { readonly path: string; readonly durationS: number },
  posterPath: string,
  run: Measuring,
): Promise<void> {
  const inputs = MOMENTS.map((share) => inputAt(video, share));
  const judged = join(run.cwd, JUDGED_FILE);
  const small = (_: unknown, index: number): string =>
    `[${index}:v]trim=end_frame=1,scale=${JUDGED.width}:${JUDGED.height}:flags=area,format=gray,setpts=N/30/TB[j${index}]`;
  const joined = `${MOMENTS.map((_, index) => `[j${index}]`).join('')}concat=n=${MOMENTS.length}:v=1:a=0[judged]`;
  await runFfmpeg(
    tools,
    {
      inputs,
      filterGraph: [...MOMENTS.map(small), joined].join(';'),
      outputs: [{ target: fileUrl(judged), options: ['-map', '[judged]', '-f', 'rawvideo'] }],
    },
    run,
  );
  const best = sharpestOf(await readFile(judged));
  await rm(judged, { force: true });
  await runFfmpeg(
    tools,
    {
      inputs: inputs.slice(best, best + 1),
      filterGraph: '[0:v]trim=end_frame=1,setpts=PTS-STARTPTS,format=rgb24[poster]',
      outputs: [
        {
          target: fileUrl(posterPath),
          // The pipe's muxer, because image2 takes a percent sign in a folder's name for a pattern.
          options: [
            '-map',
            '[poster]',
            '-frames:v',
            '1',
            '-c:v',
            'png',
            '-fflags',
            '+bitexact',
            '-f',
            'image2pipe',
          ],
        },
      ],
    },
    run,
  );
}

/** From this length on the three moments lie in three groups of pictures, of 250 frames each. */
const LONG_S = 18;

/** The moment itself in a short clip; in a long one the key frame before it, which needs no other frame decoded. */
function inputAt(
  { path, durationS }: { readonly path: string; readonly durationS: number },
  share: number,
): FfmpegInput {
  const own = ownInput(path, 'mp4');
  const seek = ['-ss', (durationS * share).toFixed(6), ...(durationS >= LONG_S ? ['-noaccurate_seek'] : [])];
  return { ...own, options: [...own.options, ...seek] };
}

/** The place of the picture whose neighbouring pixels differ most (energy of the Laplacian). */
export function sharpestOf(pictures: Uint8Array): number {
  const size = JUDGED.width * JUDGED.height;
  const energies = MOMENTS.map((_, index) =>
    laplacianEnergy(pictures.subarray(index * size, (index + 1) * size)),
  );
  return energies.indexOf(Math.max(...energies));
}

function laplacianEnergy(gray: Uint8Array): number {
  let energy = 0;
  for (let at = JUDGED.width; at < gray.length - JUDGED.width; at += 1) {
    const column = at % JUDGED.width;
    if (column === 0 || column === JUDGED.width - 1) continue;
    const around =
      (gray[at - 1] ?? 0) +
      (gray[at + 1] ?? 0) +
      (gray[at - JUDGED.width] ?? 0) +
      (gray[at + JUDGED.width] ?? 0);
    energy += (4 * (gray[at] ?? 0) - around) ** 2;
  }
  return energy;
}
