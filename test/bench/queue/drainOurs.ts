// Puts jobs in line and drains them; prints CPU per job, time to put them in line, and how long the event loop was held.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { temporaryFolder } from '../../support/folder.ts';
import { countdown, noOp, openBench, type Synchronous } from './benchQueue.ts';
import { cpuMsOf } from './measure.ts';

const [count = '3000', synchronous = 'NORMAL'] = process.argv.slice(2);
const jobs = Number(count);
using folder = temporaryFolder();
const counted = countdown(jobs);
const { library, queue } = await openBench(folder.path, synchronous as Synchronous, counted.kind);
const startedMs = performance.now();
const list = Array.from({ length: jobs }, (_, index) => noOp(index));
const enqueueCpuMs = await cpuMsOf(() => queue.enqueueMany(list));
const enqueueMs = performance.now() - startedMs;
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const drainMs = await cpuMsOf(async () => {
  await queue.start();
  await counted.done;
});
delay.disable();
await queue.close();
const left = library.db.prepare(`SELECT count(*) FROM jobs WHERE state <> 'completed'`).pluck().get();
library.close();
if (left !== 0) throw new Error(`${String(left)} jobs were not completed`);
process.stdout.write(
  JSON.stringify({
    enqueueMs,
    enqueueUsPerJob: (enqueueCpuMs * 1000) / jobs,
    drainUsPerJob: (drainMs * 1000) / jobs,
    loopDelayP99Ms: delay.percentile(99) / 1e6,
    loopDelayMaxMs: delay.max / 1e6,
  }),
);
