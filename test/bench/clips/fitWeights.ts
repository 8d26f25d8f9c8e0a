import { join } from 'node:path';
import { listWindows, type Windows } from '../../../main/engine/clips/boundaries.ts';
import { LONGEST_S, SHORTEST_S } from '../../../main/engine/clips/find.ts';
import { density, measureOf, spreadOf, typicalWindows } from '../../../main/engine/clips/measure.ts';
import { FEATURES } from '../../../main/engine/clips/parts/catalogue.ts';
import { offLimitsCount, readEpisode, type Reading } from '../../../main/engine/clips/reading.ts';
import { readSentences } from '../../../main/engine/clips/sentences.ts';
import { DEFAULT_WEIGHTS } from '../../../main/engine/clips/weights.ts';
import { areaUnderCurve, hits, readBenchmark, type BenchmarkEpisode } from './benchmark.ts';
import { addMoments, emptyMoments, fitRidge, momentsOf, type Moments } from './ridge.ts';

/**
 * Fits the weights of the finder to moments that editors chose, and prints how well weights fitted on the other shows
 * rank the windows of a show never seen. Signs are those of the present weights: a reason shown as praise must never
 * cost points. Window length is a control, so that no feature is praised for making windows longer.
 *
 *   SOUNDBITE_TEST_DATA=FOLDER node test/bench/clips/fitWeights.ts
 */
const SETS = ['editors-dev', 'editors-more'];
const CONTROLS = 2;
const SIZE = FEATURES.length + CONTROLS;
const WINDOWS_PER_EPISODE = 500;
const PULLS = [0.3, 1, 3, 10];
const CHOSEN_PULL = 3;
/** Points that the strongest fitted feature is given. */
const STRONGEST_POINTS = 6.4;

interface Sample {
  readonly show: string;
  readonly rows: Float64Array;
  readonly isHit: readonly boolean[];
  readonly spreads: readonly number[];
  readonly moments: Moments;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

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

function sample({ segments, durationS, title, show, truth }: BenchmarkEpisode): Sample {
  const sentences = readSentences(segments, durationS, LONGEST_S);
  const reading = readEpisode({ sentences, durationS, title, language: 'en', offLimitsPhrases: [] });
  const spread = (feature: number): number =>
    DEFAULT_WEIGHTS.features[FEATURES[feature]?.name ?? '']?.spread ?? 1;
  const measure = measureOf(reading, spread);
  const windows = pickWindows(
    reading,
    listWindows(sentences, { shortestS: SHORTEST_S, longestS: LONGEST_S }),
  );
  const ranges = windows.map(([i, j]) => ({ inS: sentences[i]?.fromS ?? 0, outS: sentences[j]?.toS ?? 0 }));
  const rows = Float64Array.from(
    windows.flatMap(([i, j], n) => {
      const lengthS = (ranges[n]?.outS ?? 0) - (ranges[n]?.inS ?? 0);
      return [...FEATURES.map((_, feature) => measure(feature, i, j)), lengthS / 15, (lengthS / 30) ** 2];
    }),
  );
  centreColumns(rows);
  const isHit = ranges.map((range) => truth.some((moment) => hits(range, moment)));
  const hitShare = mean(isHit.map(Number));
  const typical = typicalWindows(sentences);
  return {
    show,
    rows,
    isHit,
    moments: momentsOf(
      rows,
      isHit.map((hit) => Number(hit) - hitShare),
      SIZE,
    ),
    spreads: FEATURES.map(
      (_, feature) => spreadOf(typical.map(([i, j]) => density(reading, feature, i, j))).deviation,
    ),
  };
}

/** Each show counts by the root of its episodes, so that the largest does not decide alone. */
function momentsOfShow(samples: readonly Sample[]): Moments {
  const moments = emptyMoments(SIZE);
  for (const one of samples) addMoments(moments, one.moments, 1 / Math.sqrt(samples.length));
  return moments;
}

function fit(shows: readonly (readonly Sample[])[], pull: number): Float64Array {
  const total = emptyMoments(SIZE);
  const weight = shows.reduce((sum, samples) => sum + Math.sqrt(samples.length), 0);
  for (const samples of shows) addMoments(total, momentsOfShow(samples), 1 / weight);
  const signs = FEATURES.map(({ name }) => ((DEFAULT_WEIGHTS.features[name]?.points ?? 0) < 0 ? -1 : 1));
  const isControl = (i: number): boolean => i >= FEATURES.length;
  return fitRidge(total, {
    signs: Array.from({ length: SIZE }, (_, i) => (isControl(i) ? 0 : (signs[i] ?? 0))),
    pull: Array.from({ length: SIZE }, (_, i) => (isControl(i) ? 0 : pull)),
  });
}

function areaOf({ rows, isHit }: Sample, weights: Float64Array): number | undefined {
  const scores = isHit.map((_, row) =>
    FEATURES.reduce((sum, _feature, i) => sum + (rows[row * SIZE + i] ?? 0) * (weights[i] ?? 0), 0),
  );
  return areaUnderCurve(scores, isHit);
}

const areasOf = (samples: readonly Sample[], weights: Float64Array): number[] =>
  samples.map((one) => areaOf(one, weights)).filter((area) => area !== undefined);

const folder = process.env['SOUNDBITE_TEST_DATA'];
if (folder === undefined) throw new Error('set SOUNDBITE_TEST_DATA to the folder that holds bench/clips');
const shows = new Map<string, Sample[]>();
for (const set of SETS)
  for (const episode of readBenchmark(join(folder, 'bench', 'clips', set)))
    shows.set(episode.show, [...(shows.get(episode.show) ?? []), sample(episode)]);
const byShow = [...shows.values()];

for (const pull of PULLS) {
  const unseen = byShow.map((samples) =>
    areasOf(
      samples,
      fit(
        byShow.filter((other) => other !== samples),
        pull,
      ),
    ),
  );
  const largest = unseen.reduce((a, b) => (b.length > a.length ? b : a));
  const others = unseen.filter((areas) => areas !== largest).flat();
  process.stdout.write(
    `pull ${pull}: AUC on shows left out ${mean(unseen.flat()).toFixed(3)}, ` +
      `the largest ${mean(largest).toFixed(3)}, the others ${mean(others).toFixed(3)}\n`,
  );
}

const weights = fit(byShow, CHOSEN_PULL);
const scale = STRONGEST_POINTS / Math.max(...weights.slice(0, FEATURES.length).map(Math.abs));
const samples = byShow.flat();
FEATURES.forEach(({ name, place }, i) => {
  const spread = place === 'anywhere' ? mean(samples.map(({ spreads }) => spreads[i] ?? 0)) : 1;
  process.stdout.write(
    `${name}: ${((weights[i] ?? 0) * scale).toFixed(2)} points, spread ${spread.toPrecision(3)}\n`,
  );
});
