import { z } from 'zod';
import { cleanUp, storageTools, withStorage } from '../../main/engine/flows/storage.ts';
import { undoCleanup } from '../../main/engine/storage/undoCleanup.ts';
import type { StorageTools } from '../../main/engine/storage/tools.ts';
import { openStorageEngine } from '../support/storage.ts';

/** Cleans up and takes it back, over and over, and ends itself in the middle of the step that it is told. */
const orders = z
  .object({ home: z.string(), quotaGb: z.string(), endAtStep: z.int().nullable() })
  .parse(JSON.parse(process.argv[2] ?? ''));
const engine = await openStorageEngine(orders.home, { SOUNDBITE_MAX_STORAGE_GB: orders.quotaGb });
let steps = 0;
const tools: StorageTools = {
  ...storageTools(engine),
  onStep(step) {
    steps += 1;
    if (steps !== orders.endAtStep) return;
    process.stdout.write(`${JSON.stringify({ said: 'ending', step })}\n`);
    process.kill(process.pid, 'SIGKILL');
  },
};
process.stdout.write(`${JSON.stringify({ said: 'begun' })}\n`);
for (;;) {
  await cleanUp(engine, [], { tools });
  await withStorage(engine, undefined, (own) => undoCleanup(own, undefined), tools);
}
