import { lengthS } from '../../../domain/time.ts';
import type { CaptionWord } from './cue.ts';
import { breakCost, endsSentence } from './grammar.ts';

/** Words that are read together, and the index after each line's last word. */
export interface CalmGroup {
  readonly words: readonly CaptionWord[];
  readonly lineEnds: readonly number[];
}

/** How long a calm caption stands at least and at most. */
export const CALM_S = { shortest: 1, longest: 6 } as const;
const MAX_LINES = 2;

/** What a caption costs beside its breaks; each is weighed against the costs of grammar.ts. */
const COST = {
  caption: 24,
  missingSecond: 150,
  sentenceInside: 18,
  sentenceTorn: 110,
  unevenLine: 0.6,
  secondLine: 5,
} as const;

/** Divides what one person says without a pause into captions of at most two lines, by the cheapest sequence of breaks. */
export function inCalmGroups(words: readonly CaptionWord[], lineCharacters: number): CalmGroup[] {
  // best[n]: the cheapest way to divide the first n words; its last caption starts at start.
  const best: { cost: number; start: number; lineEnds: readonly number[] }[] = [
    { cost: 0, start: 0, lineEnds: [] },
  ];
  for (let end = 1; end <= words.length; end += 1) {
    let cheapest = { cost: Infinity, start: end - 1, lineEnds: [1] as readonly number[] };
    for (let start = end - 1; start >= 0; start -= 1) {
      const group = words.slice(start, end);
      const lines = bestLines(group, lineCharacters);
      if (lines === undefined || (group.length > 1 && spanS(group) > CALM_S.longest)) break;
      const cost = (best[start]?.cost ?? 0) + lines.cost + groupCost(group, words[end]);
      if (cost < cheapest.cost) cheapest = { cost, start, lineEnds: lines.ends };
    }
    best.push(cheapest);
  }
  const groups: CalmGroup[] = [];
  for (let end = words.length; end > 0;) {
    const { start, lineEnds } = best[end] ?? { start: 0, lineEnds: [end] };
    groups.unshift({ words: words.slice(start, end), lineEnds });
    end = start;
  }
  return groups;
}

const spanS = (group: readonly CaptionWord[]): number =>
  lengthS({ fromS: group[0]?.fromS ?? 0, toS: group.at(-1)?.toS ?? 0 });

function groupCost(group: readonly CaptionWord[], next: CaptionWord | undefined): number {
  const [first, last] = [group[0], group.at(-1)];
  if (first === undefined || last === undefined) return 0;
  const shownS = (next?.fromS ?? last.toS) - first.fromS;
  const inside = group.slice(0, -1).filter((word) => endsSentence(word.text)).length;
  return (
    COST.caption +
    COST.missingSecond * Math.max(0, CALM_S.shortest - shownS) +
    (endsSentence(last.text) || next === undefined ? COST.sentenceInside : COST.sentenceTorn) * inside +
    (next === undefined ? 0 : breakCost(last.text, next.text))
  );
}

interface Lines {
  readonly ends: readonly number[];
  readonly cost: number;
}

const charactersOf = (words: readonly CaptionWord[]): number =>
  words.reduce((sum, word) => sum + Array.from(word.text).length + 1, -1);

/** One line where it fits, else the best break into two; undefined where neither holds the words. */
function bestLines(group: readonly CaptionWord[], lineCharacters: number): Lines | undefined {
  const total = charactersOf(group);
  if (total <= lineCharacters || group.length === 1) return { ends: [group.length], cost: 0 };
  if (total > MAX_LINES * lineCharacters + 1) return undefined;
  let best: Lines | undefined;
  for (let end = 1; end < group.length; end += 1) {
    const [above, below] = [charactersOf(group.slice(0, end)), charactersOf(group.slice(end))];
    if (above > lineCharacters || below > lineCharacters) continue;
    const grammar = breakCost(group[end - 1]?.text ?? '', group[end]?.text ?? '');
    const cost = grammar + COST.unevenLine * Math.abs(above - below) + COST.secondLine;
    if (best === undefined || cost < best.cost) best = { ends: [end, group.length], cost };
  }
  return best;
}
