import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Removal } from '../db/removals.ts';
import type { StorageTools } from './tools.ts';

/** More than one batch of removals ever writes; what is older was read and settled before. */
const TAIL_BYTES = 1024 * 1024;

const Told = z.object({ removal: z.int(), run: z.string(), did: z.string() });

const lineOf = (removal: Removal): string =>
  JSON.stringify({
    at: new Date(removal.changedAtMs).toISOString(),
    removal: removal.id,
    run: removal.run,
    did: removal.state,
    path: removal.path,
    category: removal.category,
    bytes: removal.sizeBytes,
    reason: removal.reason,
    keptAs: removal.keptAs,
  });

const keyOf = ({ removal, run, did }: z.infer<typeof Told>): string => `${run} ${removal} ${did}`;

/**
 * Appends a line for each removal that has come to rest and is not told of yet. A line that was cut off is taken back, and one
 * that was written before its process was killed is not written twice, so that journal and database agree.
 */
export async function tellJournal(tools: StorageTools): Promise<void> {
  const untold = tools.removals.listUntold();
  if (untold.length === 0) return;
  await mkdir(dirname(tools.removalJournal), { recursive: true, mode: 0o700 });
  const file = await open(tools.removalJournal, 'a+', 0o600);
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - TAIL_BYTES);
    const buffer = Buffer.alloc(size - from);
    await file.read(buffer, 0, buffer.length, from);
    const wholeBytes = buffer.lastIndexOf(0x0a) + 1;
    if (wholeBytes < buffer.length) await file.truncate(from + wholeBytes);
    const told = new Set(buffer.toString('utf8', 0, wholeBytes).split('\n').flatMap(readKey));
    const fresh = untold.filter(
      (each) => !told.has(keyOf({ removal: each.id, run: each.run, did: each.state })),
    );
    await file.appendFile(fresh.map((each) => `${lineOf(each)}\n`).join(''));
    await file.sync();
  } finally {
    await file.close();
  }
  tools.onStep?.('told');
  await tools.library.write(() => {
    for (const removal of untold) tools.removals.setTold(removal);
  });
}

function readKey(line: string): string[] {
  try {
    return [keyOf(Told.parse(JSON.parse(line)))];
  } catch {
    // The first line of the tail may begin in the middle.
    return [];
  }
}
