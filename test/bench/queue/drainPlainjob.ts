// The same jobs through plainjob, as its own documentation sets it up; prints CPU per job.
import Database from 'better-sqlite3';
import { better, defineQueue, defineWorker } from 'plainjob';
import { temporaryFolder } from '../../support/folder.ts';
import { cpuMsOf } from './measure.ts';

const [count = '3000'] = process.argv.slice(2);
const jobs = Number(count);
using folder = temporaryFolder();
const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
const db = new Database(folder.file('plainjob.db'));
const queue = defineQueue({ connection: better(db), logger: silent });
for (let index = 0; index < jobs; index += 1) queue.add('work', { index });
let left = jobs;
let finish: () => void = () => undefined;
const done = new Promise<void>((resolve) => {
  finish = resolve;
});
const worker = defineWorker('work', () => Promise.resolve(), {
  queue,
  logger: silent,
  onCompleted: () => {
    left -= 1;
    if (left === 0) finish();
  },
});
const drainMs = await cpuMsOf(async () => {
  void worker.start();
  await done;
});
await worker.stop();
queue.close();
process.stdout.write(JSON.stringify({ drainUsPerJob: (drainMs * 1000) / jobs }));
