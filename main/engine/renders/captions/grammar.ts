/** How English may be divided: what belongs together, and where a reader expects a break. */

/** Words that announce the next one; a line or a caption never ends with them. */
const ANNOUNCING = new Set(
  'a an the my your his her its our their this that these those every each no very more most less so too mr mrs ms dr'.split(
    ' ',
  ),
);
const CONJUNCTIONS = new Set(
  'and but or nor so yet because although though while when whenever where if unless until since whether that which who whom whose as than'.split(
    ' ',
  ),
);
const PREPOSITIONS = new Set(
  'of to in on at by for from with without about into onto over under after before between during through against around'.split(
    ' ',
  ),
);
const AUXILIARIES = new Set(
  "am is are was were be been have has had do does did will would shall should can could may might must i'm you're we're they're don't didn't isn't wasn't can't couldn't won't i you he she it we they not".split(
    ' ',
  ),
);

const CLOSED = /["'”’)\]]*$/u.source;
const SENTENCE_END = new RegExp(`[.!?…。！？]${CLOSED}`, 'u');
const CLAUSE_END = new RegExp(`[,;:–—]${CLOSED}`, 'u');

export const endsSentence = (word: string): boolean => SENTENCE_END.test(word);

const bare = (word: string): string => word.toLowerCase().replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
const isName = (word: string): boolean => /^\p{Lu}\p{Ll}+$/u.test(word);

/**
 * What it costs a reader that a line or a caption ends between two words: nothing after a sentence, little after a
 * comma or before a conjunction, very much between an article and its noun or within a name (Netflix and BBC guides).
 */
export function breakCost(last: string, next: string): number {
  if (endsSentence(last)) return 0;
  if (CLAUSE_END.test(last)) return 4;
  if (ANNOUNCING.has(bare(last))) return 1000;
  if (isName(last) && isName(next)) return 300;
  if (PREPOSITIONS.has(bare(last)) || CONJUNCTIONS.has(bare(last))) return 80;
  if (CONJUNCTIONS.has(bare(next))) return 8;
  if (AUXILIARIES.has(bare(last))) return 50;
  return PREPOSITIONS.has(bare(next)) ? 14 : 30;
}
