import type { Database } from 'better-sqlite3';
import { AppError } from '../../domain/errors.ts';
import type { StateConflict } from '../../domain/state.ts';

/** A value as SQLite keeps it. */
export type Scalar = string | number | null;
export type StateRow = Readonly<Record<string, Scalar>>;

/** How the rows of a table travel to another library. */
interface TravellingTable {
  /** Rows of an episode that is there already, or of a clip that did not come along, stay behind. */
  readonly belongsTo: 'nothing' | 'show' | 'episode' | 'clip';
  /** Its numbers mean nothing elsewhere: they are given anew where they are taken. */
  readonly isNumbered: boolean;
}

const numbered = { belongsTo: 'episode', isNumbered: true } as const;

/** What a person would miss, parents first. */
export const TRAVELLING: Readonly<Record<string, TravellingTable>> = {
  shows: { belongsTo: 'nothing', isNumbered: false },
  episodes: { belongsTo: 'nothing', isNumbered: false },
  transcript_base: { belongsTo: 'episode', isNumbered: false },
  transcript_segments: numbered,
  transcript_edits: numbered,
  marks: numbered,
  off_limits: numbered,
  clips: { belongsTo: 'episode', isNumbered: false },
  feedback: numbered,
  exports: { belongsTo: 'clip', isNumbered: false },
  model_weights: { belongsTo: 'show', isNumbered: true },
  show_learning: { belongsTo: 'show', isNumbered: false },
  settings: { belongsTo: 'nothing', isNumbered: false },
};

/** What belongs to this machine, or is worked out again: files, work under way, measurements, indexes. */
export const STAYING: readonly string[] = [
  'archived_episodes',
  'breakers',
  'clip_reviews',
  'episode_changes',
  'error_groups',
  'jobs',
  'loudness_pieces',
  'metrics',
  'owned_files',
  'production_holds',
  'queue_pauses',
  'quota_reservations',
  'quota_usage',
  'recognised_chunks',
  'removals',
  'reviewer_answers',
  'reviewer_keys',
  'review_gate',
  'review_pauses',
  'speech_model_pins',
  'speech_models',
  'upkeep_runs',
  'word_runs',
  'work_items',
  'workers',
];

/** What a reset leaves: fetched models, keys and what was asked with them, what is known of files on the disk, who is at work. */
const SURVIVES_RESET: readonly string[] = [
  'speech_models',
  'speech_model_pins',
  'owned_files',
  'removals',
  'workers',
  'upkeep_runs',
  'review_gate',
  'reviewer_keys',
  'quota_usage',
  'quota_reservations',
];

const isTravelling = (name: string): boolean => Object.hasOwn(TRAVELLING, name);

export function stateRepository(db: Database) {
  const columnsOf = (table: string): string[] =>
    db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
  return {
    /** How many rows each table has that a person would miss. */
    counts: (): Record<string, number> =>
      Object.fromEntries(
        Object.keys(TRAVELLING).map((table) => [
          table,
          Number(db.prepare(`SELECT count(*) FROM "${table}"`).pluck().get()),
        ]),
      ),
    /** Every row that travels, table by table, parents first. */
    *rows(): Generator<{ table: string; row: StateRow }> {
      for (const table of Object.keys(TRAVELLING))
        for (const row of db.prepare<[], StateRow>(`SELECT * FROM "${table}"`).iterate())
          yield { table, row };
    },
    /** Takes in rows of another library, inside a transaction of the caller's; see Import. */
    take: (rows: Iterable<{ table: string; row: StateRow }>): Taken => new Import(db, columnsOf).take(rows),
    /** Forgets everything that a person made, inside a transaction of the caller's. */
    reset(): void {
      const tables = [...Object.keys(TRAVELLING).toReversed(), ...STAYING];
      for (const table of tables.filter((name) => !SURVIVES_RESET.includes(name)))
        db.exec(`DELETE FROM "${table}"`);
    },
  };
}
export type StateRepository = ReturnType<typeof stateRepository>;

export interface Taken {
  readonly counts: Readonly<Record<string, number>>;
  readonly conflicts: readonly StateConflict[];
}

/**
 * One import: what is here already stays, and is told. A show of the same name takes in the other's episodes; an episode
 * that is here, by its number or its content, stays as it is with everything that belongs to it.
 */
class Import {
  readonly #db: Database;
  readonly #columnsOf: (table: string) => string[];
  readonly #showIds = new Map<Scalar, Scalar>();
  readonly #newShows = new Set<Scalar>();
  readonly #newEpisodes = new Set<Scalar>();
  readonly #newClips = new Set<Scalar>();
  /** Numbers that were given anew, by table. */
  readonly #numbers = new Map<string, Map<Scalar, Scalar>>();
  readonly #counts: Record<string, number> = {};
  readonly #conflicts: StateConflict[] = [];

  constructor(db: Database, columnsOf: (table: string) => string[]) {
    this.#db = db;
    this.#columnsOf = columnsOf;
  }

  take(rows: Iterable<{ table: string; row: StateRow }>): Taken {
    for (const { table, row } of rows) {
      if (!isTravelling(table))
        throw new AppError('STATE_UNREADABLE', `there is no table "${table}" in a state file`);
      const translated = this.#comesAlong(table, row) ? this.#translate(table, row) : undefined;
      if (translated !== undefined) this.#insert(table, translated, row);
    }
    return { counts: this.#counts, conflicts: this.#conflicts };
  }

  #comesAlong(table: string, row: StateRow): boolean {
    if (table === 'shows') return this.#meetShow(row);
    if (table === 'episodes') return this.#meetEpisode(row);
    if (table === 'settings') return this.#meetSetting(row);
    const { belongsTo } = TRAVELLING[table] ?? { belongsTo: 'nothing' };
    switch (belongsTo) {
      case 'nothing':
        return true;
      case 'show':
        return this.#newShows.has(row['show_id'] ?? null);
      case 'episode':
        return this.#newEpisodes.has(row['episode_id'] ?? null);
      case 'clip':
        return this.#newClips.has(row['clip_id'] ?? null);
    }
  }

  #meetShow(row: StateRow): boolean {
    const here = this.#db
      .prepare<[Scalar, Scalar], { id: string }>('SELECT id FROM shows WHERE id = ? OR name = ?')
      .get(row['id'] ?? null, row['name'] ?? null);
    this.#showIds.set(row['id'] ?? null, here?.id ?? row['id'] ?? null);
    if (here === undefined) this.#newShows.add(row['id'] ?? null);
    else this.#conflicts.push({ what: 'show', name: String(row['name']), kept: 'here' });
    return here === undefined;
  }

  #meetEpisode(row: StateRow): boolean {
    const here = this.#db
      .prepare<[Scalar, Scalar], { id: string }>('SELECT id FROM episodes WHERE id = ? OR fingerprint = ?')
      .get(row['id'] ?? null, row['fingerprint'] ?? null);
    if (here === undefined) this.#newEpisodes.add(row['id'] ?? null);
    else this.#conflicts.push({ what: 'episode', name: String(row['title']), kept: 'here' });
    return here === undefined;
  }

  #meetSetting(row: StateRow): boolean {
    const here = this.#db
      .prepare<[Scalar], string>('SELECT value FROM settings WHERE name = ?')
      .pluck()
      .get(row['name'] ?? null);
    if (here !== undefined && here !== row['value'])
      this.#conflicts.push({ what: 'setting', name: String(row['name']), kept: 'here' });
    return here === undefined;
  }

  /** Names the rows as they are named here. */
  #translate(table: string, row: StateRow): StateRow {
    const changed: Record<string, Scalar> = { ...row };
    if (table === 'clips') this.#newClips.add(row['id'] ?? null);
    if (row['show_id'] !== undefined)
      changed['show_id'] = this.#showIds.get(row['show_id']) ?? row['show_id'];
    if (table === 'clips' && row['mark_id'] !== undefined)
      changed['mark_id'] = this.#numbers.get('marks')?.get(row['mark_id']) ?? row['mark_id'];
    // The job that made an export is not here; below zero no job ever is.
    if (table === 'exports')
      changed['job_id'] = Number(
        this.#db.prepare('SELECT min(0, min(job_id)) - 1 FROM exports').pluck().get() ?? -1,
      );
    if (table === 'show_learning') changed['reset_after_id'] = this.#feedbackUpTo(row['reset_after_id'] ?? 0);
    if (TRAVELLING[table]?.isNumbered === true && this.#isTaken(table, row['id'] ?? null))
      delete changed['id'];
    return changed;
  }

  #isTaken(table: string, id: Scalar): boolean {
    return this.#db.prepare<[Scalar]>(`SELECT 1 FROM "${table}" WHERE id = ?`).get(id) !== undefined;
  }

  /** Where a reset set feedback aside, by the numbers that feedback has here. */
  #feedbackUpTo(id: Scalar): Scalar {
    const renumbered = [...(this.#numbers.get('feedback') ?? [])];
    const before = renumbered.filter(([old]) => Number(old) <= Number(id)).map(([, fresh]) => Number(fresh));
    return before.length === 0 ? id : Math.max(...before);
  }

  #insert(table: string, row: StateRow, original: StateRow): void {
    const names = Object.keys(row);
    const known = this.#columnsOf(table);
    const unknown = names.filter((name) => !known.includes(name));
    if (unknown.length > 0)
      throw new AppError('STATE_UNREADABLE', `table ${table} has no column ${unknown.join(', ')}`);
    const sql = `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(', ')})
                 VALUES (${names.map(() => '?').join(', ')})`;
    const { lastInsertRowid } = this.#db.prepare(sql).run(...Object.values(row));
    this.#counts[table] = (this.#counts[table] ?? 0) + 1;
    if (TRAVELLING[table]?.isNumbered !== true) return;
    const numbers = this.#numbers.get(table) ?? new Map<Scalar, Scalar>();
    numbers.set(original['id'] ?? null, Number(lastInsertRowid));
    this.#numbers.set(table, numbers);
  }
}
