import { toWireError, type WireError } from '../../domain/errors.ts';

/** Where a command's words go: data on stdout, everything else on stderr. */
export interface Output {
  readonly isJson: boolean;
  /** One JSON document, or lines for a person; each command says both. */
  readonly result: (json: unknown, lines: () => readonly string[]) => void;
  /** One JSON document on a line of its own, where a command tells what happens as it happens. */
  readonly line: (json: unknown) => void;
  readonly note: (line: string) => void;
  readonly error: (error: unknown) => void;
}

export function createOutput(isJson: boolean): Output {
  let hasPrinted = false;
  return {
    isJson,
    result(json, lines) {
      hasPrinted = true;
      process.stdout.write(
        isJson
          ? `${JSON.stringify(json, null, 2)}\n`
          : lines()
              .map((line) => `${line}\n`)
              .join(''),
      );
    },
    line(json) {
      hasPrinted = true;
      process.stdout.write(`${JSON.stringify(json)}\n`);
    },
    note(line) {
      process.stderr.write(`${line}\n`);
    },
    error(error) {
      const wire = toWireError(error);
      // A result that was printed before carries the error itself: there is only ever one document.
      if (isJson && !hasPrinted) process.stdout.write(`${JSON.stringify({ error: wire }, null, 2)}\n`);
      process.stderr.write(describeError(wire));
    },
  };
}

/** A sentence, what it was about, and the way out. */
function describeError({ code, title, hint, detail }: WireError): string {
  return [`${title} (${code})`, ...detail.split('\n').map((line) => `  ${line}`), hint, ''].join('\n');
}
