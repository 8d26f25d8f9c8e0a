import { describe, expect, test } from 'vitest';
import { findQuote, groundHashtag, groundLine } from '../../../main/engine/reviewer/grounding.ts';
import { spokenIn } from '../../../main/engine/reviewer/spoken.ts';
import { speak } from '../../support/speak.ts';

const SENTENCES = [
  'Most lamps that come to our table are not broken at all.',
  "You should never, ever buy a new lamp before you've checked the fuse.",
  'The fuse costs 40 cents, and it takes four minutes to change.',
  'Is the shop always right?',
  'She told me that he lied to the customers.',
  'People who repair things together stay together.',
];
const spoken = spokenIn(speak(SENTENCES), { inS: 0, outS: 1000 });
const why = (title: string): string => {
  const grounded = groundLine(title, spoken);
  return grounded.isSaid ? 'said' : grounded.why;
};

describe('a title that the clip says', () => {
  test.each([
    'Never buy a new lamp before you check the fuse',
    'Most lamps are not broken',
    'A fuse costs 40 cents',
    'The fuse takes 4 minutes to change',
    'He lied to customers',
    'Why people who repair together stay together',
    'Is the shop always right?',
    'How a fuse costs 40 cents and takes four minutes to change',
  ])('is taken: %s', (title) => {
    expect(why(title)).toBe('said');
  });

  test('is told where it is said', () => {
    const grounded = groundLine('  The fuse   costs 40 cents ', spoken);
    expect(grounded).toEqual({
      isSaid: true,
      said: { text: 'The fuse costs 40 cents', fromS: 11, toS: 12.6 },
    });
  });
});

describe('a title that the clip does not say', () => {
  test.each([
    ['adds a word', 'The shocking fuse costs 40 cents', 'the clip does not say "shock"'],
    ['changes a number', 'The fuse costs 14 cents', 'the clip does not say "14"'],
    ['names somebody else', 'Edison lied to the customers', 'the clip does not say "edison"'],
    ['says it of somebody else', 'They lied to the customers', 'the clip does not say "they"'],
    ['makes an advice an order', 'You must never buy a new lamp', 'the clip does not say "must"'],
    ['drops a not', 'Most lamps are broken', 'it leaves out a "not" and says the opposite'],
    ['drops a never', 'You should buy a new lamp', 'it leaves out a "not" and says the opposite'],
    ['adds a not', 'The fuse does not cost 40 cents', 'the clip does not say this in one breath'],
    ['turns it round', 'The customers lied to him', 'the clip does not say "him"'],
    ['changes who did what to whom', 'Customers lied', 'the clip does not say this in one breath'],
    ['makes a claim of a question', 'The shop is always right', 'it makes a claim of a question'],
    ['joins what lies apart', 'Broken lamps stay together', 'the clip does not say this in one breath'],
    ['holds an address', 'Fuse 40 cents www.fuse.example', 'it holds an address or marks that nobody says'],
    [
      'holds marks of a page',
      'The fuse <b>costs</b> 40 cents',
      'it holds an address or marks that nobody says',
    ],
    ['is one word', 'Fuse', 'it has 1 words; 2 to 14 are taken'],
    ['names nothing', 'This is what it is', 'it names nothing'],
    ['is too long', 'The fuse costs 40 cents '.repeat(4), 'it is longer than 80 characters'],
  ])('is refused where it %s', (_what, title, reason) => {
    expect(why(title)).toBe(reason);
  });
});

describe('a quote', () => {
  test('is found word for word, across sentences, and given in the spelling of the clip', () => {
    expect(findQuote('not broken AT ALL you should never ever', spoken)?.text).toBe(
      'not broken at all. You should never, ever',
    );
    expect(findQuote('The fuse costs 40 cents', spoken)).toMatchObject({ fromS: 10.6, toS: 12.6 });
  });

  test('is none where a word differs, is missing, or stands alone', () => {
    expect(
      ['the fuse cost 40 cents', 'fuse 40 cents', 'fuse', ''].map((quote) => findQuote(quote, spoken)),
    ).toEqual([undefined, undefined, undefined, undefined]);
  });
});

test('a hashtag is words that follow each other in the clip, and nothing else', () => {
  const tags = [
    '#NewLamp',
    'customers',
    '#fuse',
    '#BuyNow',
    '#new lamp',
    '#a',
    'https://x.example',
    '#lampfuse',
  ];
  expect(tags.map((tag) => groundHashtag(tag, spoken))).toEqual([
    '#NewLamp',
    '#customers',
    '#fuse',
    ...Array.from({ length: 5 }, () => undefined),
  ]);
});
