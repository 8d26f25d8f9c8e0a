import type { Database } from 'better-sqlite3';
import { readJson } from './json.ts';

export function settingRepository(db: Database) {
  const all = db.prepare<[], { name: string; value: string }>('SELECT name, value FROM settings');
  const save = db.prepare(
    'INSERT INTO settings (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  const forget = db.prepare<[string]>('DELETE FROM settings WHERE name = ?');
  return {
    /** Back to what holds when nobody says anything. */
    forget(name: string): void {
      forget.run(name);
    },
    save(name: string, value: unknown): void {
      save.run({ name, value: JSON.stringify(value) });
    },
    /** Every stored setting by name, as the JSON value it was saved with. */
    readAll(): Record<string, unknown> {
      return Object.fromEntries(all.all().map(({ name, value }) => [name, readJson(value)]));
    },
  };
}
export type SettingRepository = ReturnType<typeof settingRepository>;
