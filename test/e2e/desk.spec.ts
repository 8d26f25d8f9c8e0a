import { copyFileSync, appendFileSync, writeFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { dropFiles, listenForProblems, openBench, picture, sample, sampleWords } from './shell.ts';

const cards = (page: Page) => page.getByRole('list', { name: 'Candidates' }).getByRole('listitem');
const inHand = (page: Page) => page.locator('.card[aria-current="true"]');
const heading = (page: Page) => page.locator('.clip-head h2');
const scoreOf = (page: Page) => page.locator('.receipt .total .score');
const fixes = (page: Page) => page.getByRole('region', { name: 'Better cuts' });
const cutOf = (page: Page): Promise<string> => page.locator('.clip-head p.num').innerText();
const lastDone = (page: Page) => page.locator('.undo-bar > span');
const positionS = (page: Page): Promise<number> =>
  page.locator('audio').evaluate((audio) => (audio as HTMLAudioElement).currentTime);
const secondsOf = (clock: string): number =>
  clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

async function openSample(page: Page, bench: ReturnType<typeof openBench>): Promise<void> {
  await page.goto(await bench.start());
  await dropFiles(page, [sample, sampleWords]);
  await expect(cards(page).first()).toBeVisible({ timeout: 120_000 });
}

test('by key alone a clip ends elsewhere, is cut better as its receipt offers, gets another title, and all is taken back', async ({
  page,
}) => {
  await using bench = openBench();
  const problems = await listenForProblems(page);
  await openSample(page, bench);
  await page.keyboard.press('ArrowDown');
  const [title, cut, score] = [
    await heading(page).innerText(),
    await cutOf(page),
    await scoreOf(page).innerText(),
  ];
  const endings = page.getByRole('region', { name: 'Good endings' }).getByRole('button');
  expect(await endings.count()).toBeGreaterThan(1);
  await expect(endings.first()).toContainText('TikTok');

  await page.keyboard.press('-');
  await expect(page.locator('.clip-head p.num')).not.toHaveText(cut);
  await expect(lastDone(page)).toHaveText(/^Ends at /);
  const worse = Number(await scoreOf(page).innerText());
  expect(worse).toBeLessThan(Number(score));

  const best = fixes(page).getByRole('button').first();
  await expect(best).toHaveAttribute('aria-label', /^(Start|End) .* \+[\d.]+ points$/);
  await page.keyboard.press('Shift+F');
  await expect(page.locator('.ghost').first()).toBeVisible();
  await expect(page.locator('.w.offered, .w.dropped').first()).toBeAttached();
  await picture(page, 'better-cut');
  await page.keyboard.press('b');
  await expect.poll(() => positionS(page)).toBeGreaterThan(1);
  const heardNow = await positionS(page);
  await page.keyboard.press('v');
  await expect.poll(async () => Math.abs((await positionS(page)) - heardNow)).toBeGreaterThan(1);
  await page.keyboard.press('k');
  await page.keyboard.press('f');
  await expect(lastDone(page)).toHaveText(/^Cut anew, \+/);
  expect(Number(await scoreOf(page).innerText())).toBeGreaterThan(worse);

  await page.keyboard.press('n');
  await expect(page.getByRole('tab', { name: 'Titles' })).toHaveAttribute('aria-selected', 'true');
  const titles = page.getByRole('region', { name: 'Title of this clip' }).getByRole('listitem');
  await expect(titles).toHaveCount(3);
  await titles.nth(1).getByRole('button').focus();
  await expect(page.locator('.w.named').first()).toBeAttached();
  await picture(page, 'titles');
  await page.keyboard.press('Enter');
  await expect(heading(page)).not.toHaveText(title);

  for (const undone of ['Titled anew', 'Cut anew', 'Ends at']) {
    await expect(page.locator('.undo-bar')).toContainText(undone);
    await page.keyboard.press('Control+z');
    await expect(page.locator('.undo-bar')).not.toContainText(undone);
  }
  await expect(heading(page)).toHaveText(title);
  await expect(page.locator('.clip-head p.num')).toHaveText(cut);
  await page.getByRole('tab', { name: 'Receipt' }).click();
  await expect(scoreOf(page)).toHaveText(score);
  await page.keyboard.press('Control+Shift+z');
  await expect(page.locator('.clip-head p.num')).not.toHaveText(cut);
  expect(problems).toEqual([]);
});

test('marks made by key, by paste and by file come first; what is off limits is allowed and kept off the record', async ({
  page,
}) => {
  await using bench = openBench();
  const problems = await listenForProblems(page);
  await openSample(page, bench);

  const tape = page.locator('.tape');
  const { width } = (await tape.boundingBox()) ?? { width: 0 };
  await tape.click({ position: { x: width * 0.75, y: 20 } });
  await expect(page.getByRole('heading', { name: 'Listening' })).toBeVisible();
  await expect.poll(() => positionS(page)).toBeGreaterThan(308);
  await expect(page.locator('.transcript .w.word')).toHaveCount(1);
  await page.keyboard.press('m');
  await expect(lastDone(page)).toHaveText(/^Marked 5:/);
  await page.keyboard.press('k');
  await picture(page, 'listening');
  await page.keyboard.press('Escape');
  await expect(cards(page).first()).toContainText('Your mark');

  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', '0:50 the fuse\n4:05 the lamp');
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  });
  const marks = page.getByRole('list', { name: 'Marks' }).getByRole('listitem');
  await expect(marks).toHaveCount(3);
  const file = bench.folder.file('person/markers.csv');
  writeFileSync(file, 'time,note\n2:20,the skips\n');
  await dropFiles(page, [file]);
  await expect(marks).toHaveCount(4);
  await expect(marks.filter({ hasText: 'the skips' })).toBeVisible();
  await picture(page, 'marks');
  await marks
    .filter({ hasText: 'the fuse' })
    .getByRole('button', { name: /^Remove/ })
    .click();
  await expect(marks).toHaveCount(3);
  await page.keyboard.press('Control+z');
  await expect(marks).toHaveCount(4);
  await page.keyboard.press('Shift+C');
  await expect(cards(page).filter({ hasText: 'Your mark' })).toHaveCount(4);

  await page.keyboard.press('Shift+O');
  const ranges = page.getByRole('list', { name: 'Off limits' }).getByRole('listitem');
  const advert = ranges.filter({ hasText: 'Advert' });
  await expect(advert).toContainText('somebody says');
  await advert.getByRole('button', { name: /^Allow/ }).click();
  await expect(advert).toContainText('Allowed by you');
  await page.keyboard.press('Control+z');
  await expect(advert).not.toContainText('Allowed by you');
  await page.keyboard.press('Shift+C');
  await cards(page).first().getByRole('button').click();
  const [from = '', to = ''] = (await cutOf(page)).split(/ to |,/);
  await page.keyboard.press('Shift+O');
  await page.getByRole('textbox', { name: 'Why' }).fill('She asked for it');
  await page.getByRole('button', { name: 'Off the record', exact: true }).click();
  await expect(ranges.filter({ hasText: 'She asked for it' })).toContainText('Off the record');
  await picture(page, 'off-limits');
  await page.keyboard.press('Shift+C');
  for (const place of await cards(page).locator('.card-foot > span:first-child').allInnerTexts())
    expect(Math.abs(secondsOf(place) - secondsOf(from)) > 1 || secondsOf(to) < secondsOf(place)).toBe(true);
  await page.locator('.undo-bar').getByRole('button', { name: /^Undo/ }).click();
  await expect(cards(page).filter({ hasText: 'Your mark' })).toHaveCount(4);
  expect(problems).toEqual([]);
});

test('what was said is found from anywhere, opened and clipped; the profile, what was told before and what was learned are named', async ({
  page,
}) => {
  await using bench = openBench();
  const problems = await listenForProblems(page);
  await openSample(page, bench);
  const again = bench.folder.file('person/The lamp again.m4a');
  copyFileSync(sample, again);
  appendFileSync(again, Buffer.from([0, 0, 0, 8, 0x66, 0x72, 0x65, 0x65]));
  const words = bench.folder.file('person/The lamp again.vtt');
  copyFileSync(sampleWords, words);
  await dropFiles(page, [again, words]);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('again');
  await expect(cards(page).first()).toContainText('Told before', { timeout: 120_000 });
  await expect(page.getByText(/Nearly the same words are in/).first()).toBeVisible();

  await page.getByRole('link', { name: 'Library' }).click();
  await page.keyboard.press('/');
  const search = page.getByRole('combobox', { name: 'Words that were said' });
  await search.fill('teddy bear');
  const found = page.getByRole('listbox', { name: 'Found' }).getByRole('option');
  await expect(found).toHaveCount(2);
  await expect(found.first().locator('mark')).toHaveText(['teddy', 'bear']);
  await picture(page, 'search');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.locator('.transcript')).toContainText('teddy bear');
  await page.keyboard.press('Control+k');
  await search.fill('no words like these');
  await expect(page.getByText(/Nobody says/)).toBeVisible();
  await search.fill('teddy bear');
  await expect(found).toHaveCount(2);
  await page.keyboard.press('Shift+Enter');
  await expect(inHand(page)).toContainText('Kept');
  await expect(page.locator('.transcript .turn.clip').first()).toContainText('teddy');

  const profile = page.getByRole('combobox', { name: 'Looking for' });
  await expect(profile).toHaveValue('show');
  await profile.selectOption('Story');
  await expect(lastDone(page)).toHaveText('Looking for: Story');
  await page.getByRole('button', { name: 'Use for the show' }).click();
  await expect(page.getByRole('option', { name: 'As the show: Story' })).toBeAttached();
  await page.locator('.undo-bar').getByRole('button', { name: /^Undo/ }).click();
  await expect(page.getByRole('option', { name: 'As the show: Insight' })).toBeAttached();
  await page.locator('.undo-bar').getByRole('button', { name: /^Undo/ }).click();
  await expect(profile).toHaveValue('show');

  const judge = async (): Promise<void> => {
    const count = await cards(page).count();
    await cards(page).first().getByRole('button').click();
    for (let at = 0; at < count; at += 1) {
      const isBetter = at * 2 < count;
      await page.keyboard.press(isBetter ? 'y' : 'x');
      await expect(inHand(page)).toContainText(isBetter ? /Kept|Trimmed/ : 'Rejected');
      await page.keyboard.press('ArrowDown');
    }
  };
  for (const at of [0, 1]) {
    await page.getByRole('link', { name: 'Library' }).click();
    await page.getByRole('list', { name: 'Episodes' }).getByRole('link').nth(at).click();
    await expect(heading(page)).toBeVisible();
    await judge();
  }
  await page.keyboard.press('Shift+L');
  const ledger = page.getByRole('dialog', { name: 'What your judgements taught' });
  await expect(ledger.locator('.leans li').first()).toContainText('%');
  await ledger.getByRole('button', { name: 'Freeze' }).click();
  await expect(ledger).toContainText('Frozen');
  await ledger.getByRole('button', { name: 'Undo' }).click();
  await expect(ledger).not.toContainText('Frozen:');
  const before = (await ledger.locator('.total').textContent()) ?? '';
  await ledger.getByRole('button', { name: 'Reset' }).click();
  await expect(ledger.locator('.total')).toContainText('0');
  await ledger.getByRole('button', { name: /^Undo/ }).click();
  await expect(ledger.locator('.total')).toHaveText(before);
  await picture(page, 'learning');
  await page.keyboard.press('Escape');
  expect(problems).toEqual([]);
});
