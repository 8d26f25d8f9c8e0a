// Bundles each shell of the product into dist/, and only when a source is newer than its bundle.
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
export const cliBundle = join(root, 'dist', 'cli.mjs');
export const electronBundle = join(root, 'dist', 'electron.mjs');
export const recogniserBundle = join(root, 'dist', 'recogniser.mjs');
export const preloadBundle = join(root, 'dist', 'preload.cjs');

/** Native code and programs stay outside the bundle; they are found in node_modules at run time. */
const EXTERNAL = [
  'better-sqlite3',
  'sherpa-onnx-node',
  '@ffmpeg-installer/ffmpeg',
  '@ffprobe-installer/ffprobe',
  'electron',
];

/** CommonJS packages inside an ES module bundle ask for these. */
const COMMONJS_NAMES = `
import { createRequire as __createRequire } from 'node:module';
import { fileURLToPath as __fileURLToPath } from 'node:url';
const require = __createRequire(import.meta.url);
const __filename = __fileURLToPath(import.meta.url);
const __dirname = __fileURLToPath(new URL('.', import.meta.url));
`;

/** What runs in Node or in Electron's main process. */
const AS_MODULE = { format: 'esm', banner: { js: COMMONJS_NAMES } };

const BUNDLES = [
  { entry: join(root, 'main/hosts/cli/index.ts'), outfile: cliBundle, form: AS_MODULE },
  { entry: join(root, 'main/hosts/electron/index.ts'), outfile: electronBundle, form: AS_MODULE },
  // The child process that hears words; the shells look for it beside themselves.
  {
    entry: join(root, 'main/engine/transcripts/recogniser/childMain.ts'),
    outfile: recogniserBundle,
    form: AS_MODULE,
  },
  // A sandboxed preload script has to be one CommonJS file, and a window waits for it: so it is made small.
  { entry: join(root, 'preload/index.ts'), outfile: preloadBundle, form: { format: 'cjs', minify: true } },
];

export async function newestMtimeMs(folder) {
  let newest = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) newest = Math.max(newest, (await stat(join(entry.parentPath, entry.name))).mtimeMs);
  }
  return newest;
}

export async function mtimeMs(path) {
  return stat(path).then(
    (s) => s.mtimeMs,
    () => 0,
  );
}

/** True when every bundle is newer than all sources, the lock file and this script. */
export async function isFresh() {
  const sources = Math.max(
    await newestMtimeMs(join(root, 'main')),
    await newestMtimeMs(join(root, 'preload')),
    await mtimeMs(join(root, 'package-lock.json')),
    await mtimeMs(fileURLToPath(import.meta.url)),
  );
  const bundles = await Promise.all(BUNDLES.map(({ outfile }) => mtimeMs(outfile)));
  return bundles.every((bundle) => bundle > sources);
}

/** Writes beside the target and renames, so that two builds at once never leave a torn bundle. */
async function writeAtomically(path, contents) {
  await mkdir(dirname(path), { recursive: true });
  const partial = join(dirname(path), `.${basename(path)}.${process.pid}.partial`);
  await writeFile(partial, contents);
  await rename(partial, path);
}

export async function build() {
  const { build: bundle } = await import('esbuild');
  for (const { entry, outfile, form } of BUNDLES) {
    const result = await bundle({
      absWorkingDir: root,
      entryPoints: [entry],
      outfile,
      bundle: true,
      write: false,
      platform: 'node',
      target: 'node22',
      sourcemap: 'linked',
      external: EXTERNAL,
      loader: { '.sql': 'text' },
      ...form,
      logLevel: 'warning',
    });
    for (const file of result.outputFiles) await writeAtomically(file.path, file.contents);
  }
}

export async function buildIfStale() {
  if (!(await isFresh())) await build();
}
