import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type FrameRate, frameRateOf, framesPerS } from '../../../main/domain/timecode.ts';
import type { Cut, CutList } from '../../../main/engine/renders/interchange/cutList.ts';
import { readEdl, writeEdl } from '../../../main/engine/renders/interchange/edl.ts';
import { writeFcpxml } from '../../../main/engine/renders/interchange/fcpxml.ts';
import {
  chaptersOf,
  soundbiteNotes,
  writeChapters,
  writeLosslessCutCsv,
  writeSoundbites,
  writeSoundbitesJson,
} from '../../../main/engine/renders/interchange/feedLists.ts';
import { matchCuts, type ReadCuts } from '../../../main/engine/renders/interchange/matchCuts.ts';
import { readOtio } from '../../../main/engine/renders/interchange/readOtio.ts';
import { otioRate, writeOtio } from '../../../main/engine/renders/interchange/writeOtio.ts';

const cut = (clipId: string, inS: number, outS: number, title = `Clip ${clipId}`): Cut => ({
  ...{ clipId, title, inS, outS },
});
const NASTY = 'He said "no", & <left>;\nthen =1+1\u0007';
const list = (over: Partial<CutList> = {}): CutList => ({
  episode: {
    title: 'Clocks',
    showName: 'Small Repairs',
    path: '/shows/été 1/clocks #1.mp4',
    durationS: 3600,
  },
  rate: frameRateOf(29.97),
  picture: { width: 1920, height: 1080 },
  sound: { channels: 2, sampleRateHz: 48_000 },
  cuts: [cut('clip-a', 61.234, 92.5), cut('clip-b', 600, 633.337, NASTY)],
  ...over,
});
const soundOnly = list({ picture: undefined, rate: frameRateOf(30) });

/** The fields that the published schema has for each class, and no others; children belong to compositions. */
const time = z.strictObject({
  OTIO_SCHEMA: z.literal('RationalTime.1'),
  rate: z.number(),
  value: z.int(),
});
const range = z.strictObject({ OTIO_SCHEMA: z.literal('TimeRange.1'), duration: time, start_time: time });
const object = { metadata: z.record(z.string(), z.unknown()), name: z.string() };
const item = {
  ...object,
  source_range: range.nullable(),
  effects: z.array(z.never()),
  markers: z.array(z.never()),
  enabled: z.boolean(),
};
const Clip2 = z.strictObject({
  OTIO_SCHEMA: z.literal('Clip.2'),
  ...item,
  media_references: z.record(
    z.string(),
    z.strictObject({
      OTIO_SCHEMA: z.literal('ExternalReference.1'),
      ...object,
      available_range: range.nullable(),
      available_image_bounds: z.null(),
      target_url: z.string(),
    }),
  ),
  active_media_reference_key: z.string(),
});
const Timeline1 = z.strictObject({
  OTIO_SCHEMA: z.literal('Timeline.1'),
  ...object,
  global_start_time: time.nullable(),
  tracks: z.strictObject({
    OTIO_SCHEMA: z.literal('Stack.1'),
    ...item,
    children: z.array(
      z.strictObject({
        OTIO_SCHEMA: z.literal('Track.1'),
        ...item,
        kind: z.enum(['Video', 'Audio']),
        children: z.array(Clip2),
      }),
    ),
  }),
});

describe('an OTIO list', () => {
  test('holds the classes and fields of the published schema, in the frames of the recording', () => {
    const read = Timeline1.parse(JSON.parse(writeOtio(list())));
    expect(read.tracks.children.map(({ kind }) => kind)).toEqual(['Video', 'Audio']);
    const [first] = read.tracks.children[0]?.children ?? [];
    const media = first?.media_references[first.active_media_reference_key];
    expect(fileURLToPath(media?.target_url ?? '')).toBe(list().episode.path);
    expect(first?.source_range?.start_time).toEqual({
      ...{ OTIO_SCHEMA: 'RationalTime.1', rate: 30_000 / 1001, value: 1835 },
    });
  });

  test('of sound alone has one track, counted in samples to the millisecond', () => {
    const read = Timeline1.parse(JSON.parse(writeOtio(soundOnly)));
    const [track, ...others] = read.tracks.children;
    expect([track?.kind, others.length]).toEqual(['Audio', 0]);
    expect(track?.children[0]?.source_range?.start_time).toMatchObject({ rate: 48_000, value: 61_234 * 48 });
  });

  test('is read as other programs write it: older clips, nested, on a clock that begins at an hour', () => {
    const at = (value: number) => ({ OTIO_SCHEMA: 'RationalTime.1', rate: 25, value });
    const between = (start: number, length: number) => ({
      ...{ OTIO_SCHEMA: 'TimeRange.1', start_time: at(start), duration: at(length) },
    });
    const hour = 25 * 3600;
    const clip = {
      ...{ OTIO_SCHEMA: 'Clip.1', name: 'one', source_range: between(hour + 250, 500) },
      media_reference: { target_url: 'file:///x/clocks.mp4', available_range: between(hour, 9000) },
    };
    const fast = { ...clip, name: 'fast', effects: [{ OTIO_SCHEMA: 'LinearTimeWarp.1', time_scalar: 2 }] };
    const nested = { OTIO_SCHEMA: 'Stack.1', children: [clip, { OTIO_SCHEMA: 'Gap.1' }, fast] };
    const track = { OTIO_SCHEMA: 'Track.1', children: [nested] };
    const text = JSON.stringify({
      OTIO_SCHEMA: 'Timeline.1',
      tracks: { OTIO_SCHEMA: 'Stack.1', children: [track] },
    });
    const { cuts, notes } = readOtio(text);
    expect(cuts).toMatchObject([{ name: 'one', range: { fromS: 10, toS: 30 } }]);
    expect(notes).toEqual(['“fast” is left as it is: its speed was changed, which a clip cannot hold.']);
  });

  test.each(['', 'TITLE: no', '[]', '{"OTIO_SCHEMA": 3}', '{"OTIO_SCHEMA":"Clip.2","source_range":"all"}'])(
    'that is none is refused: %j',
    (text) => {
      expect(() => readOtio(text)).toThrow(/^this is no OTIO file/u);
    },
  );
});

describe('a CMX 3600 list', () => {
  test('has an event for each clip in drop-frame timecode of the recording, one after another from an hour on', () => {
    const text = writeEdl(list({ cuts: [cut('clip-a', 60, 70), cut('clip-b', 600, 610)] }));
    expect(text).toBe(
      [
        ...['TITLE: Clocks', 'FCM: DROP FRAME', ''],
        '001  AX       AA/V  C        00:00:59;28 00:01:10;00 01:00:00;00 01:00:10;00',
        ...['* FROM CLIP NAME: clocks #1.mp4', '* COMMENT: Clip clip-a', '* SOUNDBITE CLIP: clip-a'],
        '002  AX       AA/V  C        00:10:00;00 00:10:10;00 01:00:10;00 01:00:20;00',
        ...['* FROM CLIP NAME: clocks #1.mp4', '* COMMENT: Clip clip-b', '* SOUNDBITE CLIP: clip-b', ''],
      ].join('\n'),
    );
  });

  test('is not dropped at whole rates, and says so', () => {
    const text = writeEdl(list({ rate: frameRateOf(25), cuts: [cut('clip-a', 60, 70)] }));
    expect(text).toContain('FCM: NON-DROP FRAME');
    expect(text).toContain('00:01:00:00 00:01:10:00 01:00:00:00 01:00:10:00');
  });

  test('keeps a title of several lines in one, so that no title can be an event', () => {
    const title = 'a\n003  AX       V     C        00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00';
    const { cuts } = readEdl(writeEdl(list({ cuts: [cut('clip-a', 60, 70, title)] })), list().rate);
    expect(cuts).toHaveLength(1);
  });

  test('with a changed speed tells it and takes no range from it', () => {
    const text = `${writeEdl(list({ cuts: [cut('clip-a', 60, 70)] }))}M2   AX             060.0  00:01:00:00\n`;
    expect(readEdl(text, list().rate)).toMatchObject({ cuts: [], notes: [expect.stringContaining('speed')] });
  });

  test('without an event, or with a timecode that the rate does not have, is refused', () => {
    expect(() => readEdl('TITLE: nothing\n', list().rate)).toThrow('holds no event');
    const text = '001  AX  V  C  00:00:00:29 00:00:01:00 00:00:00:00 00:00:01:00';
    expect(() => readEdl(text, frameRateOf(25))).toThrow('00:00:00:29 is no timecode');
  });
});

/** The same numbers every time (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const random = numbers(7);
const clips200 = Array.from({ length: 200 }, (_, index) => {
  const inS = Math.round(random() * 10_700_000) / 1000;
  return cut(`clip-${index}`, inS, inS + 1 + Math.round(random() * 90_000) / 1000);
});
const long = { ...list().episode, durationS: 10_800 };
const worstS = ({ cuts }: ReadCuts): number =>
  Math.max(
    ...cuts.map(({ clipId, range: { fromS, toS } }) => {
      const clip = clips200.find((one) => one.clipId === clipId);
      return Math.max(Math.abs(fromS - (clip?.inS ?? NaN)), Math.abs(toS - (clip?.outS ?? NaN)));
    }),
  );

test.each([23.976, 24, 25, 29.97, 30, 50, 59.94, 60])(
  '200 clips go through both lists at %d frames a second and lose less than half a frame, and nothing is told to change',
  (measured) => {
    const rate: FrameRate = frameRateOf(measured);
    const there = list({ rate, cuts: clips200, episode: long });
    for (const read of [readOtio(writeOtio(there)), readEdl(writeEdl(there), rate)]) {
      expect(new Set(read.cuts.map(({ clipId }) => clipId)).size).toBe(200);
      expect(worstS(read)).toBeLessThanOrEqual(0.5 / framesPerS(rate) + 1e-9);
      expect(matchCuts(clips200, read, { rate, path: long.path })).toEqual({
        moved: [],
        unchanged: 200,
        notes: [],
      });
    }
  },
);

test('200 clips of sound alone go through OTIO without losing anything', () => {
  const there = list({ picture: undefined, cuts: clips200, episode: long });
  expect(worstS(readOtio(writeOtio(there)))).toBeLessThan(1e-6);
  expect(otioRate(there)).toEqual({ numerator: 48_000, denominator: 1 });
});

describe('an edited list', () => {
  const clips = [cut('clip-a', 60, 90), cut('clip-b', 120, 150), cut('clip-c', 300, 330)];
  const where = { rate: frameRateOf(25), path: '/shows/clocks.mp4' };
  const read = (...cuts: ReadCuts['cuts']): ReadCuts => ({ cuts, notes: [] });

  test('moves only the end that was moved: the other stays to the millisecond', () => {
    const exact = [cut('clip-a', 60.013, 90.007)];
    const edited = read({ name: '', clipId: 'clip-a', range: { fromS: 60, toS: 92 } });
    expect(matchCuts(exact, edited, where).moved).toMatchObject([{ range: { fromS: 60.013, toS: 92 } }]);
  });

  test('that has lost the names of its clips is matched by time, picture and sound as one', () => {
    const edited = { name: 'x', range: { fromS: 118, toS: 145 }, mediaUrl: 'file:///elsewhere/clocks.mp4' };
    const { moved, notes } = matchCuts(clips, read(edited, edited), where);
    expect(moved).toEqual([{ cut: clips[1], range: { fromS: 118, toS: 145 } }]);
    expect(notes).toEqual([
      '“Clip clip-a” is not in the list; it stays as it is.',
      '“Clip clip-c” is not in the list; it stays as it is.',
    ]);
  });

  test('with another moment, or another recording, changes nothing and says so', () => {
    const stranger = { name: 'new', range: { fromS: 200, toS: 230 } };
    const other = { name: 'b-roll', range: { fromS: 60, toS: 95 }, mediaUrl: 'file:///elsewhere/street.mp4' };
    const { moved, notes } = matchCuts(clips, read(stranger, other), where);
    expect(moved).toEqual([]);
    expect(notes[0]).toBe(
      '“new” from 200.00 s to 230.00 s is no clip of this episode that you kept; nothing is made of it.',
    );
  });

  test('that holds a clip in pieces reaches from the first of them to the last', () => {
    const piece = (fromS: number, toS: number) => ({ name: '', clipId: 'clip-c', range: { fromS, toS } });
    const { moved } = matchCuts(clips, read(piece(302, 310), piece(312, 335)), where);
    expect(moved).toMatchObject([{ range: { fromS: 302, toS: 335 } }]);
  });
});

test('Final Cut gets whole frames as fractions of a second, and no title can break the file', () => {
  const xml = writeFcpxml(list());
  expect(xml).toContain('frameDuration="1001/30000s"');
  expect(xml).toContain('He said &quot;no&quot;, &amp; &lt;left&gt;; then =1+1');
  expect(xml).toContain('src="file:///shows/%C3%A9t%C3%A9%201/clocks%20%231.mp4"');
  const times = [...xml.matchAll(/(?:offset|start|duration)="(\d+)(?:\/(\d+))?s"/gu)];
  expect(times.length).toBeGreaterThanOrEqual(8);
  for (const [, above, below = '1'] of times)
    expect(((Number(above) / Number(below)) * 30_000) / 1001).toBeCloseTo(
      Math.round(((Number(above) / Number(below)) * 30_000) / 1001),
      6,
    );
  const tags = [...xml.matchAll(/<(\/?)([a-z-]+)[^>]*?(\/?)>/gu)].filter(([, , , closed]) => closed === '');
  const open: string[] = [];
  for (const [, close, name = ''] of tags) {
    if (close === '') open.push(name);
    else expect(open.pop()).toBe(name);
  }
  expect(open).toEqual([]);
  expect(writeFcpxml(soundOnly)).not.toContain('hasVideo');
});

test('LosslessCut gets rows of seconds, with quotes where a title needs them', () => {
  expect(writeLosslessCutCsv(list())).toBe(
    '61.234,92.5,Clip clip-a\n600,633.337,"He said ""no"", & <left>; then =1+1"\n',
  );
});

test('a feed gets soundbites, and is told which are longer or shorter than players expect', () => {
  expect(writeSoundbites(list())).toBe(
    '<podcast:soundbite startTime="61.234" duration="31.266">Clip clip-a</podcast:soundbite>\n' +
      '<podcast:soundbite startTime="600" duration="33.337">He said &quot;no&quot;, &amp; &lt;left&gt;; then =1+1</podcast:soundbite>\n',
  );
  expect(JSON.parse(writeSoundbitesJson(list()))).toMatchObject({
    soundbites: [{ startTime: 61.234, duration: 31.266, title: 'Clip clip-a' }, {}],
  });
  const odd = list({
    cuts: [cut('clip-a', 0, 9, 'Short'), cut('clip-b', 0, 121, 'Long'), cut('clip-c', 0, 15)],
  });
  expect(soundbiteNotes(odd).map((note) => note.split(' ')[0])).toEqual(['“Short”', '“Long”']);
});

test('chapters begin with the episode, prefer a person’s marks, and are never closer than half a minute', () => {
  const marks = [
    { startS: 12, title: 'Welcome' },
    { startS: 590, title: 'The clock' },
    { startS: 1000, title: '' },
  ];
  const chapters = chaptersOf(marks, list());
  expect(chapters).toEqual([
    { startS: 0, title: 'Welcome' },
    { startS: 61.234, title: 'Clip clip-a' },
    { startS: 590, title: 'The clock' },
  ]);
  expect(chaptersOf([], list())[0]).toEqual({ startS: 0, title: 'Clocks' });
  expect(JSON.parse(writeChapters(chapters, list()))).toMatchObject({
    version: '1.2.0',
    chapters: [{ startTime: 0, title: 'Welcome' }, {}, {}],
  });
});
