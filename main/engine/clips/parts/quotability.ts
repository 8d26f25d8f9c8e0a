import type { Part } from './part.ts';

/** Is there a line in it that can stand on a card? */
export const quotability = {
  max: 3,
  min: 0,
  features: {
    quotableLine: { place: 'anywhere', praise: 'has a line to quote' },
  },
} as const satisfies Part;
