import { list, type Part } from './part.ts';

/** Would somebody who has heard nothing before understand it? */
export const standsAlone = {
  max: 14,
  min: -7,
  features: {
    opensWhole: { place: 'opening', praise: 'starts with a whole sentence', anyLanguage: true },
    opensClean: { place: 'opening', praise: 'starts clean', anyLanguage: true },
    opensMidSentence: { place: 'opening', praise: 'starts in the middle of a sentence', anyLanguage: true },
    opensWithLink: { place: 'opening', praise: 'starts in the middle of a thought' },
    opensWithPointer: { place: 'opening', praise: 'starts by pointing at something not heard' },
    opensWithAnswer: {
      place: 'opening',
      praise: 'answers a question that is not in the clip',
      anyLanguage: true,
    },
    opensOnAside: { place: 'opening', praise: 'starts with a remark in passing', anyLanguage: true },
    opensAfterPause: { place: 'opening', praise: 'starts after a pause', anyLanguage: true },
    refersBack: {
      place: 'opening',
      praise: 'refers to what was said before',
      phrases: list(`
        as i said, like i said, as you said, like you said, you mentioned, i mentioned,
        as we discussed, we talked about, you talked about, earlier, going back to, to your point,
        you said, we just, the other thing, the second, secondly, same thing, that point
      `),
    },
  },
} as const satisfies Part;

/** First words that hang on the sentence before. */
export const LINKS: ReadonlySet<string> = new Set(
  list(`
  and, so, but, or, because, which, then, also, plus, therefore, though, anyway, otherwise, nor,
  whereas, cause, 'cause, such, again, besides, meanwhile, like
`),
);

/** First words that point at somebody or something named before. */
export const POINTERS: ReadonlySet<string> = new Set(
  list(`
  he, she, it, they, him, her, them, his, their, its, this, that, these, those, he's, she's, it's,
  they're, that's, he'd, she'd, they'd, they've, it'll, that'll, there, both
`),
);

/** Pointing words that leave a listener lost even after a word or two. */
export const EARLY_POINTERS: ReadonlySet<string> = new Set(
  "he she it they him her them his this these those he's she's it's they're".split(' '),
);

/** First words that say nothing yet. */
export const STUMBLES: ReadonlySet<string> = new Set(
  list(`
  um, uh, uhm, erm, hmm, mm, well, okay, ok
`),
);

/** First words that answer. */
export const ANSWERS: ReadonlySet<string> = new Set(
  list(`
  yes, yeah, yep, no, nope, right, exactly, correct, absolutely, totally, sure, definitely, agreed,
  true, great, awesome, cool, mhm, ok, okay, oh, wow, interesting
`),
);
