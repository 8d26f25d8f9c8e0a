import { list, type Part } from './part.ts';

/** Does it move? */
export const pace = {
  max: 2,
  min: -5,
  features: {
    wordsPerSecond: { place: 'whole', praise: 'moves along', blame: 'is spoken slowly', anyLanguage: true },
    deadAir: { place: 'whole', praise: 'stops for too long', anyLanguage: true },
    fillers: {
      place: 'anywhere',
      praise: 'stumbles over its words',
      phrases: list(`
        um, uh, uhm, erm, hmm, mm, mhm, you know, i mean, sort of, kind of, kinda, yeah, like i,
        or whatever, and stuff, stuff like that, okay, i guess, basically, et cetera
      `),
    },
    loops: { place: 'anywhere', praise: 'repeats itself word for word', anyLanguage: true },
  },
} as const satisfies Part;
