import { AppError, Postponed } from '../../domain/errors.ts';
import type { ReviewerProvider } from '../../domain/reviewer.ts';
import { readAnswer, type Answer } from './answer.ts';
import { afterFailure, afterSuccess, CLOSED, gateOf } from './breaker.ts';
import { complete, type Message } from './completions.ts';
import { blockedUntil } from './quota.ts';
import type { Reply } from './reply.ts';
import { NO_KEY, takeTurn, type Turn } from './reservation.ts';
import type { ReviewerRoom } from './room.ts';

/** Something to ask a model. */
export interface AskOrder {
  /** Names the ask for as long as its end is not known: the same one never counts twice. */
  readonly askId: string;
  readonly provider: ReviewerProvider;
  readonly messages: readonly Message[];
  /** The sha256 of what is asked. */
  readonly hash: string;
  /** How often the model has answered this before with what could not be used. */
  readonly attempt: number;
}

/** A model's answer. `settle` makes the ask count as one that went well; call it in the transaction that keeps the answer. */
export interface Answered {
  readonly answer: Answer;
  readonly settle: () => void;
}

/** Between tries of a provider that fails now and then, until its breaker opens. */
const FIRST_DELAY_MS = 15_000;

/** The secrets of a provider's keys, as far as this process can read them. */
export async function readableKeys(room: ReviewerRoom, provider: string): Promise<Map<string, string>> {
  const readable = new Map<string, string>();
  for (const { id } of room.keys.ofProvider(provider)) {
    const secret = await room.secrets.read(id);
    if (secret !== undefined) readable.set(id, secret);
  }
  return readable;
}

/**
 * Asks a model: with the next key where one is turned away, and never while the breaker is open.
 * Throws Postponed with REVIEWER_UNAVAILABLE or REVIEWER_QUOTA_SPENT where asking later helps, REVIEWER_UNUSABLE where it
 * does not, REVIEWER_ANSWER_WRONG for an answer that cannot be used; a stop is thrown with its reason.
 */
export async function ask(room: ReviewerRoom, order: AskOrder, signal: AbortSignal): Promise<Answered> {
  const { provider, messages, hash, attempt } = order;
  const readable = await readableKeys(room, provider.id);
  for (;;) {
    signal.throwIfAborted();
    const turn = await room.library.write(() => takeTurn(room, provider, order.askId, readable));
    if (turn.kind !== 'go') throw noTurn(room, provider, turn);
    const endpoint = { baseUrl: provider.baseUrl, secret: readable.get(turn.keyId) ?? null };
    const reply = await complete(
      endpoint,
      {
        model: provider.model,
        messages,
        idempotencyKey: `${hash}-${attempt}`,
        seed: 1 + attempt,
        timeoutMs: provider.timeoutS * 1000,
      },
      signal,
      room.nowMs,
    );
    const answer = await settleReply(room, order, turn.keyId, reply);
    if (answer !== undefined)
      return {
        answer,
        settle: () => {
          room.quota.settle(order.askId);
          room.keys.clear(turn.keyId);
          noteWell(room, provider.id);
        },
      };
  }
}

/** Writes down how an ask ended. Undefined where the next key is to be tried. */
async function settleReply(
  room: ReviewerRoom,
  order: AskOrder,
  keyId: string,
  reply: Reply,
): Promise<Answer | undefined> {
  const { provider, askId } = order;
  const { quota, keys, library } = room;
  switch (reply.kind) {
    case 'answered': {
      const read = readAnswer(reply.text);
      if (read.isGood) return read.answer;
      await library.write(() => {
        // It was given all the same.
        quota.settle(askId);
        keys.clear(keyId);
        noteWell(room, provider.id);
      });
      const why = reply.isCut ? 'it did not come to an end' : read.why;
      throw new AppError('REVIEWER_ANSWER_WRONG', `"${provider.id}": ${why}`);
    }
    case 'rate-limited': {
      const strikes = keys.ofProvider(provider.id).find(({ id }) => id === keyId)?.strikes ?? 0;
      const untilMs = blockedUntil(reply.retryAfterMs, strikes, room.nowMs());
      await library.write(() => {
        quota.release(askId);
        noteWell(room, provider.id);
        if (keyId === NO_KEY) room.breakers.block(provider.id, untilMs);
        else keys.block(keyId, untilMs);
      });
      return undefined;
    }
    case 'key-rejected':
      await library.write(() => {
        quota.release(askId);
        noteWell(room, provider.id);
        keys.reject(keyId, room.nowMs());
      });
      if (keyId === NO_KEY)
        throw new AppError('REVIEWER_UNUSABLE', `"${provider.id}" wants a key: ${reply.because}`);
      return undefined;
    case 'refused':
      await library.write(() => {
        quota.release(askId);
        noteWell(room, provider.id);
      });
      throw new AppError('REVIEWER_UNUSABLE', `"${provider.id}": ${reply.because}`);
    case 'failed':
      await library.write(() => {
        if (reply.wasTaken) quota.settle(askId);
        else quota.release(askId);
        noteFailure(room, provider.id);
      });
      throw failing(room, provider, reply.because);
  }
}

/** It answers, whatever it answers. */
function noteWell({ breakers }: ReviewerRoom, provider: string): void {
  breakers.save(provider, afterSuccess(breakers.get(provider) ?? CLOSED));
}

function noteFailure({ breakers, nowMs }: ReviewerRoom, provider: string): void {
  breakers.save(provider, afterFailure(breakers.get(provider) ?? CLOSED, nowMs()));
}

/** A moment as a person reads it in a log or on a screen of any time zone. */
const told = (atMs: number): string => `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function failing(room: ReviewerRoom, provider: ReviewerProvider, because: string): Postponed {
  const nowMs = room.nowMs();
  const breaker = room.breakers.get(provider.id) ?? CLOSED;
  const gate = gateOf(breaker, nowMs);
  if (gate.kind === 'shut')
    return new Postponed(
      'REVIEWER_UNAVAILABLE',
      `"${provider.id}": ${because}; it is tried again at ${told(gate.untilMs)}`,
      gate.untilMs - nowMs,
    );
  const delayMs = FIRST_DELAY_MS * 2 ** Math.max(0, breaker.failures - 1);
  return new Postponed('REVIEWER_UNAVAILABLE', `"${provider.id}": ${because}`, delayMs);
}

/** Another process may be able to read what this one cannot. */
const ELSEWHERE_DELAY_MS = 15 * 60_000;

function noTurn(room: ReviewerRoom, { id }: ReviewerProvider, turn: Exclude<Turn, { kind: 'go' }>): AppError {
  const nowMs = room.nowMs();
  switch (turn.kind) {
    case 'shut':
      return new Postponed(
        'REVIEWER_UNAVAILABLE',
        `"${id}" failed several times; it is tried again at ${told(turn.untilMs)}`,
        turn.untilMs - nowMs,
      );
    case 'wait': {
      const why =
        turn.because === 'spent'
          ? `every key of "${id}" has had its asks of the day`
          : `"${id}" wants to be left alone for a while`;
      return new Postponed(
        'REVIEWER_QUOTA_SPENT',
        `${why}; the first is free again at ${told(turn.untilMs)}`,
        turn.untilMs - nowMs,
      );
    }
    case 'none':
      return turn.because === 'unreadable'
        ? new Postponed(
            'REVIEWER_UNAVAILABLE',
            `the keys of "${id}" are kept by another shell of Soundbite, which can read them`,
            ELSEWHERE_DELAY_MS,
          )
        : new AppError(
            'REVIEWER_UNUSABLE',
            `"${id}" knows none of its keys; add one with "reviewer keys add"`,
          );
  }
}
