import type { Part } from './part.ts';

/** How it sounds, against the rest of the same episode; silent when nobody has measured the sound. */
export const delivery = {
  max: 5,
  min: 0,
  features: {
    loudness: { place: 'whole', praise: 'is said with force', anyLanguage: true },
    rise: { place: 'whole', praise: 'builds up', anyLanguage: true },
    dynamics: { place: 'whole', praise: 'is lively', anyLanguage: true },
  },
} as const satisfies Part;
