import { z } from 'zod';

/** A setting: what it holds, the environment variable that overrides it, and what it is when nobody says anything. */
interface SettingSpec {
  readonly schema: z.ZodType<number>;
  readonly environment: string;
  readonly fallback: number;
}

const wholeNumber = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

export const SETTINGS = {
  maxConcurrentJobs: {
    schema: wholeNumber(1, 64),
    environment: 'SOUNDBITE_MAX_CONCURRENT_JOBS',
    fallback: 3,
  },
  maxQueueSize: { schema: wholeNumber(1, 10_000), environment: 'SOUNDBITE_MAX_QUEUE_SIZE', fallback: 100 },
  pollIntervalS: {
    schema: z.coerce.number().min(0.05).max(3600),
    environment: 'SOUNDBITE_POLL_INTERVAL_S',
    fallback: 1,
  },
} as const satisfies Record<string, SettingSpec>;

export type SettingName = keyof typeof SETTINGS;
export type Settings = Readonly<Record<SettingName, number>>;

export interface ResolvedSettings {
  readonly values: Settings;
  /** Values that were given but make no sense, each a sentence; the next source in line was used instead. */
  readonly problems: readonly string[];
}

/** Resolves every setting: environment, then what was stored, then the default. */
export function resolveSettings(
  environment: Readonly<Record<string, string | undefined>>,
  stored: Readonly<Record<string, unknown>>,
): ResolvedSettings {
  const problems: string[] = [];
  const resolve = (name: SettingName): number => {
    const { schema, environment: variable, fallback } = SETTINGS[name];
    for (const [origin, value] of [
      [variable, environment[variable]],
      [`the stored setting ${name}`, stored[name]],
    ] as const) {
      if (value === undefined || value === '') continue;
      const parsed = schema.safeParse(value);
      if (parsed.success) return parsed.data;
      problems.push(`${origin} is ${JSON.stringify(value)}, which is not a value it can have.`);
    }
    return fallback;
  };
  const names = Object.keys(SETTINGS) as SettingName[];
  const values = Object.fromEntries(names.map((name) => [name, resolve(name)])) as Record<
    SettingName,
    number
  >;
  return { values, problems };
}
