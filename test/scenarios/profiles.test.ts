import { expect, test } from 'vitest';
import { openSample } from '../support/sampleLibrary.ts';

test('an episode is searched for what it or its show was chosen for, and its scores say so', async () => {
  await using sample = await openSample();
  const { call, episodeId } = sample;
  const look = async () => {
    const { clips, profile } = await call('episodes.open', { episodeId });
    return { profile, versions: [...new Set(clips.map(({ scorerVersion }) => scorerVersion))], clips };
  };
  const usual = await look();
  expect(usual.profile).toEqual({ ofEpisode: null, ofShow: 'insight', inForce: 'insight' });

  await call('profile.choose', { episodeId, profile: 'mixed' });
  const mixed = await look();
  expect(mixed.profile).toEqual({ ofEpisode: 'mixed', ofShow: 'insight', inForce: 'mixed' });
  expect(mixed.versions).toEqual([`${usual.versions[0] ?? ''}-mixed`]);
  for (const { score, parts } of mixed.clips)
    expect(parts.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score, 5);

  await call('profile.chooseForShow', { episodeId, profile: 'humour' });
  const funny = await look();
  expect(funny.profile).toEqual({ ofEpisode: null, ofShow: 'humour', inForce: 'humour' });
  await call('profile.chooseForShow', { episodeId, profile: 'insight' });
  const back = await look();
  expect(back.clips.map(({ inS, outS, score }) => [inS, outS, score])).toEqual(
    usual.clips.map(({ inS, outS, score }) => [inS, outS, score]),
  );
});

test('a clip that was made of a range goes again when that is taken back, and the others stay', async () => {
  await using sample = await openSample();
  const { call, episodeId } = sample;
  const before = await call('clips.list', { episodeId });
  const [first] = before;
  const made = await call('clips.fromRange', { episodeId, range: { fromS: 165, toS: 180 } });
  expect(before.map(({ id }) => id)).not.toContain(made.id);
  const kept = await call('clips.fromRange', {
    episodeId,
    range: { fromS: first?.inS ?? 0, toS: first?.outS ?? 0 },
  });
  expect(kept).toMatchObject({ id: first?.id, state: 'kept' });
  await call('clips.letGo', { clipId: made.id });
  const after = await call('clips.list', { episodeId });
  expect(after.map(({ id, state }) => [id, state])).toEqual(
    before.map(({ id }) => [id, id === kept.id ? 'kept' : 'candidate']),
  );
});

test('marks that came together go together, and a reset of what was learned is taken back', async () => {
  await using sample = await openSample();
  const { call, episodeId } = sample;
  const { marks } = await call('marks.import', { episodeId, text: '1:10 the lamp\n3:20 the fuse' });
  const marked = await call('clips.list', { episodeId });
  expect(marked.filter(({ foundBy }) => foundBy === 'mark')).toHaveLength(2);
  await expect(call('marks.remove', { markIds: [...marks.map(({ id }) => id), 999] })).rejects.toThrow();
  expect(await call('marks.list', { episodeId })).toHaveLength(2);
  await call('marks.remove', { markIds: marks.map(({ id }) => id) });
  const after = await call('clips.list', { episodeId });
  expect(after.filter(({ foundBy }) => foundBy === 'mark')).toEqual([]);

  const { episode } = await call('episodes.open', { episodeId });
  for (const [at, { id }] of after.entries())
    await call('feedback.give', { clipId: id, decision: at % 2 === 0 ? 'keep' : 'reject' });
  const before = await call('learning.show', { show: episode.showId });
  const reset = await call('learning.reset', { show: episode.showId });
  expect(reset.signals).toBe(0);
  const restored = await call('learning.restore', {
    show: episode.showId,
    setAsideTo: before.setAsideTo,
  });
  expect(restored).toMatchObject({ signals: before.signals, multipliers: before.multipliers });
});
