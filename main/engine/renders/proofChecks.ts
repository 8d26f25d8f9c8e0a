import type { ProofCheck } from '../../domain/exportedFile.ts';
import type { VideoPreset } from '../../domain/preset.ts';
import type { Expectation, Measured } from './expectation.ts';
import { bottomOf, type Box, framesIn, isInside, rightOf } from './frame.ts';
import type { Inspection, InspectedStream } from './inspect.ts';
import { equal, rounded } from './proofCheck.ts';
import { allSoundChecks } from './soundChecks.ts';
import { carriesMeaning } from './text/drawable.ts';

const DURATION_TOLERANCE_S = 0.2;
/** Times are printed in microseconds of a clock that divides 1/30 s exactly. */
const FRAME_TIME_TOLERANCE_S = 0.000_1;
const WHOLE_LENGTH = 0.95;

/** Every promise beside what was measured; pure, so that each one can be seen to fail. */
export function proofChecks(expected: Expectation, measured: Measured): ProofCheck[] {
  const { preset } = expected;
  return [
    durationCheck(expected, measured.file),
    ...(preset.kind === 'video' ? pictureChecks(preset, expected, measured) : []),
    ...allSoundChecks(expected, measured),
    ...(preset.kind === 'video' ? captionChecks(expected) : []),
  ];
}

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
    ...sizeChecks(preset, file),
    syncCheck(measured),
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

const sizeChecks = ({ hardLargestBytes }: VideoPreset, { sizeBytes }: Inspection): ProofCheck[] =>
  hardLargestBytes === null
    ? []
    : [
        {
          name: 'platform-largest',
          passed: sizeBytes <= hardLargestBytes,
          value: sizeBytes,
          limit: hardLargestBytes,
        },
      ];

/** ITU-R BT.1359 puts the threshold of notice at 45 ms early; ours is less than half of it. */
const SYNC_TOLERANCE_S = 0.02;

/** Positive where the sound is late. Where there is no sound to compare, the clocks of the file have to agree. */
function syncCheck({ file, close: { delayS } }: Measured): ProofCheck {
  const offsetS = (file.audio?.start_time ?? 0) + (delayS ?? 0) - (file.frameTimesS[0] ?? 0);
  return {
    name: 'sound-in-step',
    passed: Math.abs(offsetS) <= SYNC_TOLERANCE_S,
    value: rounded(offsetS, 4),
    limit: `0 ± ${SYNC_TOLERANCE_S} s`,
  };
}

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
