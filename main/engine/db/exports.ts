import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { readJson } from './json.ts';
import { ExportedFile } from '../../domain/exportedFile.ts';
import { RecipeRange, type Recipe } from '../../domain/recipe.ts';
import type { TimeRange } from '../../domain/time.ts';

interface ExportRow {
  id: string;
  clip_id: string;
  preset: string;
  path: string;
  bytes: number;
  duration_s: number;
  width: number | null;
  height: number | null;
  integrated_lufs: number;
  true_peak_dbtp: number;
  proof: string;
  warnings: string;
  companions: string;
  exported_at_ms: number;
}

export interface NewExport {
  readonly file: ExportedFile;
  readonly jobId: number;
  readonly recipe: Recipe;
  readonly recipeHash: string;
}

/** A stretch of an episode that went into an exported file. */
export interface ExportedRange {
  readonly clipId: string;
  readonly episodeId: string;
  readonly fromS: number;
  readonly toS: number;
  readonly exportedAtMs: number;
}

const toExport = (row: ExportRow): ExportedFile =>
  ExportedFile.parse({
    id: row.id,
    clipId: row.clip_id,
    preset: row.preset,
    path: row.path,
    bytes: row.bytes,
    durationS: row.duration_s,
    width: row.width,
    height: row.height,
    integratedLufs: row.integrated_lufs,
    truePeakDbtp: row.true_peak_dbtp,
    proof: readJson(row.proof),
    warnings: readJson(row.warnings),
    companions: readJson(row.companions),
    exportedAtMs: row.exported_at_ms,
  });

export function exportRepository(db: Database) {
  const insert = db.prepare(
    `INSERT INTO exports (id, clip_id, job_id, preset, recipe, recipe_hash, path, bytes, duration_s, width, height,
                          integrated_lufs, true_peak_dbtp, proof, warnings, companions, exported_at_ms)
     VALUES (@id, @clipId, @jobId, @preset, @recipe, @recipeHash, @path, @bytes, @durationS, @width, @height,
             @integratedLufs, @truePeakDbtp, @proof, @warnings, @companions, @exportedAtMs)`,
  );
  const byId = db.prepare<[string], ExportRow>('SELECT * FROM exports WHERE id = ?');
  const byRecipe = db.prepare<[string], ExportRow>(
    'SELECT * FROM exports WHERE recipe_hash = ? ORDER BY exported_at_ms DESC, id',
  );
  const ofClip = db.prepare<[string], ExportRow>(
    'SELECT * FROM exports WHERE clip_id = ? ORDER BY exported_at_ms, id',
  );
  const ofEpisode = db.prepare<[string], ExportRow>(
    `SELECT exports.* FROM exports JOIN clips ON clips.id = exports.clip_id
     WHERE clips.episode_id = ? ORDER BY exports.exported_at_ms DESC, exports.id`,
  );
  const ranges = db.prepare<[], ExportedRange>(
    `SELECT clip_id AS clipId, range.value ->> 'episodeId' AS episodeId, range.value ->> 'fromS' AS fromS,
            range.value ->> 'toS' AS toS, exported_at_ms AS exportedAtMs
     FROM exports, json_each(coalesce(exports.moved_ranges, exports.recipe ->> '$.ranges')) AS range ORDER BY exported_at_ms, exports.id`,
  );
  const bytesPerS = db
    .prepare<[string], number | null>(
      `SELECT max(bytes / duration_s) FROM (
         SELECT bytes, duration_s FROM exports WHERE preset = ? ORDER BY exported_at_ms DESC LIMIT 20)`,
    )
    .pluck();
  const rangesOfEpisode = db.prepare<[string], { id: string; ranges: string }>(
    `SELECT id, coalesce(moved_ranges, recipe ->> '$.ranges') AS ranges FROM exports WHERE EXISTS (
       SELECT 1 FROM json_each(coalesce(moved_ranges, recipe ->> '$.ranges')) WHERE value ->> 'episodeId' = ?)`,
  );
  const setMoved = db.prepare('UPDATE exports SET moved_ranges = @ranges WHERE id = @id');
  return {
    /** Says where what was exported lies on another clock; what has no place there any more is left out. */
    moveRanges(episodeId: string, movedRange: (range: TimeRange) => TimeRange | undefined): void {
      for (const { id, ranges } of rangesOfEpisode.all(episodeId)) {
        const moved = z
          .array(RecipeRange)
          .parse(readJson(ranges))
          .flatMap((range) => {
            const there = range.episodeId === episodeId ? movedRange(range) : range;
            return there === undefined ? [] : [{ ...range, fromS: there.fromS, toS: there.toS }];
          });
        setMoved.run({ id, ranges: JSON.stringify(moved) });
      }
    },
    /** The most that a second of this preset took, of the last twenty; undefined while there is none. */
    bytesPerS: (preset: string): number | undefined => bytesPerS.get(preset) ?? undefined,
    /** What of which episode was ever exported, oldest first. */
    listRanges: (): ExportedRange[] => ranges.all(),
    listOfEpisode(episodeId: string): ExportedFile[] {
      return ofEpisode.all(episodeId).map(toExport);
    },
    add({ file, jobId, recipe, recipeHash }: NewExport): void {
      const row = {
        ...file,
        jobId,
        recipeHash,
        recipe: JSON.stringify(recipe),
        proof: JSON.stringify(file.proof),
        warnings: JSON.stringify(file.warnings),
        companions: JSON.stringify(file.companions),
      };
      insert.run(row);
    },
    get(id: string): ExportedFile | undefined {
      const row = byId.get(id);
      return row && toExport(row);
    },
    /** Files made earlier by the very same recipe, newest first; they may have been moved since. */
    findByRecipe(recipeHash: string): ExportedFile[] {
      return byRecipe.all(recipeHash).map(toExport);
    },
    list(clipId: string): ExportedFile[] {
      return ofClip.all(clipId).map(toExport);
    },
  };
}
export type ExportRepository = ReturnType<typeof exportRepository>;
