// The main job on the sample episode: three captioned clips in ./demo-clips, and why each was chosen.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIfStale, cliBundle, root } from './build.mjs';

const SAMPLE = join(root, 'resources', 'sample', 'still-works-23-the-lamp-on-table-four.m4a');

export async function demo() {
  await buildIfStale();
  process.chdir(root);
  // The folder is the demo's own, made anew each time; the library is thrown away, so nobody's own is touched.
  await rm(join(root, 'demo-clips'), { recursive: true, force: true });
  const home = await mkdtemp(join(tmpdir(), 'soundbite-demo-'));
  process.env['SOUNDBITE_HOME'] = home;
  const startedMs = performance.now();
  try {
    console.error('Making three clips of the sample episode; this takes a minute or two.\n');
    const { main } = await import(pathToFileURL(cliBundle).href);
    const code = await main(['clip', SAMPLE, '--top', '3', '--out', 'demo-clips']);
    if (code === 0) {
      const seconds = Math.round((performance.now() - startedMs) / 1000);
      console.log(`\nThree clips in ${seconds} s. They are in ${join(root, 'demo-clips')}.`);
    }
    return code;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
