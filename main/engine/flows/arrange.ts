import { AppError } from '../../domain/errors.ts';
import { boxesFor, uprightSize } from '../../domain/framing.ts';
import { type PresetId, PRESETS } from '../../domain/preset.ts';
import type { Layout, Recipe } from '../../domain/recipe.ts';
import type { Show } from '../../domain/show.ts';
import type { StoredEpisode } from '../db/episodes.ts';
import type { EngineContext } from './context.ts';
import { findTemplate } from './templates.ts';

/** How a picture is arranged, as an export is asked for. */
export interface Wish {
  readonly preset: PresetId;
  readonly layout?: Layout | undefined;
  readonly template?: string | undefined;
}

export type Arrangement = Pick<Recipe, 'layout' | 'boxes' | 'template'>;

/**
 * The layout of an export, with the show's crop boxes or the template that go with it. Without a wish pictures are
 * fitted and sound becomes an audiogram. Throws BAD_INPUT for a layout that needs a picture where there is none, and
 * NOT_FOUND for a template that is not there.
 */
export async function arrange(
  engine: Pick<EngineContext, 'resourcesDir' | 'paths'>,
  wish: Wish,
  { episode, facts: { video } }: StoredEpisode,
  { cropBoxes }: Show,
): Promise<Arrangement> {
  if (PRESETS[wish.preset].kind === 'audio') return { layout: 'none' };
  const layout = wish.layout ?? (video === null || wish.template !== undefined ? 'audiogram' : 'fit');
  switch (layout) {
    case 'audiogram':
      return wish.template === undefined
        ? { layout }
        : { layout, template: await findTemplate(engine, wish.template) };
    case 'fit':
    case 'crop':
    case 'stack': {
      if (wish.template !== undefined)
        throw new AppError('BAD_INPUT', `a template is for audiograms, not for the layout ${layout}`);
      if (video === null)
        throw new AppError(
          'BAD_INPUT',
          `the layout ${layout} needs a picture, and ${episode.title} has none`,
        );
      return layout === 'fit' ? { layout } : { layout, boxes: boxesFor(cropBoxes, uprightSize(video)) };
    }
  }
}
