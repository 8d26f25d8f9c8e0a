import type { Database } from 'better-sqlite3';
import { Benchmark, SpeechModelDescription } from '../../domain/speechModel.ts';
import { readJson } from './json.ts';

/** A model that is on this machine. */
export interface InstalledModel {
  readonly description: SpeechModelDescription;
  /** Relative to the library. */
  readonly folder: string;
  readonly benchmark: Benchmark | null;
}

/** What a file of a model was when it came in whole. */
export interface ModelPin {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

interface ModelRow {
  description: string;
  folder: string;
  benchmark: string | null;
}
interface PinRow {
  name: string;
  size_bytes: number;
  sha256: string;
}

const toModel = (row: ModelRow): InstalledModel => ({
  description: SpeechModelDescription.parse(readJson(row.description)),
  folder: row.folder,
  benchmark: row.benchmark === null ? null : Benchmark.parse(readJson(row.benchmark)),
});

export function speechModelRepository(db: Database) {
  const all = db.prepare<[], ModelRow>('SELECT * FROM speech_models ORDER BY installed_at_ms DESC, id');
  const byId = db.prepare<[string], ModelRow>('SELECT * FROM speech_models WHERE id = ?');
  const install = db.prepare(
    `INSERT INTO speech_models (id, description, folder, installed_at_ms)
     VALUES (@id, @description, @folder, @nowMs)
     ON CONFLICT (id) DO UPDATE SET description = excluded.description, folder = excluded.folder, benchmark = NULL,
       installed_at_ms = excluded.installed_at_ms`,
  );
  const setBenchmark = db.prepare('UPDATE speech_models SET benchmark = @benchmark WHERE id = @id');
  const remove = db.prepare<[string]>('DELETE FROM speech_models WHERE id = ?');
  const pins = db.prepare<[string], PinRow>(
    'SELECT * FROM speech_model_pins WHERE model_id = ? ORDER BY name',
  );
  const pin = db.prepare(
    `INSERT OR IGNORE INTO speech_model_pins (model_id, name, size_bytes, sha256, pinned_at_ms)
     VALUES (@modelId, @name, @sizeBytes, @sha256, @nowMs)`,
  );
  const unpin = db.prepare<[string]>('DELETE FROM speech_model_pins WHERE model_id = ?');
  return {
    /** Newest first. */
    list: (): InstalledModel[] => all.all().map(toModel),
    get(id: string): InstalledModel | undefined {
      const row = byId.get(id);
      return row && toModel(row);
    },
    install(model: Omit<InstalledModel, 'benchmark'>, nowMs: number): void {
      const { description, folder } = model;
      install.run({ id: description.id, description: JSON.stringify(description), folder, nowMs });
    },
    setBenchmark(id: string, benchmark: Benchmark): void {
      setBenchmark.run({ id, benchmark: JSON.stringify(benchmark) });
    },
    remove: (id: string): boolean => remove.run(id).changes === 1,
    pinsOf: (id: string): ModelPin[] =>
      pins.all(id).map((row) => ({ name: row.name, sizeBytes: row.size_bytes, sha256: row.sha256 })),
    /** The first pin of a file stands. */
    pin(modelId: string, { name, sizeBytes, sha256 }: ModelPin, nowMs: number): void {
      pin.run({ modelId, name, sizeBytes, sha256, nowMs });
    },
    /** Forgets what the files were: for models a person puts in by hand, which may be replaced by hand. */
    unpin(modelId: string): void {
      unpin.run(modelId);
    },
  };
}
export type SpeechModelRepository = ReturnType<typeof speechModelRepository>;
