import { linesOf } from './formats/decodeText.ts';
import { parseClock } from './formats/clock.ts';
import { believedNames, labelCandidate, type LabelCandidate } from './formats/speakerLabels.ts';

/** A paragraph of a plain text: who says it and when it begins, as far as the text tells. */
export interface Turn {
  readonly speaker?: string;
  readonly atS?: number;
  readonly text: string;
}

interface Draft {
  atS: number | undefined;
  candidate: LabelCandidate | undefined;
  /** A name on a line with nothing but a time beside it needs no colon. */
  headName: string | undefined;
  isParagraph: boolean;
  text: string;
}

const CLOCK = String.raw`(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?`;
const UNTIL = String.raw`(?:\s*(?:-->|-|–|—|to)\s*(?:${CLOCK})?)?`;
/** "[00:12:03]", "(12:03)", "00:12:03 - 00:12:10", "12:03". */
const LEADING_CLOCK = new RegExp(String.raw`^[[(]?(${CLOCK})${UNTIL}[\])]?(?:\s*[-–—|:]\s+|\s+|$)`, 'u');
/** "Anna (12:03):", "Anna 12:03", "Anna: [12:03]". */
const NAME_THEN_CLOCK = new RegExp(
  String.raw`^(\S[^:\d[\]()]{0,40}?(?:\s?\d{1,2})?)\s*[:|,–—-]?\s+[[(]?(${CLOCK})${UNTIL}[\])]?\s*:?(?:\s+|$)`,
  'u',
);
const INLINE_CLOCK = new RegExp(String.raw`[[(](${CLOCK})[\])]`, 'gu');

/**
 * Cuts a plain text into turns: at blank lines, at speakers' names and at time stamps. Time stamps that do not
 * rise are taken for text that merely looks like one.
 */
export function readTurns(text: string): Turn[] {
  const drafts = draftsOf(linesOf(withoutFrontMatter(text)));
  const times = risingTimes(drafts.map((draft) => draft.atS));
  const names = believedNames(
    drafts
      .filter((draft) => draft.isParagraph || draft.candidate !== undefined)
      .map(({ candidate, headName }) => ({
        candidate: candidate ?? (headName === undefined ? undefined : { name: headName, pieces: 0 }),
        isTurn: headName !== undefined,
      })),
  );
  return turnsOf(drafts, times, names);
}

function turnsOf(
  drafts: readonly Draft[],
  times: readonly (number | undefined)[],
  names: ReadonlySet<string>,
): Turn[] {
  const turns: Turn[] = [];
  let speaker: string | undefined;
  let waitingS: number | undefined;
  drafts.forEach((draft, index) => {
    const name = draft.headName ?? draft.candidate?.name;
    const isNamed = name !== undefined && (draft.headName !== undefined || names.has(name));
    if (isNamed) speaker = name;
    const skipped = isNamed && draft.headName === undefined ? (draft.candidate?.pieces ?? 0) : 0;
    const text = skipped === 0 ? draft.text : draft.text.split(/\s+/u).slice(skipped).join(' ');
    const atS = times[index] ?? waitingS;
    // A head without text of its own speaks for the lines below it.
    waitingS = text === '' ? atS : undefined;
    if (text === '') return;
    const last = turns.at(-1);
    if (last !== undefined && !draft.isParagraph && !isNamed && atS === undefined) {
      turns[turns.length - 1] = { ...last, text: `${last.text} ${text}` };
    } else {
      turns.push({
        ...(speaker === undefined ? {} : { speaker }),
        ...(atS === undefined ? {} : { atS }),
        text,
      });
    }
  });
  return turns;
}

function draftsOf(lines: readonly string[]): Draft[] {
  let isParagraph = true;
  return lines.flatMap((line) => {
    const plain = withoutMarkdown(line);
    if (plain === '') {
      isParagraph = true;
      return [];
    }
    const drafts = draftsOfLine(plain, isParagraph);
    isParagraph = false;
    return drafts;
  });
}

function draftsOfLine(line: string, isParagraph: boolean): Draft[] {
  const { atS, headName, rest } = headOf(line);
  const parts = inlineParts(rest);
  return parts.map((part, index) => ({
    atS: index === 0 ? (atS ?? part.atS) : part.atS,
    candidate: index === 0 && headName === undefined ? labelCandidate(part.text) : undefined,
    headName: index === 0 ? headName : undefined,
    isParagraph: isParagraph && index === 0,
    text: part.text,
  }));
}

function headOf(line: string): { atS?: number | undefined; headName?: string | undefined; rest: string } {
  const clock = LEADING_CLOCK.exec(line);
  if (clock !== null) {
    const rest = line.slice(clock[0].length);
    return {
      atS: parseClock(clock[1] ?? ''),
      headName: headNameOf(rest),
      rest: headNameOf(rest) === undefined ? rest : '',
    };
  }
  const named = NAME_THEN_CLOCK.exec(line);
  const name = named === null ? undefined : headNameOf(named[1] ?? '');
  if (named === null || name === undefined) return { rest: line };
  return { atS: parseClock(named[2] ?? ''), headName: name, rest: line.slice(named[0].length) };
}

/** A whole line that could be a name: "Anna Smith", "SPEAKER 2". */
function headNameOf(text: string): string | undefined {
  const name = text
    .trim()
    .replace(/[:：]$/u, '')
    .trim();
  if (name === '' || name.length > 40 || /[.!?,;]$/u.test(name)) return undefined;
  const candidate = labelCandidate(`${name}:`);
  return candidate?.name === name ? name : undefined;
}

/** Cuts text at time stamps in brackets; "[inaudible 00:12]" is no time stamp. */
function inlineParts(text: string): { atS: number | undefined; text: string }[] {
  const parts: { atS: number | undefined; text: string }[] = [];
  let atS: number | undefined;
  let done = 0;
  for (const match of text.matchAll(INLINE_CLOCK)) {
    const before = text.slice(done, match.index).trim();
    if (before !== '') parts.push({ atS, text: before });
    atS = parseClock(match[1] ?? '');
    done = match.index + match[0].length;
  }
  const rest = text.slice(done).trim().replace(/^:\s+/u, '');
  if (rest !== '' || parts.length === 0 || atS !== undefined) parts.push({ atS, text: rest });
  return parts;
}

/** Headings, emphasis and list marks of Markdown are not spoken. */
const withoutMarkdown = (line: string): string =>
  line
    .replace(/^\s*(?:#{1,6}\s.*$|>\s+)/u, '')
    .replace(/\*\*|__/gu, '')
    .replace(/^[-*_]{3,}$/u, '')
    .trim();

/** The block between two "---" lines at the very start of a Markdown file describes it. */
function withoutFrontMatter(text: string): string {
  if (!/^\ufeff?---\s*\n/.test(text)) return text;
  const end = text.indexOf('\n---', 4);
  return end < 0 ? text : text.slice(text.indexOf('\n', end + 1) + 1);
}

/**
 * The longest rising series among the times; the others are left out. If that is not most of them, they are no time
 * stamps at all. Patience sorting, as in https://en.wikipedia.org/wiki/Longest_increasing_subsequence.
 */
export function risingTimes(times: readonly (number | undefined)[]): (number | undefined)[] {
  const tails: number[] = [];
  const before = new Map<number, number | undefined>();
  times.forEach((timeS, index) => {
    if (timeS === undefined) return;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((times[tails[middle] ?? -1] ?? 0) <= timeS) low = middle + 1;
      else high = middle;
    }
    before.set(index, tails[low - 1]);
    tails[low] = index;
  });
  const kept = new Set<number>();
  for (let index = tails.at(-1); index !== undefined; index = before.get(index)) kept.add(index);
  const isSeries = kept.size >= 2 && kept.size >= before.size * 0.7;
  return times.map((timeS, index) => (isSeries && kept.has(index) ? timeS : undefined));
}
