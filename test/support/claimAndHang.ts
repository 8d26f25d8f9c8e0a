// A process of its own that claims a job in the given library and never finishes it; it says "claimed" when it has.
import { join } from 'node:path';
import { Lane } from '../../main/domain/job.ts';
import { openLibrary } from '../../main/engine/db/open.ts';
import { Queue } from '../../main/engine/jobs/queue.ts';

const [folder = '', lane = 'intake'] = process.argv.slice(2);
const queue = new Queue({
  library: await openLibrary(join(folder, 'soundbite.db')),
  runDir: join(folder, 'run'),
  kinds: {
    hang: {
      run: () => {
        process.stdout.write('claimed\n');
        return new Promise(() => undefined);
      },
    },
  },
  maxJobs: 3,
  pollIntervalMs: 50,
  listener: {
    jobChanged: () => undefined,
    queueChanged: () => undefined,
    noticed: () => undefined,
    bug: (error) => {
      throw error;
    },
  },
});
await queue.start();
await queue.enqueue({
  kind: 'hang',
  lane: Lane.parse(lane),
  priority: 'normal',
  payload: {},
  label: 'work of the dead',
});
