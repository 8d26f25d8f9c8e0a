// Builds the window (renderer/) into dist/renderer, and only when a source is newer than what is there.
import { join } from 'node:path';
import { mtimeMs, newestMtimeMs, root } from './build.mjs';

export const viteConfig = { configFile: join(root, 'vite.config.ts'), root: join(root, 'renderer') };
const page = join(root, 'dist', 'renderer', 'index.html');

async function isFresh() {
  const sources = await Promise.all([
    ...['renderer', 'main/domain', 'main/contract'].map((folder) => newestMtimeMs(join(root, folder))),
    ...['vite.config.ts', 'package-lock.json'].map((file) => mtimeMs(join(root, file))),
  ]);
  return (await mtimeMs(page)) > Math.max(...sources);
}

export async function buildWindow() {
  const { build } = await import('vite');
  await build({ ...viteConfig, logLevel: 'warn' });
}

export async function buildWindowIfStale() {
  if (!(await isFresh())) await buildWindow();
}
