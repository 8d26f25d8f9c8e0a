import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { execa } from 'execa';
import { listenForProblems, openBench, picture, root } from './shell.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const kinds = (page: Page) => page.getByRole('list', { name: 'Kinds of files' }).getByRole('listitem');
const side = (page: Page) => page.getByRole('complementary', { name: 'Clean up' });

test('the storage room says what is there, what would go and why; it cleans up at a word and takes it back', async ({
  page,
}) => {
  await using bench = openBench();
  const home = bench.folder.file('library');
  const orders = JSON.stringify({ home, original: bench.folder.file('person/lamps.mp3') });
  const sqlAsText = pathToFileURL(join(root, 'scripts/sqlAsText.mjs')).href;
  await execa(process.execPath, ['--import', sqlAsText, join(root, 'test/support/seedStorage.ts'), orders], {
    timeout: 60_000,
  });
  const problems = await listenForProblems(page);
  await page.goto(await bench.start());
  await page.getByRole('link', { name: 'Storage' }).click();
  await expect(page).toHaveURL(/\/storage$/);
  await expect(kinds(page).filter({ hasText: 'Listening copies' })).toContainText('158 MB');
  await expect(kinds(page).filter({ hasText: 'Exports in the library' })).toContainText('240 MB');
  await expect(page.getByText('61 MB in 1 file, linked and not copied.')).toBeVisible();

  // One copy was not needed for months, one belongs to no episode any more.
  await expect(side(page)).toContainText('157 MB');
  await button(page, 'See 2 files').click();
  const goes = page.getByRole('list', { name: 'What would go, and why' }).getByRole('listitem');
  await expect(goes.first()).toContainText('analysis/ep-9/speech.wav');
  await expect(goes.first()).toContainText('nothing uses it any more');
  await expect(goes.last()).toContainText('not needed for long');
  await page.getByRole('checkbox', { name: 'Exports in the library' }).click();
  await expect(side(page)).toContainText('397 MB');
  await page.getByRole('checkbox', { name: 'Exports in the library' }).click();
  await picture(page, 'storage');

  const copy = join(home, 'analysis/ep-1/speech.wav');
  await button(page, 'Free 157 MB').click();
  await expect(side(page)).toContainText('Nothing has to go.');
  expect(existsSync(copy)).toBe(false);
  await button(page, 'Bring them back').click();
  await expect(button(page, 'Free 157 MB')).toBeVisible();
  expect(existsSync(copy)).toBe(true);
  await page.getByRole('combobox', { name: 'Limit' }).selectOption({ label: '20 GB' });
  await expect(page.getByText('of 20 GB', { exact: true })).toBeVisible();
  expect(problems).toEqual([]);
});
