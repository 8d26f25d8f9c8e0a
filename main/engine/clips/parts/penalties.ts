import type { Part } from './part.ts';

/** What no listener wants in a clip. The points come from the ranges that are off limits, never from a fitted weight. */
export const penalties = {
  max: 0,
  min: -45,
  features: {
    offLimits: { place: 'whole', praise: 'runs into what is off limits', anyLanguage: true },
    unsureWords: { place: 'whole', praise: 'holds words the recogniser was not sure of', anyLanguage: true },
  },
} as const satisfies Part;
