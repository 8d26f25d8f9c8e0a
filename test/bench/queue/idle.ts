// A queue with nothing to do; prints the CPU milliseconds it takes per second.
import { temporaryFolder } from '../../support/folder.ts';
import { openBench } from './benchQueue.ts';
import { cpuMsOf } from './measure.ts';

const [seconds = '10'] = process.argv.slice(2);
using folder = temporaryFolder();
const { library, queue } = await openBench(folder.path, 'FULL');
await queue.start();
const settle = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
// What starting up leaves to the collector is not idling.
await settle(2000);
const cpuMs = await cpuMsOf(() => settle(Number(seconds) * 1000));
await queue.close();
library.close();
process.stdout.write(JSON.stringify({ cpuMsPerS: cpuMs / Number(seconds) }));
