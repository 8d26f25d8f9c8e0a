import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { findTools } from '../../main/engine/media/tools.ts';
import { root, samplePath, sampleTranscriptPath } from './cli.ts';
import { cuesWithin, readVtt, writeSrt, type SubtitleCue } from './cues.ts';

/** The npm build is the same everywhere, so the sources made with it are as well. */
const bundled = await findTools({ PATH: '' });
const sampleCues = readVtt(readFileSync(sampleTranscriptPath, 'utf8'));

/** The environment in which Soundbite finds one build of ffmpeg and no other. */
export const FFMPEG_BUILDS = {
  npm: { FFMPEG_PATH: bundled.ffmpeg, FFPROBE_PATH: bundled.ffprobe },
  system: { PATH: [join(root, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter) },
} as const;
export type FfmpegBuild = keyof typeof FFMPEG_BUILDS;

export const hasSystemFfmpeg = (await findTools()).origin !== 'bundled';

/** A stretch of the sample episode, spoken by real (synthetic) voices, with the sentences that lie wholly inside it. */
export interface Excerpt {
  readonly fromS: number;
  readonly toS: number;
  readonly cues: readonly SubtitleCue[];
}

export const excerpt = (fromS: number, toS: number): Excerpt => ({
  fromS,
  toS,
  cues: cuesWithin(sampleCues, fromS, toS),
});

const ffmpeg = (args: readonly string[]) =>
  execa(bundled.ffmpeg, ['-nostdin', '-v', 'error', ...args], { stdin: 'ignore' });

const voices = ({ fromS, toS }: Excerpt): string[] => [
  ...['-ss', fromS.toFixed(3), '-t', (toS - fromS).toFixed(3)],
  ...['-i', samplePath],
];

/** Blurred pictures that move but stay between dark and light grey, so that only lettering has hard edges. */
const softPictures = (size: string, rate: number, durationS: number): string =>
  `testsrc2=s=320x180:r=${rate}:d=${durationS.toFixed(3)},format=yuv420p,lutyuv=y=val*0.3+90,` +
  `scale=${size}:flags=fast_bilinear`;

const besides = (mediaPath: string): string => mediaPath.replace(/\.\w+$/, '.srt');

const writeSubtitles = (mediaPath: string, { cues }: Excerpt): Promise<void> =>
  writeFile(besides(mediaPath), writeSrt(cues));

const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

/** Sound alone, in a channel layout of ffmpeg's naming, with an SRT of the same name beside it. */
export async function makeSound(path: string, part: Excerpt, channels: 'mono' | '5.1'): Promise<void> {
  const layout =
    channels === 'mono' ? ['-ac', '1', '-ar', '22050'] : ['-af', 'pan=5.1|FC=c0|FL=0.1*c0|FR=0.1*c0'];
  await ffmpeg([...voices(part), '-map', '0:a', ...layout, '-c:a', 'aac', path]);
  await writeSubtitles(path, part);
}

/** A video with moving pictures of constant rate, with an SRT of the same name beside it. */
export async function makeVideo(path: string, part: Excerpt, size: string, rate: number): Promise<void> {
  const pictures = softPictures(size, rate, part.toS - part.fromS);
  await ffmpeg([
    ...['-f', 'lavfi', '-i', pictures, ...voices(part)],
    ...['-map', '0:v', '-map', '1:a', ...H264, '-c:a', 'aac', '-shortest', path],
  ]);
  await writeSubtitles(path, part);
}

/** A video whose pictures come at 30 a second for two seconds and at 10 for the next two, over and over. */
export async function makeVariableRateVideo(path: string, part: Excerpt): Promise<void> {
  const pictures = `${softPictures('640x360', 30, part.toS - part.fromS)},select=lt(mod(t\\,4)\\,2)+not(mod(n\\,3))`;
  await ffmpeg([
    ...['-f', 'lavfi', '-i', pictures, ...voices(part)],
    ...['-map', '0:v', '-map', '1:a', '-vsync', 'vfr', ...H264, '-c:a', 'aac', '-shortest', path],
  ]);
  await writeSubtitles(path, part);
}

/** A picture stored lying, green on its left and violet on its right, with a note to turn it so that violet is on top. */
export async function makeTurnedVideo(path: string, part: Excerpt): Promise<void> {
  const durationS = (part.toS - part.fromS).toFixed(3);
  const half = (colour: string): string[] => [
    '-f',
    'lavfi',
    '-i',
    `color=${colour}:s=320x360:r=30:d=${durationS}`,
  ];
  const lying = path.replace(/\.mp4$/, '.lying.mp4');
  await ffmpeg([
    ...half('0x3c8c3c'),
    ...half('0x8c3c8c'),
    ...voices(part),
    ...['-filter_complex', '[0:v][1:v]hstack[v]', '-map', '[v]', '-map', '2:a'],
    ...[...H264, '-c:a', 'aac', '-shortest', lying],
  ]);
  await ffmpeg(['-i', lying, '-c', 'copy', '-metadata:s:v:0', 'rotate=90', path]);
  await writeSubtitles(path, part);
}
