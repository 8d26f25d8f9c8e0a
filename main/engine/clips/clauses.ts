import { wordSet } from './language.ts';
import { ANSWERS, LINKS, POINTERS, STUMBLES } from './parts/standsAlone.ts';
import { endsSentence, type Sentence } from './sentences.ts';

/** Words of a sentence that can be read alone; from and to count its words, to is exclusive. */
export interface Clause {
  readonly from: number;
  readonly to: number;
  readonly isSentence: boolean;
}

const CLAUSE_END = /[,;:.!?…–—。！？]["'”’)]*$/u;
/** After these marks the clause before is whole, whatever follows. */
const STRONG_END = /[;:.!?…–—。！？]["'”’)]*$/u;
const STRIPPED: ReadonlySet<string> = new Set(['and', 'but', 'so']);

/** Words after a comma that begin a clause of their own; anything else after it goes on with a list. */
const CLAUSE_STARTERS = wordSet(`
  and but so or because which who whose when while where although though as if unless until since then yet
  i you we he she they it this that these those there nobody everybody everyone people what how why not
  i'm i've i'd i'll you're we're they're it's that's he's she's
`);

/** First words of what cannot stand alone once it is cut from its sentence. */
const DEPENDENT = wordSet(`
  if when because although though while as since until unless which who whose where that than to of in on at by for
  from with without into about after before during like not either neither nor too even except including
  such rather instead at under over between through
`);

const SUBJECTS = wordSet(`
  i you we they he she it who people everyone everybody nobody somebody someone anyone i'm i've i'd i'll you're
  you've you'd you'll we're we've we'd we'll they're they've
`);
const VERBS = wordSet(`
  is are was were am be been being has have had do does did can could will would shall should must may might
  went came took got told asked knew saw thought felt found made gave left began heard stood sat ran lost won
  said kept became brought bought built broke wrote spoke grew fell met paid put read sent sold spent taught
  makes make gets get goes go comes come takes take needs need wants want knows know thinks think says say works
  work costs cost means mean feels feel keeps keep gives give finds find sees see loses lose wins win starts
  start stops stop leaves leave tells tell shows show turns turn happens happen lives live dies die becomes
  become sounds sound looks look seems seem buys buy sells sell builds build runs run matters matter changes
  change grows grow pays pay helps help let lets try tries cannot
`);
const VERB_ENDING = /(?:n't|'s|'re|'ve|'ll|'d|'m|[a-z]{2}ed)$/u;

/** A clause that begins with one of these has left its subject in the clause before. */
const PAST_VERBS = wordSet(`
  went came took got told asked knew saw thought felt found made gave left began heard stood sat ran lost won
  said kept became brought bought built broke wrote spoke grew fell met paid sent sold spent taught
`);
const PAST_ENDING = /[^e]ed$/u;
const lacksSubject = (first: string): boolean => PAST_VERBS.has(first) || PAST_ENDING.test(first);

const hasVerb = (tokens: readonly string[]): boolean =>
  SUBJECTS.has(tokens[0] ?? '') || tokens.some((token) => VERBS.has(token) || VERB_ENDING.test(token));

/** Where each stretch between commas and stops begins and ends. */
function stretches({ words }: Sentence): (readonly [number, number])[] {
  const ranges: (readonly [number, number])[] = [];
  let from = 0;
  words.forEach((word, i) => {
    if (i < words.length - 1 && !CLAUSE_END.test(word.text)) return;
    ranges.push([from, i + 1]);
    from = i + 1;
  });
  return ranges;
}

/** Whether a stretch has a subject and a verb of its own, and nothing after it belongs to it. */
function isWholeClause({ tokens, words }: Sentence, from: number, to: number): boolean {
  const first = tokens[from] ?? '';
  if (DEPENDENT.has(first) || lacksSubject(first) || !hasVerb(tokens.slice(from, to))) return false;
  if (to === words.length || STRONG_END.test(words[to - 1]?.text ?? '')) return true;
  return CLAUSE_STARTERS.has(tokens[to] ?? '');
}

/** Skips "well" at the start, and with `links` also "and", "but" and "so". */
function skipOpeners({ tokens }: Sentence, from: number, to: number, links: boolean): number {
  let at = from;
  while (
    at < to - 1 &&
    (STUMBLES.has(tokens[at] ?? '') || (links && STRIPPED.has(tokens[at] ?? '')) || tokens[at] === '')
  )
    at += 1;
  return at;
}

/** Words that join two clauses without a comma, when a subject follows. */
const JOINERS = wordSet('and but so because while although though when');
/** After these the second clause can stand alone as well. */
const EVEN_JOINERS = wordSet('and but so');

/** A stretch without commas, parted where one clause is joined to the next. */
function joined({ tokens }: Sentence, from: number, to: number): (readonly [number, number])[] {
  const parts: (readonly [number, number])[] = [];
  let start = from;
  for (let at = from + 1; at < to - 1; at += 1) {
    if (!JOINERS.has(tokens[at] ?? '') || !SUBJECTS.has(tokens[at + 1] ?? '')) continue;
    parts.push([start, at]);
    // What follows "because" or "when" hangs on what was before it.
    if (!EVEN_JOINERS.has(tokens[at] ?? '')) return parts;
    start = at + 1;
  }
  return parts.length > 0 ? [...parts, [start, to]] : parts;
}

/** Ways to say that what follows is only one's opinion; what follows says the same without them. */
const HEDGES: readonly (readonly string[])[] = [
  ['i', 'think', 'that'],
  ['i', 'think'],
  ['i', 'mean'],
  ['i', 'guess'],
  ['i', 'believe'],
  ['i', 'feel', 'like'],
  ['you', 'know'],
];

/** Where a clause begins after a hedge; where it begins anyway when there is none. */
function afterHedge({ tokens }: Sentence, from: number): number {
  const hedge = HEDGES.find((words) => words.every((word, i) => tokens[from + i] === word));
  return from + (hedge?.length ?? 0);
}

/** Clauses that nothing but a joining word or a hedge sets apart. */
function hiddenClauses(sentence: Sentence, parts: readonly (readonly [number, number])[]): Clause[] {
  const { tokens } = sentence;
  return parts.flatMap(([from, to]) => {
    const pieces = joined(sentence, from, to);
    return (pieces.length > 0 ? pieces : [[from, to] as const]).flatMap(([start, end]) => {
      const opened = skipOpeners(sentence, start, end, true);
      const said = afterHedge(sentence, opened);
      if (pieces.length === 0 && said === opened) return [];
      const isWhole =
        end === to
          ? isWholeClause(sentence, said, end)
          : !DEPENDENT.has(tokens[said] ?? '') && hasVerb(tokens.slice(said, end));
      return isWhole ? [{ from: said, to: end, isSentence: false }] : [];
    });
  });
}

/** The whole sentence, and each of its clauses that could be a sentence: they never stop in the middle of a list. */
export function clausesOf(sentence: Sentence, english: boolean): Clause[] {
  const count = sentence.words.length;
  const whole = { from: skipOpeners(sentence, 0, count, false), to: count };
  const parts = stretches(sentence);
  const clauses = parts
    .map(([from, to]) => ({ from: skipOpeners(sentence, from, to, english), to }))
    .filter(({ from, to }) => !english || isWholeClause(sentence, from, to))
    .filter(({ from, to }) => from !== whole.from || to !== whole.to)
    .map((clause) => ({ ...clause, isSentence: false }));
  const isWhole = sentence.opensSentence && sentence.closesSentence && endsSentence(sentence.text);
  const hidden = english ? hiddenClauses(sentence, parts) : [];
  return [...clauses, ...hidden, { ...whole, isSentence: isWhole }];
}

/** Whether words say what they are about, without anything heard before. */
export const isSelfContained = (first: string): boolean =>
  !LINKS.has(first) && !POINTERS.has(first) && !ANSWERS.has(first);
