import { z } from 'zod';

export const PRESET_IDS = [
  'tiktok',
  'reels',
  'shorts',
  'x',
  'x-wide',
  'linkedin',
  'square',
  'wide',
  'audio',
  'audio-mp3',
] as const;
export const PresetId = z.enum(PRESET_IDS);
export type PresetId = z.infer<typeof PresetId>;

/** Pixels at each edge that a platform's own buttons and captions may cover. */
export interface SafeArea {
  readonly topPx: number;
  readonly bottomPx: number;
  readonly leftPx: number;
  readonly rightPx: number;
}

export interface Loudness {
  readonly integratedLufs: number;
  /** What the limiter is asked for. */
  readonly truePeakDbtp: number;
  /** What the encoded file may reach; AAC and MP3 overshoot the limiter. */
  readonly truePeakLimitDbtp: number;
}

export interface VideoPreset {
  readonly kind: 'video';
  readonly id: PresetId;
  readonly platform: string;
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: 30;
  /** What is suggested, and what the platform refuses beyond. */
  readonly defaultLongestS: number;
  readonly hardLongestS: number;
  /** The largest file that it takes; null where that is far beyond any clip. */
  readonly hardLargestBytes: number | null;
  /** Music of others may be heard this long before a platform takes the clip down; null where it does not. */
  readonly longestMusicS: number | null;
  readonly loudness: Loudness;
  readonly safeArea: SafeArea;
}

export interface AudioPreset {
  readonly kind: 'audio';
  readonly id: PresetId;
  readonly platform: string;
  readonly container: 'm4a' | 'mp3';
  readonly stereoLoudness: Loudness;
  /** A mono voice sounds as loud as stereo when it measures 3 dB lower. */
  readonly monoLoudness: Loudness;
}

export type Preset = VideoPreset | AudioPreset;

const MB = 1_000_000;
const GB = 1_000_000_000;

const social: Loudness = { integratedLufs: -14, truePeakDbtp: -2, truePeakLimitDbtp: -1 };

/** The box that TikTok, Reels and Shorts all leave free on 1080x1920. */
const vertical: SafeArea = { topPx: 270, bottomPx: 480, leftPx: 65, rightPx: 180 };

const inset = (width: number, height: number): SafeArea => ({
  topPx: Math.round(height * 0.08),
  bottomPx: Math.round(height * 0.08),
  leftPx: Math.round(width * 0.05),
  rightPx: Math.round(width * 0.05),
});

function video(
  id: PresetId,
  platform: string,
  [width, height]: readonly [number, number],
  [defaultLongestS, hardLongestS, hardLargestBytes]: readonly [number, number, number?],
  safeArea: SafeArea = inset(width, height),
): VideoPreset {
  return {
    kind: 'video',
    id,
    platform,
    width,
    height,
    framesPerSecond: 30,
    defaultLongestS,
    hardLongestS,
    hardLargestBytes: hardLargestBytes ?? null,
    longestMusicS: id === 'shorts' ? 60 : null,
    loudness: social,
    safeArea,
  };
}

const podcast = (integratedLufs: number): Loudness => ({
  integratedLufs,
  truePeakDbtp: -1.5,
  truePeakLimitDbtp: -1,
});
const audio = (id: PresetId, container: 'm4a' | 'mp3'): AudioPreset => ({
  kind: 'audio',
  id,
  platform: 'Podcast audio',
  container,
  stereoLoudness: podcast(-16),
  monoLoudness: podcast(-19),
});

export const PRESETS: Readonly<Record<PresetId, Preset>> = {
  tiktok: video('tiktok', 'TikTok', [1080, 1920], [60, 600, GB], vertical),
  reels: video('reels', 'Instagram Reels', [1080, 1920], [60, 180, GB], vertical),
  shorts: video('shorts', 'YouTube Shorts', [1080, 1920], [60, 180], vertical),
  x: video('x', 'X', [1080, 1080], [140, 140, 512 * MB]),
  'x-wide': video('x-wide', 'X', [1920, 1080], [140, 140, 512 * MB]),
  linkedin: video('linkedin', 'LinkedIn', [1080, 1350], [600, 600, 5 * GB]),
  square: video('square', 'Square', [1080, 1080], [180, 180]),
  wide: video('wide', 'Wide', [1920, 1080], [180, 180]),
  audio: audio('audio', 'm4a'),
  'audio-mp3': audio('audio-mp3', 'mp3'),
};
