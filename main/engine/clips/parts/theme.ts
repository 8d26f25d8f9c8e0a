import type { Part } from './part.ts';

/** Does the clip speak about what the episode is about? Found by counting, so it works in every language. */
export const theme = {
  max: 31,
  min: -4,
  features: {
    titleWords: { place: 'anywhere', praise: 'speaks to the title', anyLanguage: true },
    returningTerms: {
      place: 'anywhere',
      praise: 'introduces what the episode keeps coming back to',
      anyLanguage: true,
    },
    introducedPhrases: {
      place: 'anywhere',
      praise: 'introduces a phrase that the episode keeps coming back to',
      anyLanguage: true,
    },
    titleSubject: { place: 'anywhere', praise: 'stays with what the title promises', anyLanguage: true },
    titleCompany: { place: 'anywhere', praise: 'uses words that go with the title', anyLanguage: true },
    promisedWords: {
      place: 'anywhere',
      praise: 'takes up what the introduction promised',
      anyLanguage: true,
    },
    recurringPairs: { place: 'anywhere', praise: "uses the episode's own terms", anyLanguage: true },
    repeatedPhrases: { place: 'anywhere', praise: 'says what is said again elsewhere', anyLanguage: true },
    centralWords: { place: 'anywhere', praise: 'stays on the main subject', anyLanguage: true },
    rareHere: { place: 'anywhere', praise: 'wanders off', anyLanguage: true },
  },
} as const satisfies Part;
