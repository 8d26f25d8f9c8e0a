import type { Sentence } from './sentences.ts';

/** Words written as one text with spaces between them. */
export const wordSet = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/u));

/** English words too common to say what a sentence is about. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  (
    'a an the this that these those and or but nor so if then than as at by for from in into of off on onto out over to up ' +
    'with about after again against all also am any are be because been before being below between both can could did do ' +
    'does doing done down during each else even ever every few further get gets getting give go goes going gone got had has ' +
    'have having he her here hers him his how i its it just kind know like little lot lots made make makes making many may ' +
    'maybe me mean might mine more most much must my need never new no not now oh okay old one ones only other our ours own ' +
    'part people put quite really right said same say saying says see she should since some someone something sort still ' +
    'stuff such sure take taking talk tell their theirs them there they thing things think thinking thought through time ' +
    'times too took two under until us use used using very want wanted wants was way ways we well went were what when where ' +
    'whether which while who whole whom whose why will without would yeah yes yet you your yours good great first last long ' +
    'back look looking come came comes kinda gonna actually basically obviously probably around always every everybody ' +
    'everyone everything nothing anything anyone feel felt let lets bit day days year years today guess pretty big three ' +
    'love loved enough number numbers ask asked asking super truly figure hope run running bring heard hear true believe important honestly literally change place amazing call called build world person stuff ever started start point work working works keep question happen happens happened able different better best next around ' +
    "um uh it's that's i'm you're we're they're he's she's don't doesn't didn't can't won't isn't aren't wasn't weren't " +
    "there's i've you've we've they've i'd you'd we'd they'd i'll you'll we'll they'll what's let's wouldn't couldn't " +
    "shouldn't haven't hasn't who's here's how's where's"
  ).split(' '),
);

const GIVEAWAYS: ReadonlySet<string> = new Set(
  'the and to of that you it is was for have with they this not are we what'.split(' '),
);
/** In English speech roughly a quarter of the words are among these; in other languages almost none are. */
const ENGLISH_SHARE = 0.1;

/** Whether the word lists may speak: by the language that was named, else by the words themselves. */
export function isEnglish(sentences: readonly Sentence[], language: string | undefined): boolean {
  if (language !== undefined && language !== '') return /^en\b/iu.test(language);
  let words = 0;
  let giveaways = 0;
  for (const { tokens } of sentences) {
    words += tokens.length;
    for (const token of tokens) if (GIVEAWAYS.has(token)) giveaways += 1;
  }
  return giveaways >= words * ENGLISH_SHARE;
}

const ENDINGS = ['ing', 'edly', 'ed', 'ers', 'er', 'ly', 'ation', 'ment', 'ness'] as const;
const SHORTEST_ROOT = 4;

/**
 * What is left of an English word without its endings, so that "grower", "growing" and "grows" are one
 * subject. Only for counting: it is not always a word.
 */
export function root(token: string): string {
  const bare = stem(token);
  const ending = ENDINGS.find((end) => bare.endsWith(end) && bare.length - end.length >= SHORTEST_ROOT);
  if (ending === undefined)
    return bare.length > SHORTEST_ROOT && bare.endsWith('e') ? bare.slice(0, -1) : bare;
  const cut = bare.slice(0, -ending.length);
  return cut.length > SHORTEST_ROOT && cut.at(-1) === cut.at(-2) ? cut.slice(0, -1) : cut;
}

/** The same for what is left of words: common whatever their ending. */
export const COMMON_ROOTS: ReadonlySet<string> = new Set([...COMMON_WORDS].map(root));

/** Folds the forms of a word that differ only by 's or a plural s, so that a title's "rejections" finds "rejection". */
export function stem(token: string): string {
  const bare = token.endsWith("'s") ? token.slice(0, -2) : token;
  if (bare.length > 4 && bare.endsWith('ies')) return `${bare.slice(0, -3)}y`;
  return bare.length > 3 && bare.endsWith('s') && !bare.endsWith('ss') ? bare.slice(0, -1) : bare;
}
