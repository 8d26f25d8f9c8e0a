import { expect } from 'vitest';
import type { ClipInJson, ExportInJson } from './clipDocument.ts';
import { isSpokenAt, spokenMomentNear, type SubtitleCue } from './cues.ts';
import { frameDistancesMs, loudnessOf, probeFile } from './measure.ts';
import {
  changes,
  cropped,
  isInside,
  letterEdges,
  outlinedLetters,
  pictureAt,
  type Picture,
  type PixelBox,
} from './pixels.ts';

const WIDTH = 1080;
const HEIGHT = 1920;
/** What TikTok, Reels and Shorts leave free: top 270, bottom 480, left 65, right 180 px. */
export const SAFE_BOX: PixelBox = { left: 65, top: 270, right: WIDTH - 181, bottom: HEIGHT - 481 };
/** The foot of the safe box, without the line of the progress at its very end. */
const CAPTION_ZONE: PixelBox = { ...SAFE_BOX, top: 1112, bottom: 1424 };

/** Holds an export to what every vertical video has to be: container, codecs, frame rate, length, loudness. */
export async function expectVerticalVideo(file: ExportInJson, clip: ClipInJson): Promise<void> {
  const { video, audio, durationS } = await probeFile(file.path);
  expect(video).toMatchObject({
    codec_name: 'h264',
    profile: 'High',
    width: WIDTH,
    height: HEIGHT,
    pix_fmt: 'yuv420p',
    r_frame_rate: '30/1',
    avg_frame_rate: '30/1',
  });
  expect(audio).toMatchObject({ codec_name: 'aac', sample_rate: '48000', channels: 2 });
  expect(file).toMatchObject({ width: WIDTH, height: HEIGHT });
  const distancesMs = await frameDistancesMs(file.path);
  expect(distancesMs).toEqual([expect.closeTo(1000 / 30, 2)]);
  expect(Math.abs(durationS - clip.durationS)).toBeLessThanOrEqual(0.2);
  expect(Math.abs(durationS - file.durationS)).toBeLessThanOrEqual(0.05);
  await expectLoudness(file, -14);
}

/** Within 0.5 LU of the target, and no true peak above -1 dBTP; the proof sheet says the same. */
export async function expectLoudness(file: ExportInJson, targetLufs: number): Promise<void> {
  const { integratedLufs, truePeakDbtp } = await loudnessOf(file.path);
  expect(Math.abs(integratedLufs - targetLufs)).toBeLessThanOrEqual(0.5);
  expect(truePeakDbtp).toBeLessThanOrEqual(-1);
  expect(Math.abs(file.integratedLufs - integratedLufs)).toBeLessThanOrEqual(0.2);
  expect(Math.abs(file.truePeakDbtp - truePeakDbtp)).toBeLessThanOrEqual(0.2);
}

/** Three moments, at about 20, 50 and 80 % of a clip, at which somebody speaks; in seconds of the clip. */
export function spokenMoments(clip: ClipInJson, cues: readonly SubtitleCue[]): number[] {
  const inside = cues.filter((cue) => cue.fromS >= clip.inS && cue.toS <= clip.outS);
  return [0.2, 0.5, 0.8].map((share) => {
    const atS = spokenMomentNear(inside, clip.inS + share * clip.durationS) - clip.inS;
    expect(atS).toBeLessThan(clip.durationS);
    return atS;
  });
}

export const frameOf = (file: ExportInJson, atS: number): Promise<Picture> =>
  pictureAt(file.path, atS, WIDTH, HEIGHT);

/** True when every letter edge of a picture lies in the safe box. */
export function keepsLettersSafe(picture: Picture): boolean {
  const { box } = letterEdges(picture);
  return box !== undefined && isInside(box, SAFE_BOX);
}

/** How much lettering stands where the captions belong. */
export function captionsIn(picture: Picture): { edges: number; outlined: number } {
  const zone = cropped(picture, CAPTION_ZONE);
  return { edges: letterEdges(zone).count, outlined: outlinedLetters(zone).count };
}

/** Two or three large words have some thousands of edge pixels; an empty zone has none. */
const FEWEST_EDGES = 800;
const FEWEST_OUTLINED = 800;

/** Captions are there at 20, 50 and 80 %, white with a dark outline, and nothing of them leaves the safe box. */
export async function expectCaptions(
  file: ExportInJson,
  clip: ClipInJson,
  cues: readonly SubtitleCue[],
): Promise<void> {
  let outlined = 0;
  for (const atS of spokenMoments(clip, cues)) {
    const picture = await frameOf(file, atS);
    const captions = captionsIn(picture);
    expect(captions.edges, `captions at ${atS.toFixed(2)} s`).toBeGreaterThan(FEWEST_EDGES);
    expect(keepsLettersSafe(picture), `letters inside the safe box at ${atS.toFixed(2)} s`).toBe(true);
    outlined += captions.outlined;
  }
  // The word that is being spoken is dark on a colour, so a picture of a single word has no white letters.
  expect(outlined).toBeGreaterThan(FEWEST_OUTLINED);
}

/** A card stands still but for waveform, captions and progress: all that moves lies in the safe box. */
export async function expectMovementInSafeBox(
  file: ExportInJson,
  clip: ClipInJson,
  cues: readonly SubtitleCue[],
): Promise<void> {
  for (const atS of spokenMoments(clip, cues)) {
    const { count, box } = changes(await frameOf(file, atS), await frameOf(file, atS + 0.3));
    expect(count).toBeGreaterThan(0);
    expect(box !== undefined && isInside(box, SAFE_BOX), `movement ${JSON.stringify(box)}`).toBe(true);
  }
}

/** In point and out point keep to the pauses around whole sentences of the subtitle file. */
export function expectWholeSentences(clip: ClipInJson, cues: readonly SubtitleCue[]): void {
  const roundingS = 0.001;
  const inside = cues.filter((cue) => cue.toS > clip.inS + roundingS && cue.fromS < clip.outS - roundingS);
  const first = inside[0];
  const last = inside.at(-1);
  if (first === undefined || last === undefined) throw new Error('the clip holds no sentence');
  const before = cues[cues.indexOf(first) - 1]?.toS ?? 0;
  const after = cues[cues.indexOf(last) + 1]?.fromS ?? Infinity;
  expect(clip.inS).toBeGreaterThanOrEqual(Math.max(before, first.fromS - 0.25) - roundingS);
  expect(clip.inS).toBeLessThanOrEqual(first.fromS + roundingS);
  expect(clip.outS).toBeGreaterThanOrEqual(last.toS - roundingS);
  expect(clip.outS).toBeLessThanOrEqual(Math.min(after, last.toS + 0.6) + roundingS);
}

/** The parts add up to the score, and what they quote is said in the clip where they say it is. */
export function expectAuditableScore(clip: ClipInJson, cues: readonly SubtitleCue[]): void {
  const sum = clip.parts.reduce((points, part) => points + part.points, 0);
  expect(clip.score).toBeCloseTo(Math.min(100, Math.max(0, sum)), 6);
  const evidence = clip.parts.flatMap((part) => part.because);
  expect(evidence.length).toBeGreaterThan(0);
  const unspoken = evidence.filter(
    ({ text, fromS, toS }) =>
      fromS < clip.inS - 0.001 || toS > clip.outS + 0.001 || toS <= fromS || !isSpokenAt(cues, text, fromS),
  );
  expect(unspoken).toEqual([]);
}
