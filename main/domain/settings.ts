import { z } from 'zod';

/** A setting: what it holds, the environment variable that overrides it, and what it is when nobody says anything. */
interface SettingSpec {
  readonly schema: z.ZodType;
  readonly environment: string;
  readonly fallback: unknown;
}

const wholeNumber = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

/** Variables hold text; these are the words for yes and no. */
const yesOrNo = z.union([
  z.boolean(),
  z
    .enum(['1', '0', 'true', 'false', 'yes', 'no'])
    .transform((word) => word === '1' || word === 'true' || word === 'yes'),
]);

export const SETTINGS = {
  maxConcurrentJobs: {
    schema: wholeNumber(1, 64),
    environment: 'SOUNDBITE_MAX_CONCURRENT_JOBS',
    fallback: 3,
  },
  /** How many jobs of batches, feeds, watch folders and the API may wait; what people click is not counted. */
  maxQueueSize: { schema: wholeNumber(1, 10_000), environment: 'SOUNDBITE_MAX_QUEUE_SIZE', fallback: 100 },
  pollIntervalS: {
    schema: z.coerce.number().min(0.05).max(3600),
    environment: 'SOUNDBITE_POLL_INTERVAL_S',
    fallback: 1,
  },
  /** How many pieces of a job are taken at once. */
  workerBatchSize: { schema: wholeNumber(1, 1000), environment: 'SOUNDBITE_WORKER_BATCH_SIZE', fallback: 10 },
  /** The last safety of the production lock: a hold that nobody renews ends by itself after this long. */
  productionTtlHours: {
    schema: z.coerce.number().min(0.01).max(48),
    environment: 'SOUNDBITE_PRODUCTION_TTL_HOURS',
    fallback: 2,
  },
  /** What stands aside while an export runs: all background review, or only that of the same show or episode. */
  productionLevel: {
    schema: z.enum(['all', 'show', 'episode']),
    environment: 'SOUNDBITE_PRODUCTION_LEVEL',
    fallback: 'all',
  },
  /** How long background review takes to come back after production, one job at a time. */
  reviewRampS: {
    schema: z.coerce.number().min(0).max(3600),
    environment: 'SOUNDBITE_REVIEW_RAMP_S',
    fallback: 30,
  },
  /** What happens at the start to work that was under way at the end: it goes on, or it waits for a person. */
  resumeAtStart: {
    schema: z.enum(['resume', 'ask']),
    environment: 'SOUNDBITE_RESUME_AT_START',
    fallback: 'resume',
  },
  /** Whether the machine is kept from falling asleep while an export runs on mains power. */
  keepAwake: { schema: yesOrNo, environment: 'SOUNDBITE_KEEP_AWAKE', fallback: true },
  /** Below this charge, on battery, production waits for mains power; 0 never waits. */
  batteryLeastPercent: {
    schema: wholeNumber(0, 100),
    environment: 'SOUNDBITE_BATTERY_LEAST_PERCENT',
    fallback: 20,
  },
  /** Whether subtitles, poster and recipe are written beside an export. */
  exportSidecars: { schema: yesOrNo, environment: 'SOUNDBITE_EXPORT_SIDECARS', fallback: true },
} as const satisfies Record<string, SettingSpec>;

export type SettingName = keyof typeof SETTINGS;
export type Settings = { readonly [Name in SettingName]: z.output<(typeof SETTINGS)[Name]['schema']> };

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
  const resolve = (name: SettingName): unknown => {
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
  const values = Object.fromEntries(names.map((name) => [name, resolve(name)])) as unknown as Settings;
  return { values, problems };
}
