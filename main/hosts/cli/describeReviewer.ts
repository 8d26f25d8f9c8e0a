import type { Output as Answer } from '../../contract/index.ts';
import type { ReviewerStatus } from '../../contract/reviewer.ts';
import { formatClock } from '../../domain/time.ts';
import type { Clip } from '../../domain/clip.ts';
import type { BreakerStatus, KeyQuota, ReviewerTest } from '../../domain/reviewer.ts';

const moment = (atMs: number): string => new Date(atMs).toISOString().slice(0, 16).replace('T', ' ') + ' UTC';

function describeBreaker({ state, failures, retryAtMs }: BreakerStatus): string {
  const failed = failures === 0 ? '' : ` (${failures} failed in a row)`;
  if (state === 'closed') return `asked as usual${failed}`;
  const until = retryAtMs === null ? '' : `; tried again at ${moment(retryAtMs)}`;
  return state === 'open' ? `not asked${failed}${until}` : `being tried${failed}`;
}

/** How the reviewer is set up and stands. */
export function describeReviewer({ settings, breaker, secrets }: ReviewerStatus): string[] {
  const { isOn, provider, providers, share, isCounted, top, whenSpent } = settings;
  const asked = providers.find(({ id }) => id === provider);
  const counts = isCounted
    ? `gives or takes at most ${share} points of 100`
    : `shows its points (at most ${share}), which change nothing`;
  return [
    `The reviewer is ${isOn ? 'on' : 'off'}.`,
    ...(asked === undefined
      ? ['No provider yet: soundbite reviewer on --url http://127.0.0.1:11434/v1 --model NAME']
      : [`Asked: "${asked.id}", model ${asked.model}, at ${asked.baseUrl}`]),
    ...(breaker === null ? [] : [`State: ${describeBreaker(breaker)}`]),
    `It reviews the best ${top} clips of an episode and ${counts}.`,
    whenSpent === 'wait'
      ? 'When every key is spent, the rest waits until one is free again.'
      : 'When every key is spent, the rest goes without a review.',
    `Keys are kept ${secrets}.`,
  ];
}

/** One line for a key: whose, what it has left, and what keeps it from being used. */
export function describeKey(key: KeyQuota): string {
  const { provider, keyId, label, used, dailyLimit, left, resetsAtMs, reserved } = key;
  const quota =
    dailyLimit === null || left === null
      ? `${used} asked today, no limit`
      : `${used} of ${dailyLimit} used, ${left} left, whole again at ${moment(resetsAtMs)}`;
  const marks = [
    ...(reserved > 0 ? [`${reserved} under way or cut off`] : []),
    ...(key.blockedUntilMs === null ? [] : [`asked to wait until ${moment(key.blockedUntilMs)}`]),
    ...(key.isRejected ? ['not known to the provider'] : []),
    ...(key.isReadable ? [] : ['kept by another shell of Soundbite']),
  ];
  const named = keyId === '' ? label : `${keyId} (${label})`;
  return `${provider}  ${named}: ${[quota, ...marks].join('; ')}`;
}

/** What the reviewer thinks of a clip, and what of it was not taken. */
export function describeReview({ review }: Clip): string[] {
  if (review === undefined) return [];
  const { provider, model, verdict, points, share, isCounted, reasons, hooks, hashtags } = review;
  const worth = `${points > 0 ? '+' : ''}${points} of ${share}${isCounted ? '' : ', not counted'}`;
  return [
    `The reviewer (${model}, ${provider}) says ${verdict} of 10: ${worth}`,
    ...reasons.map(({ why, quote }) => `      ${why} “${quote.text}” at ${formatClock(quote.fromS)}`),
    ...hooks.map(({ text }) => `      hook: “${text}”`),
    ...(hashtags.length === 0 ? [] : [`      ${hashtags.join(' ')}`]),
    ...review.refused.map(({ text, why }) => `      not taken: “${text}”: ${why}`),
    ...review.notes.map((note) => `      ! ${note}`),
  ];
}

/** What trying an endpoint has shown. */
export function describeTest(test: ReviewerTest): string[] {
  const { provider, baseUrl, isReachable, models, latencyMs, sample, problems } = test;
  const state = isReachable ? `answers in ${latencyMs ?? 0} ms` : 'does not answer';
  return [
    `${provider} at ${baseUrl}: ${state}`,
    ...(models.length === 0 ? [] : [`      models: ${models.join(', ')}`]),
    ...(sample === null
      ? []
      : [
          `      sample: verdict ${sample.verdict} of 10 in ${(sample.tookMs / 1000).toFixed(1)} s`,
          ...sample.titles.map((title) => `        “${title}”`),
        ]),
    ...problems.map((problem) => `      ! ${problem}`),
  ];
}

/** Fields with marks of their own are quoted; one that a spreadsheet would calculate is made plain text. */
const field = (value: string | number): string => {
  const text = /^[=+@\t\r-]/u.test(String(value)) ? `'${value}` : String(value);
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** The asks of every key and day as lines of a table (RFC 4180). */
export function quotaCsv({ keys, days }: Answer<'reviewer.quota'>): string[] {
  const rows = days.map(({ provider, keyId, day, used, reserved }) => {
    const key = keys.find((each) => each.provider === provider && each.keyId === keyId);
    const limit = key?.dailyLimit ?? null;
    return [
      ...[provider, keyId, key?.label ?? 'removed', day, used, reserved],
      ...[limit ?? '', limit === null ? '' : Math.max(0, limit - used)],
    ];
  });
  const head = ['provider', 'key', 'label', 'day_utc', 'used', 'under_way', 'limit', 'left'];
  return [head, ...rows].map((row) => row.map(field).join(','));
}
