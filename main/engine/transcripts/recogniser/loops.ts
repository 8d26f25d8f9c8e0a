/** A phrase of so many words is a loop when it comes so often in a row; a person repeats a short one more readily. */
const LOOP_FROM = [
  { words: 1, times: 6 },
  { words: 2, times: 4 },
  { words: 3, times: 4 },
  { words: 4, times: 3 },
  { words: 5, times: 3 },
  { words: 6, times: 3 },
  { words: 7, times: 3 },
  { words: 8, times: 3 },
] as const;

const plain = (word: string): string => word.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** What stays of a run of words by its indexes, and which of those were said over and over. */
export interface WithoutLoops {
  readonly kept: readonly number[];
  readonly looped: ReadonlySet<number>;
}

/** Takes repetitions out that no person says: a phrase of up to eight words over and over. Each loop is left once. */
export function withoutLoops(words: readonly string[]): WithoutLoops {
  const said = words.map(plain);
  const kept: number[] = [];
  const looped = new Set<number>();
  for (let at = 0; at < said.length;) {
    const loop = loopAt(said, at);
    if (loop === undefined) {
      kept.push(at);
      at += 1;
      continue;
    }
    for (let i = at; i < at + loop.words; i++) {
      kept.push(i);
      looped.add(i);
    }
    at += loop.words * loop.times;
  }
  return { kept, looped };
}

function loopAt(said: readonly string[], at: number): { words: number; times: number } | undefined {
  for (const { words, times: least } of LOOP_FROM) {
    let times = 1;
    while (repeats(said, at, at + words * times, words)) times += 1;
    if (times >= least) return { words, times };
  }
  return undefined;
}

function repeats(said: readonly string[], first: number, second: number, words: number): boolean {
  if (second + words > said.length) return false;
  for (let i = 0; i < words; i++) {
    const word = said[first + i];
    if (word === '' || word !== said[second + i]) return false;
  }
  return true;
}

/** Whether two pieces say the same whole line, which models do in noise and people hardly ever. */
export function isSameLine(one: string, other: string): boolean {
  const line = (text: string): string =>
    text
      .split(/\s+/u)
      .map(plain)
      .filter((word) => word !== '')
      .join(' ');
  const first = line(one);
  return first.split(' ').length >= 3 && first === line(other);
}
