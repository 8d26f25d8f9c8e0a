import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Recipe } from '../../main/domain/recipe.ts';
import { DEFAULT_BRAND } from '../../main/domain/show.ts';
import type { Segment, Timing } from '../../main/domain/transcript.ts';
import { judge } from '../../main/engine/media/judge.ts';
import { findTools, type MediaTools } from '../../main/engine/media/tools.ts';
import { type Rendered, type RenderOrder, renderExport } from '../../main/engine/renders/render.ts';
import { temporaryFolder, type TemporaryFolder } from './folder.ts';

const execute = promisify(execFile);
export const FONTS_DIR = join(import.meta.dirname, '..', '..', 'resources', 'fonts');

/** A render's surroundings: a folder, an ffmpeg, and short ways to make media and export it. */
export interface RenderStage extends Disposable {
  readonly folder: TemporaryFolder;
  readonly tools: MediaTools;
  /** Makes a file with ffmpeg's own generators; returns its path. */
  generate(name: string, args: readonly string[]): Promise<string>;
  render(
    source: string,
    range: readonly [number, number],
    recipe?: Partial<Recipe>,
    more?: {
      readonly segments?: readonly Segment[];
      readonly coverPath?: string;
      readonly signal?: AbortSignal;
    },
  ): Promise<Rendered & { readonly path: string }>;
}

interface Build {
  readonly build: string;
  readonly env: NodeJS.ProcessEnv;
}

const OLDEST: Build = { build: 'the npm build of 2018', env: { PATH: '' } };
const FOUND_FIRST: Build = { build: 'the ffmpeg found first', env: process.env };

/**
 * The ffmpeg builds that clips are rendered with. The short form takes the one that can do least; the main job's own
 * tests take the one found first.
 */
export const BUILDS: readonly Build[] =
  process.env['SOUNDBITE_TEST_LONG'] === undefined ? [OLDEST] : [FOUND_FIRST, OLDEST];

export async function renderStage(env: NodeJS.ProcessEnv = process.env): Promise<RenderStage> {
  const folder = temporaryFolder();
  const tools = await findTools(env);
  let count = 0;
  return {
    folder,
    tools,
    async generate(name, args) {
      const path = folder.file(name);
      await execute(tools.ffmpeg, ['-nostdin', '-v', 'error', ...args, path]);
      return path;
    },
    async render(source, [fromS, toS], recipe = {}, { segments = [], coverPath, signal } = {}) {
      count += 1;
      const workDir = folder.file(`work${count}`);
      await mkdir(workDir);
      const facts = await judge(tools, source, { cwd: workDir });
      const order: RenderOrder = {
        recipe: { ...plainRecipe(tools), ranges: [{ episodeId: 'episode', fromS, toS }], ...recipe },
        sources: new Map([
          ['episode', { path: source, facts, segments, ...(coverPath === undefined ? {} : { coverPath }) }],
        ]),
        workDir,
        partialPath: folder.file(`export${count}.mp4`),
        fontsDir: FONTS_DIR,
      };
      const rendered = await renderExport(tools, order, { signal });
      return { ...rendered, path: order.partialPath };
    },
    [Symbol.dispose]() {
      folder[Symbol.dispose]();
    },
  };
}

const plainRecipe = (tools: MediaTools): Omit<Recipe, 'ranges'> => ({
  preset: 'tiktok',
  layout: 'fit',
  captionStyle: 'karaoke',
  bleeps: null,
  title: 'The woman who winds the clock',
  showName: 'Small Repairs',
  episode: { title: 'Clocks', date: '2026-03-01' },
  brand: DEFAULT_BRAND,
  renderer: tools.versionLine,
  threads: 2,
});

/** One sentence spoken at an even pace from a second on. */
export function sentence(text: string, fromS: number, wordS = 0.4, timing: Timing = 'word'): Segment {
  const words = text.split(' ').map((word, index) => ({
    text: word,
    fromS: fromS + index * wordS,
    toS: fromS + (index + 0.9) * wordS,
    confidence: null,
  }));
  return { fromS, toS: words.at(-1)?.toS ?? fromS, text, words, timing };
}

/** Something like a voice: a buzz that swells and falls four times a second, with pauses. */
export const voiceLike = (seconds: number, channels = '0'): string[] => [
  ...['-f', 'lavfi', '-i'],
  `aevalsrc='0.25*(0.6+0.4*sin(2*PI*4*t))*sin(2*PI*160*t+2*sin(2*PI*320*t))*gt(mod(t,3),0.4)':d=${seconds}:s=48000:c=${channels === '0' ? 'mono' : channels}`,
];
