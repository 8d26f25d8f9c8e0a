import {
  copyFileSync,
  openSync,
  closeSync,
  ftruncateSync,
  statSync,
  writeSync,
  writeFileSync,
} from 'node:fs';
import { expect, test } from '@playwright/test';
import { execa } from 'execa';
import { findTools } from '../../main/engine/media/tools.ts';
import { dropFiles, listenForProblems, openBench, picture, sample, sampleWords } from './shell.ts';

/** The sample with a free box of so many bytes behind it: a real recording of any size that takes no room on disk. */
function growTo(path: string, sizeBytes: number): void {
  copyFileSync(sample, path);
  const before = statSync(path).size;
  const header = Buffer.alloc(16);
  header.writeUInt32BE(1, 0);
  header.write('free', 4);
  header.writeBigUInt64BE(BigInt(sizeBytes - before), 8);
  const file = openSync(path, 'r+');
  writeSync(file, header, 0, header.length, before);
  ftruncateSync(file, sizeBytes);
  closeSync(file);
}

test('a file that is too large for a browser is found through the chooser and used where it is', async ({
  page,
}) => {
  await using bench = openBench();
  const problems = await listenForProblems(page);
  const large = bench.folder.file('person/A long evening.m4a');
  growTo(large, 620_000_000);
  const words = bench.folder.file('person/A long evening.vtt');
  copyFileSync(sampleWords, words);
  const before = statSync(large);
  await page.goto(await bench.start());
  await dropFiles(page, [large, words]);
  const chooser = page.getByRole('dialog', { name: 'Choose a recording' });
  await expect(chooser).toContainText('620 MB is more than a browser may hand over');
  await expect(chooser.getByRole('option', { name: /A long evening\.m4a/ })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await picture(page, 'chooser');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Candidates' }).getByRole('listitem').first()).toBeVisible({
    timeout: 120_000,
  });
  await expect(page.getByText('words from your transcript')).toBeVisible();
  const after = statSync(large);
  expect([after.mtimeMs, after.size]).toEqual([before.mtimeMs, before.size]);
  expect(problems).toEqual([]);
});

test('without words an episode opens by ear, says what would help, and takes the transcript that is dropped on it', async ({
  page,
}) => {
  await using bench = openBench();
  const problems = await listenForProblems(page);
  const lone = bench.folder.file('person/no-words.m4a');
  copyFileSync(sample, lone);
  await page.goto(await bench.start());
  await dropFiles(page, [lone]);
  await expect(page.getByRole('heading', { name: 'No words yet.' })).toBeVisible({ timeout: 60_000 });
  await picture(page, 'by-ear');
  await dropFiles(page, [sampleWords]);
  await expect(page.getByText('words from your transcript')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('heading', { name: 'No words yet.' })).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'What is said' }).locator('mark').first()).toBeVisible();
  expect(problems).toEqual([]);
});

test('a file that is no recording is refused in words, and the refusal stays until it is put aside', async ({
  page,
}) => {
  await using bench = openBench();
  const problems = await listenForProblems(page);
  const broken = bench.folder.file('person/holiday.mp3');
  writeFileSync(broken, 'this is not sound\n'.repeat(4000));
  await page.goto(await bench.start());
  await dropFiles(page, [broken]);
  const refusal = page.getByRole('alert');
  await expect(refusal).toContainText('holiday.mp3');
  await picture(page, 'failed');
  await page.reload();
  await expect(refusal).toContainText('holiday.mp3');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(refusal).toHaveCount(0);
  await expect(page.getByRole('heading', { name: /Drop an episode/ })).toBeVisible();
  expect(problems).toEqual([]);
});

test('closing the tab stops no work', async ({ browser }) => {
  await using bench = openBench();
  const context = await browser.newContext();
  const first = await context.newPage();
  await first.goto(await bench.start());
  const origin = new URL(first.url()).origin;
  await first.getByRole('button', { name: /Try the sample episode/ }).click();
  await expect(first).toHaveURL(/\/(work|episodes)\//);
  await first.close();
  const second = await context.newPage();
  await second.goto(`${origin}/`);
  await expect(second.getByRole('list', { name: 'Candidates' }).getByRole('listitem').first()).toBeVisible({
    timeout: 60_000,
  });
  await context.close();
});

test('the queue can be paused and resumed while an episode comes in', async ({ page }) => {
  await using bench = openBench();
  const problems = await listenForProblems(page);
  await page.goto(await bench.start());
  const origin = new URL(page.url()).origin;
  await page.goto(`${origin}/queue`);
  await page.getByRole('button', { name: 'Pause queue' }).click();
  await expect(page.getByRole('heading', { name: 'The queue is paused' })).toBeVisible();
  await dropFiles(page, [sample]);
  await expect(page.getByText('The queue is paused. Resume it')).toBeVisible();
  await page.getByRole('link', { name: /Queue/ }).first().click();
  await expect(page.getByRole('list', { name: 'Jobs' }).getByRole('listitem')).toHaveCount(1);
  await picture(page, 'queue-paused');
  await page.getByRole('button', { name: 'Resume queue' }).click();
  await expect(page.getByRole('list', { name: 'Jobs' })).toHaveCount(0, { timeout: 60_000 });
  await page.getByRole('link', { name: 'Library' }).click();
  await expect(page.getByRole('list', { name: 'Episodes' }).getByRole('listitem')).toContainText(
    'The Lamp on Table Four',
  );
  expect(problems).toEqual([]);
});

test('a long episode shows its stages as they move; it is paused, resumed and cancelled in its own room', async ({
  page,
}) => {
  await using bench = openBench();
  const problems = await listenForProblems(page);
  const long = bench.folder.file('person/four-hours.m4a');
  const { ffmpeg } = await findTools();
  await execa(ffmpeg, ['-v', 'error', '-stream_loop', '35', '-i', sample, '-map', '0:a', '-c', 'copy', long]);
  await page.goto(await bench.start());
  await dropFiles(page, [long]);
  const now = page.locator('.work-card [data-state="now"]');
  await expect(now).toContainText('Listen', { timeout: 60_000 });
  await expect(page).toHaveURL(/\/episodes\//);
  await picture(page, 'working');
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Paused, nothing lost' })).toBeVisible();
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(now).toContainText('Listen');
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(now).toHaveCount(0);
  expect(problems).toEqual([]);
});
