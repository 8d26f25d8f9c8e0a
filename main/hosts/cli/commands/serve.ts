import { AppError } from '../../../domain/errors.ts';
import { openBrowserShell } from '../../browser/openShell.ts';
import { openAddress } from '../../browser/openAddress.ts';
import type { Output } from '../output.ts';

export interface ServeCommand {
  /** 0 takes any port that is free. */
  readonly port: number;
  readonly open: boolean;
}

/** Serves the window until it is interrupted; what then runs is parked and goes on the next time. */
export async function runServe(output: Output, command: ServeCommand, stop: AbortSignal): Promise<void> {
  const shell = await openBrowserShell({ port: command.port, note: output.note });
  try {
    // The key stays out of what may be kept as a log: only the address on stdout carries it.
    output.note(
      `Soundbite serves its window at http://127.0.0.1:${shell.port}, on this machine only. This address opens it, once; Ctrl+C ends it:`,
    );
    output.result({ url: shell.url, port: shell.port }, () => [shell.url]);
    if (command.open) await openInBrowser(output, shell.url);
    await aborted(stop);
  } finally {
    await shell.close();
  }
  output.note('Closed. Work under way is kept; it goes on the next time Soundbite runs.');
}

async function openInBrowser(output: Output, url: string): Promise<void> {
  try {
    await openAddress(url);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    output.note(`Open the address yourself: ${error.message}`);
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
  });
