import { listWindows, type Windows } from '../../../main/engine/clips/boundaries.ts';
import { LONGEST_S, SHORTEST_S } from '../../../main/engine/clips/find.ts';
import { density, measureOf, spreadOf, typicalWindows } from '../../../main/engine/clips/measure.ts';
import { FEATURES } from '../../../main/engine/clips/parts/catalogue.ts';
import { offLimitsCount, readEpisode, type Reading } from '../../../main/engine/clips/reading.ts';
import { readSentences } from '../../../main/engine/clips/sentences.ts';
import { DEFAULT_WEIGHTS } from '../../../main/engine/clips/weights.ts';
import { hits, type BenchmarkEpisode } from './benchmark.ts';
import { mean } from './figures.ts';
import { momentsOf, type Moments } from './ridge.ts';

/** Length and its square: controls, so that no feature is praised for making windows longer. */
export const CONTROLS = 2;
export const SIZE = FEATURES.length + CONTROLS;
const WINDOWS_PER_EPISODE = 1000;

/** What one episode says about the weights. */
export interface Sample {
  readonly moments: Moments;
  /** Spread of each feature among the episode's windows. */
  readonly spreads: readonly number[];
}

/** Every n-th window that is free of adverts and the like. */
function pickWindows(reading: Reading, { first, last }: Windows): (readonly [number, number])[] {
  const step = Math.max(1, first.length / WINDOWS_PER_EPISODE);
  const picked: (readonly [number, number])[] = [];
  for (let n = 0; n < first.length; n += step) {
    const [i, j] = [first[Math.floor(n)] ?? 0, last[Math.floor(n)] ?? 0];
    if (offLimitsCount(reading, i, j) === 0) picked.push([i, j]);
  }
  return picked;
}

function centreColumns(rows: Float64Array): void {
  const count = rows.length / SIZE;
  for (let column = 0; column < SIZE; column += 1) {
    let sum = 0;
    for (let row = 0; row < count; row += 1) sum += rows[row * SIZE + column] ?? 0;
    for (let row = 0; row < count; row += 1)
      rows[row * SIZE + column] = (rows[row * SIZE + column] ?? 0) - sum / count;
  }
}

/** Reads an episode's windows as rows of features, less their means, with what hits a moment as the target. */
export function sample({ segments, durationS, title, truth }: BenchmarkEpisode): Sample {
  const sentences = readSentences(segments, durationS, LONGEST_S);
  const reading = readEpisode({ sentences, durationS, title, language: 'en', offLimitsPhrases: [] });
  const measure = measureOf(
    reading,
    (feature) => DEFAULT_WEIGHTS.features[FEATURES[feature]?.name ?? '']?.spread ?? 1,
  );
  const windows = pickWindows(
    reading,
    listWindows(sentences, { shortestS: SHORTEST_S, longestS: LONGEST_S }),
  );
  const rows = new Float64Array(windows.length * SIZE);
  const isHit = windows.map(([i, j], row) => {
    const range = { inS: sentences[i]?.fromS ?? 0, outS: sentences[j]?.toS ?? 0 };
    FEATURES.forEach((_, feature) => {
      rows[row * SIZE + feature] = measure(feature).at(i, j);
    });
    const lengthS = range.outS - range.inS;
    rows[row * SIZE + FEATURES.length] = lengthS / 15;
    rows[row * SIZE + FEATURES.length + 1] = (lengthS / 30) ** 2;
    return Number(truth.some((moment) => hits(range, moment)));
  });
  centreColumns(rows);
  const hitShare = mean(isHit);
  const typical = typicalWindows(sentences);
  return {
    moments: momentsOf(
      rows,
      isHit.map((hit) => hit - hitShare),
      SIZE,
    ),
    spreads: FEATURES.map(
      (_, feature) => spreadOf(typical.map(([i, j]) => density(reading, feature, i, j))).deviation,
    ),
  };
}
