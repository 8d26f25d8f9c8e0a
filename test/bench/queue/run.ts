// How the queue bears load: every figure beside its limit. Ends with 1 when a limit is broken.
import { temporaryFolder } from '../../support/folder.ts';
import { noOp, openBench } from './benchQueue.ts';
import { measured, median } from './measure.ts';

const PAIRS = 5;
const DRAINED = 10_000;
const SHARED = 6000;

interface Drain {
  readonly enqueueMs: number;
  readonly enqueueUsPerJob: number;
  readonly drainUsPerJob: number;
  readonly loopDelayP99Ms: number;
  readonly loopDelayMaxMs: number;
}
interface Sharer {
  readonly done: number;
  readonly loopDelayP99Ms: number;
  readonly loopDelayMaxMs: number;
}

let broken = 0;
function tell(what: string, value: number, limit: number, unit: string, isLowest = false): void {
  const isFine = isLowest ? value >= limit : value <= limit;
  if (!isFine) broken += 1;
  const shown = value >= 100 ? value.toFixed(0) : value.toFixed(2);
  const sense = isLowest ? 'at least' : 'at most';
  process.stdout.write(`${isFine ? 'ok    ' : 'BROKEN'}  ${what}: ${shown} ${unit} (${sense} ${limit})\n`);
}

const repeat = async <T>(times: number, act: () => Promise<T>): Promise<T[]> => {
  const results: T[] = [];
  for (let turn = 0; turn < times; turn += 1) results.push(await act());
  return results;
};

const ten = await repeat(3, () => measured<Drain>('drainOurs.ts', 10_000, 'FULL'));
tell('10,000 jobs put in line', median(ten.map(({ enqueueMs }) => enqueueMs)), 1000, 'ms');
tell(
  'event loop while 10,000 are drained, p99',
  median(ten.map(({ loopDelayP99Ms }) => loopDelayP99Ms)),
  30,
  'ms',
);

const pairs = await repeat(PAIRS, async () => ({
  ours: (await measured<Drain>('drainOurs.ts', DRAINED, 'NORMAL')).drainUsPerJob,
  plainjob: (await measured<{ drainUsPerJob: number }>('drainPlainjob.ts', DRAINED)).drainUsPerJob,
}));
const oursUs = median(pairs.map(({ ours }) => ours));
const plainjobUs = median(pairs.map(({ plainjob }) => plainjob));
tell(
  `CPU per drained job against plainjob (${oursUs.toFixed(0)} against ${plainjobUs.toFixed(0)} µs)`,
  median(pairs.map(({ ours, plainjob }) => ours / plainjob)),
  0.75,
  'x',
);

const claims = await repeat(3, async () => ({
  few: (await measured<{ claimUs: number }>('claimCost.ts', 1000)).claimUs,
  many: (await measured<{ claimUs: number }>('claimCost.ts', 1_000_000)).claimUs,
}));
const fewUs = median(claims.map(({ few }) => few));
const manyUs = median(claims.map(({ many }) => many));
tell(
  `CPU of a claim among 1,000,000 rows against 1,000 (${manyUs.toFixed(1)} against ${fewUs.toFixed(1)} µs)`,
  median(claims.map(({ few, many }) => many / few)),
  1.25,
  'x',
);

{
  using folder = temporaryFolder();
  const { library, queue } = await openBench(folder.path, 'NORMAL');
  await queue.enqueueMany(Array.from({ length: SHARED }, (_, index) => noOp(index)));
  library.close();
  const startAtMs = Date.now() + 3000;
  const sharers = await Promise.all(
    [1, 2, 3].map(() => measured<Sharer>('sharer.ts', folder.path, startAtMs)),
  );
  const shares = sharers.map(({ done }) => done);
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (total !== SHARED) throw new Error(`${total} runs of ${SHARED} jobs`);
  tell(
    `smallest share of three processes (${shares.join(', ')})`,
    Math.min(...shares) / (total / 3),
    0.5,
    'of fair',
    true,
  );
  tell(
    'longest event-loop delay among them',
    Math.max(...sharers.map(({ loopDelayMaxMs }) => loopDelayMaxMs)),
    100,
    'ms',
  );
}

tell('CPU while idle', (await measured<{ cpuMsPerS: number }>('idle.ts', 10)).cpuMsPerS, 1, 'ms per s');
process.exitCode = broken === 0 ? 0 : 1;
