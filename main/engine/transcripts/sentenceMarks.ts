/** Marks that end sentences: Latin, Chinese and Japanese, Arabic and Urdu, Indic, Armenian, Ethiopic, Burmese. */
const LATIN_MARKS = new Set('.!?…‽');
const OTHER_MARKS = new Set('。！？｡．؟۔।॥։።။');
const CLOSERS = new Set('"\'”’»«›‹)]}」』】）》〉*_ ');

/** Written before a name or a number, never at the end of a sentence. */
const NEVER_LAST = new Set(
  'mr mrs ms mx dr prof st vs v cf approx e.g i.e viz z.b d.h u.a bzw ca p.ex'.split(' '),
);
/** Titles that are ordinary words when they are not capitalised. */
const TITLES = new Set(
  'rev hon gen col capt cmdr maj lt sgt sen rep gov pres supt messrs mme mlle sr sra srta ft mt fr hr'.split(
    ' ',
  ),
);
const BEFORE_NUMBERS = new Set('no nos nr núm vol fig p pp ch sec art ep eq pt ver'.split(' '));
/** May end a sentence; what follows decides. */
const MAY_BE_LAST = new Set(
  (
    'inc ltd corp co jr esq bros ave blvd rd dept est etc al jan feb mar apr jun jul aug sep sept oct nov dec ' +
    'mon tue wed thu fri sat sun usw ph.d'
  ).split(' '),
);

/** Words that open a sentence far more often than they follow an initial or an abbreviation. */
const STARTERS = new Set(
  (
    "the a an it it's its we we're we've i i'm i've i'd i'll and but so he he's she she's they they're you you're " +
    "this that that's these those there there's here what when where why how who which in on at if then now yeah " +
    "yes no well my our his her their your let's because for as to with or not do did does don't is are was were can " +
    'could would should will all some many most every one okay ok right oh um uh just after before while since ' +
    'actually maybe also however then today'
  ).split(' '),
);

export interface SentencePlace {
  readonly isFirstWord: boolean;
  /** True where the transcript begins its sentences with capitals, so that a small letter says "this goes on". */
  readonly isCaseTold: boolean;
  /** True where the next word is written on without a blank, as in Japanese. */
  readonly isNextJoined: boolean;
}

interface Tail {
  readonly mark: string;
  readonly isClosed: boolean;
  /** The word without the mark and what closes after it. */
  readonly stem: string;
}

/** The sentence mark at the end of a word, behind which quotes and brackets may close. */
function tailOf(word: string): Tail | undefined {
  if (/[a-z0-9,]$/i.test(word)) return undefined;
  let end = word.length;
  while (end > 0 && CLOSERS.has(word.charAt(end - 1))) end -= 1;
  let start = end;
  while (start > 0 && isMark(word.charAt(start - 1))) start -= 1;
  if (start === end) return undefined;
  return { mark: word.slice(start, end), isClosed: end < word.length, stem: word.slice(0, start) };
}

const isMark = (character: string): boolean => LATIN_MARKS.has(character) || OTHER_MARKS.has(character);

export const hasSentenceMark = (word: string): boolean => tailOf(word) !== undefined;

/** A comma, semicolon, colon or dash at the end of a word, where a long sentence may be cut. */
export const hasClauseMark = (word: string): boolean => /[,;:，、；：—–-]["'”’»)]?$/u.test(word.slice(-3));

/** Whether a word ends its sentence, given the next word of the same speaker. */
export function endsSentence(word: string, next: string, place: SentencePlace): boolean {
  const tail = tailOf(word);
  if (tail === undefined) return false;
  if (OTHER_MARKS.has(tail.mark.slice(-1))) return !(tail.isClosed && place.isNextJoined);
  const goesOn = startsSmall(next);
  if (/[!?‽]/.test(tail.mark)) {
    // "What?" he said. / Yahoo! is
    const mayGoOn = tail.isClosed || !/[?‽]/.test(tail.mark);
    return !(place.isCaseTold && goesOn && mayGoOn);
  }
  if (tail.mark.length > 1 || tail.mark === '…') return !goesOn;
  return periodEnds(tail.stem, next, place);
}

function periodEnds(stem: string, next: string, place: SentencePlace): boolean {
  const word = stem.replace(/^[^\p{L}\p{N}]+/u, '').trimEnd();
  const small = word.toLowerCase();
  const isCapital = word !== small;
  if (NEVER_LAST.has(small) || (isCapital && TITLES.has(small))) return false;
  if (BEFORE_NUMBERS.has(small) && /^\p{N}/u.test(next)) return false;
  // "1. First": the number of a point, not a sentence.
  if (place.isFirstWord && /^\d{1,2}$/.test(word)) return false;
  if (place.isCaseTold && startsSmall(next)) return false;
  if (isCapital && isInitial(word))
    return word === 'I' ? !isInitial(letters(next)) : startsLikeSentence(next);
  if (MAY_BE_LAST.has(small) || isDotted(word)) return startsLikeSentence(next) || !startsWithLetter(next);
  return true;
}

const isInitial = (word: string): boolean => /^\p{Lu}$/u.test(word);
/** U.S, a.m, D.C: what is left of an abbreviation without its last dot. */
const isDotted = (word: string): boolean => /^\p{L}{1,2}(?:\.\p{L}{1,2})+$/u.test(word);
const letters = (word: string): string => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
const startsWithLetter = (word: string): boolean => /^\p{L}/u.test(letters(word));

const startsLikeSentence = (next: string): boolean =>
  STARTERS.has(letters(next).replace('’', "'").toLowerCase());

/** A small first letter, but not that of a name such as iPhone. */
function startsSmall(word: string): boolean {
  const [first = '', ...rest] = letters(word.slice(0, 40));
  return /\p{Ll}/u.test(first) && !rest.some((letter) => /\p{Lu}/u.test(letter));
}

/** Whether sentences begin with capitals here: nearly all words after a sentence mark do. */
export function isCaseTold(words: readonly { readonly text: string }[]): boolean {
  let small = 0;
  let capital = 0;
  words.forEach(({ text }, index) => {
    const tail = tailOf(words[index - 1]?.text ?? '');
    const first = letters(text).charAt(0);
    // After ellipses and quotes a sentence may go on.
    if (tail === undefined || tail.isClosed || tail.mark.length > 1 || tail.mark === '…') return;
    if (/\p{Lu}/u.test(first)) capital += 1;
    else if (/\p{Ll}/u.test(first)) small += 1;
  });
  const all = capital + small;
  // A single abbreviation must not decide about a short text.
  return capital >= all * (all < 12 ? 0.6 : 0.85);
}
