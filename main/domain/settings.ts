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

/** A language as BCP 47 writes it, such as en or pt-BR. */
const LanguageTag = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u, 'a language is written as en, de or pt-BR');

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
  /** The language that recordings are heard in, where neither their show nor a person says: auto lets the model find out. */
  speechLanguage: {
    schema: z.union([z.literal('auto'), LanguageTag]),
    environment: 'SOUNDBITE_SPEECH_LANGUAGE',
    fallback: 'auto',
  },
  /** Below this charge, on battery, production waits for mains power; 0 never waits. */
  batteryLeastPercent: {
    schema: wholeNumber(0, 100),
    environment: 'SOUNDBITE_BATTERY_LEAST_PERCENT',
    fallback: 20,
  },
  /** How much Soundbite may keep in its library, in GB of 1000 MB; files that are used where they are do not count. */
  maxStorageGb: {
    schema: z.coerce.number().min(0.001).max(1_000_000),
    environment: 'SOUNDBITE_MAX_STORAGE_GB',
    fallback: 10,
  },
  cleanupIntervalHours: {
    schema: z.coerce.number().min(0.01).max(8760),
    environment: 'SOUNDBITE_CLEANUP_INTERVAL_HOURS',
    fallback: 24,
  },
  /** What stays free on a disk that Soundbite writes to, in GB; auto goes by the size of the disk. */
  leastFreeGb: {
    schema: z.union([z.literal('auto'), z.coerce.number().min(0).max(1_000_000)]),
    environment: 'SOUNDBITE_LEAST_FREE_GB',
    fallback: 'auto',
  },
  /** Whether subtitles, poster and recipe are written beside an export. */
  exportSidecars: { schema: yesOrNo, environment: 'SOUNDBITE_EXPORT_SIDECARS', fallback: true },
} as const satisfies Record<string, SettingSpec>;

export type SettingName = keyof typeof SETTINGS;
export const SETTING_NAMES = Object.keys(SETTINGS) as [SettingName, ...SettingName[]];
export type Settings = { readonly [Name in SettingName]: z.output<(typeof SETTINGS)[Name]['schema']> };

/** Who said what a setting is. */
export const SettingOrigin = z.enum(['environment', 'stored', 'default']);
export type SettingOrigin = z.infer<typeof SettingOrigin>;

export interface ResolvedSettings {
  readonly values: Settings;
  readonly origins: { readonly [Name in SettingName]: SettingOrigin };
  /** Values that were given but make no sense, each a sentence; the next source in line was used instead. */
  readonly problems: readonly string[];
}

/** Resolves every setting: environment, then what was stored, then the default. */
export function resolveSettings(
  environment: Readonly<Record<string, string | undefined>>,
  stored: Readonly<Record<string, unknown>>,
): ResolvedSettings {
  const problems: string[] = [];
  const resolve = (name: SettingName): { value: unknown; origin: SettingOrigin } => {
    const { schema, environment: variable, fallback } = SETTINGS[name];
    for (const [origin, source, value] of [
      ['environment', variable, environment[variable]],
      ['stored', `the stored setting ${name}`, stored[name]],
    ] as const) {
      if (value === undefined || value === '') continue;
      const parsed = schema.safeParse(value);
      if (parsed.success) return { value: parsed.data, origin };
      problems.push(`${source} is ${JSON.stringify(value)}, which is not a value it can have.`);
    }
    return { value: fallback, origin: 'default' };
  };
  const resolved = SETTING_NAMES.map((name) => [name, resolve(name)] as const);
  const pick = (what: 'value' | 'origin') =>
    Object.fromEntries(resolved.map(([name, found]) => [name, found[what]]));
  return {
    values: pick('value') as unknown as Settings,
    origins: pick('origin') as unknown as ResolvedSettings['origins'],
    problems,
  };
}
