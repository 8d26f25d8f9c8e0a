import type { VideoPreset } from '../../../domain/preset.ts';
import type { Recipe } from '../../../domain/recipe.ts';
import type { TimeRange } from '../../../domain/time.ts';
import { inkOn } from '../text/colour.ts';
import { type AssEvent, assAlpha, assColour, assScript, escapeAss, textTags } from '../text/assScript.ts';
import { drawingTags, roundedBox } from '../text/drawing.ts';
import type { Typeface } from '../text/font.ts';
import { type CaptionCue, type CaptionDocument, speakersOf } from './cue.ts';
import { CAPTION_EM, markBox, placeCaptions, type PlacedCue, type PlacedWord } from './measure.ts';

/** Captions cover everything else in the frame. */
const LAYER = { words: 20, mark: 21, spoken: 22 } as const;
const MARK_RADIUS_EM = 0.2;

/** The captions as a script of their own, for the export's ass filter and for the preview. */
export const toAss = (
  document: CaptionDocument,
  preset: VideoPreset,
  typeface: Typeface,
  brand: Recipe['brand'],
): string => assScript(preset, typeface, captionEvents(document, preset, typeface, brand));

/**
 * One event for each word and state: light with a dark outline while it waits or has passed, dark on the show's
 * accent colour while it is spoken. Every word has its own place, so that builds with and without kerning agree.
 */
export function captionEvents(
  document: CaptionDocument,
  preset: VideoPreset,
  typeface: Typeface,
  brand: Recipe['brand'],
): AssEvent[] {
  const colours = speakerColours(document);
  return placeCaptions(document, preset, typeface).flatMap((cue) =>
    cue.words.flatMap((word, index) => {
      const spoken = cue.cue.followsWords ? spokenRange(cue, index) : undefined;
      return [
        ...quietRanges(cue.cue, spoken).map((range) =>
          quietWord(word, cue, range, { typeface, colour: colours(cue.cue) }),
        ),
        ...(spoken === undefined ? [] : spokenWord(word, cue, spoken, { typeface, brand })),
      ];
    }),
  );
}

/** A word is marked until the next one begins, so that the mark never goes out between words. */
function spokenRange({ cue, words }: PlacedCue, index: number): TimeRange | undefined {
  const fromS = index === 0 ? cue.fromS : Math.max(cue.fromS, words[index]?.word.fromS ?? cue.fromS);
  const toS = Math.min(cue.toS, words[index + 1]?.word.fromS ?? cue.toS);
  return toS > fromS ? { fromS, toS } : undefined;
}

const quietRanges = (cue: TimeRange, spoken: TimeRange | undefined): TimeRange[] =>
  (spoken === undefined
    ? [{ fromS: cue.fromS, toS: cue.toS }]
    : [
        { fromS: cue.fromS, toS: spoken.fromS },
        { fromS: spoken.toS, toS: cue.toS },
      ]
  ).filter((range) => range.toS - range.fromS >= 0.005);

/** Light colours that television tells speakers apart by; the first of them speaks in white, as one alone does. */
const SPEAKER_COLOURS = ['#ffffff', '#ffe066', '#7fdfff', '#9df0a0', '#ffb8d9'];

/** Where the spoken word is marked in the show's colour, the others stay white: two codes at once are none. */
function speakerColours(document: CaptionDocument): (cue: CaptionCue) => string {
  const speakers = speakersOf(document);
  return ({ speaker, followsWords }) => {
    const place = speaker === undefined || followsWords ? 0 : speakers.indexOf(speaker);
    return SPEAKER_COLOURS[place % SPEAKER_COLOURS.length] ?? '#ffffff';
  };
}

function quietWord(
  word: PlacedWord,
  { sizePx }: PlacedCue,
  range: TimeRange,
  { typeface, colour }: { readonly typeface: Typeface; readonly colour: string },
): AssEvent {
  const outlinePx = (CAPTION_EM.outline * sizePx).toFixed(1);
  return {
    ...range,
    layer: LAYER.words,
    tags:
      textTags(typeface, { x: word.x, baselineY: word.baselineY, sizePx, align: 'left' }) +
      `\\1c${assColour(colour)}\\3c${assColour('#101114')}\\3a${assAlpha(0.92)}\\4a${assAlpha(0.45)}` +
      `\\bord${outlinePx}\\shad${(0.035 * sizePx).toFixed(1)}`,
    body: escapeAss(word.text),
  };
}

function spokenWord(
  word: PlacedWord,
  { sizePx }: PlacedCue,
  range: TimeRange,
  { typeface, brand }: { typeface: Typeface; brand: Recipe['brand'] },
): AssEvent[] {
  const mark = roundedBox(markBox(word, sizePx, typeface), MARK_RADIUS_EM * sizePx);
  return [
    {
      ...range,
      layer: LAYER.mark,
      tags: `${drawingTags()}\\1c${assColour(brand.accentColour)}`,
      body: mark,
    },
    {
      ...range,
      layer: LAYER.spoken,
      tags:
        textTags(typeface, { x: word.x, baselineY: word.baselineY, sizePx, align: 'left' }) +
        `\\bord0\\shad0\\1c${assColour(inkOn(brand.accentColour))}`,
      body: escapeAss(word.text),
    },
  ];
}
