import type { Recipe } from '../../../domain/recipe.ts';
import type { WaveformStyle } from '../../../domain/template.ts';
import { type AssEvent, assAlpha, assColour } from '../text/assScript.ts';
import { roundedBox } from '../text/drawing.ts';
import type { Box } from '../frame.ts';

/** The sound as a shape that runs through a box from right to left; what has been heard wears the accent. */
export const BAR_S = 0.1;
const BAR = { pitchPx: 15, widthPx: 9 } as const;
const SPEED_PX_PER_S = BAR.pitchPx / BAR_S;
/** Bars drawn as one shape: few events, and shapes small enough for libass to keep. */
const BARS_PER_SHAPE = 20;
/** Opacity from the edge inwards, in steps of one bar and a half: bars come and go without a hard edge. */
const EDGE_OPACITIES = [0.12, 0.32, 0.58, 0.82];
const EDGE_STEP_PX = Math.round(BAR.pitchPx * 1.5);
const COMING_OPACITY = 0.34;

const DOT_PITCH_PX = 15;
/** How thick a line is in silence. */
const LINE_PX = 5;

/** A vertical strip of the box in which bars have one colour and one opacity. */
interface Strip {
  readonly fromX: number;
  readonly toX: number;
  readonly colour: string;
  readonly opacity: number;
}

/** Levels are 0 to 1, one for each BAR_S. */
export function waveformEvents(
  levels: readonly number[],
  box: Box,
  durationS: number,
  { brand, style }: { readonly brand: Recipe['brand']; readonly style: WaveformStyle },
): AssEvent[] {
  const middleX = box.x + box.width / 2;
  const beyond = Math.ceil(box.width / 2 / BAR.pitchPx) + 1;
  const silence = Array.from({ length: beyond }, () => 0);
  const bars = [...silence, ...levels, ...silence];
  const events: AssEvent[] = [];
  for (let first = 0; first < bars.length; first += BARS_PER_SHAPE) {
    // x of the shape's left edge at time 0; it moves left at the common speed.
    const startX = middleX + (first - beyond) * BAR.pitchPx;
    const widthPx = BARS_PER_SHAPE * BAR.pitchPx;
    const fromS = Math.max(0, (startX - (box.x + box.width)) / SPEED_PX_PER_S);
    const toS = Math.min(durationS + 1, (startX + widthPx - box.x) / SPEED_PX_PER_S);
    if (toS <= fromS) continue;
    const body = SHAPES[style](bars.slice(first, first + BARS_PER_SHAPE + 1), box.height);
    events.push(...strips(box, brand).map((strip) => stripEvent(strip, { startX, fromS, toS, body }, box)));
  }
  return events;
}

/** Heights in pixels: quiet speech still shows, and silence is a dot. */
const heightOf = (level: number, heightPx: number): number =>
  Math.max(BAR.widthPx, Math.round(heightPx * level ** 0.65));

/** Each draws levels from left to right, a pitch apart; the last one belongs to the next shape and is where lines end. */
const SHAPES: Readonly<Record<WaveformStyle, (levels: readonly number[], heightPx: number) => string>> = {
  bars: (levels, heightPx) =>
    levels
      .slice(0, BARS_PER_SHAPE)
      .map((level, index) => {
        const barPx = heightOf(level, heightPx);
        const box = {
          x: index * BAR.pitchPx,
          y: (heightPx - barPx) / 2,
          width: BAR.widthPx,
          height: barPx,
        };
        return roundedBox(box, BAR.widthPx / 2);
      })
      .join(' '),
  dots: (levels, heightPx) =>
    levels
      .slice(0, BARS_PER_SHAPE)
      .flatMap((level, index) => {
        const half = Math.floor((heightOf(level, heightPx) - BAR.widthPx) / 2 / DOT_PITCH_PX);
        return Array.from({ length: 2 * half + 1 }, (_, row) => {
          const y = heightPx / 2 + (row - half) * DOT_PITCH_PX - BAR.widthPx / 2;
          const box = { x: index * BAR.pitchPx, y, width: BAR.widthPx, height: BAR.widthPx };
          return roundedBox(box, BAR.widthPx / 2);
        });
      })
      .join(' '),
  line: ribbon,
};

/** A ribbon that swells with the voice: smooth above, the same mirrored below. */
function ribbon(levels: readonly number[], heightPx: number): string {
  const points = levels.map((level, index) => ({
    x: index * BAR.pitchPx,
    rise: Math.max(LINE_PX, heightOf(level, heightPx) - BAR.widthPx) / 2,
  }));
  const middle = heightPx / 2;
  const at = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const curve = (side: 1 | -1, along: typeof points): string =>
    along
      .slice(1)
      .map((point, index) => {
        const before = along[index] ?? point;
        const halfway = (before.x + point.x) / 2;
        const [fromY, toY] = [middle - side * before.rise, middle - side * point.rise];
        return `b ${at(halfway, fromY)} ${at(halfway, toY)} ${at(point.x, toY)}`;
      })
      .join(' ');
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return '';
  return [
    `m ${at(first.x, middle - first.rise)}`,
    curve(1, points),
    `l ${at(last.x, middle + last.rise)}`,
    curve(-1, points.toReversed()),
  ].join(' ');
}

function strips(box: Box, brand: Recipe['brand']): Strip[] {
  const middleX = Math.round(box.x + box.width / 2);
  const edgePx = EDGE_OPACITIES.length * EDGE_STEP_PX;
  const heard = { colour: brand.accentColour, opacity: 1 };
  const coming = { colour: brand.textColour, opacity: COMING_OPACITY };
  return [
    ...EDGE_OPACITIES.map((opacity, step) => ({
      ...heard,
      fromX: box.x + step * EDGE_STEP_PX,
      toX: box.x + (step + 1) * EDGE_STEP_PX,
      opacity,
    })),
    { ...heard, fromX: box.x + edgePx, toX: middleX },
    { ...coming, fromX: middleX, toX: box.x + box.width - edgePx },
    ...EDGE_OPACITIES.map((opacity, step) => ({
      ...coming,
      fromX: box.x + box.width - (step + 1) * EDGE_STEP_PX,
      toX: box.x + box.width - step * EDGE_STEP_PX,
      opacity: opacity * COMING_OPACITY,
    })),
  ];
}

function stripEvent(
  strip: Strip,
  moving: { startX: number; fromS: number; toS: number; body: string },
  box: Box,
): AssEvent {
  const { startX, body } = moving;
  // Times in the script are hundredths of a second; positions are given for exactly those.
  const fromS = Math.round(moving.fromS * 100) / 100;
  const toS = Math.round(moving.toS * 100) / 100;
  const at = (timeS: number) => `${(startX - timeS * SPEED_PX_PER_S).toFixed(2)},${box.y}`;
  const clip = `${strip.fromX},${box.y - 2},${strip.toX},${box.y + box.height + 2}`;
  return {
    layer: 5,
    fromS,
    toS,
    tags:
      `\\an7\\move(${at(fromS)},${at(toS)})\\clip(${clip})\\bord0\\shad0` +
      `\\1c${assColour(strip.colour)}\\1a${assAlpha(strip.opacity)}\\p1`,
    body,
  };
}
