import { writeFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { dropFiles, listenForProblems, openBench, picture, sample, sampleWords } from './shell.ts';

const rows = (page: Page) => page.getByRole('list', { name: 'Jobs' }).getByRole('listitem');
const lane = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const labels = (page: Page) => rows(page).locator('h3').allInnerTexts();

async function openQueue(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.goto(`${new URL(page.url()).origin}/queue`);
  await expect(button(page, 'Pause queue')).toBeVisible();
}

test('everything, a lane, review and one job are paused and resumed by buttons, and every room says so', async ({
  page,
}) => {
  await using bench = openBench();
  const problems = await listenForProblems(page);
  await openQueue(page, await bench.start());
  await expect(page.getByRole('region', { name: 'Status' })).toHaveCount(0);

  await button(page, 'Pause intake').click();
  await bench.seed([{ kind: 'intake', lane: 'intake', label: 'Ladders', count: 3 }]);
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).first()).toContainText('Waits until this lane is resumed');
  await button(page, 'Pause Ladders 2').click();
  await expect(rows(page).filter({ hasText: 'Ladders 2' })).toContainText('Paused, nothing lost');
  await button(page, 'Resume Ladders 2').click();
  await expect(rows(page).filter({ hasText: 'Ladders 2' })).not.toContainText('Paused');

  await button(page, 'Pause review').click();
  await expect(lane(page, 'Right now')).toContainText('You paused background review.');
  await page.getByRole('link', { name: 'Library' }).click();
  const status = page.getByRole('region', { name: 'Status' });
  await expect(status).toContainText('Intake paused');
  await expect(status).toContainText('Review paused');
  await expect(status).toContainText('3 waiting');
  await status.getByRole('link').click();
  await button(page, 'Resume review').click();
  await expect(button(page, 'Pause review')).toBeVisible();

  await button(page, 'Pause queue').click();
  await expect(page.getByRole('heading', { name: 'The queue is paused' })).toBeVisible();
  await button(page, 'Resume queue').click();
  for (const label of ['Ladders 1', 'Ladders 2', 'Ladders 3']) await button(page, `Cancel ${label}`).click();
  await expect(rows(page)).toHaveCount(0);
  await button(page, 'Resume intake').click();
  await expect(button(page, 'Pause intake')).toBeVisible();
  expect(problems).toEqual([]);
});

test('waiting jobs are put in order by key, by drag and by priority', async ({ page }) => {
  await using bench = openBench();
  const problems = await listenForProblems(page);
  await openQueue(page, await bench.start());
  await button(page, 'Pause queue').click();
  await bench.seed([{ kind: 'intake', lane: 'intake', label: 'Bells', count: 4 }]);
  await expect.poll(() => labels(page)).toEqual(['Bells 1', 'Bells 2', 'Bells 3', 'Bells 4']);

  const grip = button(page, 'Move Bells 1');
  await grip.focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => labels(page)).toEqual(['Bells 2', 'Bells 1', 'Bells 3', 'Bells 4']);
  await expect(grip).toBeFocused();
  await page.keyboard.press('End');
  await expect.poll(() => labels(page)).toEqual(['Bells 2', 'Bells 3', 'Bells 4', 'Bells 1']);
  await expect(page.locator('p.sr[role=status]')).toHaveText('Bells 1: 4th of 4 in line.', {
    timeout: 10_000,
  });

  await rows(page)
    .filter({ hasText: 'Bells 4' })
    .dragTo(rows(page).filter({ hasText: 'Bells 2' }));
  await expect.poll(() => labels(page)).toEqual(['Bells 4', 'Bells 2', 'Bells 3', 'Bells 1']);

  await page.getByRole('combobox', { name: 'Priority of Bells 3' }).selectOption('urgent');
  await expect.poll(() => labels(page)).toEqual(['Bells 3', 'Bells 4', 'Bells 2', 'Bells 1']);
  expect(problems).toEqual([]);
});

test('a file that is no recording fails with a sentence, says why, and is tried again', async ({ page }) => {
  await using bench = openBench();
  const problems = await listenForProblems(page);
  const broken = bench.folder.file('person/holiday.mp3');
  writeFileSync(broken, 'this is not sound\n'.repeat(4000));
  await openQueue(page, await bench.start());
  const origin = new URL(page.url()).origin;
  await dropFiles(page, [broken]);
  // A page that is left before it has sent the file sends it no more.
  await expect(page.getByText('There is no sound or picture in that file.').first()).toBeVisible();
  await page.goto(`${origin}/queue`);
  const failure = page.getByRole('alert').filter({ hasText: 'holiday.mp3' });
  await expect(failure).toContainText('There is no sound or picture in that file.');
  const why = failure.getByRole('button', { name: 'Why' });
  await why.click();
  await expect(why).toHaveAttribute('aria-expanded', 'true');
  await expect(failure.getByText('NO_AV_STREAM')).toBeVisible();
  await picture(page, 'queue-failed');
  await failure.getByRole('button', { name: 'Retry' }).click();
  await expect(failure).toBeVisible();
  await button(page, 'Clean').click();
  await expect(page.getByText('Nothing needs you.')).toBeVisible();
  expect(problems).toEqual([]);
});

test('an export holds review back, and a person has the last word', async ({ page }) => {
  await using bench = openBench();
  const problems = await listenForProblems(page);
  await page.goto(await bench.start());
  await dropFiles(page, [sample, sampleWords]);
  const cards = page.getByRole('list', { name: 'Candidates' }).getByRole('listitem');
  await expect(cards.first()).toBeVisible({ timeout: 60_000 });

  await page.getByRole('link', { name: /Queue/ }).first().click();
  await button(page, 'Pause review').click();
  await bench.seed([
    {
      kind: 'rescore',
      lane: 'review',
      priority: 'low',
      label: 'Score again after 8 new judgements',
      columns: { progress: 0.06, items_total: 2000, items_done: 120, items_duplicate: 3 },
    },
    { kind: 'rescore', lane: 'review', label: 'A second look at the lamp' },
    {
      kind: 'intake',
      lane: 'intake',
      label: 'the long one.m4a',
      columns: { state: 'paused', paused_because: 'start', progress: 0.41 },
    },
    {
      kind: 'export',
      lane: 'production',
      label: 'Oil it before it asks (reels)',
      columns: {
        state: 'failed',
        finished_at: 1,
        failure: JSON.stringify({
          code: 'FFMPEG_FAILED',
          title: 'The rendering program, ffmpeg, could not finish its work.',
          hint: 'Try again; the details say what ffmpeg said last.',
          detail: 'ffmpeg ended with 1\n[out#0/mp4] Error opening output: Input/output error',
        }),
      },
    },
  ]);
  await page.goBack();
  await page.getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('checkbox', { name: /^X 1080/ }).check();
  await dialog.getByRole('checkbox', { name: /^Square/ }).check();
  await dialog.getByRole('button', { name: 'Export 3 files' }).click();
  await expect(page.getByRole('region', { name: 'Status' })).toContainText(/Exporting/, { timeout: 60_000 });
  const letRenderGoOn = await bench.holdRender();
  await expect(page.getByRole('region', { name: 'Status' })).toContainText('1 thing needs you');
  await picture(page, 'status-bar');

  await page.getByRole('link', { name: /Queue/ }).first().click();
  const card = page.locator('.stand');
  await expect(card).toContainText('You paused background review.');
  await button(page, 'Follow production').click();
  await expect(card).toContainText('comes back by itself');
  await expect(card).toContainText(/Review stands aside while .+ made\./);
  await expect(card).toContainText(/\d reviews wait\./);
  await expect(card).toContainText('at the latest');
  await expect(button(page, 'Resume review')).toBeVisible();
  const review = lane(page, 'Review');
  await expect(review.getByRole('listitem').first()).toContainText('Stands aside for the export that runs');
  await expect(review).toContainText('120 of 2,000 pieces, 3 twice');
  await expect(page.getByRole('note')).toContainText('1 job from last time waits for you');
  await picture(page, 'queue-busy');

  await button(page, 'Pause review').or(button(page, 'Resume review')).click();
  await expect(card).toContainText('review goes on because you said so');
  await expect(button(page, 'Follow production')).toBeVisible();
  letRenderGoOn();
  expect(problems).toEqual([]);
});

test('ten thousand waiting jobs cost a page, not a window', async ({ page }) => {
  await using bench = openBench();
  const problems = await listenForProblems(page);
  await openQueue(page, await bench.start());
  await button(page, 'Pause queue').click();
  await bench.seed([
    { kind: 'intake', lane: 'intake', label: 'Old episode', count: 9_990 },
    { kind: 'export', lane: 'production', label: 'Lamp', count: 4 },
  ]);
  const more = page.getByRole('button', { name: /^and [\d,]+ more$/ });
  await expect(more).toHaveText('and 9,944 more', { timeout: 30_000 });
  await expect(rows(page)).toHaveCount(50);
  const nodes = (): Promise<number> => page.evaluate(() => document.querySelectorAll('*').length);
  expect(await nodes()).toBeLessThan(2000);
  await picture(page, 'queue-many');

  await more.click();
  await expect(page.getByText('1 to 50 of 9,990, by number')).toBeVisible();
  await button(page, 'Later').click();
  await expect(page.getByText('51 to 100 of 9,990, by number')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Old episode 51', exact: true })).toHaveCount(1);
  await button(page, 'Cancel Old episode 51').click();
  await expect(page.getByText('51 to 100 of 9,989, by number')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Old episode 51', exact: true })).toHaveCount(0);
  await button(page, 'Earlier').click();
  await button(page, 'Back to what is next').click();
  await expect(more).toHaveText('and 9,943 more');
  expect(await nodes()).toBeLessThan(2000);
  await page.getByRole('link', { name: 'Library' }).click();
  await expect(page.getByRole('region', { name: 'Status' })).toContainText('9,993 waiting');
  expect(problems).toEqual([]);
});
