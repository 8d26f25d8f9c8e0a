import { expect, test } from 'vitest';
import type { Clip } from '../../../main/domain/clip.ts';
import { searchAgain } from '../../../main/engine/flows/searchEpisode.ts';
import { openLibraryBench, type LibraryBench } from '../../support/libraryBench.ts';
import { spoken, unrepeated } from '../clips/episodes.ts';

const lines = unrepeated(600).map((line, i) =>
  i % 11 === 5 ? `${line.slice(0, 5)}Why is it that nobody ever told me I was afraid of $${300 + i}?` : line,
);
const show = 'Still Works';
const pointsOf = (clip: Clip, part: string): number =>
  clip.parts.find(({ name }) => name === part)?.points ?? 0;

/** Keeps the clips that have most of one part and rejects the others. */
async function judgeBy(bench: LibraryBench, clips: readonly Clip[], part: string): Promise<void> {
  const sorted = clips.toSorted((a, b) => pointsOf(b, part) - pointsOf(a, part) || a.inS - b.inS);
  for (const [i, { id: clipId }] of sorted.entries())
    await bench.call('feedback.give', { clipId, decision: i < sorted.length / 2 ? 'keep' : 'reject' });
}

test('eight decisions move the weights, the ledger says why, and the next search goes by them', async () => {
  await using bench = await openLibraryBench();
  const clips = await bench.addEpisode('ep-1', spoken(lines));
  await judgeBy(bench, clips.slice(0, 7), 'insight');
  expect(await bench.call('learning.show', { show })).toMatchObject({
    signals: 7,
    multipliers: {},
    ledger: [],
  });
  const eighth = clips[7]?.id ?? '';
  await bench.call('feedback.give', { clipId: eighth, decision: 'reject' });
  const learned = await bench.call('learning.show', { show });
  expect(learned.multipliers['insight']).toBeGreaterThan(1);
  expect(learned.ledger.find(({ part }) => part === 'insight')).toMatchObject({
    before: 1,
    after: learned.multipliers['insight'],
    because: expect.stringMatching(/^In 8 judged clips, those you liked had .* points more here/) as string,
  });
  const again = await searchAgain(bench.engine, 'ep-1');
  for (const { parts, score, scorerVersion } of again) {
    expect(parts.find(({ name }) => name === 'insight')?.learned).toBe(learned.multipliers['insight']);
    expect(parts.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score, 6);
    expect(scorerVersion).toContain('insight+');
  }
  expect(await searchAgain(bench.engine, 'ep-1')).toEqual(again);

  await bench.call('feedback.undo', { clipId: eighth });
  const undone = await bench.call('learning.show', { show });
  expect(undone.multipliers).toEqual({});
  expect(undone.ledger[0]).toMatchObject({ after: 1, because: 'Fewer than 8 signals are left.' });
});

test('what was learned is judged by the points as they were before learning', async () => {
  await using bench = await openLibraryBench();
  const clips = await bench.addEpisode('ep-1', spoken(lines));
  await judgeBy(bench, clips.slice(0, 8), 'insight');
  await searchAgain(bench.engine, 'ep-1');
  const now = await bench.call('clips.list', { episodeId: 'ep-1' });
  const same = now.find(({ id }) => id === clips[0]?.id) ?? expect.fail('the best clip is gone');
  const { feedback } = await bench.call('feedback.give', { clipId: same.id, rating: 5 });
  const insight = feedback.at(-1)?.judged?.parts['insight'] ?? 0;
  expect(Math.abs(insight - pointsOf(clips[0] ?? same, 'insight'))).toBeLessThan(0.1);
  expect(pointsOf(same, 'insight')).not.toBe(insight);
});

test('a frozen show stays as it is until it is let go; a reset one starts anew and keeps the feedback', async () => {
  await using bench = await openLibraryBench();
  const clips = await bench.addEpisode('ep-1', spoken(lines));
  await judgeBy(bench, clips.slice(0, 8), 'insight');
  const before = await bench.call('learning.freeze', { show, isFrozen: true });
  await judgeBy(bench, clips.slice(8), 'landing');
  const frozen = await bench.call('learning.show', { show });
  expect(frozen.multipliers).toEqual(before.multipliers);
  const thawed = await bench.call('learning.freeze', { show, isFrozen: false });
  expect(thawed.multipliers).not.toEqual(before.multipliers);
  const anew = await bench.call('learning.reset', { show });
  expect(anew).toMatchObject({ signals: 0, multipliers: {}, agreement: null });
  expect(anew.ledger[0]).toMatchObject({ after: 1, because: 'You reset it.' });
  const clipId = clips[0]?.id ?? '';
  expect((await bench.call('feedback.list', { clipId })).feedback).toHaveLength(1);
});

test('from twenty decisions on the episode shows its hit rate, and a list no better than chance is in order of time', async () => {
  await using bench = await openLibraryBench();
  const clips = [
    ...(await bench.addEpisode('ep-1', spoken(lines))),
    ...(await bench.addEpisode('ep-2', spoken(lines.toReversed()))),
    ...(await bench.addEpisode(
      'ep-3',
      spoken(lines.map((line, i) => (i % 2 === 0 ? line : `${line} Truly.`))),
    )),
  ];
  expect(clips.length).toBeGreaterThanOrEqual(20);
  expect((await bench.call('episodes.open', { episodeId: 'ep-1' })).hitRate).toBeNull();
  const bestFirst = clips.toSorted((a, b) => b.score - a.score);
  for (const [i, { id: clipId }] of bestFirst.entries())
    await bench.call('feedback.give', { clipId, decision: i < clips.length - 10 ? 'reject' : 'keep' });
  const { hitRate, clips: listed } = await bench.call('episodes.open', { episodeId: 'ep-1' });
  expect(hitRate).toMatchObject({
    top: { kept: 0, of: 10 },
    bottom: { kept: 10, of: 10 },
    isBetterThanChance: false,
  });
  const starts = listed.map(({ inS }) => inS);
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  expect(listed.map(({ rank }) => rank)).not.toEqual(listed.map((_clip, i) => i + 1));
});
