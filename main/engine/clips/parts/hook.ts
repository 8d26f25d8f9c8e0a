import { list, type Part } from './part.ts';
import { SMALL_TALK } from './shape.ts';

/** Do the first words make a listener stay? */
export const hook = {
  max: 5,
  min: -6,
  features: {
    opensWithQuestion: { place: 'opening', praise: 'opens with a question', anyLanguage: true },
    opensWithClaim: {
      place: 'opening',
      praise: 'opens with a strong claim',
      phrases: list(`
        never, always, nobody, no one, everyone, everybody, most people, the biggest, the best,
        the worst, the most, the only, the reason, the secret, the key, the truth, the problem,
        the number one, impossible, nothing, every
      `),
    },
    opensWithContrast: {
      place: 'opening',
      praise: 'opens against what is expected',
      phrases: list(`
        actually, instead, turns out, everyone thinks, people think, opposite, rather than, not
      `),
    },
    opensWithNumber: { place: 'opening', praise: 'opens with a number', anyLanguage: true },
    opensWithGreeting: {
      place: 'opening',
      praise: 'opens with a greeting',
      phrases: list(`
        hello, hey, hi, welcome, thank you, thanks, good morning, nice to meet, great to have,
        happy to be here, congratulations
      `),
    },
    opensWithSmallTalk: { place: 'opening', praise: 'opens with small talk', phrases: SMALL_TALK },
    opensWithFiller: {
      place: 'opening',
      praise: 'opens with a stumble',
      phrases: list(`
        um, uh, you know, i mean, okay, well, hmm, let me see, sort of, kind of
      `),
    },
  },
} as const satisfies Part;
