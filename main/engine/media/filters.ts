import { execa } from 'execa';
import type { MediaTools } from './tools.ts';

const WALL_LIMIT_MS = 20_000;

/** Those of the named filters that this ffmpeg was built without. */
export async function missingFilters(tools: MediaTools, names: readonly string[]): Promise<string[]> {
  const { stdout } = await execa(tools.ffmpeg, ['-hide_banner', '-filters'], {
    stdin: 'ignore',
    timeout: WALL_LIMIT_MS,
  });
  const known = new Set(stdout.split('\n').map((line) => line.trim().split(/\s+/)[1]));
  return names.filter((name) => !known.has(name));
}
