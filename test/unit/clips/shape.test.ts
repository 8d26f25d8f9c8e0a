import { describe, expect, test } from 'vitest';
import type { Candidate } from '../../../main/domain/clip.ts';
import { findEnumerations } from '../../../main/engine/clips/enumerations.ts';
import { findClips } from '../../../main/engine/clips/find.ts';
import { findBreaks } from '../../../main/engine/clips/pauses.ts';
import { readSentences } from '../../../main/engine/clips/sentences.ts';
import { lengthWorth } from '../../../main/engine/clips/shape.ts';
import { readTurns } from '../../../main/engine/clips/turns.ts';
import { conversation, spoken, type Spoken } from './episodes.ts';

const sentencesOf = ({ segments, durationS }: Spoken): ReturnType<typeof readSentences> =>
  readSentences(segments, durationS, 60);
const stepsIn = (lines: readonly string[]): (readonly number[])[] =>
  findEnumerations(sentencesOf(spoken(lines))).map(({ steps }) => steps);

const HOW_TO = [
  'Ada: How do I wake an old oven up again?',
  'Ben: Do three things and do them slowly.',
  'Ben: First, open every door and let the room get warm.',
  'Ben: Second, light a very small fire and leave it there for an hour.',
  'Ben: And third, bake one loaf and throw it away.',
  'Ben: After that the oven is awake.',
];
const lines = conversation(120);
const episode = spoken([...lines.slice(0, 60), ...HOW_TO, ...lines.slice(60)]);
const all = findClips({ ...episode, all: true }).clips;
const clipOf = (from: string, to: string): Candidate | undefined =>
  all.find(({ text }) => text.startsWith(from) && text.endsWith(to));
const pointsOf = (clip: Candidate | undefined, part: string): number =>
  clip?.parts.find(({ name }) => name === part)?.points ?? NaN;

describe('lists that are counted out loud', () => {
  test('their steps are found in order, with or without small words before them', () => {
    expect(stepsIn(HOW_TO)).toEqual([[2, 3, 4]]);
    expect(stepsIn(['Number one, go out.', 'Number two, come back.'])).toEqual([[0, 1]]);
    expect(stepsIn(['Firstly we ask.', 'Secondly we listen.', 'Finally we act.'])).toEqual([[0, 1, 2]]);
  });

  test('a first that no second follows, and amounts, are no list', () => {
    expect(stepsIn(['First we ask.', 'Then we listen.'])).toEqual([]);
    expect(stepsIn(['One man came in.', 'Two of them left.'])).toEqual([]);
  });

  test('a clip that stops inside a list loses points, one that finishes it gains', () => {
    const whole = clipOf('How do I wake', 'throw it away.');
    const cut = clipOf('How do I wake', 'for an hour.');
    expect(pointsOf(whole, 'shape') - pointsOf(cut, 'shape')).toBeGreaterThan(5);
    expect(whole?.score).toBeGreaterThan(cut?.score ?? Infinity);
  });
});

describe('one point a clip', () => {
  test('from 20 to 42 seconds the length is at its best', () => {
    expect([10, 20, 30, 42, 64].map((seconds) => lengthWorth(seconds))).toEqual([-3, 1, 1, 1, 0]);
    expect(lengthWorth(55)).toBeLessThan(lengthWorth(45));
  });

  test('a turn that hands over with a question asks for something new; one word more does not', () => {
    const sentences = sentencesOf(
      spoken([
        'Ada: I see.',
        'Ada: What did you do after that?',
        'Ben: I slept.',
        'Ada: Really?',
        'Ben: Yes.',
      ]),
    );
    expect([...readTurns(sentences).asks]).toEqual([1, 0, 0, 0, 0]);
  });

  test('without names everything is one turn', () => {
    const { first, last, asks } = readTurns(sentencesOf(spoken(['Why is that so hard?', 'It is not.'])));
    expect([[...first], [...last], [...asks]]).toEqual([
      [0, 0],
      [1, 1],
      [0, 0],
    ]);
  });

  test('a second question costs points', () => {
    const question = 'Ada: And what would you change about the whole town?';
    const [one = '', ...rest] = Array.from(
      { length: 12 },
      (_, i) => `Ben: The river rises slowly in the ${i} th spring of the year.`,
    );
    const plain = spoken(['Ada: Why do you live beside a river like that?', one, ...rest]);
    const asked = spoken([
      'Ada: Why do you live beside a river like that?',
      one,
      ...rest.slice(0, 5),
      question,
      ...rest.slice(5),
    ]);
    const shapeOf = ({ segments, durationS }: Spoken): number => {
      const found = findClips({ segments, durationS, all: true }).clips;
      const longest = found.filter(({ inS }) => inS === 0).sort((a, b) => b.outS - a.outS)[0];
      return pointsOf(longest, 'shape');
    };
    expect(shapeOf(asked)).toBeLessThan(shapeOf(plain));
  });

  test('pauses that are longer than usual part subjects; equal ones part nothing', () => {
    expect([...findBreaks(Float64Array.from([0.4, 0.4, 0.4, 1.1, 0.4, 0.5, 0]))]).toEqual([
      0, 0, 0, 1, 0, 0, 0,
    ]);
    expect([...findBreaks(Float64Array.from([0.9, 0.9, 0.9, 0.9]))]).toEqual([0, 0, 0, 0]);
  });

  test('small talk at the start costs points', () => {
    const talk = 'Ada: Did you find the house all right?';
    const asked = 'Ada: Did you build the house all alone?';
    const scoreOf = (line: string): number => {
      const said = spoken([...lines.slice(0, 60), line, ...lines.slice(60)]);
      const found = findClips({ ...said, all: true }).clips.filter(({ text }) =>
        text.startsWith(line.slice(5)),
      );
      return found[0]?.score ?? NaN;
    };
    expect(scoreOf(talk)).toBeLessThan(scoreOf(asked));
  });
});
