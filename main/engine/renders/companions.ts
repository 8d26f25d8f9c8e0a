import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Companion, CompanionKind, Proof } from '../../domain/exportedFile.ts';
import { PRESETS } from '../../domain/preset.ts';
import type { Recipe } from '../../domain/recipe.ts';
import type { MediaTools } from '../media/tools.ts';
import { MASK, maskText } from './bleeps.ts';
import type { CaptionDocument } from './captions/cue.ts';
import { toSrt, toVtt } from './captions/sidecar.ts';
import type { Measuring } from './loudness.ts';
import { writePoster } from './poster.ts';

/** What each file beside an export is called behind their common stem. */
const SUFFIX: Readonly<Record<CompanionKind, string>> = {
  srt: '.srt',
  vtt: '.vtt',
  poster: '.png',
  recipe: '.export.json',
};

/** The companion's path beside an export. */
export const companionPath = (mediaPath: string, kind: CompanionKind): string =>
  mediaPath.slice(0, mediaPath.length - extname(mediaPath).length) + SUFFIX[kind];

/** What the files beside an export tell of it. */
export interface Accompanied {
  readonly path: string;
  readonly recipe: Recipe;
  readonly durationS: number;
  readonly reading: CaptionDocument;
  readonly proof: Proof;
  readonly warnings: readonly string[];
}

/** Writes subtitles, poster and recipe beside a finished, unpublished file; returns which there are. */
export async function writeCompanions(
  tools: MediaTools,
  made: Accompanied,
  run: Measuring,
): Promise<Companion[]> {
  const written: Companion[] = [];
  const write = async (kind: CompanionKind, text: string): Promise<void> => {
    const path = companionPath(made.path, kind);
    await writeFile(path, text);
    written.push({ kind, path });
  };
  if (made.reading.cues.length > 0) {
    await write('srt', toSrt(made.reading));
    await write('vtt', toVtt(made.reading));
  }
  if (PRESETS[made.recipe.preset].kind === 'video') {
    const path = companionPath(made.path, 'poster');
    await writePoster(tools, made, path, run);
    written.push({ kind: 'poster', path });
  }
  await write('recipe', toJson(made));
  return written;
}

/** The recipe travels with the clip, so the words that nobody shall read are only counted in it. */
function toJson({ recipe, proof, warnings, durationS }: Accompanied): string {
  const { bleeps } = recipe;
  const told = {
    ...recipe,
    bleeps: bleeps && { ...bleeps, words: bleeps.words.map(() => MASK) },
    ...(recipe.boxes === undefined
      ? {}
      : {
          boxes: recipe.boxes.map((box) => ({
            ...box,
            speaker: box.speaker && maskText(box.speaker, bleeps),
          })),
        }),
  };
  return `${JSON.stringify({ recipe: told, durationS, proof, warnings }, null, 2)}\n`;
}
