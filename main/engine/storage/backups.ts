const WEEK_MS = 7 * 86_400_000;
const NEWEST_KEPT = 3;
/** Copies from before an update or a reset are few and matter long: so many of each kind. */
const OCCASIONAL_KEPT = 3;

/** Why a copy of the database was made. */
export type BackupKind = 'daily' | 'before-migration' | 'before-reset' | 'before-import';

export interface Backup {
  readonly name: string;
  readonly kind: BackupKind;
  readonly atMs: number;
}

/** daily-2026-03-01T04-05-06.789Z-v12.db; undefined for a name that is none of ours. */
export function readBackupName(name: string): Backup | undefined {
  const match =
    /^(daily|before-migration|before-reset|before-import)-(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d\.\d{3}Z)-v\d+\.db$/u.exec(
      name,
    );
  const [, kind, hour, minute, second] = match ?? [];
  if (kind === undefined) return undefined;
  const atMs = Date.parse(`${hour ?? ''}:${minute ?? ''}:${second ?? ''}`);
  return Number.isNaN(atMs) ? undefined : { name, kind: kind as BackupKind, atMs };
}

export const backupName = (kind: BackupKind, atMs: number, schemaVersion: number): string =>
  `${kind}-${new Date(atMs).toISOString().replaceAll(':', '-')}-v${schemaVersion}.db`;

/**
 * Which backups newer ones have made unnecessary: of the daily ones the newest three stay, and of the others the first
 * of the latest week that has one; of those from before an update, a reset or an import the newest three each.
 */
export function supersededBackups(backups: readonly Backup[]): string[] {
  const newestFirst = backups.toSorted((a, b) => b.atMs - a.atMs);
  const daily = newestFirst.filter(({ kind }) => kind === 'daily');
  const firstOfWeek = new Map<number, Backup>();
  for (const backup of daily) firstOfWeek.set(Math.floor(backup.atMs / WEEK_MS), backup);
  const older = daily.slice(NEWEST_KEPT);
  const weekly = older.find((backup) => firstOfWeek.get(Math.floor(backup.atMs / WEEK_MS)) === backup);
  const occasional = (['before-migration', 'before-reset', 'before-import'] as const).flatMap((kind) =>
    newestFirst.filter((backup) => backup.kind === kind).slice(OCCASIONAL_KEPT),
  );
  return [...older.filter((backup) => backup !== weekly), ...occasional].map(({ name }) => name);
}
