// Asks every address of the catalogue for its head: it has to answer, with the size that the catalogue says.
// Needs Node 24, which runs the catalogue's TypeScript as it is, and a network.
import { CATALOGUE } from '../main/engine/transcripts/models/catalogue.ts';

const LONGEST_MS = 30_000;

async function problemWith(url, sizeBytes) {
  try {
    const response = await fetch(url, {
      method: 'HEAD',
      headers: { 'Accept-Encoding': 'identity' },
      signal: AbortSignal.timeout(LONGEST_MS),
    });
    if (!response.ok) return `answers ${response.status}`;
    const length = response.headers.get('content-length');
    if (sizeBytes !== null && length !== null && Number(length) !== sizeBytes)
      return `has ${length} bytes instead of ${sizeBytes}`;
    return undefined;
  } catch (error) {
    return error.cause?.message ?? error.message;
  }
}

let problems = 0;
for (const { id, files } of CATALOGUE) {
  for (const { urls, sizeBytes } of files) {
    for (const url of urls) {
      const problem = await problemWith(url, sizeBytes);
      if (problem !== undefined) problems += 1;
      process.stdout.write(
        `${problem === undefined ? 'ok  ' : 'FAIL'} ${id}: ${url}${problem === undefined ? '' : ` ${problem}`}\n`,
      );
    }
  }
}
process.exitCode = problems === 0 ? 0 : 1;
