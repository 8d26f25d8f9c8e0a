// A process of its own that works on a library until it is killed, or until nothing is left to do. It says on stdout,
// a line of JSON for each, what happens; its orders are the one argument, as JSON.
import { join } from 'node:path';
import { z } from 'zod';
import { createEngine } from '../../main/engine/createEngine.ts';
import { Orders, type Said } from './orders.ts';
import { requestLongExport, topUp } from './mixedWork.ts';

const say = (what: Said): void => {
  // Pipes are written to before this returns, so nothing that was said is lost by a kill.
  process.stdout.write(`${JSON.stringify(what)}\n`);
};

const orders = Orders.parse(JSON.parse(process.argv[2] ?? '{}'));

let timesTaken = 0;
function took(step: string, jobId: number): void {
  say({ said: 'stepped', jobId, step });
  if (step !== orders.endAt?.step) return;
  timesTaken += 1;
  if (timesTaken === orders.endAt.nth) process.kill(process.pid, orders.endAt.signal);
}

const ExportStepped = z.object({ jobId: z.int(), step: z.string() });
const JobChanged = z.object({ id: z.int(), kind: z.string(), state: z.string() });

const engine = await createEngine({
  env: { ...process.env, SOUNDBITE_HOME: orders.home },
  resourcesDir: join(import.meta.dirname, '../../resources'),
  works: true,
  role: 'worker',
  onNotice: (text) => {
    say({ said: 'notice', text });
  },
  onBug: (error) => {
    say({ said: 'bug', text: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  },
  onEvent: (name, payload) => {
    if (name === 'export.stepped') {
      const { jobId, step } = ExportStepped.parse(payload);
      took(step, jobId);
    } else if (name === 'jobs.changed') {
      const { id, kind, state } = JobChanged.parse(payload);
      if (state === 'processing') say({ said: 'claimed', jobId: id });
      if (kind === 'export' && state === 'completed') took('completed', id);
    }
  },
});

await topUp(engine, orders);
if (orders.longExport) await requestLongExport(engine, orders.exportFolder);
const unsettled = (): number[] =>
  (['pending', 'processing'] as const).flatMap((state) =>
    engine.queue.overview.list({ lane: null, state, afterId: 0, limit: 100_000 }).map(({ id }) => id),
  );
// What is taken in brings a review along, so that a line worked off may have grown a new one.
for (let ids = unsettled(); ids.length > 0; ids = unsettled()) await engine.queue.settled(ids);
await engine.close();
