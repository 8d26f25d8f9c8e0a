import type { NameRule } from '../../../domain/show.ts';
import type { Segment } from '../../../domain/transcript.ts';
import type { EditOperation, TranscriptEdit } from '../../../domain/transcriptEdit.ts';
import { findReplacements } from './replacements.ts';
import { replayEdits } from './replay.ts';

/** The same word is meant when it is within this of the second it was once taken back at. */
const SAME_PLACE_S = 1;

/**
 * What a show's list of names changes in a transcript, rule by rule, as operations that can be listed and taken back.
 * What a person has taken back once at the same place is left alone.
 */
export function nameEdits(
  segments: readonly Segment[],
  rules: readonly NameRule[],
  takenBack: readonly TranscriptEdit[],
): EditOperation[] {
  const operations: EditOperation[] = [];
  let current = segments;
  for (const rule of rules) {
    const hits = findReplacements(current, { ...rule, wholeWords: true })
      .map((hit) => hit.operation)
      .filter((operation) => !takenBack.some((edit) => isSameChange(edit.operation, operation)));
    // From the end, so that two hits in one sentence still know their neighbours.
    const backwards = hits.reverse();
    operations.push(...backwards);
    current = replayEdits(current, backwards).segments;
  }
  return operations;
}

function isSameChange(a: EditOperation, b: EditOperation): boolean {
  if (a.kind !== 'words' || b.kind !== 'words') return false;
  return a.from === b.from && a.to === b.to && Math.abs(a.fromS - b.fromS) <= SAME_PLACE_S;
}

const FEWEST_CORRECTIONS = 2;
const OUTER_MARKS = /^[^\p{L}\p{M}\p{N}#@]+|[^\p{L}\p{M}\p{N}]+$/gu;
/** Short words that are corrected by hand are grammar, not names. */
const SHORTEST_NAME_LETTERS = 3;
const MOST_NAME_WORDS = 4;

/** Corrections that a person made by hand in at least two steps and that no rule makes yet, oldest first. */
export function offeredRules(edits: readonly TranscriptEdit[], rules: readonly NameRule[]): NameRule[] {
  const made = new Map<string, { rule: NameRule; steps: Set<string> }>();
  for (const { operation, step, madeAtMs } of edits) {
    const rule = operation.kind === 'words' ? ruleOf(operation.from, operation.to) : undefined;
    if (rule === undefined || rules.some((known) => known.from.toLowerCase() === rule.from.toLowerCase()))
      continue;
    const key = `${rule.from.toLowerCase()}\n${rule.to}`;
    const entry = made.get(key) ?? { rule, steps: new Set<string>() };
    entry.steps.add(`${step} ${madeAtMs}`);
    made.set(key, entry);
  }
  return [...made.values()].filter(({ steps }) => steps.size >= FEWEST_CORRECTIONS).map(({ rule }) => rule);
}

/** A correction without the marks around it, if it looks like that of a name: what it becomes has a capital or a digit. */
function ruleOf(from: string, to: string): NameRule | undefined {
  const wrong = from.replace(OUTER_MARKS, '');
  const right = to.replace(OUTER_MARKS, '');
  if (wrong === right || wrong.length < SHORTEST_NAME_LETTERS || !/[\p{Lu}\p{N}\p{Lo}]/u.test(right))
    return undefined;
  if (Math.max(wrong.split(' ').length, right.split(' ').length) > MOST_NAME_WORDS) return undefined;
  // Only the case changed: the rule must not look at words that are right already.
  return { from: wrong, to: right, matchCase: wrong.toLowerCase() === right.toLowerCase() };
}
