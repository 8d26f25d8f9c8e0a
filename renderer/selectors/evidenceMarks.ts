import type { ScorePart } from '../../main/domain/clip.ts';
import type { Segment, Word } from '../../main/domain/transcript.ts';

/** Evidence with the part it belongs to. */
export interface Proof {
  readonly part: string;
  readonly fromS: number;
  readonly toS: number;
  readonly points: number;
}

/** Neighbouring words that the same evidence speaks about; without any they are plain. */
export interface Run {
  readonly words: readonly Word[];
  readonly parts: readonly string[];
  /** What earned and what cost here, each summed over the evidence that ends with this run; zero is not written. */
  readonly points: number;
  readonly isCost: boolean;
  /** True where the open part speaks; then only its own points are written, as on its line. */
  readonly isLit: boolean;
}

export interface Turn {
  readonly speaker: string | undefined;
  readonly fromS: number;
  readonly isInClip: boolean;
  readonly runs: readonly Run[];
}

/** Half a frame of slack: times cross JSON as milliseconds. */
const SLACK_S = 0.02;

const isSaidIn = (word: Word, range: { readonly fromS: number; readonly toS: number }): boolean => {
  const middle = (word.fromS + word.toS) / 2;
  return middle >= range.fromS - SLACK_S && middle <= range.toS + SLACK_S;
};

export const proofsOf = (parts: readonly ScorePart[]): Proof[] =>
  parts.flatMap(({ name, because }) =>
    because.map(({ fromS, toS, points }) => ({ part: name, fromS, toS, points })),
  );

/** Evidence that covers most of a clip says something about the whole of it and marks no words. */
const MOST_OF_CLIP = 0.6;

/** Less than this is left unmarked unless its own part lies open: the text would be all marks. */
const LEAST_POINTS = 0.5;

function runsOf(words: readonly Word[], proofs: readonly Proof[], openPart: string | null): Run[] {
  const runs: { words: Word[]; proofs: readonly Proof[] }[] = [];
  for (const word of words) {
    const found = proofs.filter((proof) => isSaidIn(word, proof));
    const last = runs.at(-1);
    const isSame =
      last?.proofs.length === found.length && found.every((proof) => last.proofs.includes(proof));
    if (last !== undefined && isSame) last.words.push(word);
    else runs.push({ words: [word], proofs: found });
  }
  return runs.map((run, index) => {
    const next = runs[index + 1]?.proofs ?? [];
    const isLit = run.proofs.some(({ part }) => part === openPart);
    const counted = run.proofs.filter(({ part }) => !isLit || part === openPart);
    const ending = counted.filter((proof) => !next.includes(proof));
    const sum = counted.reduce((total, proof) => total + proof.points, 0);
    return {
      words: run.words,
      parts: [...new Set(run.proofs.map(({ part }) => part))],
      points: Math.round(ending.reduce((total, proof) => total + proof.points, 0) * 10) / 10,
      isCost: sum < 0,
      isLit,
    };
  });
}

/** The text of a clip with a little before and after, by voice, its words marked by what earned and cost points. */
export function markWords(
  segments: readonly Segment[],
  clip: { readonly inS: number; readonly outS: number; readonly parts: readonly ScorePart[] },
  openPart: string | null,
): Turn[] {
  const longest = (clip.outS - clip.inS) * MOST_OF_CLIP;
  const proofs = proofsOf(clip.parts).filter(
    ({ fromS, toS, points, part }) =>
      toS - fromS <= longest && (part === openPart || Math.abs(points) >= LEAST_POINTS),
  );
  const range = { fromS: clip.inS, toS: clip.outS };
  const turns: { speaker: string | undefined; fromS: number; isInClip: boolean; words: Word[] }[] = [];
  for (const segment of segments) {
    for (const word of segment.words) {
      const isInClip = isSaidIn(word, range);
      const last = turns.at(-1);
      if (last?.speaker === segment.speaker && last?.isInClip === isInClip) last.words.push(word);
      else turns.push({ speaker: segment.speaker, fromS: word.fromS, isInClip, words: [word] });
    }
  }
  return turns.map(({ words, ...turn }) => ({
    ...turn,
    runs: runsOf(words, turn.isInClip ? proofs : [], openPart),
  }));
}
