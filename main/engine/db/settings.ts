import type { Database } from 'better-sqlite3';
import { readJson } from './json.ts';

export function settingRepository(db: Database) {
  const all = db.prepare<[], { name: string; value: string }>('SELECT name, value FROM settings');
  return {
    /** Every stored setting by name, as the JSON value it was saved with. */
    readAll(): Record<string, unknown> {
      return Object.fromEntries(all.all().map(({ name, value }) => [name, readJson(value)]));
    },
  };
}
export type SettingRepository = ReturnType<typeof settingRepository>;
