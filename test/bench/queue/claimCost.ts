// Claims and finishes jobs while the table holds so many rows; prints the median CPU of a claim.
import { randomUUID } from 'node:crypto';
import { jobRepository } from '../../../main/engine/jobs/repository.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { openBench } from './benchQueue.ts';
import { median } from './measure.ts';

const ROUNDS = 60;
const CLAIMS = 100;

const [count = '1000'] = process.argv.slice(2);
const rows = Number(count);
using folder = temporaryFolder();
const { library } = await openBench(folder.path, 'OFF');
const { db } = library;
// Half of them wait, a quarter has ended, a quarter waits for a later time: as a library looks after a long life.
db.prepare(
  `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @rows)
   INSERT INTO jobs (kind, lane, state, priority, run_at, payload, label, created_at, finished_at)
   SELECT 'work', 'intake', CASE i % 4 WHEN 0 THEN 'completed' ELSE 'pending' END, 2,
          CASE i % 4 WHEN 1 THEN 9000000000000 END, '{}', 'no-op', i, CASE i % 4 WHEN 0 THEN i END FROM n`,
).run({ rows });
const jobs = jobRepository(db);
const costs: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const tokens: string[] = [];
  const before = process.cpuUsage();
  db.transaction(() => {
    for (let index = 0; index < CLAIMS; index += 1) {
      const token = randomUUID();
      const row = jobs.claim({ workerId: 'bench', token, nowMs: 0, maxJobs: CLAIMS + 2, rampMs: 0 });
      if (row === undefined) throw new Error('nothing to claim');
      tokens.push(token);
    }
  }).immediate();
  const { user, system } = process.cpuUsage(before);
  costs.push((user + system) / CLAIMS);
  // Back to waiting, so that every round sees the same table.
  db.prepare(
    `UPDATE jobs SET state = 'pending', lease_token = NULL, worker_id = NULL WHERE state = 'processing'`,
  ).run();
}
library.close();
process.stdout.write(JSON.stringify({ claimUs: median(costs) }));
