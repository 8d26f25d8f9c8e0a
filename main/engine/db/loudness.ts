import type { Database } from 'better-sqlite3';
import { readJson } from './json.ts';

/** What was measured of an episode's loudness, piece by piece. */
export function loudnessRepository(db: Database) {
  const save = db.prepare(
    `INSERT INTO loudness_pieces (episode_id, from_s, histogram) VALUES (@episodeId, @fromS, @histogram)
     ON CONFLICT (episode_id, from_s) DO UPDATE SET histogram = excluded.histogram`,
  );
  const list = db
    .prepare<[string], string>('SELECT histogram FROM loudness_pieces WHERE episode_id = ? ORDER BY from_s')
    .pluck();
  const forget = db.prepare<[string]>('DELETE FROM loudness_pieces WHERE episode_id = ?');
  const finish = db.prepare('UPDATE episodes SET integrated_lufs = @lufs WHERE id = @episodeId');
  const read = db
    .prepare<[string], number | null>('SELECT integrated_lufs FROM episodes WHERE id = ?')
    .pluck();
  return {
    savePiece: (episodeId: string, fromS: number, histogram: Readonly<Record<string, number>>) =>
      save.run({ episodeId, fromS, histogram: JSON.stringify(histogram) }),
    pieces: (episodeId: string) =>
      list.all(episodeId).map((text) => readJson(text) as Record<string, number>),
    forgetPieces: (episodeId: string) => forget.run(episodeId),
    finish: (episodeId: string, lufs: number | null) => finish.run({ episodeId, lufs }),
    /** LUFS; null while it was not measured, or where there is nothing to hear. */
    integratedLufs: (episodeId: string) => read.get(episodeId) ?? null,
  };
}
export type LoudnessRepository = ReturnType<typeof loudnessRepository>;
