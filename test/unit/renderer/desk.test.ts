import { describe, expect, test } from 'vitest';
import { PRESET_IDS } from '../../../main/domain/preset.ts';
import { CallRefused, troubleOf } from '../../../renderer/client/client.ts';
import { partMarks } from '../../../renderer/selectors/dropMatching.ts';
import { fitsIn, presetsFor } from '../../../renderer/selectors/platforms.ts';
import { changesOf, fateOf } from '../../../renderer/selectors/wordFate.ts';
import { rungBeside, rungsOf } from '../../../renderer/rooms/episode/rungs.ts';
import { fakeTransport } from './fakeTransport.ts';
import { givenClip, givenWindow } from './given.ts';

const word = (fromS: number) => ({ text: 'lamp', fromS, toS: fromS + 0.4, confidence: null });
const clip = { fromS: 10, toS: 40 };
const nothing = { probe: null, named: null };

describe('while something is pointed at', () => {
  test('words that a better cut takes in and gives up are told apart', () => {
    const probe = { fromS: 5, toS: 30 };
    const fates = [4, 6, 20, 35, 45].map((atS) => fateOf(word(atS), clip, { ...nothing, probe }));
    expect(fates).toEqual([undefined, 'offered', undefined, 'dropped', undefined]);
    expect(changesOf(clip, probe)).toEqual({
      gained: [{ fromS: 5, toS: 10 }],
      lost: [{ fromS: 30, toS: 40 }],
    });
  });
  test('the words of a title are named', () => {
    expect(fateOf(word(12), clip, { ...nothing, named: { fromS: 11, toS: 14 } })).toBe('named');
    expect(fateOf(word(20), clip, nothing)).toBeUndefined();
  });
});

describe('endings', () => {
  test('name the platforms that take their length, and those that do not', () => {
    expect(fitsIn(presetsFor(60))).toBe('Fits TikTok, Reels, Shorts, X and LinkedIn.');
    expect(fitsIn(presetsFor(170))).toBe('Fits TikTok, Reels, Shorts and LinkedIn. Too long for X.');
    expect(fitsIn(presetsFor(300))).toBe('Fits TikTok and LinkedIn. Too long for Reels, Shorts and X.');
  });
  test('hold the own end of the clip once, and lead from one to the next', () => {
    const rung = (outS: number) => ({ outS, durationS: outS - 10, score: 40, presets: [...PRESET_IDS] });
    const laddered = givenClip({ inS: 10, outS: 40, ladder: [rung(25), rung(40.2), rung(70)] });
    expect(rungsOf(laddered).map(({ outS }) => outS)).toEqual([25, 40, 70]);
    expect(rungBeside(laddered, 1)?.outS).toBe(70);
    expect(rungBeside(laddered, -1)?.outS).toBe(25);
    expect(rungBeside(givenClip({ ladder: [] }), 1)).toBeUndefined();
  });
});

test('dropped lists of marks are told from transcripts by what they are dropped on', () => {
  const files = ['cut.edl', 'ep.srt', 'ep.mp3'].map((name) => ({ name }));
  const names = (over: Parameters<typeof partMarks>[1]) =>
    partMarks(files, over).marks.map(({ name }) => name);
  expect(names('nowhere')).toEqual([]);
  expect(names('episode')).toEqual(['cut.edl']);
  expect(names('marks')).toEqual(['cut.edl', 'ep.srt']);
});

describe('undo', () => {
  const steps = () => {
    const { stores } = givenWindow(fakeTransport());
    const heard: string[] = [];
    const step = (name: string) => ({
      label: name,
      redo: () => Promise.resolve(void heard.push(`do ${name}`)),
      undo: () => Promise.resolve(void heard.push(`undo ${name}`)),
    });
    return { undo: stores.undo, stores, heard, step };
  };

  test('takes things back in the opposite order, does them again, and forgets what was undone after something new', async () => {
    const { undo, heard, step } = steps();
    await undo.getState().perform(step('a'));
    await undo.getState().perform(step('b'));
    await undo.getState().undo();
    await undo.getState().undo();
    await undo.getState().redo();
    await undo.getState().perform(step('c'));
    await undo.getState().redo();
    expect(heard).toEqual(['do a', 'do b', 'undo b', 'undo a', 'do a', 'do c']);
    expect(undo.getState().done.map(({ label }) => label)).toEqual(['a', 'c']);
  });

  test('remembers nothing that was refused, and what can no longer be taken back does not stand in the way', async () => {
    const { undo, stores, heard, step } = steps();
    const refused = () => Promise.reject(new CallRefused(troubleOf(new Error('it is gone'))));
    await undo.getState().perform({ ...step('a'), redo: refused });
    expect(undo.getState().done).toEqual([]);
    await undo.getState().perform(step('b'));
    await undo.getState().perform({ ...step('c'), undo: refused });
    await undo.getState().undo();
    expect(stores.troubles.getState().troubles.length).toBeGreaterThan(0);
    await undo.getState().undo();
    expect(heard).toEqual(['do b', 'do c', 'undo b']);
  });

  test('holds the last fifty steps', async () => {
    const { undo, step } = steps();
    for (let at = 0; at < 55; at += 1) await undo.getState().perform(step(String(at)));
    expect(
      undo
        .getState()
        .done.map(({ label }) => label)
        .at(0),
    ).toBe('5');
    expect(undo.getState().done).toHaveLength(50);
  });
});
