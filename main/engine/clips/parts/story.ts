import { list, type Part } from './part.ts';

/** Does something happen to somebody? Editors of talk shows chose stories less often than claims, so it weighs little. */
export const story = {
  max: 1,
  min: -7,
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
    confession: {
      place: 'anywhere',
      praise: 'admits something',
      phrases: list(`
        confession, i confess, i have to admit, i must admit, i admit, i was wrong, i got it wrong,
        my mistake, my biggest mistake, my worst, i made a mistake, i failed, i lied, i regret, my regret,
        i'm ashamed, i was ashamed, i'm embarrassed, i was embarrassed, i never told, never told anyone,
        i used to think, i used to believe, i was terrified, i was scared, i was afraid, i cried, i got fired,
        i was fired, i gave up, i almost quit, i should have, i wish i had, guilty, to be honest with you
      `),
    },
    reporting: {
      place: 'anywhere',
      praise: 'tells how it was',
      blame: 'reports what was instead of saying what is',
      phrases: list(`
        was, were, had, did, wanted, ago, went, came, got, started, told, asked, and then, then i, then we,
        didn't, wasn't, weren't, took, decided, used to, thought, made, gave, built, worked, found, tried,
        met, became
      `),
    },
    absentPeople: {
      place: 'anywhere',
      praise: 'is about somebody',
      blame: 'is about somebody who is not heard',
      phrases: list(`
        he, she, him, his, her, he's, she's, he'd, she'd, himself, herself
      `),
    },
  },
} as const satisfies Part;
