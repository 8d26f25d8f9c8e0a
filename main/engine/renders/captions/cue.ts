import type { TimeRange } from '../../../domain/time.ts';

/** A word as it is shown, on the clip's clock. */
export interface CaptionWord extends TimeRange {
  readonly text: string;
}

/** What is on screen at once. */
export interface CaptionCue extends TimeRange {
  readonly words: readonly CaptionWord[];
  /** True where the spoken word is marked; false where its time is not known well enough, or calm is wanted. */
  readonly followsWords: boolean;
  /** Index after each line's last word, where the break is chosen by grammar and not by what fits. */
  readonly lineEnds?: readonly number[];
  readonly speaker?: string;
}

/** All captions of a clip in order, on its clock; preview, export and the files beside it hold the same document. */
export interface CaptionDocument {
  readonly cues: readonly CaptionCue[];
}

/** The words of a cue, a line each as they are broken. */
export const cueLines = ({ words, lineEnds = [words.length] }: CaptionCue): string[] =>
  lineEnds.map((end, line) =>
    words
      .slice(line === 0 ? 0 : lineEnds[line - 1], end)
      .map((word) => word.text)
      .join(' '),
  );

/** Who speaks in a document, in the order of their first words. */
export const speakersOf = ({ cues }: CaptionDocument): string[] => [
  ...new Set(cues.flatMap(({ speaker }) => (speaker === undefined ? [] : [speaker]))),
];
