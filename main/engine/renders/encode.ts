import type { AudioPreset, Preset, VideoPreset } from '../../domain/preset.ts';
import type { Recipe } from '../../domain/recipe.ts';
import type { TimeRange } from '../../domain/time.ts';
import { type FfmpegCommand, runFfmpeg, type RunOptions } from '../media/ffmpeg.ts';
import { fileUrl, ownInput } from '../media/inputs.ts';
import type { MediaTools } from '../media/tools.ts';
import type { Picture } from './layouts/picture.ts';
import { loudnessFilter, type LoudnessPlan } from './loudness.ts';
import { SAMPLE_RATE_HZ } from './soundFile.ts';
import { encoderOptions } from './videoEncoders.ts';

/** What goes into one encoded file. */
export interface EncodeOrder {
  readonly recipe: Recipe;
  readonly preset: Preset;
  readonly wavPath: string;
  readonly channels: 1 | 2;
  readonly loudness: LoudnessPlan;
  /** Undefined for sound alone. */
  readonly picture?: Picture | undefined;
  /** The script of everything that is drawn over the picture, in the work folder. */
  readonly scriptFile: string;
  readonly durationS: number;
  readonly targetPath: string;
}

/** The same order gives the same bytes: nothing of the clock, the encoder's name or the source's tags gets in. */
const REPRODUCIBLE = ['-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact'];

const BT709 = [
  ...['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
];

export async function encode(tools: MediaTools, order: EncodeOrder, run: RunOptions): Promise<void> {
  await runFfmpeg(tools, encodeCommand(order), { ...run, expectedS: order.durationS });
}

export function encodeCommand(order: EncodeOrder): FfmpegCommand {
  const sound = `[0:a]${soundFilters(order).join(',')}[sound]`;
  const wav = ownInput(order.wavPath, 'wav');
  const { preset, picture } = order;
  switch (preset.kind) {
    case 'audio':
      return {
        inputs: [wav],
        filterGraph: sound,
        outputs: [{ target: fileUrl(order.targetPath), options: soundFile(preset, order) }],
      };
    case 'video':
      return {
        inputs: [wav, ...(picture?.inputs ?? [])],
        filterGraph: [
          sound,
          ...(picture?.chains ?? []),
          `[picture]ass=${order.scriptFile}:fontsdir=fonts,format=yuv420p[shown]`,
        ].join(';'),
        outputs: [{ target: fileUrl(order.targetPath), options: movieFile(preset, order) }],
      };
  }
}

/** LAME turns its input down to 0.95 of itself at this bit rate; turned up as much, it comes out as loud as planned. */
const LAME_SCALE = 0.95;

const soundFilters = ({ loudness, preset }: EncodeOrder): string[] => [
  ...loudnessFilter(loudness),
  ...(preset.kind === 'audio' && preset.container === 'mp3' ? [`volume=${(1 / LAME_SCALE).toFixed(4)}`] : []),
  `aresample=${SAMPLE_RATE_HZ}`,
];

const movieFile = (preset: VideoPreset, order: EncodeOrder): string[] => [
  ...['-map', '[shown]', '-map', '[sound]', '-sn', '-dn'],
  ...encoderOptions(order.recipe.encoder ?? 'libx264'),
  ...BT709,
  ...['-r', String(preset.framesPerSecond), '-threads', String(order.recipe.threads)],
  ...aac(order),
  ...tags(order),
  ...['-movflags', '+faststart', '-f', 'mp4'],
];

const soundFile = (preset: AudioPreset, order: EncodeOrder): string[] => {
  const common = ['-map', '[sound]', '-vn', '-sn', '-dn'];
  switch (preset.container) {
    case 'm4a':
      return [...common, ...aac(order), ...tags(order), '-movflags', '+faststart', '-f', 'ipod'];
    case 'mp3':
      return [
        ...common,
        ...['-c:a', 'libmp3lame', '-b:a', '160k', ...soundFormat(order)],
        ...tags(order),
        ...['-f', 'mp3'],
      ];
  }
};

const soundFormat = ({ channels }: EncodeOrder): string[] => [
  ...['-ar', String(SAMPLE_RATE_HZ), '-ac', String(channels)],
];

const aac = (order: EncodeOrder): string[] => [
  ...['-c:a', 'aac', '-profile:a', 'aac_low', '-b:a', '160k', ...soundFormat(order)],
];

/** The names are those of MP4's and ID3's own fields; episode_id is what players show as the episode. */
const tags = ({ recipe }: EncodeOrder): string[] => [
  ...['-map_metadata', '-1', '-map_chapters', '-1', ...REPRODUCIBLE],
  ...tag('title', recipe.title),
  ...tag('artist', recipe.showName),
  ...tag('show', recipe.showName),
  ...tag('album', recipe.episode.title),
  ...tag('episode_id', recipe.episode.title),
  ...tag('date', recipe.episode.date),
  ...tag('comment', `in and out: ${recipe.ranges.map(inAndOut).join('; ')}`),
];

const inAndOut = ({ fromS, toS }: TimeRange): string => `${fromS.toFixed(3)} s to ${toS.toFixed(3)} s`;

/** Tags hold one line each; longer ones than anybody reads are cut. */
const LONGEST_TAG = 1000;
const tag = (name: string, text: string): string[] => {
  const line = Array.from(
    text
      .toWellFormed()
      .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
      .trim(),
  ).slice(0, LONGEST_TAG);
  return line.length === 0 ? [] : ['-metadata', `${name}=${line.join('')}`];
};
