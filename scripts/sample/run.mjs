import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs a program without a shell, feeds it `input` and returns what it wrote, or throws with the end of its complaint. */
export async function run(program, args, input = new Uint8Array()) {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const stdout = [];
  const stderr = [];
  child.stdout.on('data', (chunk) => stdout.push(chunk));
  child.stderr.on('data', (chunk) => stderr.push(chunk));
  child.stdin.on('error', ignoreClosedPipe); // a program that gives up early says why on stderr
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  const complaint = Buffer.concat(stderr).toString();
  if (code !== 0)
    throw new Error(`${program} ${args.join(' ')} ended with ${code}\n${complaint.slice(-2000)}`);
  return { stdout: Buffer.concat(stdout), stderr: complaint };
}

function ignoreClosedPipe(error) {
  if (error.code !== 'EPIPE') throw error;
}
