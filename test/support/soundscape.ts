import type { Levels } from '../../main/domain/levels.ts';
import type { TimeRange } from '../../main/domain/time.ts';
import type { Cue } from '../../main/domain/transcript.ts';

/** Numbers that look random and are the same every time (a linear congruential generator, Numerical Recipes). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface Talk {
  /** A sentence or part of one, exactly where it is spoken. */
  readonly cues: readonly Cue[];
  readonly durationS: number;
}

/** Somebody talks: cues of 1 to 6 s with pauses of 0.2 to 1.3 s, on a clock of hundredths. */
export function talk(random: () => number, durationS: number): Talk {
  const cues: Cue[] = [];
  const hundredths = (timeS: number): number => Math.round(timeS * 100) / 100;
  for (let nowS = 1 + random(); ;) {
    const toS = nowS + 1 + random() * 5;
    if (toS > durationS - 1) return { cues, durationS };
    const words = Math.max(2, Math.round((toS - nowS) * 2.6));
    const text = Array.from({ length: words }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ');
    cues.push({ fromS: hundredths(nowS), toS: hundredths(toS), text: `${text}.` });
    nowS = toS + 0.2 + random() * random() * 1.1;
  }
}

const WORDS =
  'lamp table street winter people bridge story garden number market never always because although'.split(
    ' ',
  );

/** Something that stands at a second of the talk and that the recording has besides: an advert, spoken or with music. */
export interface Insert {
  readonly atS: number;
  readonly lengthS: number;
}

/** The nearest pause: adverts are put between sentences. */
export function pauseNear({ cues }: Talk, atS: number): number {
  const index = cues.findIndex((cue) => cue.fromS > atS);
  const [before, after] = [cues[index - 1], cues[index]];
  return before === undefined || after === undefined ? atS : (before.toS + after.fromS) / 2;
}

/** Where a second of the talk lies in the recording. */
export const heardAt = (inserts: readonly Insert[], timeS: number): number =>
  timeS + inserts.reduce((sum, insert) => sum + (insert.atS <= timeS ? insert.lengthS : 0), 0);

/** Levels of the talk with what was inserted, as listening to it would measure them: uneven speech over a noisy floor. */
export function levelsOf(talked: Talk, inserts: readonly Insert[], random: () => number): Levels {
  const blockS = 0.01;
  const durationS = heardAt(inserts, talked.durationS);
  const adverts = inserts.flatMap((insert) => {
    const startS = heardAt(inserts, insert.atS) - insert.lengthS;
    return talk(random, insert.lengthS).cues.map((cue) => ({
      fromS: startS + cue.fromS,
      toS: startS + cue.toS,
    }));
  });
  const heard: TimeRange[] = [
    ...talked.cues.map(({ fromS, toS }) => ({ fromS: heardAt(inserts, fromS), toS: heardAt(inserts, toS) })),
    ...adverts,
  ];
  const rmsDbfs = new Float32Array(Math.round(durationS / blockS)).map(() => -58 + random() * 6);
  for (const { fromS, toS } of heard) {
    for (let block = Math.round(fromS / blockS); block < Math.round(toS / blockS); block++)
      rmsDbfs[block] = -26 + random() * 10 + 4 * Math.sin(block / 9);
  }
  return { blockS, rmsDbfs };
}
