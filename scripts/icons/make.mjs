// Draws resources/icons/soundbite.svg in every size a system asks for: node scripts/icons/make.mjs [path of a Chromium]
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const SIZES = [16, 32, 48, 64, 128, 256, 512, 1024];
const folder = join(dirname(fileURLToPath(import.meta.url)), '../../resources/icons');
const svg = await readFile(join(folder, 'soundbite.svg'), 'utf8');

const browser = await chromium.launch({
  executablePath: process.argv[2] ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
for (const size of SIZES) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<style>* { margin: 0 } svg { display: block; width: ${size}px; height: ${size}px }</style>${svg}`,
  );
  await writeFile(join(folder, `${size}x${size}.png`), await page.screenshot({ omitBackground: true }));
  await page.close();
}
await browser.close();
