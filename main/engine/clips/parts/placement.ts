import type { Part } from './part.ts';

/** Where in the episode it lies. Editors lift more from the first half; kept small, or every clip would come from there. */
export const placement = {
  max: 4,
  min: 0,
  features: {
    early: { place: 'whole', praise: 'comes early in the episode', anyLanguage: true },
  },
} as const satisfies Part;
