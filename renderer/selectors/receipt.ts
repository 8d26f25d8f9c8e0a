import type { Clip, Evidence, ScorePart } from '../../main/domain/clip.ts';

/** One line of the receipt with the evidence it is made of, strongest first. */
export interface ReceiptLine {
  readonly part: ScorePart;
  readonly evidence: readonly Evidence[];
}

export interface Receipt {
  /** Parts that can give, the largest first; the order of the tally. */
  readonly lines: readonly ReceiptLine[];
  /** Parts that took something off, and the one that makes up for parts that could not speak. */
  readonly corrections: readonly ReceiptLine[];
  /** Sum of every printed point; the score, unless it was clamped to 0 or 100. */
  readonly sum: number;
}

const CORRECTIONS = new Set(['penalties', 'scaling']);

const lineOf = (part: ScorePart): ReceiptLine => ({
  part,
  evidence: part.because.toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points)),
});

export function receiptOf(clip: Pick<Clip, 'parts'>): Receipt {
  const givers = clip.parts.filter((part) => !CORRECTIONS.has(part.name));
  const corrections = clip.parts.filter((part) => CORRECTIONS.has(part.name) && part.points !== 0);
  return {
    lines: givers.toSorted((a, b) => b.max - a.max).map(lineOf),
    corrections: corrections.map(lineOf),
    sum: Math.round(clip.parts.reduce((sum, part) => sum + part.points, 0) * 10) / 10,
  };
}
