import type { ReviewerProvider } from '../../domain/reviewer.ts';
import { isLocal } from './address.ts';
import { CLOSED, gateOf, onTrial } from './breaker.ts';
import { chooseKey, dayOf, USUAL_DAILY_LIMIT, type KeyChoice, type KeyStanding } from './quota.ts';
import type { ReviewerRoom } from './room.ts';

/** How a provider without keys is counted: as one key without a secret. */
export const NO_KEY = '';

/** Whether an ask may be sent now, and with which key. */
export type Turn =
  | { readonly kind: 'go'; readonly keyId: string }
  | { readonly kind: 'shut'; readonly untilMs: number }
  | Exclude<KeyChoice, { kind: 'use' }>;

/** How the keys of a provider stand; one without keys is asked without, on this machine as often as anybody likes. */
export function standingsOf(
  { keys, quota, breakers, nowMs }: ReviewerRoom,
  provider: ReviewerProvider,
  readable: ReadonlyMap<string, string>,
): KeyStanding[] {
  const day = dayOf(nowMs());
  const used = (keyId: string): number => quota.used({ provider: provider.id, keyId, day });
  const rows = keys.ofProvider(provider.id);
  if (rows.length === 0)
    return [
      {
        keyId: NO_KEY,
        dailyLimit: isLocal(provider.baseUrl) ? null : USUAL_DAILY_LIMIT,
        used: used(NO_KEY),
        blockedUntilMs: breakers.blockedUntil(provider.id),
        isRejected: false,
        isReadable: true,
      },
    ];
  return rows.map(({ id, dailyLimit, blockedUntilMs, rejectedAtMs }) => ({
    keyId: id,
    dailyLimit,
    used: used(id),
    blockedUntilMs,
    isRejected: rejectedAtMs !== null,
    isReadable: readable.has(id),
  }));
}

/**
 * Takes a turn at a provider, inside a transaction: the breaker lets it through, and a key with quota left is reserved. An
 * ask whose end nobody heard, because it was put aside or its process died, goes on with the reservation it has.
 */
export function takeTurn(
  room: ReviewerRoom,
  provider: ReviewerProvider,
  askId: string,
  readable: ReadonlyMap<string, string>,
): Turn {
  const { breakers, quota } = room;
  const nowMs = room.nowMs();
  const earlier = quota.find(askId);
  const breaker = breakers.get(provider.id) ?? CLOSED;
  const gate = gateOf(breaker, nowMs);
  const isItsTrial = breaker.state === 'half-open' && earlier !== undefined;
  if (gate.kind === 'shut' && !isItsTrial) return gate;
  const standings = standingsOf(room, provider, readable);
  const day = dayOf(nowMs);
  if (earlier?.provider === provider.id && earlier.day === day) {
    // Its own reservation counts among the used; without it there is room for exactly this ask.
    const own = standings.filter(({ keyId }) => keyId === earlier.keyId);
    const choice = chooseKey(
      own.map((standing) => ({ ...standing, used: standing.used - 1 })),
      nowMs,
    );
    if (choice.kind === 'use') return proceed(room, provider, gate.kind === 'trial', choice.keyId);
  }
  if (earlier !== undefined) quota.settle(askId);
  const choice = chooseKey(standings, nowMs);
  if (choice.kind !== 'use') return choice;
  quota.reserve({ askId, provider: provider.id, keyId: choice.keyId, day }, nowMs);
  return proceed(room, provider, gate.kind === 'trial', choice.keyId);
}

function proceed(room: ReviewerRoom, { id }: ReviewerProvider, isTrial: boolean, keyId: string): Turn {
  if (isTrial) room.breakers.save(id, onTrial(room.breakers.get(id) ?? CLOSED, room.nowMs()));
  return { kind: 'go', keyId };
}
