// One of several processes on one library: works off what is there until nothing is left; prints how much it did.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openBench } from './benchQueue.ts';

const [folder = '', startAtMs = '0'] = process.argv.slice(2);
let done = 0;
const { library, queue } = await openBench(folder, 'NORMAL', {
  run: async () => {
    // Work of a millisecond: as long as a process holds its places, the others get theirs.
    await new Promise((resolve) => setTimeout(resolve, 1));
    done += 1;
    return { result: {} };
  },
});
// Whoever starts first must not have worked off half of it before the others are there.
await new Promise((resolve) => setTimeout(resolve, Number(startAtMs) - Date.now()));
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
await queue.start();
const waiting = library.db.prepare(`SELECT 1 FROM jobs WHERE state IN ('pending', 'processing') LIMIT 1`);
while (waiting.get() !== undefined) await new Promise((resolve) => setTimeout(resolve, 100));
delay.disable();
await queue.close();
library.close();
process.stdout.write(
  JSON.stringify({ done, loopDelayP99Ms: delay.percentile(99) / 1e6, loopDelayMaxMs: delay.max / 1e6 }),
);
