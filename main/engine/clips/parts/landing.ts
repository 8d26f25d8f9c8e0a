import { list, type Part } from './part.ts';

/** Does it end where a thought ends? */
export const landing = {
  max: 11,
  min: -6,
  features: {
    endsWhole: { place: 'closing', praise: 'ends on a full stop', anyLanguage: true },
    endsShort: { place: 'closing', praise: 'ends on a short sentence', anyLanguage: true },
    endsWithPause: { place: 'closing', praise: 'leaves a pause after the last word', anyLanguage: true },
    endsTurn: { place: 'closing', praise: 'ends with the turn', anyLanguage: true },
    endsOnCue: {
      place: 'closing',
      praise: 'lands',
      phrases: list(`
        that's why, that's what, that's how, that's the, that's it, and that was, in the end,
        at the end of the day, period, the rest is, so the lesson, changed my life,
        changed everything, the whole point, it's that simple, ever, forever, nothing, everything,
        matters
      `),
    },
    endsOnQuestion: { place: 'closing', praise: 'leaves a question open', anyLanguage: true },
    endsOnAside: { place: 'closing', praise: 'ends on a remark in passing', anyLanguage: true },
    endsHanging: { place: 'closing', praise: 'ends in the middle of a sentence', anyLanguage: true },
    runsOn: { place: 'closing', praise: 'is cut off while the thought goes on' },
  },
} as const satisfies Part;
