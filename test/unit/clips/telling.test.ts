import { describe, expect, test } from 'vitest';
import { clausesOf } from '../../../main/engine/clips/clauses.ts';
import { findClips } from '../../../main/engine/clips/find.ts';
import { readSentences } from '../../../main/engine/clips/sentences.ts';
import { conversation, spoken } from './episodes.ts';

const clausesIn = (text: string): string[] => {
  const { segments, durationS } = spoken([text]);
  const [sentence] = readSentences(segments, durationS, 60);
  return sentence === undefined
    ? []
    : clausesOf(sentence, true).map(({ from, to }) =>
        sentence.words
          .slice(from, to)
          .map((word) => word.text)
          .join(' '),
      );
};

describe('whole clauses', () => {
  test('a clause is never cut in the middle of a list', () => {
    const said = 'Every winter I walk past chairs, lamps and tables on the pavement, and most of them work.';
    expect(clausesIn(said)).toEqual(['most of them work.', said]);
  });

  test('clauses joined without a comma are parted, and an opinion says the same without its hedge', () => {
    const joined = 'I sold the boat and nobody told me why because they were afraid.';
    expect(clausesIn(joined)).toEqual(['I sold the boat', 'nobody told me why', joined]);
    const even = 'I sold the old boat but we kept the engine.';
    expect(clausesIn(even)).toEqual(['I sold the old boat', 'we kept the engine.', even]);
    const hedged = 'I think that a good engine is worth a boat.';
    expect(clausesIn(hedged)).toEqual(['a good engine is worth a boat.', hedged]);
  });

  test('a clause without its subject is not offered alone', () => {
    const said = 'He put down his coat, went to fetch his own radio, and it played.';
    expect(clausesIn(said)).not.toContain('went to fetch his own radio,');
  });

  test('what hangs on another clause is not offered alone', () => {
    const said = 'If you lose the key, the door is only a wall.';
    expect(clausesIn(said)).toEqual(['the door is only a wall.', said]);
  });

  test('words without a verb are no clause', () => {
    const said = 'I took twelve chairs, four boxes and forty cakes, and nobody came.';
    expect(clausesIn(said)).not.toContain('four boxes and forty cakes,');
  });
});

const lines = conversation(80);
const bestOf = (moment: readonly string[]): { reason: string; title: string; text: string } => {
  const clips = findClips(spoken([...lines.slice(0, 40), ...moment, ...lines.slice(40)])).clips;
  const clip = clips.find(({ text }) => text.includes((moment[1] ?? '').slice(5)));
  return { reason: clip?.reason ?? '', title: clip?.title ?? '', text: clip?.text ?? '' };
};

describe('reasons in the words of an editor', () => {
  test('a confession is called one, with a line that is said in the clip', () => {
    const { reason, text } = bestOf([
      'Ben: Here is a confession that nobody at the factory has ever heard from me.',
      'Ben: I was wrong about everything, and I lost the best people because of it.',
      'Ben: Nobody ever tells you how much it costs to be afraid of your own mistakes.',
      'Ben: I have never said that out loud to anyone before this day.',
    ]);
    const quoted = /“(.+)”/u.exec(reason)?.[1] ?? 'nothing quoted';
    expect(reason).toMatch(/^A confession/u);
    expect(text.toLowerCase()).toContain(quoted.replace(/[.!?]$/u, '').toLowerCase());
  });

  test('every reason is one kind of moment, one line and at most one warning', () => {
    const { clips } = findClips(spoken(lines));
    expect(clips.length).toBeGreaterThan(2);
    for (const { reason } of clips) {
      expect(reason).toMatch(/^[A-Z][^“”]*(?:: “[^“”]+”|\.)(?: But it [^“”]+\.)?$/u);
      expect(reason.match(/But it/gu)?.length ?? 0).toBeLessThanOrEqual(1);
    }
  });

  test('an answer that begins with "that" is titled by what it says', () => {
    const { title } = bestOf([
      'Ada: What have all these years of baking taught you?',
      'Ben: That nobody ever comes for the bread.',
      'Ben: They sit down on the step, they wait until the street is empty, and then they talk to me.',
      'Ben: In the old house I wrote down every word, and I was always late with everything else.',
    ]);
    expect(title).toBe('Nobody ever comes for the bread');
  });
});
