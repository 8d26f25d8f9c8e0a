import { expect, test } from 'vitest';
import { PRESETS } from '../../../main/domain/preset.ts';
import type { Expectation, Measured } from '../../../main/engine/renders/expectation.ts';
import { proofChecks } from '../../../main/engine/renders/proofChecks.ts';
import { pixelAspect, toHdColours } from '../../../main/engine/renders/sourcePicture.ts';

const loudness = { gainDb: 5, limiterDbfs: -2, limitingDb: 2, isOutOfReach: false };
const safe = { x: 65, y: 270, width: 835, height: 1170 };
const expected: Expectation = {
  preset: PRESETS.reels,
  durationS: 2,
  channels: 2,
  target: { integratedLufs: -14, truePeakDbtp: -2, truePeakLimitDbtp: -1 },
  loudness,
  captions: { box: { x: 200, y: 1150, width: 600, height: 200 }, safe },
  missingCharacters: [],
  close: {
    ...{ preparedPath: '', durationS: 2, joinsS: [1], masked: [{ fromS: 0.5, toS: 0.8 }], mode: 'beep' },
    ...{ firstWord: { fromS: 0.1, toS: 0.4 }, lastWord: { fromS: 1.5, toS: 1.8 } },
  },
  cutWords: [],
  unmaskedTexts: [],
};
const video = {
  codec_type: 'video',
  codec_name: 'h264',
  profile: 'High',
  pix_fmt: 'yuv420p',
  width: 1080,
  height: 1920,
  r_frame_rate: '30/1',
};
const audio = { codec_type: 'audio', codec_name: 'aac', profile: 'LC', sample_rate: 48000, channels: 2 };
const frameTimesS = Array.from({ length: 60 }, (_, n) => n / 30);
const good: Measured = {
  file: { durationS: 2, sizeBytes: 3_000_000, video, audio, frameTimesS },
  sound: { integratedLufs: -14.1, samplePeakDbfs: -2, truePeakDbtp: -1.6 },
  blackShare: 0,
  frozenShare: 0.4,
  close: {
    ...{ joinStepsDbfs: [-52], leftoverDbfs: [-60], silence: { beforeS: 0.1, afterS: 0.2 } },
    ...{ firstWordDbfs: -18, lastWordDbfs: -22, delayS: 0.001, musicS: 0 },
  },
};
const failures = (expectation: Expectation, measured: Measured) =>
  proofChecks(expectation, measured)
    .filter((check) => !check.passed)
    .map((check) => check.name);

test('a file that keeps every promise passes, and every check carries its limit', () => {
  expect(failures(expected, good)).toEqual([]);
  expect(proofChecks(expected, good).every(({ limit }) => limit !== null)).toBe(true);
});

const file = (change: Partial<Measured['file']>): Measured => ({
  ...good,
  file: { ...good.file, ...change },
});
const close = (change: Partial<Measured['close']>): Measured => ({
  ...good,
  close: { ...good.close, ...change },
});
const sound = (change: Partial<Measured['sound']>): Measured => ({
  ...good,
  sound: { ...good.sound, ...change },
});

test.each<[string, Expectation, Measured]>([
  ['duration', expected, file({ durationS: 2.3 })],
  ['platform-longest', { ...expected, durationS: 181 }, { ...file({ durationS: 181, frameTimesS: [] }) }],
  ['cuts-silent', expected, { ...good, close: { ...good.close, joinStepsDbfs: [-60, -31] } }],
  ['bleeps-silent', expected, { ...good, close: { ...good.close, leftoverDbfs: [-70, -22] } }],
  ['bleeps-unread', { ...expected, unmaskedTexts: ['title'] }, good],
  ['platform-largest', expected, file({ sizeBytes: 1_000_000_001 })],
  ['sound-in-step', expected, close({ delayS: 0.021 })],
  ['sound-in-step', expected, file({ audio: { ...audio, start_time: 0.03 } })],
  ['silence-before', expected, close({ silence: { beforeS: 3.1, afterS: 0 } })],
  ['silence-after', expected, close({ silence: { beforeS: 0, afterS: 3.1 } })],
  ['first-word', expected, close({ firstWordDbfs: -60 })],
  ['last-word', expected, close({ lastWordDbfs: -60 })],
  ['whole-words', { ...expected, cutWords: ['notic'] }, good],
  ['music', { ...expected, preset: PRESETS.shorts }, close({ musicS: 61 })],
  ['video-codec', expected, file({ video: { ...video, codec_name: 'mpeg4' } })],
  ['video-profile', expected, file({ video: { ...video, profile: 'Baseline' } })],
  ['frame-size', expected, file({ video: { ...video, width: 1082 } })],
  ['pixel-format', expected, file({ video: { ...video, pix_fmt: 'yuv444p' } })],
  ['frame-rate', expected, file({ video: { ...video, r_frame_rate: '25/1' } })],
  ['frame-rate-constant', expected, file({ frameTimesS: frameTimesS.with(7, 7.5 / 30) })],
  ['frame-count', expected, file({ frameTimesS: frameTimesS.slice(1).map((timeS) => timeS - 1 / 30) })],
  ['picture-not-black', expected, { ...good, blackShare: 1 }],
  ['picture-not-frozen', expected, { ...good, frozenShare: 1 }],
  ['audio-codec', expected, file({ audio: { ...audio, codec_name: 'mp3' } })],
  ['audio-profile', expected, file({ audio: { ...audio, profile: 'HE-AAC' } })],
  ['sample-rate', expected, file({ audio: { ...audio, sample_rate: 44100 } })],
  ['channels', expected, file({ audio: { ...audio, channels: 1 } })],
  ['integrated-loudness', expected, sound({ integratedLufs: -14.6 })],
  ['true-peak', expected, sound({ truePeakDbtp: -0.9 })],
  ['gain-within-reach', { ...expected, loudness: { ...loudness, isOutOfReach: true } }, good],
  ['captions-in-safe-box', { ...expected, captions: { box: { ...safe, x: 60 }, safe } }, good],
  ['characters-drawable', { ...expected, missingCharacters: ['日'] }, good],
])('%s is seen to fail', (name, expectation, measured) => {
  expect(failures(expectation, measured)).toContain(name);
});

test('strong limiting is told and does not hold a file back', () => {
  const checks = proofChecks({ ...expected, loudness: { ...loudness, limitingDb: 14.2 } }, good);
  expect(checks.find((check) => check.name === 'limiting-audible')).toMatchObject({
    passed: true,
    value: 14.2,
    limit: 10,
  });
});

test('music is told on every platform and holds back only where it gets a clip taken down', () => {
  const musical = close({ musicS: 170 });
  const told = proofChecks(expected, musical).find((check) => check.name === 'music');
  expect(told).toMatchObject({ passed: true, value: 170 });
  expect(failures({ ...expected, preset: PRESETS.shorts }, musical)).toEqual(['music']);
});

test('sound alone is asked for nothing that needs a picture', () => {
  const names = proofChecks({ ...expected, preset: PRESETS['audio-mp3'] }, good).map((check) => check.name);
  expect(names).not.toContain('frame-size');
  expect(names).not.toContain('captions-in-safe-box');
});

test('pixels are square unless a file says otherwise', () => {
  expect(['1:1', '64:45', '0:1', 'N/A', ''].map(pixelAspect)).toEqual([1, 64 / 45, 1, 1, 1]);
});

test.each([
  [{ color_space: 'bt709' }, 1080, ''],
  [{}, 1080, ''],
  [{}, 576, ':in_color_matrix=smpte170m:out_color_matrix=bt709'],
  [{ color_space: 'smpte170m' }, 1080, ':in_color_matrix=smpte170m:out_color_matrix=bt709'],
  [{ color_space: 'bt2020nc' }, 2160, ':in_color_matrix=bt2020:out_color_matrix=bt709'],
  [{ color_space: 'bt709', color_range: 'pc' }, 1080, ':in_range=pc:out_range=tv'],
])('a source that says %j at %d lines needs "%s"', (stored, height, options) => {
  expect(toHdColours(stored, height)).toBe(options);
});
