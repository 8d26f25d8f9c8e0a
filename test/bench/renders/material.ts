import { mkdir } from 'node:fs/promises';
import { execa } from 'execa';
import type { Recipe } from '../../../main/domain/recipe.ts';
import { DEFAULT_BRAND } from '../../../main/domain/show.ts';
import { judge } from '../../../main/engine/media/judge.ts';
import type { MediaTools } from '../../../main/engine/media/tools.ts';
import type { RenderOrder, RenderSource } from '../../../main/engine/renders/order.ts';
import type { TemporaryFolder } from '../../support/folder.ts';
import { FONTS_DIR, sentence } from '../../support/renderStage.ts';
import { makeTalkingHeads, type Shot } from '../../support/talkingHeads.ts';

const TILE_S = 60;
const TILES = 60;
const SHOTS: readonly { shot: Shot; durationS: number }[] = [
  { shot: 'both', durationS: 20 },
  { shot: 'left', durationS: 20 },
  { shot: 'right', durationS: 20 },
];
const WORDS = 'So on a Thursday night I climbed up there, and nobody had noticed that the clock was wrong.';

/** An hour of two people talking, 1080p30 H.264 of about 5 Mb/s with a key frame every 8.3 s at most. */
export async function makeHour(tools: MediaTools, folder: TemporaryFolder): Promise<string> {
  const [tile, hour] = [folder.file('minute.mp4'), folder.file('hour.mp4')];
  await makeTalkingHeads(tools, tile, {
    shots: SHOTS,
    options: [
      ...['-t', String(TILE_S), '-c:v', 'libx264', '-preset', 'superfast', '-b:v', '5M', '-g', '250'],
      ...['-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '128k'],
    ],
  });
  const loop = ['-stream_loop', String(TILES - 1), '-i', tile, '-c', 'copy', hour];
  await execa(tools.ffmpeg, ['-nostdin', '-v', 'error', ...loop], { stdin: 'ignore' });
  return hour;
}

/** The hour's sound alone, as a podcast is published. */
export async function makeSound(tools: MediaTools, hour: string, path: string): Promise<string> {
  await execa(
    tools.ffmpeg,
    ['-nostdin', '-v', 'error', '-t', '600', '-i', hour, '-vn', '-b:a', '128k', path],
    {
      stdin: 'ignore',
    },
  );
  return path;
}

/** What an export is asked for, each with a work folder of its own. */
export function orderMaker(tools: MediaTools, folder: TemporaryFolder) {
  let count = 0;
  const known = new Map<string, Omit<RenderSource, 'segments'>>();
  return async (
    path: string,
    fromS: number,
    toS: number,
    recipe: Pick<Recipe, 'layout' | 'preset'> & Partial<Recipe>,
  ): Promise<RenderOrder> => {
    count += 1;
    const workDir = folder.file(`work${count}`);
    await mkdir(workDir);
    const source = known.get(path) ?? { path, facts: await judge(tools, path, { cwd: workDir }) };
    known.set(path, source);
    const segments = Array.from({ length: Math.floor((toS - fromS) / 7) }, (_, index) =>
      sentence(WORDS, fromS + index * 7 + 0.3, 0.36),
    );
    return {
      recipe: {
        ranges: [{ episodeId: 'episode', fromS, toS }],
        captionStyle: 'karaoke',
        bleeps: null,
        title: 'The woman who winds the clock',
        showName: 'Small Repairs',
        episode: { title: 'Clocks', date: '2026-03-01' },
        brand: DEFAULT_BRAND,
        renderer: tools.versionLine,
        threads: 2,
        ...recipe,
      },
      sources: new Map([['episode', { ...source, segments }]]),
      workDir,
      partialPath: folder.file(`export${count}.${recipe.preset === 'audio' ? 'm4a' : 'mp4'}`),
      fontsDir: FONTS_DIR,
    };
  };
}
