import { expect, test } from 'vitest';
import type { Candidate, Clip } from '../../../main/domain/clip.ts';
import type { ExportedFile } from '../../../main/domain/exportedFile.ts';
import type { Recipe } from '../../../main/domain/recipe.ts';
import type { TimeMap } from '../../../main/domain/timeMap.ts';
import { moveEpisode } from '../../../main/engine/flows/moveEpisode.ts';
import { mapSpeech } from '../../../main/engine/media/speechMap.ts';
import { levelsOf, seeded, talk } from '../../support/soundscape.ts';
import { openEpisode, sentence } from '../../support/words.ts';

/** The seconds from 20 to 30 are cut. */
const map: TimeMap = {
  kept: [
    { oldFromS: 0, oldToS: 20, newFromS: 0 },
    { oldFromS: 30, oldToS: 60, newFromS: 20 },
  ],
  cut: [{ fromS: 20, toS: 30 }],
  added: [],
};

const candidate = (inS: number, outS: number): Candidate => ({
  inS,
  outS,
  durationS: outS - inS,
  score: 50,
  confidence: 'medium',
  foundBy: 'words',
  reason: 'It opens on a claim.',
  parts: [
    { name: 'hook', points: 50, max: 100, because: [{ text: 'a', fromS: inS, toS: inS + 1, points: 50 }] },
  ],
  title: `At ${inS}`,
  titles: [],
  text: 'Words.',
  speakers: [],
  scorerVersion: 'test',
});

const recipe = (...ranges: (readonly [fromS: number, toS: number])[]): Recipe => ({
  ranges: ranges.map(([fromS, toS]) => ({ episodeId: 'ep-1', fromS, toS })),
  preset: 'audio',
  layout: 'none',
  captionStyle: 'none',
  bleeps: null,
  title: 't',
  showName: 's',
  episode: { title: 'e', date: '' },
  brand: { backgroundColour: '#000000', textColour: '#ffffff', accentColour: '#ff0000' },
  renderer: 'test',
  threads: 1,
});

const exported = (clipId: string): ExportedFile => ({
  id: 'exp-1',
  clipId,
  preset: 'audio',
  path: '/clip.m4a',
  bytes: 5,
  durationS: 6,
  width: null,
  height: null,
  integratedLufs: -16,
  truePeakDbtp: -2,
  proof: { passed: true, checks: [] },
  warnings: [],
  companions: [],
  exportedAtMs: 9,
});

async function openWithClips() {
  const shelf = await openEpisode([
    sentence('The lamp was there.', 2),
    sentence('This lamp goes away.', 22),
    sentence('Another lamp stays.', 40),
  ]);
  const { engine } = shelf;
  await engine.library.write(() => {
    engine.clips.replaceCandidates('ep-1', [candidate(21, 29), candidate(39, 45)], 1);
  });
  const replacement = { from: 'lamp', to: 'Lamp', wholeWords: true, matchCase: true };
  await shelf.call('transcript.replace', { episodeId: 'ep-1', replacement });
  for (const { id } of await shelf.call('clips.list', { episodeId: 'ep-1' }))
    await shelf.call('clips.decide', { clipId: id, decision: 'keep' });
  const random = seeded(3);
  const levels = levelsOf(talk(random, 50), [], random);
  const replace = (oldFingerprint: string) =>
    engine.library.write(() => {
      const facts = engine.episodes.get('ep-1')?.facts;
      if (facts === undefined) throw new Error('the episode is gone');
      const recording = {
        path: '/b/final.mp3',
        fingerprint: 'f2',
        modifiedAtMs: 7,
        facts: { ...facts, durationS: 50 },
        analysisFolder: 'ep-1-f2',
      };
      const heard = { levels, speech: mapSpeech(levels) };
      return moveEpisode(engine, { episodeId: 'ep-1', oldFingerprint, recording, map, heard, files: [] }, 1);
    });
  return { shelf, replace, [Symbol.asyncDispose]: () => shelf[Symbol.asyncDispose]() };
}

test('a clip that was kept and then cut stays, is told, and can no longer be exported; edits go with their words', async () => {
  await using opened = await openWithClips();
  const { shelf, replace } = opened;
  const later = (await shelf.call('clips.list', { episodeId: 'ep-1' })).find(({ inS }) => inS === 39);
  const outcome = await replace('f1');
  expect(shelf.texts()).toEqual(['The Lamp was there.', 'Another Lamp stays.']);
  expect(outcome.gone).toMatchObject({
    words: [{ text: 'This Lamp goes away.', fromS: 22 }],
    edits: [{ from: 'lamp', to: 'Lamp' }],
    clips: [{ title: 'This Lamp goes away', inS: 21, outS: 29 }],
  });
  expect(outcome.moved).toEqual({ sentences: 2, edits: 2, clips: 1, offLimits: 0, marks: 0 });
  const clips = await shelf.call('clips.list', { episodeId: 'ep-1' });
  expect(clips.map(({ inS, outS, state, rank, isCut }) => ({ inS, outS, state, rank, isCut }))).toEqual([
    { inS: 29, outS: 35, state: 'kept', rank: 1, isCut: undefined },
    { inS: 21, outS: 29, state: 'kept', rank: 2, isCut: true },
  ]);
  const places = (clip: Clip | undefined): number[] =>
    [...(clip?.parts ?? []).flatMap(({ because }) => because), ...(clip?.titles ?? [])].map(
      ({ fromS }) => fromS,
    );
  expect(places(clips[0]).length).toBeGreaterThan(1);
  expect(places(clips[0])).toEqual(places(later).map((fromS) => fromS - 10));
  const order = { clipIds: [clips[1]?.id ?? ''], presets: ['audio' as const], folder: shelf.place.path };
  await expect(shelf.call('exports.create', order)).rejects.toMatchObject({ code: 'CLIP_CUT' });
  const undone = await shelf.call('transcript.undo', { episodeId: 'ep-1' });
  expect(undone.edits).toHaveLength(2);
  expect(shelf.texts()).toEqual(['The lamp was there.', 'Another lamp stays.']);
});

test('marks with an end, the cut before a trim, and what an export has move along; what lay in the cut is gone', async () => {
  await using opened = await openWithClips();
  const { shelf, replace } = opened;
  const { engine } = shelf;
  const clips = await shelf.call('clips.list', { episodeId: 'ep-1' });
  const later = clips.find(({ inS }) => inS === 39)?.id ?? '';
  await shelf.call('clips.trim', { clipId: later, inS: 40, outS: 41.4, snap: false });
  await engine.library.write(() => {
    for (const [atS, toS] of [
      [18, 32],
      [22, 28],
      [40, 44],
      [41, null],
    ] as const)
      engine.marks.add('ep-1', { atS, toS, note: '' }, 1);
    engine.exports.add({
      file: exported(later),
      jobId: 1,
      recipe: recipe([18, 40], [22, 24]),
      recipeHash: 'h',
    });
  });
  const { gone, moved } = await replace('f1');
  expect(gone.marks).toEqual([{ atS: 22, note: '' }]);
  expect(moved.marks).toBe(3);
  const times = (await shelf.call('marks.list', { episodeId: 'ep-1' })).map(({ atS, toS }) => [atS, toS]);
  expect(times).toEqual([
    [18, 22],
    [30, 34],
    [31, null],
  ]);
  expect(engine.exports.listRanges()).toMatchObject([{ episodeId: 'ep-1', fromS: 18, toS: 30 }]);
  expect(await shelf.call('clips.undo', { clipId: later })).toMatchObject({
    inS: 29,
    outS: 35,
    state: 'kept',
  });
});

test('an episode that got another recording meanwhile is left as it is', async () => {
  await using opened = await openWithClips();
  const { shelf, replace } = opened;
  const seen = async () => [
    await shelf.call('episodes.open', { episodeId: 'ep-1' }),
    await shelf.call('transcript.edits', { episodeId: 'ep-1' }),
    shelf.texts(),
  ];
  const before = await seen();
  await expect(replace('f0')).rejects.toMatchObject({ code: 'WRONG_STATE' });
  expect(await seen()).toEqual(before);
});
