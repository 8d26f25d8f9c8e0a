import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Segment } from '../../../main/domain/transcript.ts';
import type { EditOperation } from '../../../main/domain/transcriptEdit.ts';
import {
  mergeEdit,
  sentenceAt,
  splitEdit,
  wordEdits,
} from '../../../main/engine/transcripts/edits/compose.ts';
import { replayEdits } from '../../../main/engine/transcripts/edits/replay.ts';
import { textOf, tokenise } from '../../../main/engine/transcripts/words.ts';

/** A sentence whose words last 0.4 s each with 0.1 s between them. */
function sentence(text: string, fromS: number, speaker?: string): Segment {
  const words = tokenise(text).map((token, index) => ({
    text: token.text,
    fromS: fromS + index * 0.5,
    toS: fromS + index * 0.5 + 0.4,
    confidence: 0.9,
  }));
  return {
    ...(speaker === undefined ? {} : { speaker }),
    fromS,
    toS: words.at(-1)?.toS ?? fromS,
    text,
    words,
    timing: 'word',
  };
}

const talk = [
  sentence('The old lamp is broken.', 0, 'Anna'),
  sentence('Nobody knows why.', 10, 'Anna'),
  sentence('I asked cube nettis twice.', 20, 'Ben'),
];

function edited(index: number, text: string, base: readonly Segment[] = talk): EditOperation[] {
  const inPlace = sentenceAt(base, index);
  return inPlace === undefined ? [] : wordEdits(inPlace, text);
}

const timesOf = (segment: Segment | undefined): [string, number, number][] =>
  (segment?.words ?? []).map(({ text, fromS, toS }) => [text, fromS, toS]);

const texts = (segments: readonly Segment[]): string[] => segments.map((segment) => segment.text);

test('a corrected word keeps its time, and so do all others', () => {
  const { segments } = replayEdits(talk, edited(0, 'The old ramp is broken.'));
  expect(timesOf(segments[0])).toEqual([
    ['The', 0, 0.4],
    ['old', 0.5, 0.9],
    ['ramp', 1, 1.4],
    ['is', 1.5, 1.9],
    ['broken.', 2, 2.4],
  ]);
  expect(segments.slice(1)).toEqual(talk.slice(1));
});

test('two words that become one share their time, and one that becomes three is shared out', () => {
  const one = replayEdits(talk, edited(2, 'I asked Kubernetes twice.'));
  expect(timesOf(one.segments[2])).toEqual([
    ['I', 20, 20.4],
    ['asked', 20.5, 20.9],
    ['Kubernetes', 21, 21.9],
    ['twice.', 22, 22.4],
  ]);
  const three = replayEdits(talk, edited(1, 'Nobody knows for what cause.'));
  const words = timesOf(three.segments[1]);
  expect(words.map(([text]) => text)).toEqual(['Nobody', 'knows', 'for', 'what', 'cause.']);
  expect(words[2]?.[1]).toBe(11);
  expect(words.at(-1)?.[2]).toBe(11.4);
});

test('an inserted word lies in the pause, or takes time from the word before it where there is none', () => {
  const pause = replayEdits(talk, edited(0, 'The old lamp is broken. Really.'));
  const [, , , , , added] = timesOf(pause.segments[0]);
  expect(added?.[0]).toBe('Really.');
  expect(added?.[1]).toBe(2.4);
  expect(added?.[2]).toBeLessThan(3.5);
  const tight = [sentence('So we went.', 0)].map((only) => ({
    ...only,
    words: only.words.map((word, index) => ({ ...word, fromS: index, toS: index + 1 })),
    toS: 3,
  }));
  const squeezed = replayEdits(tight, edited(0, 'So then we went.', tight));
  expect(timesOf(squeezed.segments[0]).map(([text]) => text)).toEqual(['So', 'then', 'we', 'went.']);
  expect(timesOf(squeezed.segments[0])[0]?.[1]).toBe(0);
  expect(timesOf(squeezed.segments[0])[1]?.[2]).toBe(1);
  expect(timesOf(squeezed.segments[0]).slice(2)).toEqual([
    ['we', 1, 2],
    ['went.', 2, 3],
  ]);
});

test('a sentence without words is gone, and a new first word begins its sentence', () => {
  expect(texts(replayEdits(talk, edited(1, '')).segments)).toEqual([talk[0]?.text, talk[2]?.text]);
  const begun = replayEdits(talk, edited(1, 'But nobody knows why.')).segments;
  expect(texts(begun)).toEqual([talk[0]?.text, 'But nobody knows why.', talk[2]?.text]);
});

test('sentences are joined and cut; the joined one has one speaker', () => {
  const second = sentenceAt(talk, 1);
  const merge = second && mergeEdit(second);
  const split = second && splitEdit(second, 1);
  if (merge === undefined || split === undefined) throw new Error('no such sentence');
  const joined = replayEdits(talk, [merge]).segments;
  expect(joined.map(({ text, speaker }) => [text, speaker])).toEqual([
    ['The old lamp is broken.', 'Anna'],
    ['Nobody knows why. I asked cube nettis twice.', 'Anna'],
  ]);
  const cut = replayEdits(talk, [split]).segments;
  expect(texts(cut)).toEqual([
    'The old lamp is broken.',
    'Nobody',
    'knows why.',
    'I asked cube nettis twice.',
  ]);
  expect(cut[2]?.fromS).toBe(10.5);
});

test('a speaker is renamed everywhere', () => {
  const { segments, touched } = replayEdits(talk, [{ kind: 'speaker', from: 'Anna', to: 'Ana María' }]);
  expect(segments.map(({ speaker }) => speaker)).toEqual(['Ana María', 'Ana María', 'Ben']);
  expect(touched[0]?.map(({ fromS }) => fromS)).toEqual([0, 10]);
});

test('edits outlive a new recognition that hears the same words at slightly other times, and cuts sentences elsewhere', () => {
  const operations = edited(2, 'I asked Kubernetes twice.');
  const again = [
    sentence('The cold lamp was broken and', 0.1, 'Anna'),
    sentence('nobody knows why I asked cube nettis twice.', 17.7, 'Ben'),
  ];
  const { segments, touched } = replayEdits(again, operations);
  expect(texts(segments)[1]).toBe('nobody knows why I asked Kubernetes twice.');
  expect(touched[0]).toHaveLength(1);
});

test('an edit whose words were heard otherwise this time is passed over, and the others still hold', () => {
  const operations = [...edited(0, 'The old ramp is broken.'), ...edited(2, 'I asked Kubernetes twice.')];
  const again = [sentence('The gold clamp is broken.', 0), ...talk.slice(1)];
  const { segments, touched } = replayEdits(again, operations);
  expect(texts(segments)).toEqual([
    'The gold clamp is broken.',
    'Nobody knows why.',
    'I asked Kubernetes twice.',
  ]);
  expect(touched.map((ranges) => ranges !== undefined)).toEqual([false, true]);
});

test('an equal word nearby is not mistaken for the one that was corrected', () => {
  const base = [sentence('no no no yes', 0)];
  const operations = edited(0, 'no so no yes', base);
  expect(texts(replayEdits(base, operations).segments)).toEqual(['no so no yes']);
  // Without the word at its second and without its neighbours there is nothing to correct.
  expect(texts(replayEdits([sentence('yes no maybe', 0.2)], operations).segments)).toEqual(['yes no maybe']);
});

const word = fc.constantFrom(
  'so',
  'we',
  'went,',
  'home.',
  'Why?',
  'Because',
  'of',
  'it',
  '大家好',
  '&',
  'no',
  'no',
);
const line = fc.array(word, { minLength: 1, maxLength: 14 }).map((words) => words.join(' '));

test('whatever a person types, the sentence then reads so, in order, and what stands before the change keeps its times', () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), fc.nat(), line, (lines, pick, typed) => {
      const base = lines.map((text, index) => sentence(textOf(tokenise(text)), index * 20));
      const index = pick % base.length;
      const { segments } = replayEdits(base, edited(index, typed, base));
      expect(texts(segments)).toEqual(
        base.map(({ text }, at) => (at === index ? textOf(tokenise(typed)) : text)),
      );
      expect(segments.filter((_, at) => at !== index)).toEqual(base.filter((_, at) => at !== index));
      let nowS = -1;
      for (const { fromS, toS } of segments.flatMap((segment) => segment.words)) {
        expect(fromS).toBeGreaterThanOrEqual(nowS - 0.0006);
        expect(toS).toBeGreaterThanOrEqual(fromS);
        nowS = toS;
      }
      const before = base[index]?.words ?? [];
      const after = segments.length === base.length ? (segments[index]?.words ?? []) : [];
      const same = before.findIndex(({ text }, at) => after[at]?.text !== text);
      // The word right before the change may have given up the end of its time.
      const untouched = Math.max(0, (same < 0 ? before.length : same) - 1);
      expect(after.slice(0, untouched)).toEqual(before.slice(0, after.length === 0 ? 0 : untouched));
      if (base[index]?.text === textOf(tokenise(typed))) expect(segments).toEqual(base);
    }),
    { numRuns: 300 },
  );
});

test('taking an edit back gives the sentence that was there before', () => {
  const operations = [...edited(0, 'A ramp.'), ...edited(2, 'I asked Kubernetes twice.')];
  expect(replayEdits(talk, []).segments).toBe(talk);
  expect(texts(replayEdits(talk, operations.slice(0, -1)).segments)[2]).toBe(talk[2]?.text);
});
