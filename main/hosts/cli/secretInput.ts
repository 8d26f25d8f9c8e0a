import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { AppError } from '../../domain/errors.ts';

/** More than this is no key; a file that was piped in by mistake is not read to its end. */
const LONGEST = 4096;

async function firstLineOfPipe(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin) {
    text += String(chunk);
    if (text.length > LONGEST || text.includes('\n')) break;
  }
  return text.split('\n')[0] ?? '';
}

async function typed(prompt: string): Promise<string> {
  process.stderr.write(prompt);
  const silent = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}

/** A secret that is never an argument: from the environment, from a pipe, or typed in unseen. Throws BAD_INPUT for none. */
export async function readSecret(variable: string, prompt: string): Promise<string> {
  const given = process.env[variable];
  const secret = (
    given !== undefined && given !== ''
      ? given
      : process.stdin.isTTY
        ? await typed(prompt)
        : await firstLineOfPipe()
  ).trim();
  if (secret === '') throw new AppError('BAD_INPUT', `no key came: set ${variable}, pipe it in, or type it`);
  return secret;
}
