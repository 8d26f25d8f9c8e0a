import { z } from 'zod';

const MOST_SHARE = 20;

/** A name for a provider, as it is given on the command line. */
export const ProviderId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/u, 'a name is lower-case letters, digits and dashes');

/** An endpoint that speaks the OpenAI protocol, and the model that is asked there. */
export const ReviewerProvider = z.object({
  id: ProviderId,
  /** Up to and including the version, such as http://127.0.0.1:11434/v1. */
  baseUrl: z.string().min(1).max(500),
  model: z.string().min(1).max(200),
  /** How long one answer may take. */
  timeoutS: z.number().min(1).max(1800).default(180),
});
export type ReviewerProvider = z.infer<typeof ReviewerProvider>;

/** What happens when every key is spent: the rest waits, or goes without a review. */
export const WhenSpent = z.enum(['wait', 'skip']);
export type WhenSpent = z.infer<typeof WhenSpent>;

/** How the reviewer is set up. Off, and with no provider, unless a person says otherwise. */
export const ReviewerSettings = z.object({
  isOn: z.boolean().default(false),
  /** The provider that is asked; it is one of `providers`. */
  provider: ProviderId.nullable().default(null),
  providers: z.array(ReviewerProvider).max(20).default([]),
  /** The most points of a score that a review can give or take. */
  share: z.number().min(0).max(MOST_SHARE).default(8),
  /** Whether its points count in scores and order; its titles are offered either way. */
  isCounted: z.boolean().default(true),
  /** How many of an episode's best clips are reviewed. */
  top: z.int().min(1).max(50).default(10),
  whenSpent: WhenSpent.default('wait'),
});
export type ReviewerSettings = z.infer<typeof ReviewerSettings>;

/** How a provider's circuit breaker stands. */
export const BreakerStatus = z.object({
  state: z.enum(['closed', 'open', 'half-open']),
  failures: z.int(),
  openedAtMs: z.int().nullable(),
  /** When the provider is tried again; null while it is asked as usual. */
  retryAtMs: z.int().nullable(),
});
export type BreakerStatus = z.infer<typeof BreakerStatus>;

/** A key, and what it has left today. The secret itself never leaves the place where it is kept. */
export const KeyQuota = z.object({
  provider: z.string(),
  keyId: z.string(),
  label: z.string(),
  /** null where there is no limit. */
  dailyLimit: z.int().nullable(),
  used: z.int(),
  /** Of those used: under way, or cut off before their end was known. */
  reserved: z.int(),
  left: z.int().nullable(),
  resetsAtMs: z.int(),
  blockedUntilMs: z.int().nullable(),
  isRejected: z.boolean(),
  /** Whether this process can read the secret. */
  isReadable: z.boolean(),
});
export type KeyQuota = z.infer<typeof KeyQuota>;

/** Asks of one key on one day of UTC. */
export const DayUsage = z.object({
  provider: z.string(),
  keyId: z.string(),
  day: z.string(),
  used: z.int(),
  reserved: z.int(),
});
export type DayUsage = z.infer<typeof DayUsage>;

/** What an endpoint said when it was tried. */
export const ReviewerTest = z.object({
  provider: z.string(),
  baseUrl: z.string(),
  model: z.string().nullable(),
  isReachable: z.boolean(),
  models: z.array(z.string()),
  latencyMs: z.number().nullable(),
  /** The model's verdict on a sample clip, with how long it took; null where it gave none that can be used. */
  sample: z.object({ verdict: z.number(), titles: z.array(z.string()), tookMs: z.number() }).nullable(),
  /** What went wrong, a sentence each. */
  problems: z.array(z.string()),
});
export type ReviewerTest = z.infer<typeof ReviewerTest>;
