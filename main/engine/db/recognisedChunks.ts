import type { Database } from 'better-sqlite3';
import { Heard } from '../../domain/recognition.ts';
import { readJson } from './json.ts';

export interface RecognisedChunk {
  readonly hash: string;
  readonly modelId: string;
  readonly heard: Heard;
  readonly soundS: number;
  readonly tookS: number;
}

export function recognisedChunkRepository(db: Database) {
  const byHash = db.prepare<[string], { heard: string }>(
    'SELECT heard FROM recognised_chunks WHERE hash = ?',
  );
  const add = db.prepare(
    `INSERT OR IGNORE INTO recognised_chunks (hash, model_id, heard, sound_s, took_s, recognised_at_ms)
     VALUES (@hash, @modelId, @heard, @soundS, @tookS, @nowMs)`,
  );
  return {
    get(hash: string): Heard | undefined {
      const row = byHash.get(hash);
      return row && Heard.parse(readJson(row.heard));
    },
    /** What is known already stays: the same sound is not heard twice. */
    add(chunk: RecognisedChunk, nowMs: number): void {
      add.run({ ...chunk, heard: JSON.stringify(chunk.heard), nowMs });
    },
  };
}
export type RecognisedChunkRepository = ReturnType<typeof recognisedChunkRepository>;
