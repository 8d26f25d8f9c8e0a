import { list, type Part } from './part.ts';

/** Does something happen to somebody? Editors of talk shows chose stories less often than claims, so it weighs little. */
export const story = {
  max: 2,
  min: -1,
  features: {
    storyTurns: {
      place: 'anywhere',
      praise: 'tells what happened',
      phrases: list(`
        one day, i remember, i was like, he said, she said, they said, he told me, she told me,
        told me, suddenly, all of a sudden, that night, that morning, the next day, when i was,
        years ago, at first, in the end, ended up, walked into, called me, happened, the moment,
        decided to, grew up, i thought, we were, i had to, back then, at that time, my mom, my dad,
        my wife, my husband, my father, my mother
      `),
    },
    voices: { place: 'anywhere', praise: 'goes back and forth', anyLanguage: true },
  },
} as const satisfies Part;
