import type { TimeRange } from '../../../domain/time.ts';
import type { Cue } from '../../../domain/transcript.ts';
import { spokenWeight } from '../words.ts';
import type { RawCue, RawToken } from './rawCues.ts';
import { believedNames, labelCandidate, type LabelCandidate } from './speakerLabels.ts';
import { cuesOfGroups, type Utterance, type WordGroup } from './wordGroups.ts';

/** A stretch of one cue that one speaker says. */
interface Piece {
  readonly tokens: readonly RawToken[];
  readonly candidate: LabelCandidate | undefined;
  readonly isTurn: boolean;
}

/**
 * Finds out who speaks in the cues of a subtitle file: by voice tags, else by ">> ", "- ", "NAME:" and "[Name]" at the
 * start of lines. A name holds until the next one; a turn mark without a name ends it.
 */
export function speakerTurns(cues: readonly RawCue[]): Cue[] {
  const hasVoices = cues.some((cue) =>
    cue.lines.some((line) => line.some((token) => token.voice !== undefined)),
  );
  return hasVoices ? cues.flatMap(voicedCues) : labelledCues(cues);
}

function voicedCues(cue: RawCue): Cue[] {
  const runs: { voice: string | undefined; tokens: RawToken[] }[] = [];
  for (const token of cue.lines.flat()) {
    const run = runs.at(-1);
    if (run !== undefined && run.voice === token.voice) run.tokens.push(token);
    else runs.push({ voice: token.voice, tokens: [token] });
  }
  const ranges = shareOut(
    cue,
    runs.map((run) => run.tokens),
  );
  return runs.flatMap((run, index) =>
    cuesOf(run.tokens, ranges[index] ?? cue, run.voice === undefined ? {} : { speaker: run.voice }),
  );
}

function labelledCues(cues: readonly RawCue[]): Cue[] {
  const usesDashes = cues.some((cue) => cue.lines.filter(startsWithDash).length >= 2);
  const pieces = cues.map((cue) => piecesOf(cue, usesDashes));
  const names = believedNames(pieces.flat());
  let speaker: string | undefined;
  return cues.flatMap((cue, index) => {
    const spoken = (pieces[index] ?? []).map(({ tokens, candidate, isTurn }) => {
      const isNamed = candidate !== undefined && names.has(candidate.name);
      if (isNamed) speaker = candidate.name;
      else if (isTurn) speaker = undefined;
      const turn = isTurn && !isNamed ? { startsTurn: true } : {};
      return {
        tokens: isNamed ? tokens.slice(candidate.pieces) : tokens,
        utterance: { ...turn, ...(speaker === undefined ? {} : { speaker }) },
      };
    });
    const ranges = shareOut(
      cue,
      spoken.map((piece) => piece.tokens),
    );
    return spoken.flatMap(({ tokens, utterance }, at) => cuesOf(tokens, ranges[at] ?? cue, utterance));
  });
}

const startsWithDash = (line: readonly RawToken[]): boolean => /^[-–—](?![-–—\d])/u.test(line[0]?.text ?? '');

/** Cuts a cue where a speaker could change: at turn marks and at lines that begin with a label. */
function piecesOf(cue: RawCue, usesDashes: boolean): Piece[] {
  const pieces: { tokens: RawToken[]; candidate: LabelCandidate | undefined; isTurn: boolean }[] = [];
  const open = (tokens: readonly RawToken[], isTurn: boolean, isFirst: boolean): void => {
    const candidate = labelCandidate(
      tokens
        .slice(0, 8)
        .map((token) => token.text)
        .join(' '),
    );
    const before = pieces.at(-1);
    if (before !== undefined && !isFirst && !isTurn && candidate === undefined) before.tokens.push(...tokens);
    else pieces.push({ tokens: [...tokens], candidate, isTurn });
  };
  cue.lines.forEach((line, index) => {
    const hasDash = usesDashes && startsWithDash(line);
    const tokens = hasDash ? withoutDash(line) : line;
    let from = 0;
    let isTurn = hasDash;
    tokens.forEach((token, at) => {
      if (token.text !== '>>') return;
      if (at > from) open(tokens.slice(from, at), isTurn, index === 0 && from === 0);
      from = at + 1;
      isTurn = true;
    });
    if (from < tokens.length) open(tokens.slice(from), isTurn, index === 0 && from === 0);
  });
  return pieces;
}

function withoutDash(line: readonly RawToken[]): RawToken[] {
  const [first, ...rest] = line;
  if (first === undefined) return [];
  const text = first.text.slice(1);
  return text === '' ? rest : [{ ...first, text }, ...rest];
}

/** The range of each stretch of words inside a cue: from its first word's own time if it has one, else by length. */
function shareOut(cue: RawCue, stretches: readonly (readonly RawToken[])[]): TimeRange[] {
  const weights = stretches.map((tokens) => tokens.reduce((sum, token) => sum + spokenWeight(token.text), 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let said = 0;
  const starts = stretches.map((tokens, index) => {
    const shareS = total === 0 ? 0 : ((cue.toS - cue.fromS) * said) / total;
    said += weights[index] ?? 0;
    return index === 0 ? cue.fromS : (tokens[0]?.atS ?? cue.fromS + shareS);
  });
  return starts.map((fromS, index) => ({ fromS, toS: starts[index + 1] ?? cue.toS }));
}

/** No word lasts longer than this: where the next tag is far, there is a pause between. */
const longestPlausibleS = (word: string): number => 0.6 + 0.1 * word.length;

function cuesOf(tokens: readonly RawToken[], range: TimeRange, utterance: Utterance): Cue[] {
  const stretches = stretchesBetweenTags(tokens, range);
  const hasTags = tokens.some((token) => token.atS !== undefined);
  const groups = stretches.map((stretch, index): WordGroup => {
    const toS = stretches[index + 1]?.fromS ?? range.toS;
    const isTimed = hasTags && stretch.tokens.length === 1;
    const longestS = stretch.fromS + longestPlausibleS(stretch.tokens[0]?.text ?? '');
    return {
      fromS: stretch.fromS,
      toS: isTimed ? Math.min(toS, longestS) : toS,
      tokens: stretch.tokens.map((token) => ({ text: token.text, isJoined: false })),
      isTimed,
      confidence: null,
    };
  });
  return cuesOfGroups(groups, utterance);
}

/** Words from one time tag to the next; a tag that goes back or leaves the cue is taken for text without a tag. */
function stretchesBetweenTags(
  tokens: readonly RawToken[],
  range: TimeRange,
): { fromS: number; tokens: RawToken[] }[] {
  const stretches: { fromS: number; tokens: RawToken[] }[] = [];
  for (const token of tokens) {
    const last = stretches.at(-1);
    const earliestS = last?.fromS ?? range.fromS;
    const atS =
      token.atS !== undefined && token.atS >= earliestS && token.atS <= range.toS ? token.atS : undefined;
    if (last !== undefined && atS === undefined) last.tokens.push(token);
    else stretches.push({ fromS: atS ?? range.fromS, tokens: [token] });
  }
  return stretches;
}
