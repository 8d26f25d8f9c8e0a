import { describe, expect, test } from 'vitest';
import type { Bleeps } from '../../../main/domain/bleeps.ts';
import type { Segment, Timing } from '../../../main/domain/transcript.ts';
import { maskSpeech, maskText, saysBleeped } from '../../../main/engine/renders/bleeps.ts';
import { HOSTILE } from '../../support/hostileStrings.ts';

const list = (...words: string[]): Bleeps => ({ words, mode: 'mute' });

function said(text: string, timing: Timing = 'word', speaker = 'Ruth'): Segment {
  const words = text
    .split(' ')
    .map((word, index) => ({ text: word, fromS: index, toS: index + 0.8, confidence: null }));
  return { fromS: 0, toS: words.length - 0.2, text, words, timing, speaker };
}

describe('a bleep list', () => {
  test.each([
    ['damn', 'Damn! That DAMN’s clock.', '•••! That ••• clock.'],
    ['damn', 'Amsterdamned dam damnation', 'Amsterdamned dam damnation'],
    ['damn*', 'damnation and (damned)', '••• and (•••)'],
    ['holy cow', 'Holy cow, holy water, cow.', '••• •••, holy water, cow.'],
    ['møller', 'MØLLER-Jensen', '•••-Jensen'],
  ])('with “%s” turns “%s” into “%s”', (entry, text, masked) => {
    expect(maskText(text, list(entry))).toBe(masked);
    expect(maskText(masked, list(entry))).toBe(masked);
    expect(saysBleeped(masked, list(entry))).toBe(false);
  });

  test('of words without letters or of no words masks nothing, whatever they mean elsewhere', () => {
    const text = 'It rang: {\\p1} [a] 100% *.';
    expect(maskText(text, list('*', '.*', '[', '\\', '{', '%'))).toBe(text);
    expect(maskText(text, null)).toBe(text);
    for (const word of HOSTILE)
      expect(saysBleeped(maskText(`x ${word} y`, list(word)), list(word))).toBe(false);
  });

  test('masks speech from word start to word end, and the speaker’s name as well', () => {
    const { segments, stretches, isEstimated } = maskSpeech(
      [said('My boss Otto, (Otto!) rang.', 'word', 'Otto B.')],
      list('otto'),
    );
    expect(segments[0]).toMatchObject({ text: 'My boss •••, (•••!) rang.', speaker: '••• B.' });
    expect(stretches).toEqual([
      { fromS: 1.98, toS: 2.82 },
      { fromS: 2.98, toS: 3.82 },
    ]);
    expect(isEstimated).toBe(false);
  });

  test.each<[Timing, { fromS: number; toS: number }]>([
    ['cue', { fromS: 1.7, toS: 3.1 }],
    ['approximate', { fromS: 0, toS: 4.8 }],
  ])('masks more than the word where its times are only known by %s, and says so', (timing, stretch) => {
    expect(maskSpeech([said('My boss Otto rang twice.', timing)], list('otto'))).toMatchObject({
      stretches: [stretch],
      isEstimated: true,
    });
  });
});
