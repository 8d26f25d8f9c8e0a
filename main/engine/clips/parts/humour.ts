import { list, type Part } from './part.ts';

/**
 * Is it funny? Laughter follows quick exchanges more than any word. What people laugh at is seldom what they quote, so
 * these weigh next to nothing unless a show asks for humour.
 */
export const humour = {
  max: 1,
  min: -1,
  features: {
    voices: { place: 'anywhere', praise: 'goes back and forth', anyLanguage: true },
    quickReplies: { place: 'anywhere', praise: 'is quick', anyLanguage: true },
    exclamations: { place: 'anywhere', praise: 'is said with an exclamation', anyLanguage: true },
    askedInPlay: { place: 'anywhere', praise: 'teases with questions', anyLanguage: true },
    laughWords: {
      place: 'anywhere',
      praise: 'plays it for laughs',
      phrases: list(`
        funny, funniest, hilarious, joke, jokes, joking, kidding, laugh, laughs, laughed, laughing, haha, ha,
        ridiculous, silly, weird, weirdest, awkward, absurd, comedy, ironic, oops, prank, goofy, drunk,
        naked, toilet, poop, butt, nerd, nerdy, dad joke, pun, puns
      `),
    },
    surprise: {
      place: 'anywhere',
      praise: 'is taken by surprise',
      phrases: list(`
        oh, oh my god, oh my gosh, oh no, gosh, wow, whoa, no way, come on, wait, what the, my god, my goodness,
        holy, seriously, geez, jeez, man, dude, yikes, ouch, ugh, boom
      `),
    },
    teasing: {
      place: 'anywhere',
      praise: 'teases',
      phrases: list(`
        you're like, i'm like, he's like, she's like, they're like, was like, yeah but, oh yeah, of course,
        exactly, sorry, never mind, apparently, literally, obviously, clearly, supposedly, not gonna lie,
        guilty, i love it, i love that, that's great, that's good, nice, perfect, fair enough
      `),
    },
  },
} as const satisfies Part;
