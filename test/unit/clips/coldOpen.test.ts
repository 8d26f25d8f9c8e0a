import { describe, expect, test } from 'vitest';
import { findColdOpens } from '../../../main/engine/clips/coldOpen.ts';
import { prepare } from '../../../main/engine/clips/find.ts';
import { markClipsByWords } from '../../../main/engine/clips/markClips.ts';
import { offerOrder } from '../../../main/engine/clips/offerOrder.ts';
import type { Candidate, FoundBy } from '../../../main/domain/clip.ts';
import { conversation, spoken } from './episodes.ts';

const TEASER = 'Ben: My grandmother hid the flour money inside a hollow rolling pin for almost thirty years.';
const EDITED =
  'Ben: My grandmother, she hid the flour money inside a hollow rolling pin for nearly thirty years.';
const AFTER = 'Ben: We found it on the day the oven died, and that is the only reason we still bake.';
const JINGLE =
  'Ada: You are listening to the show about the small shops that somehow never close their doors.';

const TALK = conversation(97);
const [EARLY, LATE] = [TALK.slice(0, 60), TALK.slice(60)];
const episode = (opening: readonly string[], later: string) =>
  spoken([...opening, ...EARLY, later, AFTER, ...LATE]);
const coldOpensOf = (lines: ReturnType<typeof spoken>): Candidate[] => findColdOpens(prepare(lines));

describe('what the show opens with', () => {
  test('is found where it is really said, as a clip of whole sentences, with that as its reason', () => {
    const said = episode([TEASER], TEASER);
    const clips = coldOpensOf(said);
    expect(clips.map(({ foundBy }) => foundBy)).toEqual(['coldOpen']);
    expect(clips[0]?.text).toContain('hollow rolling pin');
    expect(clips[0]?.inS).toBeGreaterThan(200);
    expect(clips[0]?.durationS).toBeGreaterThanOrEqual(12);
    expect(clips[0]?.reason).toMatch(/^The show opens with it\. /u);
  });

  test('is known again after small edits', () => {
    expect(coldOpensOf(episode([TEASER], EDITED))).toHaveLength(1);
  });

  test('is not a jingle, an advert, or a few words that happen to be the same', () => {
    expect(coldOpensOf(spoken([JINGLE, ...EARLY, JINGLE, ...LATE, JINGLE]))).toEqual([]);
    const advert =
      'Ada: This episode is brought to you by Lamp and Sons, who make the finest lamps in the whole country.';
    expect(coldOpensOf(episode([advert], advert))).toEqual([]);
    expect(
      coldOpensOf(episode(['Ben: Hidden inside a hollow rolling pin for almost thirty years.'], EDITED)),
    ).toEqual([]);
  });

  test('does not move with the clock', () => {
    const early = coldOpensOf(episode([TEASER], TEASER));
    const { segments, durationS } = spoken([TEASER, ...EARLY, TEASER, AFTER, ...LATE], 100);
    const late = findColdOpens(prepare({ segments, durationS }));
    expect(late.map(({ text }) => text)).toEqual(early.map(({ text }) => text));
  });
});

describe('the order in which clips are offered', () => {
  const clip = (inS: number, score: number, foundBy: FoundBy, text = `clip ${inS}`): Candidate => ({
    ...{ inS, outS: inS + 20, durationS: 20, score, foundBy, text, confidence: 'low', reason: '', parts: [] },
    ...{ title: '', titles: [], speakers: [], scorerVersion: '1' },
  });
  const found = [clip(500, 80, 'words'), clip(100, 70, 'words'), clip(300, 60, 'words')];
  const coldOpens = [clip(400, 20, 'coldOpen', TEASER)];
  const marks = [clip(200, 5, 'mark'), clip(204, 4, 'mark')];
  const starts = (clips: readonly Candidate[]): number[] => clips.map(({ inS }) => inS);

  test('puts a person’s marks first, then what the show opens with, then the best of the rest, however they score', () => {
    expect(starts(offerOrder({ marks, coldOpens, found }, 6))).toEqual([200, 204, 400, 500, 100, 300]);
  });

  test('offers a moment once, a repeated range once, and not the opening that announces it', () => {
    const again = [clip(205, 90, 'words'), clip(402, 90, 'words'), clip(2, 90, 'words', EDITED), ...found];
    const twice = [...marks, ...marks];
    expect(starts(offerOrder({ marks: twice, coldOpens, found: again }, 6))).toEqual([
      200, 204, 400, 500, 100, 300,
    ]);
  });

  test('limits what nobody chose, never the marks', () => {
    expect(starts(offerOrder({ marks, coldOpens, found }, 2))).toEqual([200, 204, 400, 500]);
    expect(starts(offerOrder({ marks, coldOpens: [], found: [] }, 0))).toEqual([200, 204]);
  });
});

describe('the clip of a mark', () => {
  const read = prepare(episode([TEASER], TEASER));
  const sentence = read.reading.sentences[10];
  const mark = {
    id: 7,
    episodeId: 'ep',
    atS: (sentence?.fromS ?? 0) + 0.2,
    toS: null,
    note: 'the part I liked',
  };

  test('holds the moment, carries the note as its title, and says whose it is', () => {
    const [clip] = markClipsByWords(read, [mark]);
    expect(clip).toMatchObject({ foundBy: 'mark', markId: 7, title: 'the part I liked' });
    expect(clip?.text).toContain(sentence?.text);
    expect(clip?.reason).toMatch(/^Your mark: “the part I liked”\. /u);
    expect(clip?.durationS).toBeGreaterThanOrEqual(12);
  });

  test('is exactly the sentences of a marked range', () => {
    const range = { ...mark, toS: (sentence?.toS ?? 0) - 0.2 };
    expect(markClipsByWords(read, [range])[0]?.text).toBe(sentence?.text);
  });

  test('is the nearest there is where a mark lies before the first word or after the last', () => {
    const [before, after] = markClipsByWords(read, [
      { ...mark, atS: 0 },
      { ...mark, atS: 9000 },
    ]);
    expect(before?.text).toContain(read.reading.sentences[0]?.text);
    expect(after?.text).toContain(read.reading.sentences.at(-1)?.text);
  });
});
