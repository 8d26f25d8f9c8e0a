import { list, type Part } from './part.ts';

/** Is there a line in it that can stand on a card? */
export const quotability = {
  max: 5,
  min: 0,
  features: {
    quotableLine: { place: 'anywhere', praise: 'has a line to quote' },
    picture: {
      place: 'anywhere',
      praise: 'paints a picture',
      phrases: list(`
        is like, it's like a, are like, was like a, feels like, as if, as though, imagine, picture this,
        think of it as, think of it like, the equivalent of, looks like, analogy, metaphor
      `),
    },
  },
} as const satisfies Part;
