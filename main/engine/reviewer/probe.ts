import { randomUUID } from 'node:crypto';
import type { ReviewerProvider, ReviewerTest } from '../../domain/reviewer.ts';
import { readAnswer } from './answer.ts';
import { readableKeys } from './ask.ts';
import { afterSuccess, CLOSED } from './breaker.ts';
import { complete, listModels, type Endpoint } from './completions.ts';
import { judge } from './judgement.ts';
import { hashOf, messagesOf } from './question.ts';
import { chooseKey, dayOf } from './quota.ts';
import { standingsOf } from './reservation.ts';
import type { ReviewerRoom } from './room.ts';
import { spokenIn } from './spoken.ts';

/** A clip that every model should have an opinion on; no episode is needed to see whether one answers. */
const SAMPLE = [
  'Most lamps that come to our table are not broken.',
  'The fuse in the plug is.',
  'It costs 40 cents, and it takes four minutes to change.',
  'So open the plug before you throw away the lamp.',
];

const sampleClip = () => {
  const words = SAMPLE.map((text) => text.split(' '));
  let atS = 0;
  return spokenIn(
    words.map((sentence, i) => ({
      fromS: atS,
      toS: atS + sentence.length,
      text: SAMPLE[i] ?? '',
      timing: 'word',
      words: sentence.map((text) => ({ text, fromS: atS, toS: ++atS, confidence: null })),
    })),
    { inS: 0, outS: Infinity },
  );
};

/** Where something is tried that may not be set up yet: without a model only its models are listed. */
export type Tried = Pick<ReviewerProvider, 'id' | 'baseUrl' | 'timeoutS'> & { readonly model: string | null };

/**
 * Tries a provider: whether it is there, which models it has, and what it says of a sample clip. A person asks for this,
 * so an open breaker does not stand in the way, and closes when the sample goes well. The sample counts as an ask.
 */
export async function probe(room: ReviewerRoom, tried: Tried, signal: AbortSignal): Promise<ReviewerTest> {
  const { id, baseUrl, model, timeoutS } = tried;
  const readable = await readableKeys(room, id);
  const provider = { id, baseUrl, timeoutS, model: model ?? '' };
  const choice = chooseKey(standingsOf(room, provider, readable), room.nowMs());
  const keyId = choice.kind === 'use' ? choice.keyId : null;
  const endpoint = { baseUrl, secret: readable.get(keyId ?? '') ?? null };
  const beganMs = performance.now();
  const listed = await listModels(endpoint, signal);
  const latencyMs = Math.round(performance.now() - beganMs);
  const models = typeof listed === 'string' ? [] : listed;
  const problems: string[] = typeof listed === 'string' ? [listed] : [];
  if (typeof listed !== 'string' && model !== null && !models.includes(model))
    problems.push(`it lists no model "${model}"`);
  const isReachable = typeof listed !== 'string';
  const common = { provider: id, baseUrl, model, isReachable, models, problems };
  if (model === null || !isReachable)
    return { ...common, latencyMs: isReachable ? latencyMs : null, sample: null };
  if (keyId === null) {
    problems.push('no key has any quota left, so the sample was not asked');
    return { ...common, latencyMs, sample: null };
  }
  const sample = await askSample(room, provider, { endpoint, keyId }, signal);
  if (typeof sample === 'string') problems.push(sample);
  return { ...common, latencyMs, sample: typeof sample === 'string' ? null : sample };
}

async function askSample(
  room: ReviewerRoom,
  provider: ReviewerProvider,
  { endpoint, keyId }: { readonly endpoint: Endpoint; readonly keyId: string },
  signal: AbortSignal,
): Promise<NonNullable<ReviewerTest['sample']> | string> {
  const { library, quota, breakers } = room;
  const askId = `test/${randomUUID()}`;
  const spoken = sampleClip();
  const messages = messagesOf({ episodeTitle: 'The lamp on table four', spoken });
  const day = dayOf(room.nowMs());
  await library.write(() => {
    quota.reserve({ askId, provider: provider.id, keyId, day }, room.nowMs());
  });
  const beganMs = performance.now();
  const order = {
    model: provider.model,
    messages,
    idempotencyKey: `${hashOf(provider.baseUrl, provider.model, messages)}-${askId}`,
    seed: 1,
    timeoutMs: provider.timeoutS * 1000,
  };
  const reply = await complete(endpoint, order, signal, room.nowMs);
  const tookMs = Math.round(performance.now() - beganMs);
  const isAnswered = reply.kind === 'answered';
  await library.write(() => {
    if (isAnswered || (reply.kind === 'failed' && reply.wasTaken)) quota.settle(askId);
    else quota.release(askId);
    if (isAnswered) breakers.save(provider.id, afterSuccess(breakers.get(provider.id) ?? CLOSED));
  });
  if (!isAnswered) return reply.because;
  const read = readAnswer(reply.text);
  if (!read.isGood) return `the sample answer cannot be used: ${read.why}`;
  const { verdict, titles } = judge(read.answer, spoken, { provider: provider.id, model: provider.model });
  return { verdict, titles: titles.map(({ text }) => text), tookMs };
}
