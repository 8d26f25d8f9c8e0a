import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Segment } from '../../../main/domain/transcript.ts';
import { findClips } from '../../../main/engine/clips/find.ts';
import { placeTranscript } from '../../../main/engine/flows/placeTranscript.ts';
import { transcriptFromBytes } from '../../../main/engine/transcripts/load.ts';
import { openEpisode, spoken } from '../../support/words.ts';

const sample = join(import.meta.dirname, '../../../resources/sample');
const sampleWords = (): Segment[] =>
  transcriptFromBytes(readFileSync(join(sample, 'still-works-23-the-lamp-on-table-four.vtt')), 'lamp.vtt', {})
    .segments;

/** The sample's words with its clips found, the best one kept and the second rejected. */
async function openSample() {
  const segments = sampleWords();
  const shelf = await openEpisode(segments);
  const durationS = shelf.engine.episodes.get('ep-1')?.episode.durationS ?? 0;
  const found = findClips({ segments, durationS, title: 'The lamp', language: 'en', limit: 6 });
  await shelf.engine.library.write(() => {
    shelf.engine.clips.replaceCandidates('ep-1', found.clips, 1);
  });
  const [best, second] = await shelf.call('clips.list', { episodeId: 'ep-1' });
  if (best === undefined || second === undefined) throw new Error('nothing was found');
  await shelf.call('clips.decide', { clipId: best.id, decision: 'keep' });
  await shelf.call('clips.decide', { clipId: second.id, decision: 'reject' });
  return { shelf, segments, best, [Symbol.asyncDispose]: () => shelf[Symbol.asyncDispose]() };
}

const ref = (segment: Segment | undefined): { fromS: number; text: string } => {
  if (segment === undefined) throw new Error('no such sentence');
  return { fromS: segment.fromS, text: segment.text };
};

test('the words of a clip follow an edit, its range and what was decided on it do not, and undo brings all of it back', async () => {
  await using opened = await openSample();
  const { shelf, segments, best } = opened;
  const before = await shelf.call('clips.list', { episodeId: 'ep-1' });
  const inside = segments.find((segment) => segment.fromS >= best.inS && segment.toS <= best.outS);
  const text = `${inside?.text ?? ''} Zanzibar!`;
  const outcome = await shelf.call('transcript.edit', {
    episodeId: 'ep-1',
    edit: { kind: 'words', sentence: ref(inside), text },
  });
  expect(outcome.rescored).toContain(best.id);
  const after = await shelf.call('clips.list', { episodeId: 'ep-1' });
  expect(after.find(({ id }) => id === best.id)?.text).toContain('Zanzibar!');
  const whereAndWhat = (clips: typeof after) =>
    clips
      .map(({ id, inS, outS, state }) => ({ id, inS, outS, state }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(whereAndWhat(after)).toEqual(whereAndWhat(before));
  const untouched = (clips: typeof after) =>
    clips.filter(({ id }) => !outcome.rescored.includes(id)).map(({ id, score, text }) => [id, score, text]);
  expect(untouched(after)).toEqual(untouched(before));
  for (const clip of after) {
    const sum = clip.parts.reduce((total, part) => total + part.points, 0);
    expect(Math.min(100, Math.max(0, sum))).toBeCloseTo(clip.score, 6);
  }
  expect(shelf.engine.segments.listBase('ep-1')).toEqual(segments);

  await shelf.call('transcript.undo', { episodeId: 'ep-1' });
  expect(await shelf.call('clips.list', { episodeId: 'ep-1' })).toEqual(before);
  expect(shelf.engine.segments.list('ep-1')).toEqual(segments);
});

test('a kept clip that an edit cuts off in the middle of a sentence stays where it is and keeps its score', async () => {
  await using opened = await openSample();
  const { shelf, segments, best } = opened;
  const last = segments.find((segment) => Math.abs(segment.toS - best.outS) < 0.8);
  await shelf.call('transcript.edit', { episodeId: 'ep-1', edit: { kind: 'merge', sentence: ref(last) } });
  const clip = shelf.engine.clips.get(best.id);
  expect([clip?.inS, clip?.outS, clip?.state, clip?.score]).toEqual([
    best.inS,
    best.outS,
    'kept',
    best.score,
  ]);
  expect(clip?.text).toBe(best.text);
});

const short = spoken([
  ['Anna', 'The old lamp is broken.'],
  ['Anna', 'Nobody knows why cube nettis fails.'],
  ['Ben', 'I asked Cube Nettis, twice.'],
  ['Ben', 'A cube is not a net.'],
]);

test('undo and redo go step by step, over a restart, and a new edit ends what could be redone', async () => {
  await using shelf = await openEpisode(short);
  const type = (index: number, text: string) =>
    shelf.call('transcript.edit', {
      episodeId: 'ep-1',
      edit: { kind: 'words', sentence: ref(shelf.engine.segments.list('ep-1')[index]), text },
    });
  await type(0, 'The old ramp is broken.');
  await type(0, 'The old ramp was broken.');
  await shelf.call('transcript.undo', { episodeId: 'ep-1' });
  await shelf.restart();
  expect(shelf.texts()[0]).toBe('The old ramp is broken.');
  const redone = await shelf.call('transcript.redo', { episodeId: 'ep-1' });
  expect([shelf.texts()[0], redone.canUndo, redone.canRedo]).toEqual([
    'The old ramp was broken.',
    true,
    false,
  ]);
  await shelf.call('transcript.undo', { episodeId: 'ep-1' });
  const other = await type(3, 'A cube is no net.');
  expect(other.canRedo).toBe(false);
  await expect(shelf.call('transcript.redo', { episodeId: 'ep-1' })).rejects.toMatchObject({
    code: 'NOTHING_TO_UNDO',
  });
});

test('fifty steps can be undone, and the fifty-first stays but can be taken back by itself', async () => {
  await using shelf = await openEpisode(short);
  for (let count = 1; count <= 51; count++) {
    const [first] = shelf.engine.segments.list('ep-1');
    await shelf.call('transcript.edit', {
      episodeId: 'ep-1',
      edit: { kind: 'words', sentence: ref(first), text: `Lamp number ${count} is broken.` },
    });
  }
  for (let count = 1; count <= 50; count++) await shelf.call('transcript.undo', { episodeId: 'ep-1' });
  expect(shelf.texts()[0]).toBe('Lamp number 1 is broken.');
  await expect(shelf.call('transcript.undo', { episodeId: 'ep-1' })).rejects.toMatchObject({
    code: 'NOTHING_TO_UNDO',
  });
  const { edits } = await shelf.call('transcript.edits', { episodeId: 'ep-1' });
  for (const { id } of edits.filter(({ state }) => state === 'applied'))
    await shelf.call('transcript.setEdit', { episodeId: 'ep-1', editId: id, state: 'reverted' });
  expect(shelf.engine.segments.list('ep-1')).toEqual(short);
});

test('a sentence that was changed in another window is not overwritten', async () => {
  await using shelf = await openEpisode(short);
  const edit = { kind: 'words', sentence: ref(short[0]), text: 'The new lamp is broken.' } as const;
  await shelf.call('transcript.edit', { episodeId: 'ep-1', edit });
  await expect(shelf.call('transcript.edit', { episodeId: 'ep-1', edit })).rejects.toMatchObject({
    code: 'SENTENCE_CHANGED',
  });
});

test('find and replace shows every hit first, leaves out what it is told to, and is one step', async () => {
  await using shelf = await openEpisode(short);
  const replacement = { from: 'cube', to: 'dice', wholeWords: true, matchCase: false };
  const hits = await shelf.call('transcript.preview', { episodeId: 'ep-1', replacement });
  expect(hits.map(({ index, after }) => [index, after])).toEqual([
    [0, 'Nobody knows why dice nettis fails.'],
    [1, 'I asked dice Nettis, twice.'],
    [2, 'A dice is not a net.'],
  ]);
  expect(shelf.texts()).toEqual(short.map(({ text }) => text));
  await shelf.call('transcript.replace', { episodeId: 'ep-1', replacement, except: [1] });
  expect(shelf.texts().slice(1)).toEqual([
    'Nobody knows why dice nettis fails.',
    'I asked Cube Nettis, twice.',
    'A dice is not a net.',
  ]);
  await shelf.call('transcript.undo', { episodeId: 'ep-1' });
  expect(shelf.texts()).toEqual(short.map(({ text }) => text));
});

test.each([
  [
    'whole words only',
    { from: 'net', to: 'web', wholeWords: true, matchCase: true },
    ['A cube is not a web.'],
  ],
  [
    'parts of words, several in one',
    { from: 't', to: 'd', wholeWords: false, matchCase: true },
    ['Nobody knows why cube neddis fails.', 'I asked Cube Neddis, dwice.', 'A cube is nod a ned.'],
  ],
  [
    'marks around words stay',
    { from: 'cube nettis', to: 'Kubernetes', wholeWords: true, matchCase: false },
    ['Nobody knows why Kubernetes fails.', 'I asked Kubernetes, twice.'],
  ],
  [
    'a mark of its own',
    { from: ',', to: '', wholeWords: true, matchCase: true },
    ['I asked Cube Nettis twice.'],
  ],
])('find and replace: %s', async (_, replacement, changed) => {
  await using shelf = await openEpisode(short);
  await shelf.call('transcript.replace', { episodeId: 'ep-1', replacement });
  const before = short.map(({ text }) => text);
  expect(shelf.texts().filter((text) => !before.includes(text))).toEqual(changed);
});

test('the list of names corrects a transcript as it comes in; each change is listed and can be taken back for good', async () => {
  await using shelf = await openEpisode(spoken([['Anna', 'Nothing here.']]));
  await shelf.call('names.add', { showId: 'show-1', rule: { from: 'cube nettis', to: 'Kubernetes' } });
  const arrive = () =>
    shelf.engine.library.write(() => {
      placeTranscript(shelf.engine, 'ep-1', short, 20);
    });
  await arrive();
  expect(shelf.texts().slice(1, 3)).toEqual([
    'Nobody knows why Kubernetes fails.',
    'I asked Kubernetes, twice.',
  ]);
  expect(shelf.engine.segments.listBase('ep-1')).toEqual(short);
  const { edits } = await shelf.call('transcript.edits', { episodeId: 'ep-1' });
  expect(
    edits.map(({ author, operation }) => [
      author,
      operation.kind === 'words' && [operation.from, operation.to],
    ]),
  ).toEqual([
    ['rule', ['Cube Nettis,', 'Kubernetes,']],
    ['rule', ['cube nettis', 'Kubernetes']],
  ]);
  const [quoted] = edits;
  if (quoted === undefined) throw new Error('no edit');
  await shelf.call('transcript.setEdit', { episodeId: 'ep-1', editId: quoted.id, state: 'reverted' });
  expect(shelf.texts()[2]).toBe('I asked Cube Nettis, twice.');
  await arrive();
  await shelf.call('names.apply', { episodeId: 'ep-1' });
  expect(shelf.texts().slice(1, 3)).toEqual([
    'Nobody knows why Kubernetes fails.',
    'I asked Cube Nettis, twice.',
  ]);
});

test('a correction made by hand twice is offered as a rule, and no longer once it is one', async () => {
  await using shelf = await openEpisode(short);
  const correct = async (index: number, text: string) =>
    shelf.call('transcript.edit', {
      episodeId: 'ep-1',
      edit: { kind: 'words', sentence: ref(short[index]), text },
    });
  const once = await correct(1, 'Nobody knows why Kubernetes fails.');
  expect(once.offers).toEqual([]);
  const twice = await correct(2, 'I asked Kubernetes, twice.');
  const rule = { from: 'cube nettis', to: 'Kubernetes', matchCase: false };
  expect(twice.offers).toEqual([rule]);
  expect(await shelf.call('names.list', { showId: 'show-1' })).toEqual({ names: [], offers: [rule] });
  expect(await shelf.call('names.add', { showId: 'show-1', rule })).toEqual({ names: [rule], offers: [] });
  expect(await shelf.call('names.remove', { showId: 'show-1', from: 'Cube Nettis' })).toEqual({
    names: [],
    offers: [rule],
  });
});

test('edits outlive another recognition of the episode', async () => {
  await using shelf = await openEpisode(short);
  await shelf.call('transcript.edit', {
    episodeId: 'ep-1',
    edit: { kind: 'words', sentence: ref(short[3]), text: 'A cube is no net.' },
  });
  await shelf.call('transcript.edit', {
    episodeId: 'ep-1',
    edit: { kind: 'words', sentence: ref(short[0]), text: 'The old ramp is broken.' },
  });
  await shelf.call('transcript.edit', {
    episodeId: 'ep-1',
    edit: { kind: 'speaker', from: 'Ben', to: 'Benjamin' },
  });
  const again = [...spoken([['Anna', 'The gold clamp is woken.']]), ...short.slice(1)];
  await shelf.engine.library.write(() => {
    placeTranscript(shelf.engine, 'ep-1', again, 20);
  });
  expect(shelf.texts()).toEqual([
    'The gold clamp is woken.',
    'Nobody knows why cube nettis fails.',
    'I asked Cube Nettis, twice.',
    'A cube is no net.',
  ]);
  const { edits } = await shelf.call('transcript.edits', { episodeId: 'ep-1' });
  expect(edits.map(({ isFound }) => isFound)).toEqual([true, false, true]);
  expect(shelf.engine.segments.list('ep-1').at(-1)?.speaker).toBe('Benjamin');
});
