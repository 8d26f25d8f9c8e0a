import { AppError } from '../../domain/errors.ts';
import { PRESETS, type PresetId } from '../../domain/preset.ts';
import { leastFreeBytes, roomFor } from '../storage/leastFree.ts';
import type { EngineContext } from './context.ts';

/** The copy for recognition is 16 kHz of 16 bit, the curve of levels a float every 10 ms. */
const ANALYSIS_BYTES_PER_S = 32_000 + 400;

/** While a clip is rendered its sound lies uncompressed beside it: 48 kHz, two channels, 32 bit. */
const RENDERING_BYTES_PER_S = 384_000;

/** A 1080x1920 picture at crf 20 was measured at 0.97 MB a second; what this library has made itself says it better. */
const PICTURE_BYTES_PER_PIXEL_S = 970_000 / (1080 * 1920);

/** 160 kbit a second. */
const SOUND_BYTES_PER_S = 20_000;

/** Where work will write, and how much. */
export interface Forecast {
  readonly folder: string;
  readonly bytes: number;
}

/** What listening to a recording of this length writes. */
export const forecastAnalysis = (engine: EngineContext, durationS: number): Forecast[] => [
  { folder: engine.paths.analysis, bytes: Math.round(durationS * ANALYSIS_BYTES_PER_S) },
];

/** What an export writes into its folder, and into the library while it works. */
export function forecastExport(
  engine: EngineContext,
  order: { readonly preset: PresetId; readonly folder: string; readonly durationS: number },
): Forecast[] {
  const { preset, folder, durationS } = order;
  const perS = engine.exports.bytesPerS(preset) ?? usualBytesPerS(preset);
  return [
    { folder, bytes: Math.round(durationS * perS) },
    { folder: engine.paths.work, bytes: Math.round(durationS * RENDERING_BYTES_PER_S) },
  ];
}

function usualBytesPerS(preset: PresetId): number {
  const shape = PRESETS[preset];
  const pixels = shape.kind === 'video' ? shape.width * shape.height : 0;
  return pixels * PICTURE_BYTES_PER_PIXEL_S + SOUND_BYTES_PER_S;
}

/**
 * Throws DISK_LOW where a quarter more than the forecast does not fit beside what has to stay free; what waits for room
 * costs a job no attempt.
 */
export async function assertRoom(engine: EngineContext, forecasts: readonly Forecast[]): Promise<void> {
  for (const { folder, bytes } of forecasts) {
    const space = await engine.storage.readSpace(folder);
    const neededBytes = roomFor(bytes, leastFreeBytes(space, engine.storage.limits().leastFreeGb));
    if (space.freeBytes < neededBytes)
      throw new AppError(
        'DISK_LOW',
        `${folder}: ${Math.ceil(neededBytes / 1e6)} MB have to be free, ${Math.floor(space.freeBytes / 1e6)} MB are`,
      );
  }
}
