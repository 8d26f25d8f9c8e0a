import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { serveSlowly } from '../support/slowFiles.ts';
import { toneModel, writeTones } from '../support/tones.ts';
import { dropFiles, listenForProblems, openBench, picture, root, type Bench } from './shell.ts';

const LENGTH_S = 240;
const PIECE_MS = 900;

const cards = (page: Page) => page.getByRole('list', { name: 'Candidates' }).getByRole('listitem');
const doors = (page: Page) => page.getByRole('region', { name: 'This episode has no words yet' });
const status = (page: Page) => page.getByRole('region', { name: 'Status' });

/** The shell with one more model in its catalogue, served from this machine. */
const openToneBench = (url: string): Bench =>
  openBench((home) => ({
    args: [
      ...['--import', pathToFileURL(join(root, 'scripts', 'sqlAsText.mjs')).href],
      ...[join(root, 'test', 'support', 'serveTones.ts'), home, url, String(PIECE_MS)],
    ],
  }));

const toneFiles = () =>
  serveSlowly({
    'model.onnx': readFileSync(join(toneModel, 'model.onnx')),
    'tokens.txt': readFileSync(join(toneModel, 'tokens.txt')),
  });

/** Title, place and state of a card, as a person reads them. */
const readCards = async (page: Page, states: RegExp): Promise<string[]> => {
  const texts = await cards(page).allInnerTexts();
  return texts
    .filter((text) => states.test(text))
    .map((text) => text.replace(/^\d+\s/u, '').replaceAll(/\s+/gu, ' '))
    .sort();
};

test('an episode without words gets a model, its words show as they come, and nothing that was judged moves', async ({
  page,
}) => {
  await using server = await toneFiles();
  await using bench = openToneBench(server.url);
  const problems = await listenForProblems(page);
  const recording = bench.folder.file('person/night-bus-letters.wav');
  const spoken = writeTones(recording, { durationS: LENGTH_S, seed: 31 });
  await page.goto(await bench.start());
  await dropFiles(page, [recording]);
  await expect(doors(page)).toBeVisible({ timeout: 60_000 });
  await expect(cards(page).first()).toBeVisible();
  await picture(page, 'words-none');

  await page.keyboard.press('y');
  await expect(cards(page).first()).toContainText('Kept');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('x');
  await expect(cards(page).nth(1)).toContainText('Rejected');
  await page.keyboard.press('ArrowDown');

  // Words by hand, over the speech of one clip.
  await page.keyboard.press('3');
  const editor = page.getByRole('textbox', { name: 'Words of this clip' });
  await expect(editor).toBeFocused();
  await editor.pressSequentially('Dear driver of the last bus. You do not know me, but you waited.');
  const lane = page.getByRole('group', { name: 'Words over the speech' });
  await expect(lane.getByText('You do not know me, but you waited.')).toBeVisible();
  await expect(doors(page)).toContainText('14 words');
  await picture(page, 'words-typing');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Under the clip.')).toBeVisible();
  await expect(cards(page).filter({ hasText: 'Dear driver of the last bus' })).toHaveCount(1);
  const typing = page.getByRole('region', { name: 'Type the words of this clip' });
  await typing.getByRole('button', { name: /^Undo/ }).click();
  await expect(cards(page).filter({ hasText: 'Dear driver' })).toHaveCount(0);
  await expect(editor).toHaveValue('');
  await editor.press('Escape');
  await expect(editor).toHaveCount(0);
  const judged = await readCards(page, /Kept|Rejected/);
  expect(judged).toHaveLength(2);

  // A model, with a pause on its way.
  await doors(page).getByRole('combobox', { name: 'Speech model' }).selectOption('tones');
  await expect(doors(page)).toContainText('measured right after the download');
  await doors(page).getByRole('button', { name: 'Get it' }).click();
  const download = doors(page).getByRole('progressbar', { name: 'Download of Tones' });
  await expect.poll(async () => Number(await download.getAttribute('aria-valuenow'))).toBeGreaterThan(20);
  await doors(page).getByRole('button', { name: 'Pause' }).click();
  await expect(doors(page)).toContainText('Paused, nothing lost');
  await picture(page, 'words-download');
  server.release();
  await doors(page).getByRole('button', { name: 'Resume' }).click();

  // The words as they come.
  const live = page.getByRole('region', { name: 'Recognising the words' });
  await expect(live).toBeVisible({ timeout: 60_000 });
  expect(server.asked.some((from) => from > 0)).toBe(true);
  const sentences = live.getByRole('list', { name: 'Words so far' }).getByRole('listitem');
  await expect(sentences.nth(2)).toBeVisible({ timeout: 30_000 });
  await expect(live).toContainText('times as fast as speech');
  await expect(live).toContainText('left');
  await live.getByRole('button', { name: 'Pause' }).click();
  await expect(live).toContainText('Paused, nothing lost');
  const heard = await sentences.count();
  await expect.poll(() => readCards(page, /Kept|Rejected/)).toEqual(judged);
  // The clip in hand stays in hand while others come above it.
  await expect(cards(page).locator('[aria-current="true"]')).toContainText('Found by ear at 2:34');
  await picture(page, 'words-live');
  await live.getByRole('button', { name: 'Resume' }).click();
  await expect.poll(() => sentences.count(), { timeout: 30_000 }).toBeGreaterThan(heard);
  await expect(live).toHaveCount(0, { timeout: 120_000 });

  await expect(doors(page)).toHaveCount(0);
  await expect(page.locator('.topbar')).toContainText('words recognised here');
  expect(await readCards(page, /Kept|Rejected/)).toEqual(judged);
  const read = cards(page).filter({ hasNotText: /Kept|Rejected/ });
  await expect(read.filter({ hasText: 'Found by ear' })).toHaveCount(0);
  await read.first().click();
  const transcript = page.getByRole('region', { name: 'What is said' });
  await expect(transcript).toBeVisible();
  const said = (await transcript.locator('.w').allInnerTexts()).map((word) =>
    word.toLowerCase().replace(/[.?]/u, ''),
  );
  expect(said.length).toBeGreaterThan(10);
  expect(spoken.map(({ text }) => text).join(' ')).toContain(said.slice(0, 10).join(' '));
  await expect(status(page)).toHaveCount(0);
  await picture(page, 'words-there');
  expect(problems).toEqual([]);
});

test('models are fetched, measured, imported and removed by hand, and what they take is said', async ({
  page,
}) => {
  await using server = await toneFiles();
  server.release();
  await using bench = openToneBench(server.url);
  const problems = await listenForProblems(page);
  await page.goto(await bench.start());
  await page.goto(`${new URL(page.url()).origin}/settings/models`);
  const rows = page.getByRole('list', { name: 'They write the words' }).getByRole('listitem');
  const tones = rows.filter({ hasText: /^Tones/ });
  await expect(tones).toContainText('not measured');
  await expect(tones).toContainText('needs 40 MB of memory');
  await expect(page.getByRole('region', { name: 'On disk' })).toContainText('nothing yet');
  await tones.getByRole('button', { name: 'Get Tones' }).focus();
  await page.keyboard.press('Enter');
  await expect(tones).toContainText('In use', { timeout: 30_000 });
  await expect(tones).toContainText(/[\d.]+ min/);
  await expect(page.getByRole('region', { name: 'On disk' })).toContainText('kB');
  await tones.getByRole('button', { name: 'Measure Tones' }).click();
  await expect(tones.getByRole('button', { name: 'Measure Tones' })).toBeVisible({ timeout: 30_000 });

  const other = rows.filter({ hasText: 'Spoilt tones' });
  await other.getByRole('button', { name: 'Get Spoilt tones' }).click();
  await expect(other.getByRole('alert')).toContainText('not the file that was expected', { timeout: 30_000 });
  await picture(page, 'models');

  const remove = tones.getByRole('button', { name: 'Remove Tones' });
  await remove.click();
  await expect(tones.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await picture(page, 'models-remove');
  await page.keyboard.press('Escape');
  await expect(tones).toContainText('In use');
  await remove.click();
  await tones.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(tones.getByRole('button', { name: 'Get Tones' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'On disk' })).toContainText('nothing yet');
  expect(problems).toEqual([]);
});

test('a setting is kept as it is changed, survives a reload, and is taken back by key', async ({ page }) => {
  await using bench = openBench();
  const problems = await listenForProblems(page);
  await page.goto(await bench.start());
  await page
    .getByRole('link', { name: 'Try the sample episode' })
    .or(page.getByText('Try the sample episode'))
    .click();
  await expect(cards(page).first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Settings', exact: true }).press('Enter');
  const row = (name: string) =>
    page.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) });
  const atOnce = page.getByRole('textbox', { name: 'Jobs at once' });
  await expect(atOnce).toHaveValue('3');
  await page.getByRole('button', { name: 'Jobs at once: more' }).click();
  await expect(atOnce).toHaveValue('4');
  await expect(row('Jobs at once')).toContainText('You');
  await atOnce.fill('640');
  await expect(atOnce).toHaveAttribute('aria-invalid', 'true');
  await atOnce.press('Escape');
  await expect(atOnce).toHaveValue('4');
  await page.getByRole('combobox', { name: 'While an export runs' }).selectOption('episode');
  await page.getByRole('switch', { name: 'Keep this computer awake' }).press('Space');
  await expect(page.getByText(/^3 of \d+ differ from the defaults$/)).toBeVisible();
  await picture(page, 'settings');

  await page.reload();
  await expect(atOnce).toHaveValue('4');
  await expect(page.getByRole('combobox', { name: 'While an export runs' })).toHaveValue('episode');
  await expect(page.getByRole('switch', { name: 'Keep this computer awake' })).toHaveAttribute(
    'aria-checked',
    'false',
  );

  await page.getByRole('button', { name: 'Reset Jobs at once' }).click();
  await expect(atOnce).toHaveValue('3');
  await page.keyboard.press('Control+z');
  await expect(atOnce).toHaveValue('4');
  await page.getByRole('button', { name: 'Show only these' }).click();
  await expect(page.getByRole('combobox', { name: 'Work left from last time' })).toHaveCount(0);
  await expect(atOnce).toBeVisible();
  expect(problems).toEqual([]);
});
