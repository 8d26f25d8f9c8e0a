import { isWhole } from './enumerations.ts';
import { wordSet } from './language.ts';
import { FEATURES, featureNumber, type FeatureName } from './parts/catalogue.ts';
import type { Reading } from './reading.ts';
import { answersItself } from './turns.ts';

/** What an editor would call a moment, as far as its words show it. */
export interface Kind {
  readonly name: string;
  /** What else it holds; empty where there is nothing more to say. */
  readonly also: string;
}

/** Verbs in the past, by which telling what happened is known from claiming what is so. */
const PAST = wordSet(`
  was were had did went came took got told asked knew saw thought felt found made gave left began heard stood sat
  ran lost won said kept became brought bought built broke wrote spoke grew fell met paid sold spent taught wasn't
  weren't didn't couldn't hadn't
`);
const PAST_ENDING = /^[a-z]{2,}[^e]ed$/u;
/** Share of the words that are verbs in the past: above it somebody tells a story, above the other there is one in it. */
const STORY_SHARE = 0.1;
const SOME_STORY_SHARE = 0.06;
const TURNS = wordSet('then suddenly until instead');
const TURNS_AT_START = wordSet('but yet');
const COUNTS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];
const ADVICE = wordSet('how should try do steps step ways way rules tips');

const SUBJECT = 'Straight to the subject of the episode';

/** What stands out, by the features that speak for it. */
const NAMES: readonly { readonly name: string; readonly shownBy: readonly FeatureName[] }[] = [
  {
    name: 'A bold claim',
    shownBy: [
      'negation',
      'absolutes',
      'superlatives',
      'opensWithClaim',
      'opensWithContrast',
      'people',
      'quotableLine',
    ],
  },
  { name: 'Advice to take away', shownBy: ['duty', 'takeaways'] },
  { name: 'A look ahead', shownBy: ['prediction'] },
  { name: 'A number to remember', shownBy: ['numbers', 'opensWithNumber', 'money'] },
  { name: 'A picture that sticks', shownBy: ['picture'] },
  { name: 'A moment with feeling', shownBy: ['emotion'] },
  { name: 'Something at stake', shownBy: ['stakesWords'] },
  {
    name: SUBJECT,
    shownBy: ['titleWords', 'returningTerms', 'recurringPairs', 'repeatedPhrases', 'centralWords'],
  },
];
/** Less than this stands out from nothing. */
const LEAST_POINTS = 1;
/** The subject of the episode says little about the moment, so anything else of half its worth is named before it. */
const SUBJECT_SHARE = 0.4;

const tokensOf = ({ sentences }: Reading, first: number, last: number): string[] =>
  sentences.slice(first, last + 1).flatMap(({ tokens }) => tokens);

const holds = (reading: Reading, name: FeatureName, first: number, last: number): boolean =>
  reading.marks
    .slice(first, last + 1)
    .some((marks) => marks.some(({ feature }) => feature === featureNumber(name)));

function listName(reading: Reading, first: number, last: number): string | undefined {
  const list = reading.lists.find((one) => isWhole(one, first, last));
  const start = list?.steps[0];
  if (list === undefined || start === undefined) return undefined;
  const count = COUNTS[list.steps.length] ?? 'many';
  const announced = tokensOf(reading, Math.max(first, start - 2), start - 1);
  const isHowTo = announced.some((token) => ADVICE.has(token));
  return isHowTo
    ? `A how-to in ${count} steps`
    : `${count.charAt(0).toUpperCase()}${count.slice(1)} points, counted out`;
}

/** What gave most points, by the kind of moment that it makes. */
function strongestName(pointsOf: ReadonlyMap<number, number>): string | undefined {
  let best: { name: string; points: number } | undefined;
  NAMES.forEach(({ name, shownBy }, n) => {
    const sum = shownBy.reduce((total, feature) => total + (pointsOf.get(featureNumber(feature)) ?? 0), 0);
    const points = n === NAMES.length - 1 ? sum * SUBJECT_SHARE : sum;
    if (points >= LEAST_POINTS && points > (best?.points ?? 0)) best = { name, points };
  });
  return best?.name;
}

interface Story {
  readonly isStory: boolean;
  readonly hasStory: boolean;
  readonly turns: boolean;
}

function storyOf(reading: Reading, first: number, last: number): Story {
  const tokens = reading.english ? tokensOf(reading, first, last) : [];
  const past = tokens.filter((token) => PAST.has(token) || PAST_ENDING.test(token)).length;
  const share = past / Math.max(1, tokens.length);
  return {
    isStory: share >= STORY_SHARE,
    hasStory: share >= SOME_STORY_SHARE,
    turns:
      tokens.some((token) => TURNS.has(token)) ||
      reading.sentences.slice(first, last + 1).some((said) => TURNS_AT_START.has(said.tokens[0] ?? '')),
  };
}

function alsoOf(reading: Reading, story: Story, first: number, last: number): string {
  if (story.hasStory) return ' with a story behind it';
  return holds(reading, 'numbers', first, last) ? ' with a number in it' : '';
}

/** Names a moment; undefined where nothing in its words stands out. `pointsOf` holds what each feature gave. */
export function kindOf(
  reading: Reading,
  first: number,
  last: number,
  pointsOf: ReadonlyMap<number, number>,
): Kind | undefined {
  const list = listName(reading, first, last);
  if (list !== undefined) return { name: list, also: '' };
  const story = storyOf(reading, first, last);
  const also = alsoOf(reading, story, first, last);
  if (holds(reading, 'confession', first, last)) return { name: 'A confession', also };
  if (answersItself(reading.sentences, reading.turns, first, last))
    return { name: 'A question with its whole answer', also: '' };
  const opening = reading.marks[first] ?? [];
  if (story.hasStory && opening.some(({ feature }) => feature === featureNumber('opensWithNumber')))
    return { name: 'A number', also };
  if (story.isStory) return { name: story.turns ? 'A story with a turn in it' : 'A story', also: '' };
  const name = strongestName(pointsOf);
  return name === undefined ? undefined : { name, also: name === SUBJECT ? '' : also };
}

/** How a fault is put to a podcaster. */
export const faultOf = (feature: number): string =>
  FEATURES[feature]?.blame ?? FEATURES[feature]?.praise ?? '';
