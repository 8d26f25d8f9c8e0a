import { toMilliseconds, type TimeRange } from '../../../domain/time.ts';
import type { Cue, Word } from '../../../domain/transcript.ts';
import { textOf, tokenise, type Token } from '../words.ts';

/** Words between two known times. A single word whose own time is known is timed; anything else is interpolated later. */
export interface WordGroup extends TimeRange {
  readonly tokens: readonly Token[];
  readonly isTimed: boolean;
  readonly confidence: number | null;
}

/** What all cues of one utterance share. */
export interface Utterance {
  readonly speaker?: string;
  readonly startsTurn?: boolean;
}

/** Cues of groups in order: neighbouring timed words make one cue with words, every other group a cue of its own. */
export function cuesOfGroups(groups: readonly WordGroup[], utterance: Utterance): Cue[] {
  const runs: WordGroup[][] = [];
  for (const group of groups) {
    const run = runs.at(-1);
    if (group.isTimed && run?.[0]?.isTimed === true) run.push(group);
    else runs.push([group]);
  }
  const sameTurn: Utterance = utterance.speaker === undefined ? {} : { speaker: utterance.speaker };
  return runs.map((run, index) => cueOfRun(run, index === 0 ? utterance : sameTurn));
}

function cueOfRun(run: readonly WordGroup[], utterance: Utterance): Cue {
  const cue = {
    ...utterance,
    fromS: toMilliseconds(run[0]?.fromS ?? 0),
    toS: toMilliseconds(run.reduce((latest, group) => Math.max(latest, group.toS), 0)),
    text: textOf(run.flatMap((group) => group.tokens)),
  };
  return run[0]?.isTimed === true ? { ...cue, words: run.map(wordOf) } : cue;
}

const wordOf = (group: WordGroup): Word => ({
  text: textOf(group.tokens),
  fromS: toMilliseconds(group.fromS),
  toS: toMilliseconds(group.toS),
  confidence: group.confidence,
});

/**
 * Files with one word a cue hold word times, though their format has none: such cues get their word.
 * Nearly all cues must be single words, and not all of them whole sentences ("Yes." "No.").
 */
export function markSingleWords(cues: readonly Cue[]): Cue[] {
  const singles = cues.map((cue) => cue.words === undefined && tokenise(cue.text).length === 1);
  const single = cues.filter((_, index) => singles[index] === true);
  const open = single.filter((cue) => !/[.!?…。]["'”’)]?$/u.test(cue.text.slice(-3)));
  if (single.length < 2 || single.length < cues.length * 0.8 || open.length < single.length / 3)
    return [...cues];
  return cues.map((cue, index) => {
    if (singles[index] !== true) return cue;
    return { ...cue, words: [{ text: cue.text, fromS: cue.fromS, toS: cue.toS, confidence: null }] };
  });
}
