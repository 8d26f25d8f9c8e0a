import type { OffLimits } from '../../domain/offLimits.ts';
import { lengthS, overlapS } from '../../domain/time.ts';
import type { Sentence } from './sentences.ts';
import { foldWord } from './sentences.ts';
import { ADVERT_SURE, ADVERT_MAYBE, HOUSEKEEPING, INTRO, OUTRO, SURE_TEXT } from './offLimitsCues.ts';
import { standsAt } from './phrases.ts';

export type OffLimitsKind = 'advert' | 'intro' | 'outro' | 'housekeeping';

/** A stretch that no listener wants in a clip, and the words that gave it away. */
export interface OffLimitsRange {
  readonly fromS: number;
  readonly toS: number;
  readonly kind: OffLimitsKind;
  readonly reason: string;
}

/** The same stretch counted in sentences, both ends inclusive. */
export interface OffLimitsRun {
  readonly first: number;
  readonly last: number;
  readonly kind: OffLimitsKind;
  readonly cue: string;
}

/** An introduction is looked for in the first minutes and a farewell in the last: elsewhere the same words mean something else. */
const INTRO_SPAN = { share: 0.1, longestS: 420 };
const OUTRO_SPAN = { share: 0.06, longestS: 300 };
/** Cues of one advert lie close together; what lies between them is the advert too. */
const ADVERT_GAP_S = 30;

type Cues = ReadonlyMap<string, readonly (readonly string[])[]>;

function cuesOf(phrases: readonly string[]): Cues {
  const cues = new Map<string, string[][]>();
  for (const phrase of phrases) {
    const tokens = phrase
      .split(/\s+/u)
      .map(foldWord)
      .filter((word) => word !== '');
    const first = tokens[0];
    if (first === undefined) continue;
    const sharing = cues.get(first);
    if (sharing === undefined) cues.set(first, [tokens]);
    else sharing.push(tokens);
  }
  return cues;
}

const cues = {
  advertSure: cuesOf(ADVERT_SURE),
  advertMaybe: cuesOf(ADVERT_MAYBE),
  housekeeping: cuesOf(HOUSEKEEPING),
  intro: cuesOf(INTRO),
  outro: cuesOf(OUTRO),
};

function cueIn(tokens: readonly string[], list: Cues): string | undefined {
  for (let at = 0; at < tokens.length; at += 1) {
    const phrases = list.get(tokens[at] ?? '');
    if (phrases === undefined) continue;
    for (const phrase of phrases) if (standsAt(phrase, tokens, at)) return phrase.join(' ');
  }
  return undefined;
}

interface CueHit {
  readonly at: number;
  readonly isSure: boolean;
  readonly cue: string;
}

function advertHit(sentence: Sentence, at: number, own: Cues): CueHit | undefined {
  const sure =
    cueIn(sentence.tokens, own) ??
    cueIn(sentence.tokens, cues.advertSure) ??
    SURE_TEXT.exec(sentence.text)?.[0];
  if (sure !== undefined) return { at, isSure: true, cue: sure };
  const maybe = cueIn(sentence.tokens, cues.advertMaybe);
  return maybe === undefined ? undefined : { at, isSure: false, cue: maybe };
}

/**
 * Adverts: cues within half a minute of each other belong together, and at least one of them must be sure. Unsure cues
 * bridge the gap between sure ones, and at most one counts before the first and after the last.
 */
function advertRuns(sentences: readonly Sentence[], own: Cues): OffLimitsRun[] {
  const runs: OffLimitsRun[] = [];
  let open: CueHit[] = [];
  const close = (): void => {
    const sure = open.findIndex((hit) => hit.isSure);
    const named = open[sure];
    const start = open[sure - 1] ?? named;
    const lastSure = open.findLastIndex((hit) => hit.isSure);
    const end = open[lastSure + 1] ?? open[lastSure];
    if (start !== undefined && end !== undefined && named !== undefined)
      runs.push({ first: start.at, last: end.at, kind: 'advert', cue: named.cue });
    open = [];
  };
  sentences.forEach((sentence, at) => {
    const hit = advertHit(sentence, at, own);
    if (hit === undefined) return;
    const previous = open.at(-1);
    if (previous !== undefined && sentence.fromS - (sentences[previous.at]?.toS ?? 0) > ADVERT_GAP_S) close();
    open.push(hit);
  });
  close();
  return runs;
}

function introRun(sentences: readonly Sentence[], startS: number, endS: number): OffLimitsRun[] {
  const untilS = startS + Math.min((endS - startS) * INTRO_SPAN.share, INTRO_SPAN.longestS);
  let found: OffLimitsRun | undefined;
  for (let at = 0; at < sentences.length; at += 1) {
    const sentence = sentences[at];
    if (sentence === undefined || sentence.fromS > untilS) break;
    const cue = cueIn(sentence.tokens, cues.intro);
    if (cue !== undefined) found = { first: 0, last: at, kind: 'intro', cue };
  }
  return found === undefined ? [] : [found];
}

function outroRun(sentences: readonly Sentence[], startS: number, endS: number): OffLimitsRun[] {
  const fromS = endS - Math.min((endS - startS) * OUTRO_SPAN.share, OUTRO_SPAN.longestS);
  const first = sentences.findIndex(
    ({ fromS: at, tokens }) => at >= fromS && cueIn(tokens, cues.outro) !== undefined,
  );
  const sentence = sentences[first];
  if (sentence === undefined) return [];
  const cue = cueIn(sentence.tokens, cues.outro) ?? '';
  return [{ first, last: sentences.length - 1, kind: 'outro', cue }];
}

function housekeepingRuns(sentences: readonly Sentence[]): OffLimitsRun[] {
  return sentences.flatMap(({ tokens }, at) => {
    const cue = cueIn(tokens, cues.housekeeping);
    return cue === undefined ? [] : [{ first: at, last: at, kind: 'housekeeping' as const, cue }];
  });
}

/**
 * Runs of sentences that are adverts, introductions, farewells or housekeeping, by the words that give them away.
 * The show's own phrases count as surely as any other. Runs may overlap.
 */
export function findOffLimits(
  sentences: readonly Sentence[],
  ownPhrases: readonly string[],
  english: boolean,
): OffLimitsRun[] {
  const startS = sentences[0]?.fromS ?? 0;
  const endS = sentences.at(-1)?.toS ?? 0;
  const own = cuesOf(ownPhrases);
  if (!english)
    return own.size === 0
      ? []
      : sentences.flatMap(({ tokens }, at) => {
          const cue = cueIn(tokens, own);
          return cue === undefined ? [] : [{ first: at, last: at, kind: 'advert' as const, cue }];
        });
  const runs = [
    ...introRun(sentences, startS, endS),
    ...outroRun(sentences, startS, endS),
    ...advertRuns(sentences, own),
    ...housekeepingRuns(sentences),
  ];
  const isInside = (inner: OffLimitsRun, outer: OffLimitsRun): boolean =>
    outer.first <= inner.first && inner.last <= outer.last;
  return runs
    .filter((run, n) => !runs.some((other, m) => m < n && isInside(run, other)))
    .sort((a, b) => a.first - b.first || a.last - b.last);
}

/** The runs that a person has not allowed: one is allowed when more than half of it was, as the same kind. */
export const withoutAllowed = (
  runs: readonly OffLimitsRun[],
  sentences: readonly Sentence[],
  allowed: readonly OffLimits[],
): OffLimitsRun[] =>
  runs.filter(({ first, last, kind }) => {
    const range = { fromS: sentences[first]?.fromS ?? 0, toS: sentences[last]?.toS ?? 0 };
    return !allowed.some((other) => other.kind === kind && overlapS(range, other) > lengthS(range) / 2);
  });

const KIND_WORDS: Record<OffLimitsKind, string> = {
  advert: 'An advert',
  intro: 'The introduction',
  outro: 'The farewell',
  housekeeping: 'Housekeeping',
};

/** The ranges as people read them. */
export const toRanges = (runs: readonly OffLimitsRun[], sentences: readonly Sentence[]): OffLimitsRange[] =>
  runs.map(({ first, last, kind, cue }) => ({
    fromS: sentences[first]?.fromS ?? 0,
    toS: sentences[last]?.toS ?? 0,
    kind,
    reason: `${KIND_WORDS[kind]}: somebody says “${cue}”.`,
  }));
