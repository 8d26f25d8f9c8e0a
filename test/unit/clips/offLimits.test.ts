import { describe, expect, test } from 'vitest';
import { findClips } from '../../../main/engine/clips/find.ts';
import { conversation, spoken } from './episodes.ts';

const lines = conversation(200);
const advert = [
  'Ada: This episode is brought to you by Acme Ovens.',
  'Ada: Every oven they build is the best in the world.',
  'Ada: Use code BREAD for 20% off your first order.',
];
const kindsIn = (text: readonly string[]): string[] =>
  findClips(spoken(text)).offLimits.map(({ kind }) => kind);

describe('what is off limits', () => {
  test('an advert is found from its first cue to its last, with the words that gave it away', () => {
    const { segments, durationS } = spoken([...lines.slice(0, 100), ...advert, ...lines.slice(100)]);
    const [from, , to] = segments.slice(100, 103);
    expect(findClips({ segments, durationS }).offLimits).toEqual([
      {
        fromS: from?.fromS,
        toS: to?.toS,
        kind: 'advert',
        reason: 'An advert: somebody says “brought to you by”.',
      },
    ]);
  });

  test.each([
    ['intro', ['Ada: Welcome to the show, my guest today is Ben.', ...lines]],
    ['outro', [...lines, 'Ada: Thanks for listening and see you next week.']],
    ['housekeeping', [...lines.slice(0, 90), 'Ada: Please rate and review us.', ...lines.slice(90)]],
    ['advert', [...lines.slice(0, 90), 'Ada: You can get it at acme.com/show today.', ...lines.slice(90)]],
  ])('%s is known by its words', (kind, text) => {
    expect(kindsIn(text)).toEqual([kind]);
  });

  test('plain talk is not off limits, even about sponsors', () => {
    expect(kindsIn([...lines.slice(0, 90), 'Ada: Clubs need a sponsor.', ...lines.slice(90)])).toEqual([]);
  });

  test("a show's own phrases count", () => {
    const own = findClips({ ...spoken(lines), offLimitsPhrases: ['Every library never sleeps'] });
    expect(own.offLimits.length).toBeGreaterThan(0);
    expect(own.offLimits.every(({ kind }) => kind === 'advert')).toBe(true);
  });

  test('no clip is proposed that holds more of it than one sentence', () => {
    const { clips, offLimits } = findClips(spoken([...lines.slice(0, 100), ...advert, ...lines.slice(100)]));
    const [range] = offLimits;
    for (const { text } of clips)
      expect(text.includes('brought to you') && text.includes('Use code')).toBe(false);
    expect(range).toBeDefined();
  });

  test('an episode that is nothing but an advert still gives its best', () => {
    const { clips } = findClips(spoken([...advert, ...advert, ...advert]));
    expect(clips.length).toBeGreaterThan(0);
    expect(clips[0]?.parts.find(({ name }) => name === 'penalties')?.points).toBeLessThan(0);
  });

  test('adding a sponsor sentence never raises a score', () => {
    const before = findClips({ ...spoken(lines), all: true }).clips;
    const sponsored = [
      ...lines.slice(0, 100),
      'Ada: Use code BREAD for 20% off everything.',
      ...lines.slice(100),
    ];
    const after = findClips({ ...spoken(sponsored), all: true }).clips;
    const scores = new Map(before.map(({ text, score }) => [text, score]));
    const raised = after.filter(({ text, score }) => {
      const plain = scores.get(text.replace(' Use code BREAD for 20% off everything.', ''));
      return text.includes('Use code') && plain !== undefined && score > plain;
    });
    const touched = after.filter(({ text }) => text.includes('Use code'));
    expect(touched.length).toBeGreaterThan(20);
    expect(raised).toEqual([]);
  });
});
