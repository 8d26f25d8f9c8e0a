import { describe, expect, test } from 'vitest';
import {
  parseReport,
  probeRefusal,
  type ProbedStream,
  type ProbeReport,
} from '../../../main/engine/media/ffprobe.ts';
import { decodeExtent } from '../../../main/engine/media/judge.ts';
import { PacketTally, type PacketScan } from '../../../main/engine/media/packets.ts';
import { isVariableFrameRate, quarterTurns } from '../../../main/engine/media/streams.ts';
import { verdict, type StreamObservation } from '../../../main/engine/media/verdict.ts';

const sound: ProbedStream = {
  index: 0,
  kind: 'audio',
  codec: 'aac',
  isAttachedPicture: false,
  durationS: 30,
  sampleRateHz: 48_000,
  channels: 2,
  channelLayout: 'stereo',
  width: 0,
  height: 0,
  averageRate: null,
  baseRate: null,
  rotationDeg: null,
  tags: {},
};
const picture: ProbedStream = {
  ...sound,
  index: 1,
  kind: 'video',
  codec: 'h264',
  sampleRateHz: 0,
  channels: 0,
  width: 1920,
  height: 1080,
  averageRate: 30,
  baseRate: 30,
};
const unknown: ProbedStream = { ...picture, index: 2, codec: null };

const packets = (endS: number, firstS = 0): PacketScan => ({ packets: 100, firstS, endS, firstTimesS: [] });
const noPackets: PacketScan = { packets: 0, firstS: null, endS: null, firstTimesS: [] };
const report = (...streams: ProbedStream[]): ProbeReport => ({
  format: 'mov',
  durationS: 30,
  tags: {},
  streams,
});
const heard = (decodedS: number, errorLines = 0, scan = packets(decodedS)): StreamObservation => ({
  stream: sound,
  packets: scan,
  trial: { extent: 'whole', decodedS, errorLines },
});
const seen = (decodedS: number, errorLines = 0): StreamObservation => ({
  ...heard(decodedS, errorLines),
  stream: picture,
});
const judged = (observed: Partial<Parameters<typeof verdict>[0]>) =>
  verdict({ sizeBytes: 1000, report: report(sound), audio: undefined, video: undefined, ...observed });

describe('a recording is refused', () => {
  test('when there is nothing in it to play', () => {
    const cover = { ...picture, isAttachedPicture: true };
    expect(judged({ report: report(cover) })).toEqual({
      accepted: false,
      reason: 'NO_AV_STREAM',
      detail: 'there is only cover in it.',
    });
    expect(judged({ report: report() })).toMatchObject({ reason: 'NO_AV_STREAM' });
  });

  test('when this ffmpeg cannot decode the only stream', () => {
    expect(judged({ report: report(unknown) })).toMatchObject({ reason: 'UNSUPPORTED_CODEC' });
  });

  test('when decoding gives nothing, with or without complaints', () => {
    expect(judged({ audio: heard(0, 12) })).toMatchObject({ reason: 'NO_DECODABLE_DATA' });
    expect(judged({ audio: heard(0, 0, noPackets) })).toMatchObject({ reason: 'NO_DECODABLE_DATA' });
  });

  test('when it decodes without complaint but is over before a word is', () => {
    expect(judged({ audio: heard(0.04) })).toMatchObject({
      reason: 'TOO_SHORT',
      detail: expect.stringContaining('40.0 ms') as string,
    });
  });
});

describe('a recording is accepted', () => {
  test('with the length that was measured and a warning about a header that lies', () => {
    expect(judged({ audio: heard(12.3456) })).toMatchObject({
      accepted: true,
      facts: { durationS: 12.346, warnings: ['HEADER_DURATION_WRONG'] },
    });
    const silentHeader = { ...report(sound), durationS: null };
    expect(judged({ report: silentHeader, audio: heard(12) })).toMatchObject({
      facts: { warnings: ['HEADER_DURATION_MISSING'] },
    });
  });

  test('without the stream that does not decode', () => {
    expect(judged({ report: report(sound, picture), audio: heard(0.05), video: seen(30) })).toMatchObject({
      facts: { audio: [], video: { index: 1, width: 1920 }, durationS: 30 },
    });
    expect(judged({ report: report(sound, picture), audio: heard(30), video: seen(0, 9) })).toMatchObject({
      facts: { audio: [{ index: 0 }], video: null, warnings: ['DECODE_ERRORS'] },
    });
  });

  test('and a stream nobody can decode is only skipped', () => {
    expect(judged({ report: report(sound, unknown), audio: heard(30) })).toMatchObject({
      facts: { warnings: ['STREAM_SKIPPED_UNSUPPORTED'] },
    });
  });

  test('with packets refining the decoded length only where the header agrees with them', () => {
    expect(judged({ audio: heard(30.1, 0, packets(29.9)) })).toMatchObject({ facts: { durationS: 29.9 } });
    expect(judged({ audio: heard(20, 0, packets(29.9)) })).toMatchObject({ facts: { durationS: 29.9 } });
    expect(judged({ audio: heard(30.1, 0, packets(45)) })).toMatchObject({ facts: { durationS: 30.1 } });
  });

  test('by its packets when only its ends were decoded', () => {
    const ends = {
      ...heard(20, 0, packets(3600)),
      trial: { extent: 'ends', decodedS: 20, errorLines: 0 },
    } as const;
    const long = { ...report(sound), durationS: 3600 };
    expect(judged({ report: long, audio: ends })).toMatchObject({ facts: { durationS: 3600, warnings: [] } });
  });

  test('with the tags of the container before those of the stream', () => {
    const tagged = { ...heard(30), stream: { ...sound, tags: { title: 'stream', artist: 'Anna' } } };
    const tags = { title: 'file' };
    expect(judged({ report: { ...report(tagged.stream), tags }, audio: tagged })).toMatchObject({
      facts: { tags: { title: 'file', artist: 'Anna' } },
    });
  });
});

test('a minute and more is decoded whole only where sound contradicts its header', () => {
  expect(decodeExtent('audio', 59, 59)).toBe('whole');
  expect(decodeExtent('audio', 3600, 3600)).toBe('ends');
  expect(decodeExtent('audio', 3600, 1800)).toBe('whole');
  expect(decodeExtent('audio', 3600, null)).toBe('whole');
  expect(decodeExtent('video', 3600, 1800)).toBe('ends');
  expect(decodeExtent('video', null, 1800)).toBe('whole');
});

test('a rotation is a number of quarter turns, or it is ignored', () => {
  expect([0, -90, 90, 180, -180, 270, 360].map(quarterTurns)).toEqual([0, 270, 90, 180, 180, 270, 0]);
  expect([45, -9_223_372_036_854_775_808, 450, NaN].map(quarterTurns)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

describe('a frame rate', () => {
  const at = (gapsS: readonly number[], rates = { averageRate: 30, baseRate: 30 }) => {
    let atS = 0;
    const firstTimesS = [0, ...gapsS.map((gapS) => (atS += gapS))];
    return isVariableFrameRate({
      stream: { ...picture, ...rates },
      packets: { ...packets(atS), firstTimesS },
    });
  };

  test('is constant with the jitter of a camera and one dropped frame', () => {
    const jitter = Array.from({ length: 100 }, (_, i) => 1 / 30 + (i % 3) * 0.002);
    expect(at(jitter)).toBe(false);
    expect(at(jitter.with(50, 2 / 30))).toBe(false);
  });

  test('varies where a screen recorder leaves still pictures out', () => {
    expect(at(Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? 0.5 : 1 / 30)))).toBe(true);
  });

  test('of a few pictures is judged by the header', () => {
    expect(at([1 / 30, 1 / 30], { averageRate: 17, baseRate: 30 })).toBe(true);
    expect(at([1 / 30, 1 / 30])).toBe(false);
  });
});

test('packets are added up however the lines are cut, in any order, and lines without a time do not count', () => {
  const tally = new PacketTally();
  for (const piece of ['0.5,0.', '1\n0.3,0.1,side data\nN/A,N', '/A\n-0.1,0.1\n0.9', ',0.25'])
    tally.read(piece);
  expect(tally.result()).toEqual({
    packets: 4,
    firstS: -0.1,
    endS: 1.15,
    firstTimesS: [-0.1, 0.3, 0.5, 0.9],
  });
  expect(new PacketTally().result()).toEqual(noPackets);
});

describe("ffprobe's answer", () => {
  test('is read whatever a damaged file leaves out or gets wrong', () => {
    const json = JSON.stringify({
      streams: [
        {
          index: 0,
          codec_type: 'audio',
          codec_name: 'mp3',
          sample_rate: '44100',
          channels: 2,
          duration: 'N/A',
        },
        {
          index: 1,
          codec_type: 'video',
          codec_name: 'unknown',
          width: 'wide',
          r_frame_rate: '0/0',
          side_data_list: 'none',
        },
        { index: 2, codec_type: 'data' },
      ],
      format: { format_name: 'mp3', duration: '12.5', tags: { TITLE: 'Coffee', __proto__: 'x' } },
    });
    expect(parseReport(json)).toMatchObject({
      format: 'mp3',
      durationS: 12.5,
      tags: { title: 'Coffee' },
      streams: [
        { kind: 'audio', codec: 'mp3', sampleRateHz: 44_100, channels: 2, durationS: null },
        { kind: 'video', codec: null, width: 0, baseRate: null, rotationDeg: null },
        { kind: 'other' },
      ],
    });
  });

  test('may be empty, and is nothing when it is no JSON', () => {
    expect(parseReport('')).toEqual({ format: '', durationS: null, tags: {}, streams: [] });
    expect(parseReport('{"streams": [')).toBeUndefined();
    expect(parseReport('7')).toBeUndefined();
  });

  test('that refuses a file says why in a sentence', () => {
    const failed = (stderr: string) => probeRefusal({ stderr, timedOut: false, isMaxBuffer: false });
    expect(failed("[hls @ 0x1] Format not on whitelist 'mp3'\nfile:/a/b.mp3: Invalid argument")).toEqual({
      reason: 'UNSUPPORTED_FORMAT',
      detail: 'what is in it (hls) is not a recording in a format that is opened.',
    });
    expect(failed('[mov,mp4 @ 0x1] moov atom not found\nfile:/a/b.mp4: Invalid data')).toEqual({
      reason: 'UNREADABLE_MEDIA',
      detail: 'ffprobe could not open it (moov atom not found).',
    });
    expect(probeRefusal({ stderr: '', timedOut: true, isMaxBuffer: false })).toMatchObject({
      reason: 'UNREADABLE_MEDIA',
    });
  });
});
