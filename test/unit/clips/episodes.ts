import type { Levels, SpeechMap } from '../../../main/domain/levels.ts';
import type { Segment, Word } from '../../../main/domain/transcript.ts';

const WORD_S = 0.3;
const PAUSE_S = 0.5;

export interface Spoken {
  readonly segments: Segment[];
  readonly durationS: number;
}

/** An episode in which each line is one sentence, spoken at an even pace; "A: " before a line names the speaker. */
export function spoken(lines: readonly string[], startS = 0): Spoken {
  let atS = startS;
  const segments = lines.map((line): Segment => {
    const [, speaker, text = line] = /^([A-Z][a-z]*): (.*)$/su.exec(line) ?? [];
    const fromS = atS;
    const words = text.split(' ').map((word, i): Word => ({
      text: word,
      fromS: fromS + i * WORD_S,
      toS: fromS + (i + 1) * WORD_S,
      confidence: null,
    }));
    const toS = words.at(-1)?.toS ?? fromS;
    atS = toS + PAUSE_S;
    return { ...(speaker === undefined ? {} : { speaker }), fromS, toS, text, words, timing: 'word' };
  });
  return { segments, durationS: atS };
}

const SUBJECTS = [
  'The garden',
  'A river',
  'Our kitchen',
  'The bakery',
  'Every library',
  'My neighbour',
  'That bridge',
];
const ACTIONS = [
  'keeps changing',
  'never sleeps',
  'needs patience',
  'surprised us',
  'costs more money',
  'will outlive us',
];
const ENDINGS = [
  'when the winter comes early',
  'because nobody wrote it down',
  'although people warned us twice',
  'and the whole street noticed',
  'if you look at the numbers from 1987',
  'without a single word of complaint',
  'in a way that I still cannot explain',
  'while the market was falling apart',
];

const talk = (sentences: number, where: (i: number) => string, year: (i: number) => number): string[] =>
  Array.from({ length: sentences }, (_, i) => {
    const part = (list: readonly string[], step: number): string =>
      list[Math.floor(i / step) % list.length] ?? '';
    const name = Math.floor(i / 6) % 2 === 0 ? 'Ada' : 'Ben';
    return `${name}: ${part(SUBJECTS, 1)} ${part(ACTIONS, 3)}${where(i)} ${part(ENDINGS, 5)} in year ${year(i)}.`;
  });

/** A long, dull but varied conversation of the given number of sentences between two people. */
export const conversation = (sentences: number): string[] =>
  talk(
    sentences,
    () => '',
    (i) => i % 97,
  );

const SYLLABLES = ['ba', 'dor', 'ke', 'lin', 'mu', 'pra', 'so', 'tev', 'wi', 'zan'];
const placeName = (i: number): string =>
  `M${[100, 10, 1].map((unit) => SYLLABLES[Math.floor(i / unit) % 10] ?? '').join('')}`;

/** The same where no passage is said twice, so that its beginning is no cold open. */
export const unrepeated = (sentences: number): string[] =>
  talk(
    sentences,
    (i) => ` near ${placeName(i)}`,
    (i) => 1000 + i,
  );

export const shifted = (segments: readonly Segment[], byS: number): Segment[] =>
  segments.map((segment) => ({
    ...segment,
    fromS: segment.fromS + byS,
    toS: segment.toS + byS,
    words: segment.words.map((word) => ({ ...word, fromS: word.fromS + byS, toS: word.toS + byS })),
  }));

const BLOCK_S = 0.05;

/** Levels and speech map of a recording in which the given stretches are spoken at the given level, over quiet air. */
export function heard(
  durationS: number,
  stretches: readonly { readonly fromS: number; readonly toS: number; readonly dbfs: number }[],
): { levels: Levels; speech: SpeechMap } {
  const rmsDbfs = new Float32Array(Math.round(durationS / BLOCK_S)).fill(-70);
  for (const { fromS, toS, dbfs } of stretches)
    for (let block = Math.round(fromS / BLOCK_S); block < Math.round(toS / BLOCK_S); block += 1)
      rmsDbfs[block] = dbfs + (block % 4);
  const speech = stretches.map(({ fromS, toS }) => ({ fromS, toS }));
  const edges = [0, ...speech.flatMap(({ fromS, toS }) => [fromS, toS]), durationS];
  const silences = edges.flatMap((fromS, i) => {
    const toS = edges[i + 1];
    return i % 2 === 0 && toS !== undefined && toS > fromS ? [{ fromS, toS }] : [];
  });
  return {
    levels: { blockS: BLOCK_S, rmsDbfs },
    speech: { speech, silences, speechDbfs: -20, floorDbfs: -70 },
  };
}
