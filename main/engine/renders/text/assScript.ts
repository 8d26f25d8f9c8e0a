import type { TimeRange } from '../../../domain/time.ts';
import type { Typeface } from './font.ts';

/** Files in the format Advanced SubStation Alpha, as libass reads them. */
export interface AssFrame {
  readonly width: number;
  readonly height: number;
}

/** One line of the script: what is shown, when, and above what. */
export interface AssEvent extends TimeRange {
  /** Higher layers cover lower ones. */
  readonly layer: number;
  /** Override tags without their braces. */
  readonly tags: string;
  /** Already escaped text, or a drawing. */
  readonly body: string;
}

/** A whole script: coordinates are pixels of the frame, and one style that every event overrides. */
export function assScript(frame: AssFrame, typeface: Typeface, events: readonly AssEvent[]): string {
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    `PlayResX: ${frame.width}`,
    `PlayResY: ${frame.height}`,
    'WrapStyle: 2',
    'ScaledBorderAndShadow: yes',
    '',
    '[V4+ Styles]',
    'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding',
    `Style: Plain,${typeface.family},64,&H00FFFFFF,&H00FFFFFF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,0,0,7,0,0,0,1`,
    '',
    '[Events]',
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    ...events.map(
      (event) =>
        `Dialogue: ${event.layer},${assTime(event.fromS)},${assTime(event.toS)},Plain,,0,0,0,,{${event.tags}}${event.body}`,
    ),
    '',
  ].join('\n');
}

/** 1:02:03.45; the format knows hundredths of a second only. */
export function assTime(seconds: number): string {
  const hundredths = Math.max(0, Math.round(seconds * 100));
  const two = (n: number) => String(n).padStart(2, '0');
  return `${Math.floor(hundredths / 360_000)}:${two(Math.floor(hundredths / 6_000) % 60)}:${two(Math.floor(hundredths / 100) % 60)}.${two(hundredths % 100)}`;
}

/**
 * Text that comes out as it is written. libass reads \{ and \} as braces, and has no escape for a backslash: a
 * zero-width space after it keeps \N, \n and \h from meaning anything.
 */
export const escapeAss = (text: string): string =>
  text
    .replace(/[\r\n]+/g, ' ')
    .replace(/\\/g, '\\\u200b')
    .replace(/[{}]/g, (brace) => `\\${brace}`);

/** A colour "#rrggbb" as the format writes it: blue first. */
export function assColour(colour: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => colour.slice(at, at + 2).toUpperCase());
  return `&H${blue ?? '00'}${green ?? '00'}${red ?? '00'}&`;
}

/** 1 is opaque; the format counts transparency, from 00 to FF. */
export const assAlpha = (opacity: number): string =>
  `&H${Math.round((1 - opacity) * 255)
    .toString(16)
    .toUpperCase()
    .padStart(2, '0')}&`;

/** Tags that set one line of text with its baseline at the given height. */
export function textTags(
  typeface: Typeface,
  { x, baselineY, sizePx, align }: { x: number; baselineY: number; sizePx: number; align: 'left' | 'centre' },
): string {
  const topY = baselineY - typeface.ascentEm * sizePx;
  const size = (sizePx * typeface.assSizePerEm).toFixed(2);
  return `\\an${align === 'left' ? 7 : 8}\\pos(${x.toFixed(1)},${topY.toFixed(1)})\\fn${typeface.family}\\fs${size}`;
}
