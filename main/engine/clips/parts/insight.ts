import { list, type Part } from './part.ts';

/** Does it claim something general that a listener can take away? */
export const insight = {
  max: 24,
  min: -4,
  features: {
    negation: {
      place: 'anywhere',
      praise: 'says what is not so',
      phrases: list(`
        not, no, never, nothing, nobody, none, neither, nor, cannot, can't, don't, doesn't, didn't,
        won't, wouldn't, isn't, aren't, wasn't, weren't, shouldn't, couldn't, haven't, hasn't, hadn't,
        ain't, no one, without
      `),
    },
    absolutes: {
      place: 'anywhere',
      praise: 'makes a claim without hedging',
      phrases: list(`
        always, every, everyone, everybody, everything, all of, only, completely, absolutely, entire,
        entirely, impossible, guaranteed, forever, whatever, anyone, anybody, anything, totally,
        literally every, single, no matter, fundamentally, exactly, truly
      `),
    },
    superlatives: {
      place: 'anywhere',
      praise: 'names an extreme',
      phrases: list(`
        best, worst, biggest, greatest, largest, smallest, hardest, easiest, fastest, highest, lowest,
        strongest, smartest, richest, most important, the most, the least, number one, ever,
        of all time, in the world, in history, happiest, cheapest, craziest, deepest, longest, oldest,
        youngest, the first, the last, top, unprecedented, unbelievable, first time, the only, most,
        never before, once in a
      `),
    },
    prediction: {
      place: 'anywhere',
      praise: 'says what will happen',
      phrases: list(`
        will, we'll, you'll, they'll, it'll, i'll, going to be, going to, gonna, future, in ten years,
        in five years, next year, next decade, years from now, eventually, soon, inevitable, bound to,
        i predict, prediction, the day will come, won't be, by the end of, in the next, from now,
        tomorrow
      `),
    },
    takeaways: {
      place: 'anywhere',
      praise: 'draws a lesson',
      phrases: list(`
        the secret, the lesson, i learned, i've learned, i realized, you realize,
        we realized, turns out, the reason, that's why, which is why, the truth, the reality,
        the problem is, the question is, the answer is, the point is, the trick, the mistake, mistake,
        my advice, the thing is, the difference between, what matters, the real, it comes down to,
        boils down, the goal is, the idea is, means that, in other words, counterintuitive,
        misconception, underrated, overrated, rule, principle, i believe, i truly believe,
        the bottom line, question is, what matters, the fact is, the challenge, the key, what you, what we,
        the way to
      `),
    },
    statements: {
      place: 'anywhere',
      praise: 'says what is so',
      phrases: list(`
        is, are, isn't, aren't, there is, there's, there are, it's a, that is
      `),
    },
    worth: {
      place: 'anywhere',
      praise: 'says what counts',
      phrases: list(`
        value, valuable, matter, matters, worth, important, quality, impact, potential, opportunity,
        real, true
      `),
    },
    hedges: {
      place: 'anywhere',
      praise: 'hedges what it says',
      phrases: list(`
        maybe, perhaps, probably, possibly, somewhat, a bit, a couple, something like that, or something,
        things like that, or so, i'm not sure, i don't know, i suppose, for example, for instance
      `),
    },
    contrast: {
      place: 'anywhere',
      praise: 'turns against what is expected',
      phrases: list(`
        but, actually, instead, rather than, however, even though, although, opposite, contrary,
        despite, yet, whereas, on the other hand, versus, not because, and yet
      `),
    },
    people: {
      place: 'anywhere',
      praise: 'speaks about people in general',
      phrases: list(`
        people, most people, everyone, human, humans, society, the world, men, women, kids, children,
        companies, leaders, founders, customers, life, nobody
      `),
    },
    comparison: {
      place: 'anywhere',
      praise: 'weighs one thing against another',
      phrases: list(`
        than, more than, less than, better, worse, bigger, faster, harder, easier, cheaper, higher,
        lower, stronger, smarter, as much as, compared to, twice, times more, half of
      `),
    },
    duty: {
      place: 'anywhere',
      praise: 'says what to do',
      phrases: list(`
        should, must, have to, need to, you need, ought to, has to, needs to, shouldn't, got to, need,
        needs, want, wants
      `),
    },
    cause: {
      place: 'anywhere',
      praise: 'gives the reason',
      phrases: list(`
        because, therefore, as a result, leads to, the reason why, causes, due to
      `),
    },
  },
} as const satisfies Part;
