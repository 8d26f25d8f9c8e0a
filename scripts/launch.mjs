// Runs a task of this project on a Node that can run it.
//
// The database driver needs Node 22.14 or newer and crashes below it, so on an older Node the task is handed to
// the Node that npm installed beside the project (node_modules/node-<platform>-<arch>). Plain JavaScript for Node 18.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const NEEDED = { major: 22, minor: 14 };

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > NEEDED.major || (major === NEEDED.major && minor >= NEEDED.minor);
}

function bundledNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const path = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', file);
  return existsSync(path) ? path : undefined;
}

/** Runs a program in place of this one: same terminal, same signals, same exit code. */
function become(program, args, env) {
  const child = spawn(program, args, { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

if (isNewEnough(process.versions.node)) {
  const { runTask } = await import('./tasks.mjs');
  const [task, ...args] = process.argv.slice(2);
  process.exitCode = await runTask(task, args);
} else {
  const node = bundledNode();
  if (node === undefined) {
    console.error(
      `Soundbite needs Node ${NEEDED.major}.${NEEDED.minor} or newer; this is ${process.versions.node}. ` +
        'Install a newer Node, or run "npm ci" without --omit=optional.',
    );
    process.exit(1);
  }
  const path = [dirname(node), process.env['PATH'] ?? ''].join(delimiter);
  become(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { ...process.env, PATH: path });
}
