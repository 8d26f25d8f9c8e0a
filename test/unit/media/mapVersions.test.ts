import { describe, expect, test } from 'vitest';
import type { Levels } from '../../../main/domain/levels.ts';
import type { TimeMap } from '../../../main/domain/timeMap.ts';
import { mapVersions } from '../../../main/engine/media/mapVersions.ts';
import { levelsOf, seeded, talk } from '../../support/soundscape.ts';

const BLOCK_S = 0.01;

const talking = (seed: number, durationS: number): Levels => {
  const random = seeded(seed);
  return levelsOf(talk(random, durationS), [], random);
};

/** At a second of the old recording so much is cut out, and so much of something else put in. */
interface Change {
  readonly atS: number;
  readonly cutS: number;
  readonly addedS: number;
}

/** Another version: changed in places, 6 dB quieter, and through an encoder that changes every block a little. */
function versionOf(old: Levels, changes: readonly Change[], seed: number, gainDb = -6): Levels {
  const random = seeded(seed);
  const blocks: number[] = [];
  let next = 0;
  for (const { atS, cutS, addedS } of changes) {
    blocks.push(...old.rmsDbfs.subarray(next, Math.round(atS / BLOCK_S)));
    blocks.push(...talking(seed + blocks.length, addedS).rmsDbfs);
    next = Math.round((atS + cutS) / BLOCK_S);
  }
  blocks.push(...old.rmsDbfs.subarray(next));
  return {
    blockS: BLOCK_S,
    rmsDbfs: Float32Array.from(blocks, (level) => level + gainDb + (random() - 0.5) * 2),
  };
}

/** What the map has to be, where each place is told by its exact second. */
function expectedMap(changes: readonly Change[], oldS: number): TimeMap {
  const expected: TimeMap = { kept: [], cut: [], added: [] };
  let [oldFromS, newFromS] = [0, 0];
  for (const { atS, cutS, addedS } of changes) {
    expected.kept.push({ oldFromS, oldToS: atS, newFromS });
    const newAtS = newFromS + atS - oldFromS;
    if (cutS > 0) expected.cut.push({ fromS: atS, toS: atS + cutS });
    if (addedS > 0) expected.added.push({ fromS: newAtS, toS: newAtS + addedS });
    [oldFromS, newFromS] = [atS + cutS, newAtS + addedS];
  }
  expected.kept.push({ oldFromS, oldToS: oldS, newFromS });
  return expected;
}

const numbersOf = (map: TimeMap): number[] =>
  [map.kept, map.cut, map.added].flatMap((list) => list.flatMap((entry) => Object.values<number>(entry)));

function expectSame(found: TimeMap | 'unrelated', expected: TimeMap): void {
  if (found === 'unrelated') throw new Error('taken for unrelated');
  const shape = (map: TimeMap): number[] => [map.kept.length, map.cut.length, map.added.length];
  expect({ shape: shape(found), found }).toMatchObject({ shape: shape(expected) });
  const [a, b] = [numbersOf(found), numbersOf(expected)];
  for (const [index, value] of a.entries())
    expect(Math.abs(value - (b[index] ?? Infinity))).toBeLessThan(0.05);
}

/** One to four places at least 15 s apart, each with 2 to 60 s cut, put in, or both. */
function changesBy(seed: number, durationS: number): Change[] {
  const random = seeded(seed);
  const count = 1 + Math.floor(random() * 4);
  const seconds = (): number => Math.round((2 + random() ** 2 * 58) * 100) / 100;
  const changes: Change[] = [];
  let atS = 5 + random() * 40;
  while (changes.length < count && atS < durationS - 80) {
    const kind = random();
    const cutS = kind < 0.6 ? seconds() : 0;
    const addedS = kind > 0.4 ? seconds() : 0;
    changes.push({ atS: Math.round(atS * 100) / 100, cutS, addedS });
    atS += cutS + 15 + random() * 120;
  }
  return changes;
}

describe('the map from a recording to its new version', () => {
  test('is the whole recording where only the loudness and the encoder differ', () => {
    const old = talking(1, 120);
    expectSame(mapVersions(old, versionOf(old, [], 2)), expectedMap([], old.rmsDbfs.length * BLOCK_S));
  });

  test.each(Array.from({ length: 40 }, (_unused, index) => [index + 1]))(
    'finds what was cut and put in to a twentieth of a second (recording %i)',
    (seed) => {
      const old = talking(seed * 7, 420);
      const changes = changesBy(seed * 13, 420);
      const found = mapVersions(old, versionOf(old, changes, seed * 101));
      expectSame(found, expectedMap(changes, old.rmsDbfs.length * BLOCK_S));
    },
  );

  test.each([[3], [4], [5], [6], [7], [8]])('of another recording is refused (pair %i)', (seed) => {
    expect(mapVersions(talking(seed, 300), talking(seed * 1000, 280))).toBe('unrelated');
  });
});
