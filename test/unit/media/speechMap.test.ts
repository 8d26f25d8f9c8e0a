import { cheapestRunMs } from '../../support/cost.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Levels } from '../../../main/domain/levels.ts';
import { mapSpeech, quietestPoint } from '../../../main/engine/media/speechMap.ts';

/** A repeatable stand-in for chance, so that a failure can be looked at again. */
function dice(seed = 1): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

interface Voice {
  readonly speechDbfs: number;
  readonly floorDbfs: number;
  readonly swingDb?: number;
}

/** Talk from 1 to 3 s, 4 to 6 s and 6.4 to 9 s of ten seconds, again and again, with syllables and a wavering floor. */
function talk({ speechDbfs, floorDbfs, swingDb = 3 }: Voice, durationS = 60): Levels {
  const chance = dice();
  const isTalk = (s: number) => (s >= 1 && s < 3) || (s >= 4 && s < 6) || (s >= 6.4 && s < 9);
  const rmsDbfs = Float32Array.from({ length: durationS * 100 }, (_, i) => {
    const floor = Math.max(-100, floorDbfs - swingDb / 2 + swingDb * chance());
    const syllable = speechDbfs - 6 + 9 * Math.abs(Math.sin((i * Math.PI) / 20));
    return isTalk((i / 100) % 10) ? Math.max(floor, syllable) : floor;
  });
  return { blockS: 0.01, rmsDbfs };
}

const steady = (dbfs: number, durationS = 10): Levels => ({
  blockS: 0.01,
  rmsDbfs: new Float32Array(durationS * 100).fill(dbfs),
});

describe('speech is told from silence', () => {
  test.each([
    ['in a studio', { speechDbfs: -20, floorDbfs: -65 }],
    ['in a gated recording with digital silence', { speechDbfs: -20, floorDbfs: -100, swingDb: 0 }],
    ['in a show at -43 LUFS', { speechDbfs: -43, floorDbfs: -72 }],
    ['in a loud room', { speechDbfs: -22, floorDbfs: -38 }],
    ['over a music bed', { speechDbfs: -18, floorDbfs: -31, swingDb: 5 }],
    ['in a clipped recording', { speechDbfs: -3, floorDbfs: -40 }],
  ])('%s', (_, voice) => {
    const { speech, silences } = mapSpeech(talk(voice));
    const nearest = (wantedS: number) =>
      Math.min(...speech.flatMap(({ fromS, toS }) => [Math.abs(fromS - wantedS), Math.abs(toS - wantedS)]));
    expect(speech).toHaveLength(18);
    expect(silences).toHaveLength(19);
    for (const wantedS of [1, 3, 4, 6, 6.4, 9, 51, 53, 59])
      expect(nearest(wantedS)).toBeLessThanOrEqual(0.06);
  });

  test('when there are two minutes of it in an hour', () => {
    const rare = steady(-60, 3600);
    rare.rmsDbfs.set(talk({ speechDbfs: -20, floorDbfs: -60 }, 120).rmsDbfs, 100_000);
    const { speech, speechDbfs } = mapSpeech(rare);
    expect(speech).toHaveLength(36);
    expect(speech[0]?.fromS).toBeCloseTo(1001, 1);
    expect(speechDbfs).toBeGreaterThan(-24);
  });

  test('also that of a guest who is 15 dB quieter than the host', () => {
    const host = talk({ speechDbfs: -18, floorDbfs: -62 });
    const guest = talk({ speechDbfs: -33, floorDbfs: -62 });
    const both = { blockS: 0.01, rmsDbfs: Float32Array.of(...host.rmsDbfs, ...guest.rmsDbfs) };
    expect(mapSpeech(both).speech).toHaveLength(36);
  });

  test('with the levels of both', () => {
    const { speechDbfs, floorDbfs } = mapSpeech(talk({ speechDbfs: -20, floorDbfs: -60 }));
    expect(Math.abs(speechDbfs - -20)).toBeLessThan(2);
    expect(Math.abs(floorDbfs - -60)).toBeLessThan(2);
  });
});

describe('where there is nothing to tell apart', () => {
  test('digital silence is one silence', () => {
    expect(mapSpeech(steady(-100))).toMatchObject({ speech: [], silences: [{ fromS: 0, toS: 10 }] });
  });

  test('the hiss of an open input is one silence', () => {
    expect(mapSpeech(steady(-78)).speech).toEqual([]);
  });

  test('a steady sound is heard throughout', () => {
    expect(mapSpeech(steady(-20))).toMatchObject({ speech: [{ fromS: 0, toS: 10 }], silences: [] });
  });

  test('no levels are no speech and no silence', () => {
    expect(mapSpeech({ blockS: 0.01, rmsDbfs: new Float32Array(0) })).toMatchObject({
      speech: [],
      silences: [],
    });
  });
});

test('a click in a pause is no speech, and a closed lip in a word is no pause', () => {
  const levels = talk({ speechDbfs: -20, floorDbfs: -65 }, 10);
  levels.rmsDbfs.fill(-10, 350, 352);
  levels.rmsDbfs.fill(-70, 200, 209);
  expect(mapSpeech(levels).speech).toHaveLength(3);
});

test('whatever the levels, speech and silences cover the episode in turns and none is too short', () => {
  const anyLevels = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: -100, max: 0 })), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(anyLevels, (stretches) => {
      const rmsDbfs = Float32Array.from(
        stretches.flatMap(([blocks, dbfs]) => Array.from({ length: blocks }, () => dbfs)),
      );
      const { speech, silences } = mapSpeech({ blockS: 0.01, rmsDbfs });
      const all = [...speech, ...silences].toSorted((a, b) => a.fromS - b.fromS);
      expect(all[0]?.fromS).toBe(0);
      expect(all.at(-1)?.toS).toBeCloseTo(rmsDbfs.length / 100, 6);
      for (const [i, range] of all.slice(1).entries()) expect(range.fromS).toBe(all[i]?.toS);
      if (all.length < 2) return;
      for (const { fromS, toS } of silences) expect(toS - fromS).toBeGreaterThanOrEqual(0.15 - 1e-9);
      for (const { fromS, toS } of speech) expect(toS - fromS).toBeGreaterThanOrEqual(0.1 - 1e-9);
    }),
  );
});

test('three hours cost little more an hour than half an hour does', () => {
  const costMs = (hours: number): number => {
    const levels = talk({ speechDbfs: -20, floorDbfs: -60 }, hours * 3600);
    return cheapestRunMs(() => mapSpeech(levels));
  };
  expect(mapSpeech(talk({ speechDbfs: -20, floorDbfs: -60 }, 3 * 3600)).speech).toHaveLength(3240);
  expect(costMs(3) / costMs(0.5)).toBeLessThan(2 * 6);
});

describe('the quietest point near a cut', () => {
  test('is the dip between two words', () => {
    const levels = steady(-20);
    levels.rmsDbfs.fill(-45, 512, 516);
    expect(quietestPoint(levels, 5, 0.2)).toBeCloseTo(5.14, 2);
  });

  test('stays where it was wanted when all is equally quiet', () => {
    expect(quietestPoint(steady(-60), 5, 0.2)).toBeCloseTo(5, 2);
  });

  test('is not drawn out of a pause by a decibel of noise', () => {
    const levels = steady(-60);
    levels.rmsDbfs.fill(-60.5, 510, 515);
    expect(quietestPoint(levels, 5, 0.2)).toBeCloseTo(5, 2);
  });

  test('never leaves its window', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.2, max: 9.8, noNaN: true }),
        fc.double({ min: 0.05, max: 0.2, noNaN: true }),
        fc.integer({ min: 1, max: 1000 }),
        (aroundS, withinS, seed) => {
          const chance = dice(seed);
          const levels = { blockS: 0.01, rmsDbfs: Float32Array.from({ length: 1000 }, () => -80 * chance()) };
          expect(Math.abs(quietestPoint(levels, aroundS, withinS) - aroundS)).toBeLessThanOrEqual(withinS);
        },
      ),
    );
  });

  test('at the very beginning and end is inside the recording', () => {
    const levels = steady(-60);
    expect(quietestPoint(levels, 0, 0.1)).toBeGreaterThanOrEqual(0);
    expect(quietestPoint(levels, 10, 0.1)).toBeLessThanOrEqual(10);
  });

  test('is the wanted second where there are no levels', () => {
    expect(quietestPoint({ blockS: 0.01, rmsDbfs: new Float32Array(0) }, 5, 0.2)).toBe(5);
  });
});
