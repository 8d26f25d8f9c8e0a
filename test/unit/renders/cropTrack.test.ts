import { expect, test } from 'vitest';
import type { PictureBox } from '../../../main/domain/framing.ts';
import { PRESETS, type VideoPreset } from '../../../main/domain/preset.ts';
import { isInside } from '../../../main/engine/renders/frame.ts';
import { panelsFor, partFor } from '../../../main/engine/renders/layouts/crop.ts';
import { cropTrack, divideTrack, restingTrack } from '../../../main/engine/renders/layouts/cropTrack.ts';
import { type Shot, shotsIn } from '../../../main/engine/renders/layouts/shots.ts';
import { sentence } from '../../support/renderStage.ts';

const SIZE = 32 * 18;
const gray = (level: number) => new Uint8Array(SIZE).fill(level);
const wide: Shot = { fromS: 0, toS: 20, look: gray(60) };
const box = (speaker: string | null, x: number, look?: Uint8Array): PictureBox => ({
  ...{ speaker, x, y: 0.2, width: 0.2, height: 0.5 },
  ...(look === undefined ? {} : { look: Buffer.from(look).toString('base64') }),
});
const [mara, jon] = [box('Mara', 0.1), box('Jon', 0.7)];
/** Somebody speaks from a second on, at two words a second. */
const says = (speaker: string, fromS: number, words: number) => ({
  ...sentence(Array.from({ length: words }, () => 'word').join(' '), fromS, 0.5),
  speaker,
});
const told = (track: ReturnType<typeof cropTrack>) =>
  track.map(({ fromS, boxes }) => [fromS, ...boxes.map(({ speaker }) => speaker)]);

test('a crop shows whoever speaks, from the first word on', () => {
  const segments = [says('Mara', 0, 10), says('Jon', 6, 10), says('Mara', 12, 10)];
  const track = cropTrack('crop', [mara, jon], segments, [wide]);
  expect(told(track)).toEqual([
    [0, 'Mara'],
    [6, 'Jon'],
    [12, 'Mara'],
  ]);
});

test('a short word in between does not move the crop, and several sentences of one speaker are one turn', () => {
  const segments = [says('Mara', 0, 10), says('Jon', 5.5, 2), says('Mara', 6.5, 4), says('Jon', 10, 2)];
  const more = [says('Jon', 11, 2), says('Jon', 12, 8)];
  const track = cropTrack('crop', [mara, jon], [...segments, ...more], [wide]);
  expect(told(track)).toEqual([
    [0, 'Mara'],
    [10, 'Jon'],
  ]);
});

test('two who speak at once for a while are both shown, each on their own side', () => {
  const segments = [says('Jon', 0, 12), says('Mara', 3, 12)];
  const track = cropTrack('crop', [mara, jon], segments, [wide]);
  expect(track.some(({ boxes }) => boxes[0] === mara && boxes[1] === jon)).toBe(true);
});

test('no box outlives its shot: in shots that look otherwise the middle is shown', () => {
  const shots = [
    { fromS: 0, toS: 8, look: gray(60) },
    { fromS: 8, toS: 14, look: gray(140) },
    { fromS: 14, toS: 20, look: gray(63) },
  ];
  const placed = [box('Mara', 0.1, gray(60)), box('Jon', 0.7, gray(60))];
  const segments = [says('Mara', 0, 40)];
  expect(told(cropTrack('crop', placed, segments, shots))).toEqual([
    [0, 'Mara'],
    [8, null],
    [14, 'Mara'],
  ]);
  expect(told(cropTrack('stack', placed, segments, shots))).toEqual([
    [0, 'Mara', 'Jon'],
    [8, null],
    [14, 'Mara', 'Jon'],
  ]);
});

test('a change of speaker just after a cut happens with the cut', () => {
  const shots = [
    { fromS: 0, toS: 8, look: gray(60) },
    { fromS: 8, toS: 20, look: gray(61) },
  ];
  const segments = [says('Mara', 0, 17), says('Jon', 8.6, 20)];
  expect(told(cropTrack('crop', [mara, jon], segments, shots))).toEqual([
    [0, 'Mara'],
    [8, 'Jon'],
  ]);
});

test('a tightened clip follows its speakers across its joins, and no join makes the picture change too soon', () => {
  // Jon speaks from 6 s on; the clip is cut at 5.2, 6.4 and 11 s.
  const segments = [says('Mara', 0, 10), says('Jon', 6, 10), says('Mara', 12, 10)];
  const track = cropTrack('crop', [mara, jon], segments, [wide]);
  const divided = divideTrack(track, [5.2, 1.2, 4.6, 9]);
  expect(divided.map(told)).toEqual([
    [[0, 'Mara']],
    [
      [0, 'Mara'],
      [expect.closeTo(0.8), 'Jon'],
    ],
    [[0, 'Jon']],
    [
      [0, 'Jon'],
      [expect.closeTo(1), 'Mara'],
    ],
  ]);
});

test('without boxes a crop rests in the middle and a stack shows both halves', () => {
  expect(restingTrack('crop')[0]?.boxes).toMatchObject([{ x: 0, width: 1 }]);
  expect(restingTrack('stack')[0]?.boxes).toMatchObject([
    { x: 0, width: 0.5 },
    { x: 0.5, width: 0.5 },
  ]);
});

test('a shot begins where the whole picture changes, not where somebody moves', () => {
  const moving = gray(60);
  moving.fill(200, 0, 30);
  const pictures = [gray(60), moving, gray(61), gray(150), gray(150), gray(40)];
  expect(shotsIn({ perS: 30, pictures }, 0.2).map(({ fromS, toS }) => [fromS * 30, toS * 30])).toEqual([
    [0, 3],
    [3, 5],
    [5, 6],
  ]);
});

const videoPresets = Object.values(PRESETS).filter(
  (preset): preset is VideoPreset => preset.kind === 'video',
);
test.each(videoPresets.flatMap((preset) => [1, 2].map((people) => [preset.id, people, preset] as const)))(
  'on %s %i people stand in the frame on even pixels, each in a part of the picture of the right shape',
  (_, people, preset) => {
    const frame = { x: 0, y: 0, width: preset.width, height: preset.height };
    for (const panel of panelsFor(people, preset)) {
      const { place } = panel;
      expect(isInside(place, frame)).toBe(true);
      expect([place.x, place.y, place.width, place.height].every((n) => n % 2 === 0)).toBe(true);
      for (const aspect of [16 / 9, 4 / 3, 9 / 16, 2.39]) {
        for (const x of [0, 0.4, 0.8]) {
          const part = partFor(box('Mara', x), panel, aspect);
          expect(part.x).toBeGreaterThanOrEqual(0);
          expect(part.y).toBeGreaterThanOrEqual(0);
          expect(part.x + part.width).toBeLessThanOrEqual(1 + 1e-9);
          expect(part.y + part.height).toBeLessThanOrEqual(1 + 1e-9);
          expect((part.width * aspect) / part.height / (place.width / place.height)).toBeCloseTo(1, 6);
        }
      }
    }
  },
);
