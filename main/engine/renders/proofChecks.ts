import type { ProofCheck } from '../../domain/exportedFile.ts';
import type { Loudness, Preset, VideoPreset } from '../../domain/preset.ts';
import { bottomOf, type Box, framesIn, isInside, rightOf } from './frame.ts';
import type { Inspection, InspectedStream } from './inspect.ts';
import type { CloseListening, CloselyHeard } from './proofSound.ts';
import { SAMPLE_RATE_HZ } from './soundFile.ts';
import type { LoudnessPlan, Measurement } from './loudness.ts';
import { carriesMeaning } from './text/drawable.ts';

/** What the finished file was meant to be. */
export interface Expectation {
  readonly preset: Preset;
  readonly durationS: number;
  readonly channels: 1 | 2;
  readonly target: Loudness;
  readonly loudness: LoudnessPlan;
  /** The extent of all captions, and the box they have to keep; undefined where nothing is captioned. */
  readonly captions?: { readonly box: Box; readonly safe: Box } | undefined;
  /** Where the sound is listened to sample by sample. */
  readonly close: CloseListening;
  /** Texts of the export that say a word of the bleep list; undefined where there is no list. */
  readonly unmaskedTexts?: readonly string[] | undefined;
  /** Characters that the shipped typeface cannot draw. */
  readonly missingCharacters: readonly string[];
}

/** What was measured on the decoded file. */
export interface Measured {
  readonly file: Inspection;
  readonly sound: Measurement;
  /** Share of the length for which the picture was black, or stood still. */
  readonly blackShare: number;
  readonly frozenShare: number;
  readonly close: CloselyHeard;
}

const DURATION_TOLERANCE_S = 0.2;
const LOUDNESS_TOLERANCE_LU = 0.5;
/** Beyond this a limiter is heard; it is told, and it does not hold the file back. */
const AUDIBLE_LIMITING_DB = 10;
/** Times are printed in microseconds of a clock that divides 1/30 s exactly. */
const FRAME_TIME_TOLERANCE_S = 0.000_1;
const WHOLE_LENGTH = 0.95;

/** Every promise beside what was measured; pure, so that each one can be seen to fail. */
export function proofChecks(expected: Expectation, measured: Measured): ProofCheck[] {
  const { preset } = expected;
  return [
    durationCheck(expected, measured.file),
    ...(preset.kind === 'video' ? pictureChecks(preset, expected, measured) : []),
    ...soundFormatChecks(expected, measured.file.audio),
    ...soundChecks(expected, measured),
    ...closeChecks(expected, measured.close),
    ...(preset.kind === 'video' ? captionChecks(expected) : []),
  ];
}

const equal = (
  name: string,
  value: ProofCheck['value'] | undefined,
  limit: ProofCheck['limit'],
): ProofCheck => ({
  name,
  value: value ?? null,
  limit,
  passed: value === limit,
});

const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));

function durationCheck({ durationS }: Expectation, file: Inspection): ProofCheck {
  return {
    name: 'duration',
    passed: Math.abs(file.durationS - durationS) <= DURATION_TOLERANCE_S,
    value: rounded(file.durationS, 3),
    limit: `${rounded(durationS, 3)} ± ${DURATION_TOLERANCE_S} s`,
  };
}

function pictureChecks(preset: VideoPreset, expected: Expectation, measured: Measured): ProofCheck[] {
  const { file } = measured;
  const { video } = file;
  return [
    platformCheck(preset, file),
    equal('video-codec', video?.codec_name, 'h264'),
    equal('video-profile', video?.profile, 'High'),
    equal('frame-size', sizeOf(video), `${preset.width}x${preset.height}`),
    equal('pixel-format', video?.pix_fmt, 'yuv420p'),
    equal('frame-rate', video?.r_frame_rate, `${preset.framesPerSecond}/1`),
    {
      name: 'frame-rate-constant',
      passed: isConstant(file.frameTimesS, preset.framesPerSecond),
      value: isConstant(file.frameTimesS, preset.framesPerSecond),
      limit: true,
    },
    equal('frame-count', file.frameTimesS.length, framesIn(expected.durationS, preset.framesPerSecond)),
    wholeLengthCheck('picture-not-black', measured.blackShare),
    wholeLengthCheck('picture-not-frozen', measured.frozenShare),
  ];
}

const sizeOf = (video: InspectedStream | undefined): string | undefined =>
  video?.width === undefined || video.height === undefined ? undefined : `${video.width}x${video.height}`;

const platformCheck = (preset: VideoPreset, file: Inspection): ProofCheck => ({
  name: 'platform-longest',
  passed: file.durationS <= preset.hardLongestS,
  value: rounded(file.durationS, 3),
  limit: preset.hardLongestS,
});

const wholeLengthCheck = (name: string, share: number): ProofCheck => ({
  name,
  passed: share < WHOLE_LENGTH,
  value: rounded(share),
  limit: WHOLE_LENGTH,
});

function isConstant(timesS: readonly number[], framesPerSecond: number): boolean {
  const firstS = timesS[0] ?? Number.NaN;
  return timesS.every(
    (timeS, index) => Math.abs(timeS - firstS - index / framesPerSecond) <= FRAME_TIME_TOLERANCE_S,
  );
}

const codecOf = (preset: Preset): string =>
  preset.kind === 'audio' && preset.container === 'mp3' ? 'mp3' : 'aac';

function soundFormatChecks(
  { preset, channels }: Expectation,
  audio: InspectedStream | undefined,
): ProofCheck[] {
  return [
    equal('audio-codec', audio?.codec_name, codecOf(preset)),
    ...(codecOf(preset) === 'aac' ? [equal('audio-profile', audio?.profile, 'LC')] : []),
    equal('sample-rate', audio?.sample_rate, SAMPLE_RATE_HZ),
    equal('channels', audio?.channels, channels),
  ];
}

function soundChecks({ target, loudness }: Expectation, { sound }: Measured): ProofCheck[] {
  const truePeakDbtp = sound.truePeakDbtp ?? Number.POSITIVE_INFINITY;
  return [
    {
      name: 'integrated-loudness',
      passed: Math.abs(sound.integratedLufs - target.integratedLufs) <= LOUDNESS_TOLERANCE_LU,
      value: rounded(sound.integratedLufs, 1),
      limit: `${target.integratedLufs} ± ${LOUDNESS_TOLERANCE_LU} LUFS`,
    },
    {
      name: 'true-peak',
      passed: truePeakDbtp <= target.truePeakLimitDbtp,
      value: sound.truePeakDbtp,
      limit: target.truePeakLimitDbtp,
    },
    {
      name: 'gain-within-reach',
      passed: !loudness.isOutOfReach,
      value: rounded(loudness.gainDb, 1),
      limit: 'loud enough to be raised to the target',
    },
    {
      name: loudness.limitingDb > AUDIBLE_LIMITING_DB ? 'limiting-audible' : 'limiting',
      passed: true,
      value: rounded(loudness.limitingDb, 1),
      limit: AUDIBLE_LIMITING_DB,
    },
  ];
}

/** A step of a hundredth of full scale from one sample to the next is not heard as a click. */
const CLICK_DBFS = -40;
/** Speech stands near -20 dBFS in a finished clip; what is left of a masked word has to be far below it. */
const LEFTOVER_DBFS = -45;

function closeChecks(
  { close: { joinsS, masked }, unmaskedTexts }: Expectation,
  heard: CloselyHeard,
): ProofCheck[] {
  return [
    ...(joinsS.length === 0 ? [] : [quieterThan('cuts-silent', heard.joinStepsDbfs, CLICK_DBFS)]),
    ...(masked.length === 0 ? [] : [quieterThan('bleeps-silent', heard.leftoverDbfs, LEFTOVER_DBFS)]),
    ...(unmaskedTexts === undefined
      ? []
      : [
          {
            name: 'bleeps-unread',
            passed: unmaskedTexts.length === 0,
            value: unmaskedTexts.length === 0 ? 'none' : unmaskedTexts.join(', '),
            limit: 'none',
          },
        ]),
  ];
}

function quieterThan(name: string, levelsDbfs: readonly number[], limitDbfs: number): ProofCheck {
  const loudest = Math.max(...levelsDbfs);
  return { name, passed: loudest <= limitDbfs, value: rounded(loudest, 1), limit: limitDbfs };
}

function captionChecks({ captions, missingCharacters }: Expectation): ProofCheck[] {
  const letters = missingCharacters.filter(carriesMeaning);
  return [
    ...(captions === undefined
      ? []
      : [
          {
            name: 'captions-in-safe-box',
            passed: isInside(captions.box, captions.safe),
            value: describe(captions.box),
            limit: describe(captions.safe),
          },
        ]),
    {
      name: 'characters-drawable',
      passed: letters.length === 0,
      value: missingCharacters.length === 0 ? 'all' : `left out: ${missingCharacters.join(' ')}`,
      limit: 'all letters and digits',
    },
  ];
}

const describe = (box: Box): string =>
  `x ${Math.round(box.x)} to ${Math.round(rightOf(box))}, y ${Math.round(box.y)} to ${Math.round(bottomOf(box))}`;
