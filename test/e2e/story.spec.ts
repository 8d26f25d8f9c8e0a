import { readdirSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { probeFile } from '../support/measure.ts';
import { dropFiles, listenForProblems, openBench, picture, sample, sampleWords } from './shell.ts';

const cards = (page: Page) => page.getByRole('list', { name: 'Candidates' }).getByRole('listitem');
const scoresOf = async (page: Page): Promise<number[]> =>
  (await cards(page).locator('.score').allInnerTexts()).map((text) =>
    Number(/^(\d+)\s*\/ 100$/.exec(text)?.[1]),
  );
const positionS = (page: Page): Promise<number> =>
  page.locator('audio').evaluate((audio) => (audio as HTMLAudioElement).currentTime);

test('an episode is dropped, heard, judged and exported, and nothing is lost by a reload or a restart', async ({
  page,
}) => {
  await using bench = openBench();
  const problems = await listenForProblems(page);
  await page.goto(await bench.start());
  await expect(page.getByRole('heading', { name: /Drop an episode/ })).toBeVisible();
  await picture(page, 'first-run');

  await dropFiles(page, [sample, sampleWords]);
  await expect(page.locator('.steps [data-state="now"]')).toBeVisible();
  await expect(cards(page).first()).toBeVisible({ timeout: 60_000 });

  const scores = await scoresOf(page);
  expect(scores.length).toBeGreaterThan(2);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  await expect(page.getByRole('region', { name: 'What is said' }).locator('mark').first()).toBeVisible();
  await picture(page, 'clips');

  const [from = '', to = ''] = await page.locator('.zoom .handle').allInnerTexts();
  const seconds = (clock: string): number =>
    clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  await page.getByRole('button', { name: 'Last 3 s' }).click();
  await expect.poll(() => positionS(page)).toBeGreaterThan(seconds(to) - 2);
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  expect(Math.abs((await positionS(page)) - seconds(to))).toBeLessThan(0.15);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(() => positionS(page)).toBeGreaterThan(seconds(from) + 0.8);
  expect(await positionS(page)).toBeLessThan(seconds(from) + 10);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();

  await page.getByRole('button', { name: 'Keep' }).click();
  await expect(cards(page).nth(0)).toContainText('Kept');
  await page.keyboard.press('ArrowDown');
  await page.getByRole('button', { name: 'Reject' }).click();
  await expect(cards(page).nth(1)).toContainText('Rejected');
  await page.keyboard.press('ArrowUp');

  await page.getByRole('button', { name: 'Export' }).click();
  await picture(page, 'export-dialog');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('checkbox', { name: /Reels/ }).uncheck();
  await dialog.getByRole('checkbox', { name: /^X 1080/ }).check();
  await dialog.getByRole('button', { name: 'Export 1 file' }).click();
  await expect(page.getByRole('list', { name: 'Exports' }).getByRole('listitem')).toHaveCount(1);
  await expect(page.getByText(/^[1-9]\d? %/)).toBeVisible({ timeout: 90_000 });
  await picture(page, 'exporting');
  await page.getByRole('link', { name: /Queue/ }).first().click();
  const production = page.getByRole('region', { name: 'Production', exact: true });
  await expect(production.getByRole('list', { name: 'Jobs' }).getByRole('listitem')).toHaveCount(1);
  await picture(page, 'queue');
  await page.goBack();
  await expect(page.getByText(/(\d+) of \1 checks passed/).last()).toBeVisible({ timeout: 240_000 });
  await picture(page, 'exported');

  const folder = bench.folder.file('person/Soundbite clips');
  const [name = ''] = readdirSync(folder).filter((file) => file.endsWith('.mp4'));
  const { durationS, video } = await probeFile(`${folder}/${name}`);
  expect(video).toMatchObject({ codec_name: 'h264', width: 1080, height: 1080 });
  expect(Math.abs(durationS - (seconds(to) - seconds(from)))).toBeLessThan(0.3);

  await page.reload();
  await expect(cards(page).nth(0)).toContainText('Exported');
  expect(problems).toEqual([]);
  await bench.stop();
  await expect(page.getByText('The work goes on')).toBeVisible();
  await page.goto(await bench.start());
  // What the browser itself says of a server that is gone belongs to the step before.
  problems.length = 0;
  await expect(cards(page).nth(0)).toContainText('Exported');
  await expect(cards(page).nth(1)).toContainText('Rejected');
  expect(await scoresOf(page)).toEqual(scores);
  await page.getByRole('link', { name: 'Library' }).click();
  await expect(page.getByRole('list', { name: 'Episodes' }).getByRole('listitem')).toHaveCount(1);
  await picture(page, 'library');
  expect(problems).toEqual([]);
});
