/** Words that only join others: a title may add or drop them. Modals, comparisons and persons are not among them. */
const JOINING: ReadonlySet<string> = new Set(
  (
    'a an the of in on at to for with by from about into onto over as is are was were be been being am do does did has have had ' +
    'i you we it its your my our me us this that these those there here and so then how why what when where who which'
  ).split(' '),
);

const NEGATIONS: ReadonlySet<string> = new Set(
  'not no never nobody nothing none neither nor without hardly barely stop'.split(' '),
);

const QUESTION_WORDS: ReadonlySet<string> = new Set('how why what when where who which'.split(' '));

const NUMBERS: Readonly<Record<string, string>> = Object.fromEntries(
  'zero one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, value) => [word, String(value)]),
);

/** don't is do and not; you're is you and are; the lamp's is the lamp. */
function parts(folded: string): string[] {
  if (folded === 'cannot' || folded === "can't") return ['can', 'not'];
  if (folded === "won't") return ['will', 'not'];
  if (folded.endsWith("n't")) return [folded.slice(0, -3), 'not'];
  const ended = /^(.+)'(s|re|ve|ll|d|m)$/u.exec(folded);
  if (ended === null) return [folded];
  return ended[2] === 'll' ? [ended[1] ?? '', 'will'] : [ended[1] ?? ''];
}

const DOUBLED = /([bdgklmnprt])\1$/u;

/** lamps and lamp, fixing and fixed and fix are one word; nothing finer is needed to see whether something was said. */
function stem(word: string): string {
  const number = NUMBERS[word];
  if (number !== undefined || /\d/u.test(word)) return number ?? word;
  let bare = word;
  if (/.{3}(ing|ed)$/u.test(bare)) bare = bare.replace(/(ing|ed)$/u, '').replace(DOUBLED, '$1');
  else if (/.{3}ies$/u.test(bare)) bare = bare.replace(/ies$/u, 'y');
  else if (/.{2}(s|x|ch|sh)es$/u.test(bare)) bare = bare.slice(0, -2);
  else if (/.{2}[^s]s$/u.test(bare)) bare = bare.slice(0, -1);
  return bare.length > 3 ? bare.replace(/e$/u, '') : bare;
}

/** A word in the form in which what is said is compared, and whether it turns a sentence round. */
export interface Form {
  readonly stem: string;
  readonly isNegation: boolean;
}

/** The words of a folded word that carry meaning, in their comparable form. */
export const formsOf = (folded: string): Form[] =>
  parts(folded)
    .filter((word) => word !== '' && !JOINING.has(word))
    .map((word) => ({ stem: stem(word), isNegation: NEGATIONS.has(word) }));

export const isQuestionWord = (folded: string): boolean => QUESTION_WORDS.has(folded);
