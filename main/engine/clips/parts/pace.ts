import type { Part } from './part.ts';

/** Does it move? */
export const pace = {
  max: 2,
  min: -6,
  features: {
    wordsPerSecond: { place: 'whole', praise: 'moves along', anyLanguage: true },
    deadAir: { place: 'whole', praise: 'stops for too long', anyLanguage: true },
    fillers: {
      place: 'anywhere',
      praise: 'stumbles',
      phrases: [
        'um',
        'uh',
        'uhm',
        'erm',
        'hmm',
        'mm',
        'mhm',
        'you know',
        'i mean',
        'sort of',
        'kind of',
        'kinda',
        'yeah',
        'like i',
        'or whatever',
        'and stuff',
        'stuff like that',
        'okay',
        'i guess',
        'basically',
        'et cetera',
      ],
    },
    loops: { place: 'anywhere', praise: 'repeats itself word for word', anyLanguage: true },
  },
} as const satisfies Part;
