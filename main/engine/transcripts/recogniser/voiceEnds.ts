import type { TimeRange } from '../../../domain/time.ts';

/** How far behind the last sound a voice-activity model may let go; Silero was measured at 0.18 to 0.36 s. */
const LONGEST_TAIL_S = 0.4;
/** Shorter pauses belong to the words around them. */
const SHORTEST_PAUSE_S = 0.15;

/**
 * Moves the ends of speech back to where its sound has ended: detectors hold on for a moment, and a border belongs into
 * the middle of the silence as it is. Both lists are in order.
 */
export function endWithSound(speech: readonly TimeRange[], sound: readonly TimeRange[]): TimeRange[] {
  let next = 0;
  const ended = speech.map((range) => {
    while ((sound[next]?.fromS ?? Infinity) < range.toS) next += 1;
    const toS = sound[next - 1]?.toS ?? range.toS;
    const isTail = toS < range.toS && range.toS - toS <= LONGEST_TAIL_S && toS > range.fromS;
    return isTail ? { fromS: range.fromS, toS } : range;
  });
  return joinShortPauses(ended);
}

function joinShortPauses(speech: readonly TimeRange[]): TimeRange[] {
  const joined: TimeRange[] = [];
  for (const range of speech) {
    const last = joined.at(-1);
    if (last !== undefined && range.fromS - last.toS < SHORTEST_PAUSE_S)
      joined[joined.length - 1] = { fromS: last.fromS, toS: range.toS };
    else joined.push(range);
  }
  return joined;
}
