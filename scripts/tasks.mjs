// The tasks behind the npm scripts. Each returns the exit code of the process.
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, buildIfStale, cliBundle, root } from './build.mjs';
import { buildWindow, buildWindowIfStale } from './buildWindow.mjs';

/** Runs a program with this terminal and resolves with its exit code. */
function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', cwd: root, ...options });
    const forward = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, forward);
      resolve(signal ? 1 : (code ?? 1));
    });
  });
}

const bin = (path) => join(root, 'node_modules', path);
const node = (script, args, options) => run(process.execPath, [script, ...args], options);

async function inOrder(steps) {
  for (const step of steps) {
    const code = await step();
    if (code !== 0) return code;
  }
  return 0;
}

const types = () =>
  inOrder(
    ['.', 'renderer', 'test/e2e'].map(
      (project) => () => node(bin('typescript/bin/tsc'), ['--noEmit', '-p', project]),
    ),
  );
const lint = () => node(bin('eslint/bin/eslint.js'), ['.']);
const formatting = (mode) => node(bin('prettier/bin/prettier.cjs'), [mode, '--log-level', 'warn', '.']);
const sqlAsText = pathToFileURL(join(root, 'scripts/sqlAsText.mjs')).href;
const benches = (names) =>
  (names.length === 0 ? ['*'] : names).flatMap((name) =>
    globSync(`test/bench/${name}/run.ts`, { cwd: root }).sort(),
  );
const vitest = (args) => node(bin('vitest/vitest.mjs'), ['run', ...args]);

const tasks = {
  async build() {
    await build();
    await buildWindow();
    return 0;
  },
  check: () => inOrder([types, lint, () => formatting('--check'), () => vitest(['--project', 'unit'])]),
  format: () => formatting('--write'),
  /** Every bench, or the ones named: npm run bench -- renders */
  bench: (names) => inOrder(benches(names).map((script) => () => node('--import', [sqlAsText, script]))),
  vitest,
  async soundbite(args) {
    await buildIfStale();
    if (args[0] === 'serve') await buildWindowIfStale();
    // npm changes to the project folder; paths on the command line are meant from where the person stands.
    process.chdir(process.env['INIT_CWD'] ?? process.cwd());
    process.setSourceMapsEnabled(true);
    const { main } = await import(pathToFileURL(cliBundle).href);
    return main(args);
  },
  async start(args) {
    const { start } = await import('./start.mjs');
    return start(args);
  },
  async dev(args) {
    const { dev } = await import('./dev.mjs');
    return dev(args);
  },
  async demo(args) {
    const { demo } = await import('./demo.mjs');
    return demo(args);
  },
  /** Every measurement of test/bench that compares ours with a floor; ends with 1 when a limit is broken. */
  bench: () =>
    run(process.execPath, [
      '--import',
      join(root, 'scripts/sqlAsText.mjs'),
      join(root, 'test/bench/queue/run.ts'),
    ]),
  async test(args) {
    const { testAll } = await import('./test.mjs');
    return testAll(args);
  },
};

export async function runTask(name, args) {
  const task = Object.hasOwn(tasks, name ?? '') ? tasks[name] : undefined;
  if (task === undefined) {
    console.error(`There is no task "${name ?? ''}". Tasks: ${Object.keys(tasks).join(', ')}.`);
    return 2;
  }
  return task(args);
}
