import { list, type Part } from './part.ts';

/** Pleasantries, logistics and words about the talk itself. */
export const SMALL_TALK = list(`
  did you find, nice to meet, nice to see, good to see, great to see, good to have, great to have,
  how are you, how have you been, how's it going, how's everything, thanks for coming, thank you for coming,
  thanks for having, thank you for having, thanks for doing, thank you for doing, thanks for joining,
  thank you for joining, thanks for taking, thank you for taking, thanks for making,
  my pleasure, pleasure to, happy to be here, can you hear, are we recording, are you ready,
  before we start, before we begin, before we get started, before we go on, the weather, the traffic,
  no worries, no problem at all, you're welcome, not at all, no harm done, bear with me,
  in the notes, put that in, put a link, link to that, link to it, send you the, send me the,
  on our website, on the website, on my website, the email, as i said, like i said, as you said,
  as i mentioned, i mentioned before, i mentioned earlier, you mentioned, as we said, said earlier,
  where were we, where was i, where are we, which we've done, moving on, let's move on, next question,
  last question, final question, come back to that, get to that, out of time, running out of time,
  how much time, what time is it, my next question, quick question, fair enough, good question,
  great question, write that down, write that one down
`);

/** Does it make one point, whole, at a length that is listened to the end? */
export const shape = {
  max: 6,
  min: -16,
  features: {
    goodLength: {
      place: 'whole',
      praise: 'has a good length',
      blame: 'is over before it has begun',
      anyLanguage: true,
    },
    answersItself: { place: 'whole', praise: 'holds a question and its answer', anyLanguage: true },
    wholeList: { place: 'whole', praise: 'counts through all its steps' },
    cutList: { place: 'whole', praise: 'stops in the middle of a list' },
    furtherQuestions: { place: 'whole', praise: 'goes on to another question', anyLanguage: true },
    seams: { place: 'whole', praise: 'crosses from one subject into the next', anyLanguage: true },
    smallTalk: {
      place: 'anywhere',
      praise: 'drags in small talk',
      phrases: SMALL_TALK,
    },
    asides: { place: 'anywhere', praise: 'is broken up by short replies', anyLanguage: true },
  },
} as const satisfies Part;
