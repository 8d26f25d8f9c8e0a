import type { VideoPreset } from '../../../domain/preset.ts';
import type { Recipe } from '../../../domain/recipe.ts';
import type { Template } from '../../../domain/template.ts';
import type { Box } from '../frame.ts';
import { luminance } from '../text/colour.ts';
import type { CardLayout } from './card.ts';
import { COVER_RADIUS } from './cardText.ts';

/** How much of the cover's own colours shows through the show's background colour. */
const GROUND_SHARE = 0.8;
/** Covers are dimmed or lightened until the show's text colour reads on them. */
const DIMMED = 'lutrgb=r=val*0.55:g=val*0.55:b=val*0.55';
const LIGHTENED = 'lutrgb=r=255-(255-val)*0.3:g=255-(255-val)*0.3:b=255-(255-val)*0.3';
/** A little grain in the still picture hides the steps that eight bits leave in a slow gradient. */
const FINISH = 'ass=card.ass:fontsdir=fonts,noise=alls=2:allf=u,format=rgb24[card]';

/** The graph that draws the card: input 0 is a field of the show's colour, input 1 its cover. */
export function cardGraph(
  layout: CardLayout,
  { width, height }: VideoPreset,
  { brand, look }: { readonly brand: Recipe['brand']; readonly look: Template },
  hasCover: boolean,
): string {
  if (!hasCover) return `[0:v]format=rgb24,ass=backdrop.ass:fontsdir=fonts,${FINISH}`;
  const size = Math.round(layout.cover.width);
  const [x, y] = [Math.round(layout.cover.x), Math.round(layout.cover.y)];
  const tone = luminance(brand.backgroundColour) < luminance(brand.textColour) ? DIMMED : LIGHTENED;
  const ground =
    look.ground === 'cover'
      ? [
          '[0:v]format=rgb24[field]',
          `[1:v]scale=iw*sar:ih,setsar=1,format=rgb24,split=3[c][t][b]`,
          // The edges of a cover are nearly always its ground: the card runs from the colour above to the one below.
          `[t]crop=iw:ih/10:0:0,scale=1:1:flags=area,${tone},scale=2:${height}:flags=neighbor[top]`,
          `[b]crop=iw:ih/10:0:ih-ih/10,scale=1:1:flags=area,${tone},scale=2:${height}:flags=neighbor[bottom]`,
          `[top][bottom]blend=all_expr='A*(1-Y/H)+B*Y/H',scale=${width}:${height}:flags=neighbor,format=rgba,colorchannelmixer=aa=${GROUND_SHARE}[ground]`,
          '[field][ground]overlay=format=rgb,ass=backdrop.ass:fontsdir=fonts[back]',
        ]
      : [
          '[0:v]format=rgb24,ass=backdrop.ass:fontsdir=fonts[back]',
          `[1:v]scale=iw*sar:ih,setsar=1,format=rgb24[c]`,
        ];
  return [
    ...ground,
    `[c]scale=${size}:${size}:force_original_aspect_ratio=increase:flags=lanczos,crop=${size}:${size},format=rgba,${roundCorners(layout.cover, look.cover)}[front]`,
    `[back][front]overlay=x=${x}:y=${y}:format=rgb,${FINISH}`,
  ].join(';');
}

/** Alpha from the distance to the inner rectangle, one pixel soft. */
function roundCorners({ width }: Box, cover: Template['cover']): string {
  const r = width * COVER_RADIUS[cover];
  const beyond = (axis: string, size: string) =>
    `max(abs(${axis}+0.5-${size}/2)-(${size}/2-${r.toFixed(2)}),0)`;
  const alpha = `255*clip(${r.toFixed(2)}+0.5-hypot(${beyond('X', 'W')},${beyond('Y', 'H')}),0,1)`;
  return `geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='${alpha}'`;
}
