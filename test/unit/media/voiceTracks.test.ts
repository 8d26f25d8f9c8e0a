import { describe, expect, test } from 'vitest';
import type { TimeRange } from '../../../main/domain/time.ts';
import { sortTracks, voicesOfTracks, type VoiceTrack } from '../../../main/engine/media/voiceTracks.ts';

const DURATION_S = 60;
const range = (fromS: number, toS: number): TimeRange => ({ fromS, toS });
/** A track that is as loud as told in some stretches and quiet elsewhere. */
function track(speaker: string, loud: readonly (readonly [number, number, number])[]): VoiceTrack {
  const rmsDbfs = new Float32Array(DURATION_S * 100).fill(-75);
  for (const [fromS, toS, dbfs] of loud) rmsDbfs.fill(dbfs, fromS * 100, toS * 100);
  return { speaker, levels: { blockS: 0.01, rmsDbfs } };
}
const loudest = (tracks: readonly VoiceTrack[], at: TimeRange): string => {
  const { heardIn, speakers } = voicesOfTracks(tracks);
  const heard = heardIn(at);
  return Math.max(...heard) === 0 ? 'nobody' : (speakers[heard.indexOf(Math.max(...heard))] ?? '');
};

describe('voices by their microphones', () => {
  test('are told though one is set so low that the other hears its speaker louder', () => {
    const anna = track('Anna', [
      [0, 20, -18],
      [20, 40, -30],
    ]);
    const ben = track('Ben', [
      [0, 20, -50],
      [20, 40, -32],
    ]);
    const both = [anna, ben];
    expect(loudest(both, range(5, 5.3))).toBe('Anna');
    expect(loudest(both, range(25, 25.3))).toBe('Ben');
    expect(loudest(both, range(50, 50.3))).toBe('nobody');
  });

  test('are never those of a person who says nothing', () => {
    const anna = track('Anna', [[0, 40, -18]]);
    const ben = track('Ben', [
      [40, 60, -20],
      [0, 40, -36],
    ]);
    const silent = track('Cleo', [[0, 60, -38]]);
    for (const atS of [5, 30]) expect(loudest([anna, ben, silent], range(atS, atS + 0.3))).toBe('Anna');
    expect(loudest([anna, ben, silent], range(45, 45.3))).toBe('Ben');
  });
});

describe('the tracks of one file', () => {
  const anna = track('Anna', [
    [0, 25, -18],
    [25, 50, -45],
  ]);
  const ben = track('Ben', [
    [0, 25, -44],
    [25, 50, -20],
  ]);
  const mix = track('mix', [
    [0, 25, -19],
    [25, 50, -21],
  ]);

  test('are voices where each is heard alone, with or without a mix beside them', () => {
    expect(sortTracks([anna, ben])).toEqual({ voices: [anna, ben], mix: undefined });
    expect(sortTracks([mix, anna, ben])).toEqual({ voices: [anna, ben], mix });
  });

  test('are none where they are copies, a language each, or one of them says nothing', () => {
    expect(sortTracks([mix, { ...mix }])).toBeUndefined();
    expect(sortTracks([mix, track('dubbed', [[0, 50, -22]])])).toBeUndefined();
    expect(sortTracks([anna, track('empty', [])])).toBeUndefined();
  });
});
