// A process of its own that puts jobs into a library and ends: the edge that a window's test cannot reach by itself.
// Its second argument is a list of SeededJob as JSON.
import { join } from 'node:path';
import { createEngine } from '../../main/engine/createEngine.ts';
import type { SeededJob } from './seededJob.ts';

const [home = '', seeds = '[]'] = process.argv.slice(2);
const engine = await createEngine({
  env: { ...process.env, SOUNDBITE_HOME: home },
  resourcesDir: join(import.meta.dirname, '../../resources'),
  works: false,
  onNotice: () => undefined,
  onBug: (error) => {
    throw error;
  },
});
for (const { count = 1, columns = {}, ...job } of JSON.parse(seeds) as SeededJob[]) {
  const numbered = (at: number): string => (count === 1 ? job.label : `${job.label} ${at + 1}`);
  const ids = await engine.queue.enqueueMany(
    Array.from({ length: count }, (_, at) => ({
      priority: 'normal' as const,
      payload: {},
      ...job,
      label: numbered(at),
    })),
  );
  const names = Object.keys(columns);
  if (names.length === 0) continue;
  const update = engine.library.db.prepare(
    `UPDATE jobs SET ${names.map((name) => `${name} = @${name}`).join(', ')} WHERE id = @id`,
  );
  for (const id of ids) update.run({ ...columns, id });
}
await engine.close();
