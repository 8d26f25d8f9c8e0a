import { describe, expect, test } from 'vitest';
import { MUSIC_RATE_HZ, musicSeconds } from '../../../main/engine/renders/music.ts';
import { delayS } from '../../../main/engine/renders/proofSync.ts';

/** The same noise every time. */
function noise(): () => number {
  let state = 9;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2_147_483_648 - 1;
  };
}
const seconds = (lengthS: number, at: (timeS: number) => number): Float32Array =>
  Float32Array.from({ length: lengthS * MUSIC_RATE_HZ }, (_, index) => at(index / MUSIC_RATE_HZ));

/** Buzzes that glide and pauses of noise, four of each a second. */
function speechLike(lengthS: number): Float32Array {
  const hiss = noise();
  let phase = 0;
  return seconds(lengthS, (timeS) => {
    const isVoiced = (timeS * 4) % 1 < 0.6;
    phase += (2 * Math.PI * (120 + 40 * Math.sin(7 * timeS))) / MUSIC_RATE_HZ;
    const buzz = [1, 2, 3, 4, 5].reduce((sum, harmonic) => sum + Math.sin(phase * harmonic) / harmonic, 0);
    return (isVoiced ? 0.15 * buzz : 0) + 0.004 * hiss();
  });
}
const chord = (timeS: number): number =>
  [220, 277, 330, 440].reduce(
    (sum, hz) => sum + Math.sin(2 * Math.PI * hz * (1 + Math.floor(timeS / 2) / 8) * timeS),
    0,
  );

describe('music', () => {
  test('is not heard in speech, noise, hum or silence', () => {
    const hiss = noise();
    const speech = speechLike(12);
    const heard = [
      speech,
      seconds(12, () => 0.1 * hiss()),
      speech.map((sample, at) => sample + 0.02 * Math.sin((2 * Math.PI * 50 * at) / MUSIC_RATE_HZ)),
      seconds(12, () => 0),
    ].map(musicSeconds);
    expect(heard).toEqual([0, 0, 0, 0]);
  });

  test('is heard alone and 20 dB under speech, for as long as it lasts', () => {
    const speech = speechLike(24);
    const bed = (from: number) =>
      speech.map(
        (sample, at) => sample + (at / MUSIC_RATE_HZ < from ? 0 : 0.008 * chord(at / MUSIC_RATE_HZ)),
      );
    expect(musicSeconds(seconds(12, (timeS) => 0.1 * chord(timeS)))).toBeGreaterThan(8);
    expect(musicSeconds(bed(0))).toBeGreaterThan(20);
    const half = musicSeconds(bed(12));
    expect(half).toBeGreaterThan(8);
    expect(half).toBeLessThan(13);
  });
});

describe('the delay of a sound', () => {
  const prepared = speechLike(8);
  const shifted = (lateS: number, gain = 1) => {
    const lag = Math.round(lateS * MUSIC_RATE_HZ);
    return prepared.map((_, at) => Math.max(-0.2, Math.min(0.2, gain * (prepared[at - lag] ?? 0))));
  };

  test.each([0, 0.001, 0.021, -0.033])(
    'of %d s is measured to a sample, whatever gain and limiter did',
    (lateS) => {
      expect(delayS(prepared, shifted(lateS, 2))).toBeCloseTo(lateS, 3);
    },
  );

  test('that grows is told as it is at the end', () => {
    const drifting = prepared.map((_, at) => prepared[Math.round(at * 0.996)] ?? 0);
    expect(Math.abs(delayS(prepared, drifting) ?? 0)).toBeGreaterThan(0.02);
  });

  test('of a steady tone is none, although a period later it looks the same', () => {
    const tone = seconds(4, (timeS) => Math.sin(2 * Math.PI * 440 * timeS));
    expect(delayS(tone, tone)).toBe(0);
  });

  test('cannot be told from silence or from another sound', () => {
    const hiss = noise();
    expect(
      delayS(
        seconds(4, () => 0),
        seconds(4, () => 0),
      ),
    ).toBeNull();
    expect(
      delayS(
        prepared,
        seconds(8, () => hiss()),
      ),
    ).toBeNull();
  });
});
