import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Typefaces } from './text/font.ts';

const FONTS_CONF = 'fonts.conf';

/**
 * Puts the shipped typefaces where "fontsdir=fonts" finds them, beside an empty fontconfig, so that no font of the
 * system is ever used. Returns the environment that makes libass look there.
 */
export async function installTypefaces(
  typefaces: Typefaces,
  fontsDir: string,
  workDir: string,
): Promise<Record<string, string>> {
  const folder = join(workDir, 'fonts');
  await mkdir(folder, { recursive: true });
  await Promise.all(
    [typefaces.captions, typefaces.titles].map(({ file }) =>
      copyFile(join(fontsDir, file), join(folder, file)),
    ),
  );
  const conf = join(workDir, FONTS_CONF);
  await writeFile(conf, `<?xml version="1.0"?>\n<fontconfig></fontconfig>\n`);
  return { FONTCONFIG_FILE: conf };
}
