import type { ProofCheck } from '../../domain/exportedFile.ts';
import type { Preset } from '../../domain/preset.ts';
import type { Expectation, Measured } from './expectation.ts';
import type { InspectedStream } from './inspect.ts';
import { equal, rounded } from './proofCheck.ts';
import type { CloselyHeard } from './proofSound.ts';
import { SAMPLE_RATE_HZ } from './soundFile.ts';

const LOUDNESS_TOLERANCE_LU = 0.5;
/** Beyond this a limiter is heard; it is told, and it does not hold the file back. */
const AUDIBLE_LIMITING_DB = 10;
/** Everything that was promised about the sound beside what was measured. */
export const allSoundChecks = (expected: Expectation, measured: Measured): ProofCheck[] => [
  ...soundFormatChecks(expected, measured.file.audio),
  ...soundChecks(expected, measured),
  ...closeChecks(expected, measured.close),
  ...endChecks(expected, measured.close),
  musicCheck(expected.preset, measured.close.musicS),
];

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

/** Longer than anybody waits for a clip to begin, or stays for its end. */
const LONGEST_SILENCE_S = 3;
/** Speech stands near -20 dBFS in a finished clip; where nobody speaks there is less than this. */
const SPOKEN_DBFS = -45;

function endChecks({ cutWords }: Expectation, heard: CloselyHeard): ProofCheck[] {
  const { silence, firstWordDbfs, lastWordDbfs } = heard;
  return [
    shorterThan('silence-before', silence.beforeS),
    shorterThan('silence-after', silence.afterS),
    ...spoken('first-word', firstWordDbfs),
    ...spoken('last-word', lastWordDbfs),
    {
      name: 'whole-words',
      passed: cutWords.length === 0,
      value: cutWords.length === 0 ? 'none cut' : `cut: ${cutWords.join(', ')}`,
      limit: 'none cut',
    },
  ];
}

const shorterThan = (name: string, lengthOfSilenceS: number): ProofCheck => ({
  name,
  passed: lengthOfSilenceS <= LONGEST_SILENCE_S,
  value: rounded(lengthOfSilenceS),
  limit: LONGEST_SILENCE_S,
});

const spoken = (name: string, levelDbfs: number | undefined): ProofCheck[] =>
  levelDbfs === undefined
    ? []
    : [{ name, passed: levelDbfs >= SPOKEN_DBFS, value: rounded(levelDbfs, 1), limit: SPOKEN_DBFS }];

function musicCheck(preset: Preset, musicS: number): ProofCheck {
  const longestS = preset.kind === 'video' ? preset.longestMusicS : null;
  return {
    name: 'music',
    passed: longestS === null || musicS <= longestS,
    value: rounded(musicS, 1),
    limit: longestS ?? 'any length',
  };
}

function quieterThan(name: string, levelsDbfs: readonly number[], limitDbfs: number): ProofCheck {
  const loudest = Math.max(...levelsDbfs);
  return { name, passed: loudest <= limitDbfs, value: rounded(loudest, 1), limit: limitDbfs };
}
