import { expect, test } from 'vitest';
import type { SpeechModel } from '../../../main/domain/speechModel.ts';
import {
  fetchedShare,
  fetchFor,
  heardShare,
  speedTicks,
  suggested,
  timesAsFast,
  transcriptionOf,
  workS,
} from '../../../renderer/selectors/models.ts';
import { pathOf, placeOf } from '../../../renderer/selectors/place.ts';
import { createClient } from '../../../renderer/client/client.ts';
import { createEpisodeStore } from '../../../renderer/stores/episode.ts';
import { createLiveStore } from '../../../renderer/stores/live.ts';
import { createSettingsStore } from '../../../renderer/stores/settings.ts';
import { createTypingStore } from '../../../renderer/stores/typing.ts';
import { fakeTransport } from './fakeTransport.ts';
import { givenClip, givenJob } from './given.ts';

const model = (more: Partial<SpeechModel>): SpeechModel => ({
  ...{ id: 'm', name: 'M', engine: 'whisper', kind: 'recogniser', licence: 'MIT', memoryMb: null },
  ...{ files: [{ role: 'model', name: 'model.onnx' }], languages: ['*'], writesPunctuation: true },
  ...{ sizeBytes: 150_000_000, isInstalled: false, isChosen: false, benchmark: null },
  ...more,
});

test('the model that is offered first is the one in use, else one that is here, else a handy one for the language', () => {
  const heavy = model({ id: 'heavy', sizeBytes: 900_000_000 });
  const light = model({ id: 'light', sizeBytes: 70_000_000, languages: ['en'] });
  const tiny = model({ id: 'tiny', sizeBytes: 100_000_000 });
  const base = model({ id: 'base', sizeBytes: 160_000_000 });
  const all = [heavy, light, tiny, base];
  expect(suggested(all, null)?.id).toBe('base');
  expect(suggested([heavy, light], 'en-GB')?.id).toBe('light');
  expect(suggested([heavy, light], 'de')?.id).toBe('heavy');
  expect(suggested([...all, model({ id: 'here', isInstalled: true })], null)?.id).toBe('here');
  const chosen = model({ id: 'mine', isInstalled: true, isChosen: true, languages: ['fr'] });
  expect(suggested([...all, chosen], 'en')?.id).toBe('mine');
  expect(suggested([model({ kind: 'speakers' })], null)).toBeUndefined();
});

test('shares are those of the stage, and the speed of hearing follows from how the job gets on', () => {
  const fetch = givenJob({ kind: 'fetchModel', stage: 'fetch', progress: 10 / 21 });
  expect(fetchedShare(fetch)).toBeCloseTo(0.5, 5);
  expect(fetchedShare({ ...fetch, stage: 'measure', progress: 20.5 / 21 })).toBe(1);
  const hear = givenJob({ kind: 'transcribe', stage: 'hear', state: 'processing', progress: (4 + 45) / 96 });
  expect(heardShare(hear)).toBeCloseTo(0.5, 5);
  // 90 of 96 parts of the job are hearing: at a hundredth a second 10.67 of 1000 s are heard in one.
  expect(timesAsFast({ ...hear, ratePerS: 0.01 }, 1000)).toBeCloseTo((0.01 * 96 * 1000) / 90, 5);
  expect(timesAsFast({ ...hear, ratePerS: null }, 1000)).toBeUndefined();
  expect(timesAsFast({ ...hear, ratePerS: 0.01, stage: 'write' }, 1000)).toBeUndefined();
});

test('what nobody measured has no length, and a quicker model has more ticks', () => {
  const measured = (realTimeFactor: number) => ({
    ...{ realTimeFactor, threads: 2, provider: 'cpu', measuredAtMs: 1 },
  });
  expect(workS(null, 3600)).toBeUndefined();
  expect(workS(measured(0.1), 3600)).toBe(360);
  expect(speedTicks(measured(0.02))).toBeGreaterThan(speedTicks(measured(0.2)));
  expect(speedTicks(measured(0.001))).toBe(20);
  expect(speedTicks(measured(50))).toBe(1);
});

test('an episode knows the download it waits for and its own transcription, and what was put aside is gone', () => {
  const fetch = givenJob({
    ...{ id: 4, kind: 'fetchModel', state: 'paused', order: { modelId: 'base', thenTranscribe: ['ep-1'] } },
  });
  const failed = givenJob({ id: 5, kind: 'transcribe', state: 'failed', episodeId: 'ep-1' });
  const jobs = { 4: fetch, 5: failed };
  expect(fetchFor(jobs, 'ep-1', [])).toEqual({ job: fetch, modelId: 'base' });
  expect(fetchFor(jobs, 'ep-2', [])).toBeUndefined();
  expect(transcriptionOf(jobs, 'ep-1', [])).toEqual(failed);
  expect(transcriptionOf(jobs, 'ep-1', [5])).toBeUndefined();
});

test('the rooms of the settings have addresses', () => {
  for (const section of ['work', 'models'] as const) {
    const place = { room: 'settings', section } as const;
    expect(placeOf(pathOf(place))).toEqual(place);
  }
  expect(placeOf('/settings/nowhere')).toEqual({ room: 'settings', section: 'work' });
});

const sentence = (fromS: number) => ({
  ...{ fromS, toS: fromS + 2, text: `at ${fromS}`, words: [], timing: 'word' as const },
});

test('words that arrive are read on from where they ended, and none comes twice', async () => {
  const transport = fakeTransport();
  const said = [sentence(0), sentence(3)];
  transport.answer('episodes.words', (input) => {
    const { range } = input as { range: { fromS: number } };
    return { segments: said.filter(({ toS }) => toS > range.fromS) };
  });
  const live = createLiveStore(createClient(transport));
  await live.getState().follow('ep-1', 100);
  said.push(sentence(6));
  await live.getState().readOn();
  await live.getState().readOn();
  expect(live.getState().sentences.map(({ fromS }) => fromS)).toEqual([0, 3, 6]);
  expect(live.getState().untilS).toBe(8);
  live.getState().leave();
  expect(live.getState().sentences).toEqual([]);
});

test('a change of a setting is taken back to what was stored before, or to the default', async () => {
  const transport = fakeTransport();
  let stored: number | null = null;
  const entries = () => [
    {
      ...{ name: 'maxConcurrentJobs', value: stored ?? 3, fallback: 3, variable: 'X', refused: null },
      origin: stored === null ? 'default' : 'stored',
    },
  ];
  transport.answer('settings.list', entries);
  transport.answer('settings.change', (input) => {
    stored = (input as { value: number | null }).value;
    return entries();
  });
  const settings = createSettingsStore(createClient(transport));
  await settings.getState().load();
  await settings.getState().change('maxConcurrentJobs', 5);
  await settings.getState().change('maxConcurrentJobs', 5);
  await settings.getState().change('maxConcurrentJobs', 8);
  expect(settings.getState().steps).toHaveLength(2);
  expect(await settings.getState().undo()).toBe('maxConcurrentJobs');
  expect(stored).toBe(5);
  await settings.getState().undo();
  expect(stored).toBeNull();
  expect(await settings.getState().undo()).toBeUndefined();
});

test('typed words are laid out as they are typed, and put under the clip before another clip or the end', async () => {
  const transport = fakeTransport();
  const applied: unknown[] = [];
  const laidOut = (text: string) => ({
    ...{ text, editId: 7, sentences: [], speech: [], words: 0, speechS: 9, coveredS: 0 },
  });
  transport.answer('typing.layOut', (input) =>
    laidOut((input as { text?: string }).text ?? 'as before\n\nit was'),
  );
  transport.answer('typing.apply', (input) => {
    applied.push(input);
    return { typed: laidOut((input as { text: string }).text) };
  });
  transport.answer('transcript.setEdit', (input) => {
    applied.push(input);
    return {};
  });
  const client = createClient(transport);
  const typing = createTypingStore(client, createEpisodeStore(client));
  const [one, two] = [givenClip({ id: 'one' }), givenClip({ id: 'two' })];
  await typing.getState().open(one);
  expect(typing.getState().text).toBe('as before\nit was');
  await typing.getState().close();
  expect(applied).toEqual([]);

  await typing.getState().open(one);
  typing.getState().write('first line\nsecond line');
  await typing.getState().open(two);
  expect(applied).toEqual([{ clipId: 'one', text: 'first line\n\nsecond line' }]);
  await typing.getState().undo('ep-1');
  expect(applied.at(-1)).toEqual({ episodeId: 'ep-1', editId: 7, state: 'reverted' });
  typing.getState().write('for two');
  await typing.getState().close();
  expect(applied).toHaveLength(3);
  expect(typing.getState().clipId).toBeNull();
});
