import { describe, expect, test } from 'vitest';
import { ScoreProfile } from '../../../main/domain/show.ts';
import type { Candidate, ScorePart } from '../../../main/domain/clip.ts';
import { findClips } from '../../../main/engine/clips/find.ts';
import { PART_NAMES } from '../../../main/engine/clips/parts/part.ts';
import { MOST_TOGETHER } from '../../../main/engine/clips/score.ts';
import { limitsOf } from '../../../main/engine/clips/weights.ts';
import { conversation, heard, spoken } from './episodes.ts';

const lines = conversation(120);
const AT = 60;
const title = 'Inside a bakery';

interface Pair {
  readonly part: string;
  readonly without: string;
  readonly with: string;
  /** The words that the evidence has to point at. */
  readonly points: RegExp;
  /** Whether the changed phrase earns or costs. */
  readonly sign: 1 | -1;
  readonly profile?: ScoreProfile;
  /** How many sentences of the clip come before it; none where it opens the clip. */
  readonly after?: number;
}

/** The clip of six sentences that opens with the line, or has it after so many others. */
function clipWith(line: string, profile: ScoreProfile = 'insight', after = 0): Candidate {
  const said = spoken([...lines.slice(0, AT + after), `Ada: ${line}`, ...lines.slice(AT + after)]);
  const inS = Math.round((said.segments[AT]?.fromS ?? 0) * 1000) / 1000;
  const outS = said.segments[AT + 5]?.toS ?? 0;
  const clips = findClips({
    ...said,
    title,
    profile,
    limit: 10_000,
    shortestS: outS - inS - 0.001,
    longestS: outS - inS + 0.001,
  }).clips;
  const clip = clips.find((one) => one.inS === inS);
  if (clip === undefined) throw new Error(`no clip opens with “${line}”`);
  return clip;
}

const partOf = ({ parts }: Candidate, name: string): ScorePart | undefined =>
  parts.find((part) => part.name === name);

/** One changed phrase each; everything else in the episode is the same, and so is the number of words. */
const PAIRS: readonly Pair[] = [
  {
    part: 'hook',
    without: 'Each street has a small shop.',
    with: 'Hello street has a small shop.',
    points: /hello/iu,
    sign: -1,
  },
  {
    part: 'standsAlone',
    without: 'Each street has a small shop.',
    with: 'Because street has a small shop.',
    points: /because/iu,
    sign: -1,
  },
  {
    part: 'theme',
    without: 'Each street has a small shop.',
    with: 'Each street has a small bakery.',
    points: /bakery/iu,
    sign: 1,
  },
  {
    part: 'insight',
    without: 'Each street has a small shop.',
    with: 'Each street has the smallest shop.',
    points: /smallest/iu,
    sign: 1,
  },
  {
    part: 'stakes',
    without: 'Each street has a small shop.',
    with: 'Each street has a dying shop.',
    points: /dying/iu,
    sign: 1,
  },
  {
    part: 'story',
    without: 'Each street, I say, has shops.',
    with: 'Each street, I confess, has shops.',
    points: /i confess/iu,
    sign: 1,
    profile: 'story',
  },
  {
    part: 'humour',
    without: 'Each street has a small shop.',
    with: 'Each street has a hilarious shop.',
    points: /hilarious/iu,
    sign: 1,
    profile: 'humour',
  },
  {
    part: 'quotability',
    without: 'Each street has, I find, a shop.',
    with: 'Each street has, picture this, a shop.',
    points: /picture this/iu,
    sign: 1,
  },
  {
    part: 'pace',
    without: 'Each street has a small shop.',
    with: 'Each street has um small shop.',
    points: /\bum\b/iu,
    sign: -1,
  },
  {
    part: 'shape',
    without: 'Each street over here has shops.',
    with: 'Each street did you find shops.',
    points: /did you find/iu,
    sign: -1,
    after: 2,
  },
];

describe('one changed phrase', () => {
  test.each(PAIRS)(
    'moves the part it belongs to: $part',
    ({ part, without, with: changed, points, sign, profile, after: before = 0 }) => {
      const [plain, told] = [clipWith(without, profile, before), clipWith(changed, profile, before)];
      const [left, earned] = [partOf(plain, part), partOf(told, part)];
      const movedBy = (name: string): number =>
        ((partOf(told, name)?.points ?? 0) - (partOf(plain, name)?.points ?? 0)) * sign;
      expect(movedBy(part)).toBeGreaterThan(0);
      const movedMore = PART_NAMES.filter(
        (name) => name !== part && Math.abs(movedBy(name)) >= movedBy(part),
      );
      expect(movedMore).toEqual([]);
      const named = earned?.because.filter(
        ({ text, points: given }) => points.test(text) && given * sign > 0,
      );
      expect(named?.length).toBeGreaterThan(0);
      expect(left?.because.filter(({ text }) => points.test(text))).toEqual([]);
    },
  );

  test('an ending that lands earns points for its last words', () => {
    const endingOf = (line: string): ScorePart | undefined => {
      const said = spoken([...lines.slice(0, AT + 5), `Ada: ${line}`, ...lines.slice(AT + 5)]);
      const [inS, outS] = [said.segments[AT]?.fromS ?? 0, said.segments[AT + 5]?.toS ?? 0];
      const { clips } = findClips({ ...said, all: true });
      const found = clips.find((one) => Math.abs(one.inS - inS) < 0.01 && Math.abs(one.outS - outS) < 0.01);
      const clip = findClips({
        ...said,
        limit: 10_000,
        shortestS: outS - inS - 0.001,
        longestS: outS - inS + 0.001,
      }).clips.find((one) => one.inS === found?.inS);
      return clip?.parts.find(({ name }) => name === 'landing');
    };
    const plain = endingOf('Every morning the oven is warm for us all.');
    const landed = endingOf('Every morning the oven, in the end, warms.');
    expect(landed?.points).toBeGreaterThan(plain?.points ?? Infinity);
    expect(landed?.because.map(({ text }) => text)).toContain('in the end');
  });

  test('an earlier moment earns more for its place, a later one less', () => {
    const { clips } = findClips({ ...spoken(lines), all: true });
    const inOrder = [...clips]
      .sort((a, b) => a.inS - b.inS)
      .map((clip) => partOf(clip, 'placement')?.points ?? NaN);
    expect(inOrder[0]).toBeGreaterThan(inOrder.at(-1) ?? NaN);
  });

  test('a louder moment earns more for its delivery', () => {
    const said = spoken(lines);
    const levelsWith = (dbfs: number) =>
      heard(
        said.durationS,
        said.segments.map(({ fromS, toS }, at) => ({
          fromS,
          toS,
          dbfs: at >= AT && at < AT + 8 ? dbfs : -24,
        })),
      );
    const deliveryAt = (dbfs: number): number => {
      const { clips } = findClips({ ...said, ...levelsWith(dbfs), all: true });
      const fromS = said.segments[AT]?.fromS ?? 0;
      return (
        partOf(clips.find(({ inS }) => Math.abs(inS - fromS) < 0.3) ?? clips[0] ?? clipWith(''), 'delivery')
          ?.points ?? NaN
      );
    };
    expect(deliveryAt(-12)).toBeGreaterThan(deliveryAt(-36));
  });
});

test.each(ScoreProfile.options)('all parts of the %s profile together give the same', (profile) => {
  const most = PART_NAMES.reduce((sum, name) => sum + limitsOf(name, profile).max, 0);
  expect(most).toBeCloseTo(MOST_TOGETHER, 6);
});

test('a part that cannot speak says why, and the scaling part makes up for it', () => {
  const german = Array.from(
    { length: 60 },
    (_, i) => `Der Bäcker Nummer ${i} erzählt heute wieder von seinem alten Ofen, und alle hören zu.`,
  );
  const [clip] = findClips({ ...spoken(german), language: 'de' }).clips;
  const silent = clip?.parts.flatMap(({ name, silent: why }) => (why === undefined ? [] : [[name, why]]));
  expect(silent).toEqual([
    ['insight', 'not available for German'],
    ['story', 'not available for German'],
    ['quotability', 'not available for German'],
    ['delivery', 'the sound was not listened to'],
  ]);
  const [english] = findClips(spoken(lines)).clips;
  expect(english?.parts.filter(({ silent: why }) => why !== undefined).map(({ name }) => name)).toEqual([
    'delivery',
  ]);
});

test.each([
  ['Japanese', '今日は新しいパンの話をします。'],
  ['Chinese', '今天我们来谈谈新的面包！'],
  ['Hindi', 'आज हम नई रोटी की बात करेंगे।'],
  ['Urdu', 'آج ہم نئی روٹی کی بات کریں گے۔'],
  ['Amharic', 'ዛሬ ስለ አዲስ ዳቦ እንነጋገራለን።'],
])('sentences of %s end at their own marks', (_, sentence) => {
  const { clips } = findClips(spoken(Array.from({ length: 90 }, () => sentence)));
  expect(clips.length).toBeGreaterThan(0);
  const [clip] = clips;
  expect(clip?.parts.find(({ name }) => name === 'landing')?.points).toBeGreaterThan(0);
});
