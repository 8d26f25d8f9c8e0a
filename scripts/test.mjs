// Everything that CI runs: types, lint, formatting, then every test; the last line is the sum.
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, root } from './build.mjs';
import { buildWindow } from './buildWindow.mjs';

const artifacts = join(root, 'test', 'artifacts');
const bin = (path) => join(root, 'node_modules', path);

function node(args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: 'inherit', cwd: root, env });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

const STATIC_CHECKS = [
  { name: 'types', args: [bin('typescript/bin/tsc'), '--noEmit', '-p', '.'] },
  { name: 'types of the window', args: [bin('typescript/bin/tsc'), '--noEmit', '-p', 'renderer'] },
  { name: 'types of the e2e tests', args: [bin('typescript/bin/tsc'), '--noEmit', '-p', 'test/e2e'] },
  { name: 'lint', args: [bin('eslint/bin/eslint.js'), '.'] },
  { name: 'formatting', args: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
];

/** What vitest itself counted; a report that is missing counts as one failure. */
async function readReport(path) {
  try {
    const report = JSON.parse(await readFile(path, 'utf8'));
    const skipped = report.testResults
      .map(({ name, assertionResults }) => ({
        file: basename(name),
        titles: assertionResults
          .filter((t) => t.status === 'skipped' || t.status === 'pending')
          .map((t) => t.fullName),
      }))
      .filter(({ titles }) => titles.length > 0);
    // A file that fails to load has no tests of its own to count, but is a failure all the same.
    const brokenFiles = report.testResults.filter(
      (f) => f.status === 'failed' && f.assertionResults.length === 0,
    ).length;
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + brokenFiles,
      skipped: report.numPendingTests + report.numTodoTests,
      notRun: skipped.map(
        ({ file, titles }) => `not run: ${titles.length} in ${file}, such as "${titles[0]}"`,
      ),
    };
  } catch (error) {
    return { passed: 0, failed: 1, skipped: 0, notRun: [`no report at ${path}: ${error.message}`] };
  }
}

/** What Playwright counted, in the form of readReport. */
async function readBrowserReport(path) {
  try {
    const { stats, errors } = JSON.parse(await readFile(path, 'utf8'));
    return {
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected + errors.length,
      skipped: stats.skipped,
    };
  } catch (error) {
    console.log(`no report at ${path}: ${error.message}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** The window in a real browser; without any on this machine, one sentence says that it was not tested. */
async function testInBrowser(env) {
  const { findTestBrowser } = await import('./browserFinder.mjs');
  const browser = await findTestBrowser();
  if (browser.missing !== undefined) {
    console.log(`not run: the window in a browser: ${browser.missing}`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const report = join(artifacts, 'playwright.json');
  await rm(report, { force: true });
  await node([bin('@playwright/test/cli.js'), 'test'], { ...env, CHROMIUM_PATH: browser.path });
  return readBrowserReport(report);
}

export async function testAll(args) {
  const isLong = args.includes('--long');
  const env = { ...process.env, ...(isLong ? { SOUNDBITE_TEST_LONG: '1' } : {}) };
  const codes = await Promise.all(STATIC_CHECKS.map(({ args: checkArgs }) => node(checkArgs)));
  const failedChecks = STATIC_CHECKS.filter((_, at) => codes[at] !== 0).map(({ name }) => name);
  await build();
  await buildWindow();
  await mkdir(artifacts, { recursive: true });
  const report = join(artifacts, 'vitest.json');
  await rm(report, { force: true });
  await node(
    [bin('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    env,
  );
  const { passed, failed, skipped, notRun } = await readReport(report);
  const inBrowser = await testInBrowser(env);
  for (const line of notRun) console.log(line);
  if (env.SOUNDBITE_TEST_DATA === undefined) {
    console.log('not run: tests that need the shared test data; SOUNDBITE_TEST_DATA names no folder');
  }
  for (const name of failedChecks) console.log(`failed: ${name}`);
  const allFailed = failed + inBrowser.failed + failedChecks.length;
  const allPassed = passed + inBrowser.passed + STATIC_CHECKS.length - failedChecks.length;
  console.log(`tests: ${allPassed} passed, ${allFailed} failed, ${skipped + inBrowser.skipped} skipped`);
  return allFailed === 0 ? 0 : 1;
}
