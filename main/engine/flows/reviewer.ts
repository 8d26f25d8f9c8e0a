import { AppError } from '../../domain/errors.ts';
import { newId } from '../../domain/id.ts';
import {
  ReviewerSettings,
  type BreakerStatus,
  type DayUsage,
  type KeyQuota,
  type ReviewerProvider,
} from '../../domain/reviewer.ts';
import { checkBaseUrl } from '../reviewer/address.ts';
import { readableKeys } from '../reviewer/ask.ts';
import { CLOSED } from '../reviewer/breaker.ts';
import { dayOf, resetAfter, USUAL_DAILY_LIMIT } from '../reviewer/quota.ts';
import { NO_KEY, standingsOf } from '../reviewer/reservation.ts';
import type { EngineContext } from './context.ts';

/** The setting that holds everything about the reviewer except its keys. */
const SETTING = 'reviewer';

/** How the reviewer is set up: the environment may switch it on or off, everything else is what a person said. */
export function reviewerSettings({ storedSettings, reviewer }: EngineContext): ReviewerSettings {
  const stored = ReviewerSettings.safeParse(storedSettings.readAll()[SETTING] ?? {});
  const settings = stored.success ? stored.data : ReviewerSettings.parse({});
  const said = reviewer.saidByEnvironment;
  return said === 'on' || said === 'off' ? { ...settings, isOn: said === 'on' } : settings;
}

/** The provider that is asked; undefined where the reviewer is off or has none. */
export function activeProvider(settings: ReviewerSettings): ReviewerProvider | undefined {
  return settings.isOn ? settings.providers.find(({ id }) => id === settings.provider) : undefined;
}

/** What a person wants changed; anything may be left out. */
export interface ReviewerWishes extends Partial<
  Pick<ReviewerSettings, 'isOn' | 'share' | 'isCounted' | 'top' | 'whenSpent'>
> {
  /** A new provider, another address or model of a known one, or just its name to use it from now on. */
  readonly use?: {
    readonly id: string;
    readonly baseUrl?: string | undefined;
    readonly model?: string | undefined;
    readonly timeoutS?: number | undefined;
  };
}

function withProvider(settings: ReviewerSettings, wish: ReviewerWishes['use']): ReviewerSettings {
  if (wish === undefined) return settings;
  const known = settings.providers.find(({ id }) => id === wish.id);
  const baseUrl = wish.baseUrl === undefined ? known?.baseUrl : checkBaseUrl(wish.baseUrl);
  const model = wish.model ?? known?.model;
  if (baseUrl === undefined)
    throw new AppError('BAD_INPUT', `"${wish.id}" is no provider yet; say its address`);
  if (model === undefined) throw new AppError('BAD_INPUT', `say which model of "${wish.id}" is asked`);
  const timeoutS = wish.timeoutS ?? known?.timeoutS ?? 180;
  return {
    ...settings,
    provider: wish.id,
    providers: [
      ...settings.providers.filter(({ id }) => id !== wish.id),
      { id: wish.id, baseUrl, model, timeoutS },
    ],
  };
}

/** Changes how the reviewer is set up. Throws BAD_INPUT for an address that is not asked, and for turning on nothing. */
export async function changeReviewer(
  engine: EngineContext,
  { use, ...wishes }: ReviewerWishes,
): Promise<ReviewerSettings> {
  await engine.library.write(() => {
    const changed = { ...withProvider(reviewerSettings(engine), use), ...wishes };
    if (changed.isOn && changed.provider === null)
      throw new AppError('BAD_INPUT', 'there is no provider yet; say an address and a model');
    engine.storedSettings.save(SETTING, ReviewerSettings.parse(changed));
  });
  // Scores and the order of clips depend on it.
  for (const { id } of engine.episodes.list()) engine.emit('episodes.changed', { episodeId: id });
  return reviewerSettings(engine);
}

/** How the breaker of a provider stands. */
export function breakerStatus({ reviewer }: EngineContext, provider: string): BreakerStatus {
  const { state, failures, openedAtMs, retryAtMs } = reviewer.breakers.get(provider) ?? CLOSED;
  return { state, failures, openedAtMs, retryAtMs };
}

/** Forgets what was held against a provider and its keys: it is asked again at once. */
export async function resetBreaker({ library, reviewer }: EngineContext, provider: string): Promise<void> {
  await library.write(() => {
    reviewer.breakers.reset(provider);
    for (const { id } of reviewer.keys.ofProvider(provider)) reviewer.keys.clear(id);
  });
}

/** What each key has left today, in the order in which they are used. */
export async function keyQuotas(
  { reviewer }: EngineContext,
  { providers }: ReviewerSettings,
): Promise<KeyQuota[]> {
  const day = dayOf(reviewer.nowMs());
  const usage = reviewer.quota.list();
  const quotas: KeyQuota[] = [];
  for (const provider of providers) {
    const rows = reviewer.keys.ofProvider(provider.id);
    const standings = standingsOf(reviewer, provider, await readableKeys(reviewer, provider.id));
    for (const { keyId, dailyLimit, used, blockedUntilMs, isRejected, isReadable } of standings) {
      const today = usage.find(
        (each) => each.provider === provider.id && each.keyId === keyId && each.day === day,
      );
      quotas.push({
        provider: provider.id,
        keyId,
        label: rows.find(({ id }) => id === keyId)?.label ?? 'asked without a key',
        dailyLimit,
        used,
        reserved: today?.reserved ?? 0,
        left: dailyLimit === null ? null : Math.max(0, dailyLimit - used),
        resetsAtMs: resetAfter(reviewer.nowMs()),
        blockedUntilMs,
        isRejected,
        isReadable,
      });
    }
  }
  return quotas;
}

/** Every day on which something was asked, oldest first. */
export const usageByDay = ({ reviewer }: EngineContext): DayUsage[] =>
  reviewer.quota.list().map(({ provider, keyId, day, reserved, settled }) => ({
    provider,
    keyId,
    day,
    used: reserved + settled,
    reserved,
  }));

export interface NewKey {
  readonly provider: string;
  readonly label: string;
  readonly secret: string;
  /** Asks a day; null for no limit, undefined for the usual one. */
  readonly dailyLimit?: number | null | undefined;
}

/** Adds a key behind those that are there; its secret goes to the place for secrets and nowhere else. */
export async function addKey(engine: EngineContext, key: NewKey): Promise<string> {
  const { reviewer, library } = engine;
  if (!reviewerSettings(engine).providers.some(({ id }) => id === key.provider))
    throw new AppError('NOT_FOUND', `there is no provider "${key.provider}"`);
  const id = newId('key');
  await reviewer.secrets.save(id, key.secret);
  await library.write(() => {
    const { provider, label, dailyLimit = USUAL_DAILY_LIMIT } = key;
    reviewer.keys.add({ id, provider, label, dailyLimit, addedAtMs: reviewer.nowMs() });
  });
  return id;
}

/** Removes a key and its secret. Throws NOT_FOUND. */
export async function removeKey({ reviewer, library }: EngineContext, keyId: string): Promise<void> {
  const isGone = await library.write(() => reviewer.keys.remove(keyId));
  if (!isGone || keyId === NO_KEY) throw new AppError('NOT_FOUND', `there is no key ${keyId}`);
  await reviewer.secrets.forget(keyId);
}
