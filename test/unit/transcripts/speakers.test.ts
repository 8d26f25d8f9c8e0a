import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SpeakerTurn } from '../../../main/domain/speaker.ts';
import { assignSpeakers, voicesOfTurns } from '../../../main/engine/transcripts/speakers.ts';
import { sentence } from '../../support/words.ts';

const turn = (speaker: string, fromS: number, toS: number): SpeakerTurn => ({ speaker, fromS, toS });
const said = (segments: ReturnType<typeof assignSpeakers>): (string | undefined)[][] =>
  segments.map(({ speaker, text }) => [speaker, text]);

describe('speakers by their turns', () => {
  test('part a sentence where the turn changes in it, word by word', () => {
    const talk = [sentence('We should go now or never', 0), sentence('I am coming.', 4)];
    const turns = voicesOfTurns([turn('Anna', 0, 1.95), turn('Ben', 1.95, 3.2), turn('Anna', 3.8, 6)]);
    expect(said(assignSpeakers(talk, turns))).toEqual([
      ['Anna', 'We should go now'],
      ['Ben', 'or never'],
      ['Anna', 'I am coming.'],
    ]);
  });

  test('of a moment inside a sentence are a cough, and overlapping talk goes to the one who has the sentence', () => {
    const talk = [sentence('The stones came from the old church.', 0)];
    const cough = voicesOfTurns([turn('Anna', 0, 4), turn('Ben', 1.0, 1.4)]);
    expect(said(assignSpeakers(talk, cough))).toEqual([['Anna', 'The stones came from the old church.']]);
  });

  test('are one for each sentence where words have no times of their own', () => {
    const talk = [{ ...sentence('We should go now or never', 0), timing: 'cue' as const }];
    const turns = voicesOfTurns([turn('Anna', 0, 1.95), turn('Ben', 1.95, 2.9)]);
    expect(said(assignSpeakers(talk, turns))).toEqual([['Anna', 'We should go now or never']]);
  });

  test('that somebody named already stay, and words in which nobody is heard go with those around them', () => {
    const talk = [
      sentence('Mine.', 0, 'Cleo'),
      sentence('All of this is quiet.', 10),
      sentence('Heard.', 20),
    ];
    const turns = voicesOfTurns([turn('Anna', 0, 1), turn('Ben', 19, 30)]);
    expect(said(assignSpeakers(talk, turns))).toEqual([
      ['Cleo', 'Mine.'],
      ['Ben', 'All of this is quiet.'],
      ['Ben', 'Heard.'],
    ]);
    expect(assignSpeakers(talk, voicesOfTurns([]))).toEqual(talk);
  });

  test('drop no word and move none, whatever the turns are', () => {
    const texts = fc.array(fc.constantFrom('We go.', 'Now or never, they said', 'I am coming home.', 'Yes'), {
      maxLength: 12,
    });
    const turns = fc.array(
      fc.tuple(
        fc.constantFrom('Anna', 'Ben', 'Cleo'),
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 60 }),
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(texts, turns, (lines, told) => {
        const talk = lines.map((text, at) => sentence(text, at * 3));
        const voices = voicesOfTurns(
          told.map(([name, at, length]) => turn(name, at / 10, (at + length) / 10)),
        );
        const named = assignSpeakers(talk, voices);
        expect(named.flatMap(({ words }) => words)).toEqual(talk.flatMap(({ words }) => words));
        expect(named.every(({ speaker }) => (speaker === undefined) === (told.length === 0))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
