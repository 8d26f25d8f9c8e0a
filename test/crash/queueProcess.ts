// A process of its own that works on the queue of a library, without an engine around it, until it is killed or told
// to end; it says on stdout how far it is. The folder of the library is its one argument, as JSON.
import { join } from 'node:path';
import { z } from 'zod';
import { openLibrary } from '../../main/engine/db/open.ts';
import { Queue } from '../../main/engine/jobs/queue.ts';
import { addTraceTables, piecesKind, tracedKind } from './queueWork.ts';

const { folder } = z.object({ folder: z.string() }).parse(JSON.parse(process.argv[2] ?? '{}'));
const say = (what: unknown): void => {
  process.stdout.write(`${JSON.stringify(what)}\n`);
};
const library = await openLibrary(join(folder, 'soundbite.db'));
await addTraceTables(library);
const queue = new Queue({
  library,
  runDir: join(folder, 'run'),
  kinds: {
    pieces: piecesKind(library, {
      resumed: (label, from) => {
        say({ said: 'resumed', label, from });
      },
      counted: (label, total, done) => {
        say({ said: 'counted', label, total, done });
      },
    }),
    traced: tracedKind(library),
  },
  maxJobs: 3,
  pollIntervalMs: 50,
  role: 'worker',
  listener: {
    jobChanged: () => undefined,
    queueChanged: () => undefined,
    noticed: () => undefined,
    bug: (error) => {
      say({ said: 'bug', text: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    },
  },
});
process.once('SIGTERM', () => {
  void queue.close().then(() => {
    library.close();
  });
});
await queue.start();
say({ said: 'started' });
