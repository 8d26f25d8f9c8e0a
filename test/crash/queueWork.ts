import type { Library } from '../../main/engine/db/open.ts';
import type { JobKind } from '../../main/engine/jobs/kind.ts';
import { runPieces } from '../../main/engine/jobs/pieces.ts';
import type { NewItem } from '../../main/engine/jobs/workItems.ts';

/** Pieces that a producer finds at a time; every fifth of them is offered twice. */
const LOT = 10;
const OFFERED_TWICE = 5;

/** How many pieces a job's payload asks for, and which work it is. */
export interface PiecesPayload {
  readonly pieces: number;
}

/** What tells the test how far a job of many pieces is. */
export interface PiecesListener {
  readonly resumed: (label: string, from: number) => void;
  readonly counted: (label: string, total: number, done: number) => void;
}

/** Tables of the tests' own, in which work leaves its traces. */
export async function addTraceTables(library: Library): Promise<void> {
  await library.write(() => {
    library.db.exec(
      `CREATE TABLE IF NOT EXISTS made (job_id INTEGER NOT NULL, number INTEGER NOT NULL) STRICT;
       CREATE TABLE IF NOT EXISTS runs (job_id INTEGER NOT NULL, claim INTEGER NOT NULL, pid INTEGER NOT NULL) STRICT`,
    );
  });
}

async function* lots(from: number, pieces: number): AsyncGenerator<{ items: NewItem[]; checkpoint: number }> {
  for (let at = from; at < pieces; at += LOT) {
    const numbers = Array.from({ length: Math.min(LOT, pieces - at) }, (_, index) => at + index);
    const again = numbers.filter((number) => number % OFFERED_TWICE === 0);
    await Promise.resolve();
    yield { items: [...numbers, ...again].map((number) => ({ content: { number } })), checkpoint: at + LOT };
  }
}

/** A job that comes in many pieces, each of which leaves one row together with "done". */
export function piecesKind(library: Library, listener: PiecesListener): JobKind {
  const add = library.db.prepare<[number, number]>('INSERT INTO made (job_id, number) VALUES (?, ?)');
  const forget = library.db.prepare<[number]>('DELETE FROM made WHERE job_id = ?');
  return {
    async run(lease) {
      const { id, label } = lease.job;
      const { pieces } = JSON.parse(lease.job.payload) as PiecesPayload;
      const counts = await runPieces<number>(lease, {
        produce(from) {
          listener.resumed(label, from ?? 0);
          return lots(from ?? 0, pieces);
        },
        consume: ({ content }) =>
          Promise.resolve({
            commit: () => {
              add.run(id, (content as { number: number }).number);
            },
          }),
        batchSize: 10,
        onCounts: ({ total, done }) => {
          listener.counted(label, total, done);
        },
      });
      return { result: { ...counts } };
    },
    forget: ({ id }) => {
      forget.run(id);
    },
  };
}

/** A job that writes down that it ran, under which claim and where. */
export function tracedKind(library: Library): JobKind {
  const add = library.db.prepare<[number, number, number]>('INSERT INTO runs VALUES (?, ?, ?)');
  return {
    async run(lease) {
      await library.write(() => add.run(lease.job.id, lease.job.claims, process.pid));
      return { result: {} };
    },
  };
}
