import type { MediaFacts } from '../../domain/episode.ts';
import type { Recipe, RecipeRange } from '../../domain/recipe.ts';
import type { Segment } from '../../domain/transcript.ts';

/** A recording that ranges are cut from, with the picture that stands for it. */
export interface RenderSource {
  readonly path: string;
  readonly facts: MediaFacts;
  readonly coverPath?: string;
  /** What is said in it, on its own clock. */
  readonly segments: readonly Segment[];
}

/** A range beside the file it is cut from. */
export interface SourcedRange {
  readonly range: RecipeRange;
  readonly source: RenderSource;
}

/** Everything that one export needs to know. */
export interface RenderOrder {
  readonly recipe: Recipe;
  readonly sources: ReadonlyMap<string, RenderSource>;
  /** Private and existing; emptied by the caller afterwards. */
  readonly workDir: string;
  /** Where the finished but unpublished file goes: on the destination's volume, and not there yet. */
  readonly partialPath: string;
  /** The name that the file will be published under, so that it can be held to the bleep list. */
  readonly fileName?: string;
  /** What is known to be worth a look before anything is rendered; told with the export. */
  readonly warnings?: readonly string[];
  /** False where nothing is wanted beside the file. */
  readonly sidecars?: boolean | undefined;
  /** The folder of the typefaces that ship. */
  readonly fontsDir: string;
}

/** How a render is stopped and watched; progress goes from 0 to 1. */
export interface RenderRun {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((fraction: number) => void) | undefined;
}
