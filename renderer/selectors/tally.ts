import type { ScorePart } from '../../main/domain/clip.ts';

/** Ticks of one part: tall ones are earned, short ones missed; cost hangs below the line. */
export interface TickGroup {
  readonly name: string;
  readonly earned: number;
  readonly missed: number;
}

export interface Ticks {
  readonly groups: readonly TickGroup[];
  readonly cost: number;
}

const ALL = 100;

/** Whole ticks whose sum is the rounded sum, so that the tally shows exactly what the score says. */
function wholeTicks(values: readonly number[], total: number): number[] {
  const floors = values.map(Math.floor);
  let left = total - floors.reduce((sum, value) => sum + value, 0);
  const byRemainder = values
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest);
  for (const { index } of byRemainder) {
    if (left <= 0) break;
    floors[index] = (floors[index] ?? 0) + 1;
    left -= 1;
  }
  return floors;
}

/**
 * One tick for every point: earned ticks are the score, all ticks are 100. Parts that take off hang below.
 * Where the parts together could not give 100 (an episode found by ear), a last group holds what nothing was known about.
 */
export function tallyOf(parts: readonly ScorePart[], score: number): Ticks {
  const giving = parts.filter((part) => part.max > 0).toSorted((a, b) => b.max - a.max);
  const cost = Math.round(
    -parts.filter((part) => part.points < 0).reduce((sum, part) => sum + part.points, 0),
  );
  const most = giving.reduce((sum, part) => sum + part.max, 0);
  const maxima = wholeTicks(
    giving.map((part) => part.max),
    Math.round(Math.min(ALL, most)),
  );
  const gained = giving.map((part) => Math.max(0, part.points));
  const gross = Math.round(
    Math.min(
      ALL,
      Math.max(
        score,
        gained.reduce((sum, points) => sum + points, 0),
      ),
    ),
  );
  const earned = wholeTicks(gained, gross);
  const groups = giving.map((part, index) => {
    const got = earned[index] ?? 0;
    return { name: part.name, earned: got, missed: Math.max(0, (maxima[index] ?? 0) - got) };
  });
  const unknown = ALL - groups.reduce((sum, group) => sum + group.earned + group.missed, 0);
  return {
    groups: unknown > 0 ? [...groups, { name: 'unknown', earned: 0, missed: unknown }] : groups,
    cost,
  };
}
